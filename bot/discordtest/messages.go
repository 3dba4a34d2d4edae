package discordtest

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"
)

// Flags of a message.
const (
	FlagCrossposted           = 1 << 0
	FlagSuppressEmbeds        = 1 << 2
	FlagHasThread             = 1 << 5
	FlagEphemeral             = 1 << 6
	FlagLoading               = 1 << 7
	FlagSuppressNotifications = 1 << 12
	FlagComponentsV2          = 1 << 15
)

// message is a message as it is stored.
type message struct {
	id, author string
	channel    *Channel
	created    time.Time
	object     map[string]any  // the message object, without what is computed
	request    json.RawMessage // body of the last request that wrote it
	nonce      string
	enforced   bool
	flags      int
	edits      int
	oldEdits   []time.Time // after its first hour
	newsEdits  []time.Time // after it was crossposted
	thread     *Channel
	notified   []string
	reactions  []string
	files      []file
	ephemeral  bool
	deleted    bool
}

// Message is a message as readers see it.
type Message struct {
	ID        string
	ChannelID string
	AuthorID  string
	Content   string
	Embeds    []Embed
	Flags     int
	Nonce     string
	Created   time.Time
	Edited    bool
	Edits     int
	ThreadID  string // of the thread started from it, "" where there is none
	Ephemeral bool
	Pinned    bool
	Reactions []string // emoji of the bot
	// Notified names who was notified by mentions: "everyone", "here", and ids
	// of roles and users.
	Notified []string
	Buttons  []Component     // all buttons and menus, in order
	Files    []File          // that came with it
	Raw      json.RawMessage // the message object
	Request  json.RawMessage // the body of the last request that wrote it
}

// Embed is the framed part of a message.
type Embed struct {
	Title       string `json:"title"`
	URL         string `json:"url"`
	Description string `json:"description"`
	Color       int    `json:"color"`
	Timestamp   string `json:"timestamp"`
	Author      struct {
		Name string `json:"name"`
		URL  string `json:"url"`
	} `json:"author"`
	Footer struct {
		Text string `json:"text"`
	} `json:"footer"`
	Image struct {
		URL string `json:"url"`
	} `json:"image"`
	Fields []struct {
		Name   string `json:"name"`
		Value  string `json:"value"`
		Inline bool   `json:"inline"`
	} `json:"fields"`
}

// Component is a button or a menu.
type Component struct {
	Type     int    `json:"type"` // 2 = button, 3 = menu, 5 to 8 = menus of users, roles, mentionables, channels
	Style    int    `json:"style"`
	Label    string `json:"label"`
	CustomID string `json:"custom_id"`
	URL      string `json:"url"`
	Disabled bool   `json:"disabled"`
	Options  []struct {
		Label       string `json:"label"`
		Value       string `json:"value"`
		Description string `json:"description"`
		Default     bool   `json:"default"`
	} `json:"options"`
	MinValues *int `json:"min_values"`
	MaxValues *int `json:"max_values"`
}

// Messages returns the channel's messages, oldest first, without deleted and
// ephemeral ones.
func (c *Channel) Messages() []Message {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	list := make([]Message, 0, len(c.messages))
	for _, m := range c.messages {
		list = append(list, c.s.public(m))
	}
	return list
}

// Message returns one message of the channel.
func (c *Channel) Message(id string) (Message, bool) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	m := c.find(id)
	if m == nil {
		return Message{}, false
	}
	return c.s.public(m), true
}

// Thread returns the channel of the thread that was started from a message,
// nil where there is none.
func (s *Server) Thread(m Message) *Channel {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.channels[m.ThreadID]
}

// Channel returns a channel or thread by id, nil where there is none.
func (s *Server) Channel(id string) *Channel {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.channels[id]
}

// Channels lists all channels, threads and direct messages, oldest first.
func (s *Server) Channels() []*Channel {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []*Channel
	for _, c := range s.channels {
		list = append(list, c)
	}
	slices.SortFunc(list, func(a, b *Channel) int {
		if older(a.ID, b.ID) {
			return -1
		}
		return 1
	})
	return list
}

func (c *Channel) find(id string) *message {
	i := slices.IndexFunc(c.messages, func(m *message) bool { return m.id == id })
	if i < 0 {
		return nil
	}
	return c.messages[i]
}

// public is the view of a message for tests.
func (s *Server) public(m *message) Message {
	raw, err := json.Marshal(s.messageJSON(m))
	if err != nil {
		raw = json.RawMessage("null") // decoded from JSON, so it can be encoded
	}
	out := Message{
		ID: m.id, ChannelID: m.channel.ID, AuthorID: m.author, Flags: m.flags, Nonce: m.nonce, Created: m.created,
		Edited: m.edits > 0, Edits: m.edits, Ephemeral: m.ephemeral, Pinned: slices.Contains(m.channel.pins, m.id),
		Reactions: slices.Clone(m.reactions), Notified: slices.Clone(m.notified), Raw: raw, Request: slices.Clone(m.request),
	}
	for _, f := range m.files {
		out.Files = append(out.Files, File{Name: f.name, Data: f.data})
	}
	out.Content, _ = m.object["content"].(string)
	if m.thread != nil {
		out.ThreadID = m.thread.ID
	}
	var view struct {
		Embeds     []Embed           `json:"embeds"`
		Components []json.RawMessage `json:"components"`
	}
	if json.Unmarshal(raw, &view) == nil {
		out.Embeds = view.Embeds
		out.Buttons = flatten(view.Components)
	}
	return out
}

// flatten collects the buttons and menus of a component tree.
func flatten(list []json.RawMessage) []Component {
	var out []Component
	for _, raw := range list {
		var c Component
		var nested struct {
			Components []json.RawMessage `json:"components"`
			Accessory  json.RawMessage   `json:"accessory"`
			Component  json.RawMessage   `json:"component"`
		}
		if json.Unmarshal(raw, &c) != nil || json.Unmarshal(raw, &nested) != nil {
			continue
		}
		if c.Type == 2 || c.Type == 3 || c.Type >= 5 && c.Type <= 8 {
			out = append(out, c)
		}
		out = append(out, flatten(nested.Components)...)
		for _, one := range []json.RawMessage{nested.Accessory, nested.Component} {
			if len(one) > 0 {
				out = append(out, flatten([]json.RawMessage{one})...)
			}
		}
	}
	return out
}

// messageJSON is the message object.
func (s *Server) messageJSON(m *message) map[string]any {
	out := map[string]any{
		"type": 0, "content": "", "embeds": []any{}, "attachments": []any{}, "components": []any{}, "mentions": []any{},
		"mention_roles": []any{}, "mention_everyone": false, "tts": false, "edited_timestamp": nil,
	}
	maps.Copy(out, m.object)
	out["id"], out["channel_id"], out["timestamp"] = m.id, m.channel.ID, timestamp(m.created)
	out["author"], out["flags"], out["pinned"] = s.userByID(m.author).json(), m.flags, slices.Contains(m.channel.pins, m.id)
	if m.nonce != "" {
		out["nonce"] = m.nonce
	}
	if m.thread != nil {
		out["thread"] = s.channelJSON(m.thread, nil)
	}
	if len(m.reactions) > 0 {
		list := make([]any, len(m.reactions))
		for i, e := range m.reactions {
			list[i] = map[string]any{
				"emoji": map[string]any{"id": nil, "name": e}, "count": 1, "me": true, "me_burst": false,
				"count_details": map[string]any{"burst": 0, "normal": 1}, "burst_colors": []any{},
			}
		}
		out["reactions"] = list
	}
	return out
}

// DeleteMessage deletes a message as a moderator would: MESSAGE_DELETE, then
// 10008. It reports whether there was one.
func (c *Channel) DeleteMessage(id string) bool {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	return c.delete(id)
}

func (c *Channel) delete(id string) bool {
	m := c.find(id)
	if m == nil {
		return false
	}
	m.deleted = true
	c.messages = slices.DeleteFunc(c.messages, func(x *message) bool { return x == m })
	c.pins = slices.DeleteFunc(c.pins, func(p string) bool { return p == id })
	c.s.dispatchMessage(c, "MESSAGE_DELETE", map[string]any{"id": id, "channel_id": c.ID})
	return true
}

// Say posts a message of a user, as readers write in a channel, and returns
// its id.
func (c *Channel) Say(userID, text string) string {
	s := c.s
	s.mu.Lock()
	defer s.mu.Unlock()
	s.userByID(userID)
	m := &message{id: s.newID(), author: userID, channel: c, created: s.now(), object: map[string]any{"content": text}}
	c.messages = append(c.messages, m)
	c.sent++
	s.dispatchMessage(c, "MESSAGE_CREATE", s.messageJSON(m))
	return m.id
}

// dispatchMessage sends an event about a message to those who have the intent
// for it; without the MESSAGE_CONTENT intent others' messages come empty.
func (s *Server) dispatchMessage(c *Channel, kind string, object map[string]any) {
	if c.guild == nil {
		s.dispatch("", intentDirectMessages, kind, object)
		return
	}
	event := make(map[string]any, len(object)+1)
	maps.Copy(event, object)
	event["guild_id"] = c.guild.ID
	if author, found := object["author"].(map[string]any); found && author["id"] != s.o.BotID && s.o.Privileged&intentMessageContent == 0 {
		event["content"], event["embeds"], event["components"] = "", []any{}, []any{}
	}
	s.dispatch(c.guild.ID, intentMessages, kind, event)
}

// notifiedBy works out who is notified by a message: the mentions in content
// that allowed_mentions lets through. Mentions inside embeds notify nobody.
func (s *Server) notifiedBy(c *Channel, content string, allowed any) (everyone bool, roles, users []string) {
	parse := []string{"everyone", "roles", "users"}
	var onlyRoles, onlyUsers []string
	if m, given := allowed.(map[string]any); given {
		parse = texts(m["parse"])
		onlyRoles, onlyUsers = texts(m["roles"]), texts(m["users"])
	}
	mayEveryone := c.guild != nil && s.permissions(s.o.BotID, c)&PermMentionEveryone != 0
	if slices.Contains(parse, "everyone") && mayEveryone && (strings.Contains(content, "@everyone") || strings.Contains(content, "@here")) {
		everyone = true
	}
	for _, id := range mentioned(content, "<@&") {
		if !slices.Contains(parse, "roles") && !slices.Contains(onlyRoles, id) || c.guild == nil {
			continue
		}
		for _, r := range c.guild.roles {
			if r.ID == id && (r.mentionable || mayEveryone) && !slices.Contains(roles, id) {
				roles = append(roles, id)
			}
		}
	}
	for _, id := range append(mentioned(content, "<@"), mentioned(content, "<@!")...) {
		if (slices.Contains(parse, "users") || slices.Contains(onlyUsers, id)) && s.users[id] != nil && !slices.Contains(users, id) {
			users = append(users, id)
		}
	}
	return everyone, roles, users
}

// mentioned lists the ids written as <prefix>digits>.
func mentioned(content, prefix string) []string {
	var ids []string
	for _, rest := range strings.Split(content, prefix)[1:] {
		if id, _, closed := strings.Cut(rest, ">"); closed && id != "" && strings.Trim(id, "0123456789") == "" {
			ids = append(ids, id)
		}
	}
	return ids
}

// texts reads a list of strings out of decoded JSON.
func texts(v any) []string {
	list, _ := v.([]any)
	out := make([]string, 0, len(list))
	for _, x := range list {
		if t, isText := x.(string); isText {
			out = append(out, t)
		}
	}
	return out
}
