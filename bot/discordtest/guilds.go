package discordtest

import (
	"slices"
	"time"
)

// ChannelKind is Discord's number for a kind of channel.
type ChannelKind int

// The channel kinds that the fake knows.
const (
	TextChannel         ChannelKind = 0
	DMChannel           ChannelKind = 1
	AnnouncementChannel ChannelKind = 5
	AnnouncementThread  ChannelKind = 10
	PublicThread        ChannelKind = 11
	ForumChannel        ChannelKind = 15
)

// Guild is a server that the bot is a member of, or was.
type Guild struct {
	ID   string // snowflake
	Name string

	s          *Server
	owner      string
	joined     time.Time
	roles      []*Role // the first is @everyone
	botRole    *Role
	members    map[string][]string // role ids by user id
	channels   []*Channel          // threads too
	kicked     bool
	outage     bool
	maxThreads int
}

// Role is a role of a guild.
type Role struct {
	ID   string // snowflake; @everyone has the guild's id
	Name string

	guild       *Guild
	permissions uint64
	mentionable bool
	managed     bool
}

// Channel is a place for messages: a channel, a thread, a forum or a direct
// message.
type Channel struct {
	ID   string // snowflake; a thread started from a message has its id
	Name string
	Kind ChannelKind

	s          *Server
	guild      *Guild   // nil for a direct message
	parent     *Channel // of a thread
	recipient  string   // of a direct message
	owner      string   // of a thread
	created    time.Time
	overwrites []overwrite
	messages   []*message
	sent       int // messages ever sent, for threads
	pins       []string
	removed    bool
	archived   bool
	locked     bool
	archiveMin int
	crossposts []time.Time // for the hourly limit
	tags       []tag       // of a forum
	requireTag bool        // of a forum: posts without a tag are refused
	applied    []string    // ids of the tags of a forum's post
}

// AddGuild makes a guild with the bot as a member, owned by somebody else. A
// connected bot gets GUILD_CREATE.
func (s *Server) AddGuild(name string) *Guild {
	s.mu.Lock()
	defer s.mu.Unlock()
	g := &Guild{s: s, ID: s.newID(), Name: name, joined: s.now(), members: make(map[string][]string), maxThreads: 1000}
	owner := &user{id: s.newID(), name: "owner"}
	s.users[owner.id] = owner
	g.owner = owner.id
	g.roles = []*Role{{ID: g.ID, Name: "@everyone", guild: g, permissions: everyonePerms}}
	g.botRole = &Role{ID: s.newID(), Name: s.bot.name, guild: g, permissions: everyonePerms, managed: true}
	g.roles = append(g.roles, g.botRole)
	g.members[owner.id] = nil
	g.members[s.o.BotID] = []string{g.botRole.ID}
	s.guilds = append(s.guilds, g)
	s.dispatch(g.ID, intentGuilds, "GUILD_CREATE", s.guildCreate(g))
	return g
}

// AddTextChannel makes a text channel.
func (g *Guild) AddTextChannel(name string) *Channel { return g.addChannel(name, TextChannel, nil) }

// AddAnnouncementChannel makes a channel whose messages can be crossposted.
func (g *Guild) AddAnnouncementChannel(name string) *Channel {
	return g.addChannel(name, AnnouncementChannel, nil)
}

// AddForum makes a forum: it takes threads, and no messages of its own.
func (g *Guild) AddForum(name string) *Channel { return g.addChannel(name, ForumChannel, nil) }

// tag is a tag of a forum.
type tag struct {
	id, name  string
	moderated bool
}

// AddTag adds a tag to a forum and returns its id. One that is moderated only
// moderators may give.
func (c *Channel) AddTag(name string, moderated bool) string {
	s := c.s
	s.mu.Lock()
	defer s.mu.Unlock()
	t := tag{s.newID(), name, moderated}
	c.tags = append(c.tags, t)
	s.dispatch(c.guild.ID, intentGuilds, "CHANNEL_UPDATE", s.channelJSON(c, nil))
	return t.id
}

// RemoveTag takes a tag off a forum, and off its posts.
func (c *Channel) RemoveTag(id string) {
	s := c.s
	s.mu.Lock()
	defer s.mu.Unlock()
	c.tags = slices.DeleteFunc(c.tags, func(t tag) bool { return t.id == id })
	s.gone[id] = true
	s.dispatch(c.guild.ID, intentGuilds, "CHANNEL_UPDATE", s.channelJSON(c, nil))
}

// RequireTag makes a forum refuse posts without a tag, or take them again.
func (c *Channel) RequireTag(on bool) {
	s := c.s
	s.mu.Lock()
	defer s.mu.Unlock()
	c.requireTag = on
	s.dispatch(c.guild.ID, intentGuilds, "CHANNEL_UPDATE", s.channelJSON(c, nil))
}

// Posts returns the threads of a channel, the posts of a forum among them,
// oldest first.
func (c *Channel) Posts() []*Channel {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	var list []*Channel
	for _, t := range c.guild.channels {
		if t.parent == c && t.isThread() {
			list = append(list, t)
		}
	}
	return list
}

// Tags returns the names of the tags of a forum's post.
func (c *Channel) Tags() []string {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	var names []string
	for _, t := range c.parent.tags {
		if slices.Contains(c.applied, t.id) {
			names = append(names, t.name)
		}
	}
	return names
}

// AddThread makes a public thread, started by the guild's owner, that hangs on
// no message.
func (c *Channel) AddThread(name string) *Channel {
	return c.guild.addChannel(name, threadKind(c.Kind), c)
}

func threadKind(parent ChannelKind) ChannelKind {
	if parent == AnnouncementChannel {
		return AnnouncementThread
	}
	return PublicThread
}

func (g *Guild) addChannel(name string, kind ChannelKind, parent *Channel) *Channel {
	s := g.s
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.newChannel(g, s.newID(), name, kind, parent, g.owner)
	if c.isThread() {
		s.dispatch(g.ID, intentGuilds, "THREAD_CREATE", s.channelJSON(c, map[string]any{"newly_created": true}))
	} else {
		s.dispatch(g.ID, intentGuilds, "CHANNEL_CREATE", s.channelJSON(c, nil))
	}
	return c
}

func (s *Server) newChannel(g *Guild, id, name string, kind ChannelKind, parent *Channel, owner string) *Channel {
	c := &Channel{
		s: s, ID: id, Name: name, Kind: kind, guild: g, parent: parent, owner: owner,
		created: s.now(), archiveMin: 1440,
	}
	s.channels[c.ID] = c
	g.channels = append(g.channels, c)
	return c
}

func (c *Channel) isThread() bool {
	return c.Kind == PublicThread || c.Kind == AnnouncementThread
}

// Guild returns the guild of the channel, nil for a direct message.
func (c *Channel) Guild() *Guild { return c.guild }

// Everyone returns the role that all members have.
func (g *Guild) Everyone() *Role { return g.roles[0] }

// BotRole returns the role that was made for the bot when it joined.
func (g *Guild) BotRole() *Role { return g.botRole }

// OwnerID returns the id of the user who owns the guild and may do anything.
func (g *Guild) OwnerID() string { return g.owner }

// AddRole makes a role that nobody has yet; GiveRole gives it.
func (g *Guild) AddRole(name string, permissions uint64) *Role {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	r := &Role{ID: g.s.newID(), Name: name, guild: g, permissions: permissions, mentionable: true}
	g.roles = append(g.roles, r)
	g.s.dispatch(g.ID, intentGuilds, "GUILD_ROLE_CREATE", map[string]any{"guild_id": g.ID, "role": r.json(len(g.roles))})
	return r
}

// GiveRole gives a member a role; a user who is no member yet becomes one.
func (g *Guild) GiveRole(userID string, r *Role) {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	g.s.userByID(userID)
	if !slices.Contains(g.members[userID], r.ID) {
		g.members[userID] = append(g.members[userID], r.ID)
	}
	if userID == g.s.o.BotID {
		member := g.s.memberJSON(g, userID, true)
		member["guild_id"] = g.ID
		g.s.dispatch(g.ID, intentMembers, "GUILD_MEMBER_UPDATE", member)
	}
}

// SetPermissions replaces what a role may do in the whole guild and sends
// GUILD_ROLE_UPDATE.
func (r *Role) SetPermissions(permissions uint64) {
	g := r.guild
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	r.permissions = permissions
	g.s.dispatch(g.ID, intentGuilds, "GUILD_ROLE_UPDATE", map[string]any{"guild_id": g.ID, "role": r.json(slices.Index(g.roles, r))})
}

// SetMentionable says whether anyone may notify those who have the role by
// naming it, as it is from the first, and sends GUILD_ROLE_UPDATE.
func (r *Role) SetMentionable(on bool) {
	g := r.guild
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	r.mentionable = on
	g.s.dispatch(g.ID, intentGuilds, "GUILD_ROLE_UPDATE", map[string]any{"guild_id": g.ID, "role": r.json(slices.Index(g.roles, r))})
}

// Permissions returns what the role may do in the whole guild.
func (r *Role) Permissions() uint64 {
	r.guild.s.mu.Lock()
	defer r.guild.s.mu.Unlock()
	return r.permissions
}

// SetPermissions sets the channel's overwrite for a role or a user, named by
// id, and sends CHANNEL_UPDATE. Both sets 0 take the overwrite away.
func (c *Channel) SetPermissions(roleOrUserID string, allow, deny uint64) {
	s := c.s
	s.mu.Lock()
	defer s.mu.Unlock()
	if c.guild == nil {
		return
	}
	c.overwrites = slices.DeleteFunc(c.overwrites, func(o overwrite) bool { return o.id == roleOrUserID })
	if allow|deny != 0 {
		isRole := slices.ContainsFunc(c.guild.roles, func(r *Role) bool { return r.ID == roleOrUserID })
		c.overwrites = append(c.overwrites, overwrite{id: roleOrUserID, member: !isRole, allow: allow, deny: deny})
	}
	s.dispatch(c.guild.ID, intentGuilds, "CHANNEL_UPDATE", s.channelJSON(c, nil))
}

// BotPermissions returns what the bot may do in the channel.
func (c *Channel) BotPermissions() uint64 {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	return c.s.permissions(c.s.o.BotID, c)
}

// RemoveChannel deletes a channel and its threads: CHANNEL_DELETE, then 10003.
func (s *Server) RemoveChannel(c *Channel) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.removeChannel(c)
}

func (s *Server) removeChannel(c *Channel) {
	if c.removed || c.guild == nil {
		return
	}
	c.removed = true
	delete(s.channels, c.ID)
	for _, t := range c.guild.channels {
		if t.parent == c {
			t.removed = true
			delete(s.channels, t.ID)
		}
	}
	c.guild.channels = slices.DeleteFunc(c.guild.channels, func(x *Channel) bool { return x.removed })
	if c.isThread() {
		s.dispatch(c.guild.ID, intentGuilds, "THREAD_DELETE", map[string]any{
			"id": c.ID, "guild_id": c.guild.ID, "parent_id": c.parent.ID, "type": int(c.Kind),
		})
		return
	}
	s.dispatch(c.guild.ID, intentGuilds, "CHANNEL_DELETE", s.channelJSON(c, nil))
}

// Kick takes the bot out of a guild: GUILD_DELETE, then 50001 for its
// channels.
func (s *Server) Kick(g *Guild) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if g.kicked {
		return
	}
	s.dispatch(g.ID, intentGuilds, "GUILD_DELETE", map[string]any{"id": g.ID})
	s.leave(g)
}

// leave forgets a guild that the bot is no longer in.
func (s *Server) leave(g *Guild) {
	g.kicked = true
	s.guilds = slices.DeleteFunc(s.guilds, func(x *Guild) bool { return x == g })
	for _, c := range g.channels {
		delete(s.channels, c.ID)
		s.gone[c.ID] = true
	}
	s.gone[g.ID] = true
}

// Invite takes the bot back into a guild that it was kicked from: GUILD_CREATE,
// with the channels that were there.
func (s *Server) Invite(g *Guild) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !g.kicked {
		return
	}
	g.kicked = false
	s.guilds = append(s.guilds, g)
	for _, c := range g.channels {
		s.channels[c.ID] = c
		delete(s.gone, c.ID)
	}
	delete(s.gone, g.ID)
	s.dispatch(g.ID, intentGuilds, "GUILD_CREATE", s.guildCreate(g))
}

// Outage makes a guild unavailable for a time and available again: the bot
// gets GUILD_DELETE with unavailable set, later GUILD_CREATE. It has not left.
func (s *Server) Outage(g *Guild, on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	g.outage = on
	if on {
		s.dispatch(g.ID, intentGuilds, "GUILD_DELETE", map[string]any{"id": g.ID, "unavailable": true})
		return
	}
	s.dispatch(g.ID, intentGuilds, "GUILD_CREATE", s.guildCreate(g))
}

// LimitThreads sets how many threads may be active in the guild (1000 at
// Discord); further ones are refused with 160006.
func (g *Guild) LimitThreads(n int) {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	g.maxThreads = n
}

// Archive archives a thread. A message un-archives it again, unless it is
// locked; edits in it are refused (50083).
func (c *Channel) Archive(locked bool) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	c.archived, c.locked = true, locked
	c.s.dispatch(c.guild.ID, intentGuilds, "THREAD_UPDATE", c.s.channelJSON(c, nil))
}
