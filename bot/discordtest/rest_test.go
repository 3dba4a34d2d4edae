package discordtest_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/google/go-cmp/cmp"

	"newsdesk/bot/discordtest"
)

// TestDiscordgo_EveryRoute calls what discordgo has for each route; the
// transport judges the fake's answers by Discord's document.
func TestDiscordgo_EveryRoute(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{NoRateLimits: true})
	g := d.AddGuild("Newsroom")
	g.BotRole().SetPermissions(g.BotRole().Permissions() | discordtest.PermPinMessages | discordtest.PermManageChannels)
	text, news, forum := g.AddTextChannel("world"), g.AddAnnouncementChannel("top"), g.AddForum("stories")
	text.SetPermissions(g.Everyone().ID, 0, discordtest.PermMentionEveryone)
	reader := d.AddUser("ann")
	g.GiveRole(reader, g.AddRole("readers", 0))
	s := newClient(t, d)
	post := func(c *discordtest.Channel) *discordgo.Message {
		m, err := s.ChannelMessageSend(c.ID, "hello")
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	m, n := post(text), post(news)
	all := []struct {
		name string
		call func() error
	}{
		{"gateway", func() error { _, err := s.Gateway(); return err }},
		{"gateway bot", func() error { _, err := s.GatewayBot(); return err }},
		{"self", func() error { _, err := s.User("@me"); return err }},
		{"user", func() error { _, err := s.User(reader); return err }},
		{"guilds", func() error { _, err := s.UserGuilds(10, "", "", false); return err }},
		{"guild", func() error { _, err := s.Guild(g.ID); return err }},
		{"roles", func() error { _, err := s.GuildRoles(g.ID); return err }},
		{"channels", func() error { _, err := s.GuildChannels(g.ID); return err }},
		{"member", func() error { _, err := s.GuildMember(g.ID, reader); return err }},
		{"application", func() error { _, err := s.Application("@me"); return err }},
		{"commands", func() error { _, err := s.ApplicationCommands(d.ApplicationID(), ""); return err }},
		{"guild commands", func() error {
			_, err := s.ApplicationCommandBulkOverwrite(d.ApplicationID(), g.ID, []*discordgo.ApplicationCommand{{Name: "here", Description: "Only here"}})
			return err
		}},
		{"channel", func() error { _, err := s.Channel(text.ID); return err }},
		{"typing", func() error { return s.ChannelTyping(text.ID) }},
		{"message", func() error { _, err := s.ChannelMessage(text.ID, m.ID); return err }},
		{"react", func() error { return s.MessageReactionAdd(text.ID, m.ID, "👍") }},
		{"message with reaction", func() error { _, err := s.ChannelMessage(text.ID, m.ID); return err }},
		{"unreact", func() error { return s.MessageReactionRemove(text.ID, m.ID, "👍", "@me") }},
		{"pin", func() error { return s.ChannelMessagePin(text.ID, m.ID) }},
		{"pins", func() error { _, err := s.ChannelMessagesPinned(text.ID); return err }},
		{"unpin", func() error { return s.ChannelMessageUnpin(text.ID, m.ID) }},
		{"crosspost", func() error { _, err := s.ChannelMessageCrosspost(news.ID, n.ID); return err }},
		{"thread", func() error { _, err := s.MessageThreadStart(text.ID, m.ID, "log", 60); return err }},
		{"join", func() error { return s.ThreadJoin(m.ID) }},
		{"thread as channel", func() error { _, err := s.Channel(m.ID); return err }},
		{"bare thread", func() error {
			_, err := s.ThreadStart(news.ID, "log", discordgo.ChannelTypeGuildNewsThread, 60)
			return err
		}},
		{"forum post", func() error { _, err := s.ForumThreadStart(forum.ID, "story", 1440, "text"); return err }},
		{"active threads", func() error { _, err := s.GuildThreadsActive(g.ID); return err }},
		{"channel's threads", func() error { _, err := s.ThreadsActive(text.ID); return err }},
		{"archived threads", func() error { _, err := s.ThreadsArchived(text.ID, nil, 0); return err }},
		{"file", func() error {
			_, err := s.ChannelFileSendWithMessage(text.ID, "see", "a.txt", strings.NewReader("abc"))
			return err
		}},
		{"reply", func() error { _, err := s.ChannelMessageSendReply(text.ID, "yes", m.Reference()); return err }},
		{"direct messages", func() error {
			c, err := s.UserChannelCreate(reader)
			if err != nil {
				return err
			}
			_, err = s.ChannelMessageSend(c.ID, "psst")
			return err
		}},
		{"delete message", func() error { return s.ChannelMessageDelete(text.ID, m.ID) }},
		{"delete channel", func() error { _, err := s.ChannelDelete(forum.ID); return err }},
		{"leave", func() error { return s.GuildLeave(g.ID) }},
	}
	for _, a := range all {
		if err := a.call(); err != nil {
			t.Errorf("%s: %v", a.name, err)
		}
	}
	if got := d.DM(reader).Messages(); len(got) != 1 || got[0].Content != "psst" {
		t.Errorf("direct messages: %+v", got)
	}
	_, err := s.Channel(text.ID)
	if !hasCode(err, 50001) {
		t.Errorf("channel of a guild that was left: %v, want 50001", err)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	const everything = "/channels/{id}/messages"
	tests := []struct {
		name   string
		set    func(*discordtest.Server, *discordtest.Channel)
		method string
		path   string // {id} is the channel, {m} a message of the bot in it
		body   string
		status int
		code   int
	}{
		{"gone channel", func(d *discordtest.Server, c *discordtest.Channel) { d.RemoveChannel(c) }, "POST", everything, `{"content":"x"}`, 404, 10003},
		{"kicked", func(d *discordtest.Server, c *discordtest.Channel) { d.Kick(c.Guild()) }, "POST", everything, `{"content":"x"}`, 403, 50001},
		{"gone message", func(_ *discordtest.Server, c *discordtest.Channel) { c.DeleteMessage(c.Messages()[0].ID) }, "PATCH", everything + "/{m}", `{"content":"x"}`, 404, 10008},
		{"no view", func(d *discordtest.Server, c *discordtest.Channel) {
			c.SetPermissions(d.BotID(), 0, discordtest.PermViewChannel)
		}, "POST", everything, `{"content":"x"}`, 403, 50001},
		{"no send", func(_ *discordtest.Server, c *discordtest.Channel) {
			c.SetPermissions(c.Guild().Everyone().ID, 0, discordtest.PermSendMessages)
		}, "POST", everything, `{"content":"x"}`, 403, 50013},
		{"no embeds", func(_ *discordtest.Server, c *discordtest.Channel) {
			c.SetPermissions(c.Guild().BotRole().ID, 0, discordtest.PermEmbedLinks)
		}, "POST", everything, `{"embeds":[{"title":"x"}]}`, 403, 50013},
		{"member's overwrite wins", func(d *discordtest.Server, c *discordtest.Channel) {
			c.SetPermissions(c.Guild().BotRole().ID, 0, discordtest.PermSendMessages)
			c.SetPermissions(d.BotID(), discordtest.PermSendMessages, 0)
		}, "POST", everything, `{"content":"x"}`, 200, 0},
		{"no threads", func(d *discordtest.Server, c *discordtest.Channel) {
			c.SetPermissions(d.BotID(), 0, discordtest.PermCreatePublicThreads)
		}, "POST", everything + "/{m}/threads", `{"name":"x"}`, 403, 50013},
		{"too many threads", func(_ *discordtest.Server, c *discordtest.Channel) { c.Guild().LimitThreads(0) }, "POST", everything + "/{m}/threads", `{"name":"x"}`, 400, 160006},
		{"unknown guild", nil, "GET", "/guilds/1/roles", "", 404, 10004},
		{"unknown webhook", nil, "POST", "/webhooks/1/x", `{"content":"x"}`, 404, 10015},
		{"unknown member", nil, "GET", "/guilds/{g}/members/1", "", 404, 10007},
		{"pin without the permission", nil, "PUT", "/channels/{id}/pins/{m}", "", 403, 50013},
		{"crosspost of a text channel", nil, "POST", everything + "/{m}/crosspost", "", 400, 50024},
		{"edit of another's message", func(_ *discordtest.Server, c *discordtest.Channel) {
			c.DeleteMessage(c.Messages()[0].ID)
			c.Say("5", "mine")
		}, "PATCH", everything + "/{m}", `{"content":"x"}`, 403, 50005},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := discordtest.New(t, discordtest.Options{})
			c := d.AddGuild("Newsroom").AddTextChannel("world")
			if _, body := raw(t, d, "POST", "/v10/channels/"+c.ID+"/messages", `{"content":"first"}`); !strings.Contains(body, "first") {
				t.Fatal(body)
			}
			m := c.Messages()[0].ID
			if tt.set != nil {
				tt.set(d, c)
			}
			if list := c.Messages(); len(list) > 0 {
				m = list[0].ID
			}
			path := strings.NewReplacer("{id}", c.ID, "{m}", m, "{g}", c.Guild().ID).Replace(tt.path)
			resp, body := raw(t, d, tt.method, "/v10"+path, tt.body)
			if resp.StatusCode != tt.status || tt.code != 0 && !strings.Contains(body, fmt.Sprintf(`"code":%d`, tt.code)) {
				t.Errorf("%d %s, want %d with code %d", resp.StatusCode, body, tt.status, tt.code)
			}
		})
	}
}

func TestNonce_EnforcedReturnsTheFirst(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	d := discordtest.New(t, discordtest.Options{Now: func() time.Time { return now }})
	c := d.AddGuild("Newsroom").AddTextChannel("world")
	path := "/v10/channels/" + c.ID + "/messages"
	_, first := raw(t, d, "POST", path, `{"content":"x","nonce":"n1","enforce_nonce":true}`)
	if _, second := raw(t, d, "POST", path, `{"content":"x","nonce":"n1","enforce_nonce":true}`); first != second {
		t.Errorf("second answer %s, want %s", second, first)
	}
	if n := len(c.Messages()); n != 1 {
		t.Fatalf("%d messages, want 1", n)
	}
	raw(t, d, "POST", path, `{"content":"x","nonce":"n1"}`)
	if n := len(c.Messages()); n != 2 {
		t.Errorf("%d messages without enforce_nonce, want 2", n)
	}
	now = now.Add(time.Hour)
	raw(t, d, "POST", path, `{"content":"x","nonce":"n1","enforce_nonce":true}`)
	if n := len(c.Messages()); n != 3 {
		t.Errorf("%d messages after an hour, want 3", n)
	}
}

func TestEdits_OldPostsRunDry(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	d := discordtest.New(t, discordtest.Options{Now: func() time.Time { return now }, OldEdits: 1})
	c := d.AddGuild("Newsroom").AddTextChannel("world")
	raw(t, d, "POST", "/channels/"+c.ID+"/messages", `{"content":"x"}`)
	edit := func() (int, string) {
		resp, body := raw(t, d, "PATCH", "/channels/"+c.ID+"/messages/"+c.Messages()[0].ID, `{"content":"y"}`)
		return resp.StatusCode, body
	}
	for _, want := range []int{200, 200, 429} { // young, the one allowed, none left
		if status, body := edit(); status != want || want == 429 && !strings.Contains(body, "30046") {
			t.Fatalf("%d %s, want %d", status, body, want)
		}
		now = now.Add(59 * time.Minute)
		if want == 200 && now.Sub(c.Messages()[0].Created) < time.Hour {
			now = now.Add(2 * time.Minute)
		} else {
			now = now.Add(-59*time.Minute + time.Second)
		}
	}
}

func TestNews_CrosspostsAndTheirEditsRunDry(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{NoRateLimits: true})
	c := d.AddGuild("Newsroom").AddAnnouncementChannel("top")
	var last string
	status := 0
	for i := range 11 {
		raw(t, d, "POST", "/channels/"+c.ID+"/messages", fmt.Sprintf(`{"content":"%d"}`, i))
		last = c.Messages()[i].ID
		resp, body := raw(t, d, "POST", "/channels/"+c.ID+"/messages/"+last+"/crosspost", "")
		if status = resp.StatusCode; status == 429 && (resp.Header.Get("Retry-After") != "1" || !strings.Contains(body, `"retry_after":3`)) {
			t.Errorf("429 says %v and %s", resp.Header, body)
		}
	}
	if status != 429 {
		t.Errorf("eleventh crosspost: %d, want 429", status)
	}
	first := c.Messages()[0].ID
	for i := range 4 {
		resp, _ := raw(t, d, "PATCH", "/channels/"+c.ID+"/messages/"+first, `{"content":"y"}`)
		if want := map[bool]int{true: 200, false: 429}[i < 3]; resp.StatusCode != want {
			t.Errorf("edit %d: %d, want %d", i, resp.StatusCode, want)
		}
	}
}

func TestThreads_ArchivedAndLocked(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	th := d.AddGuild("Newsroom").AddTextChannel("world").AddThread("log")
	path := "/channels/" + th.ID + "/messages"
	raw(t, d, "POST", path, `{"content":"x"}`)
	th.Archive(false)
	if resp, body := raw(t, d, "PATCH", path+"/"+th.Messages()[0].ID, `{"content":"y"}`); resp.StatusCode != 400 || !strings.Contains(body, "50083") {
		t.Errorf("edit in an archived thread: %d %s", resp.StatusCode, body)
	}
	if resp, _ := raw(t, d, "POST", path, `{"content":"y"}`); resp.StatusCode != 200 {
		t.Errorf("a message does not un-archive: %d", resp.StatusCode)
	}
	th.Archive(true)
	if resp, body := raw(t, d, "POST", path, `{"content":"z"}`); resp.StatusCode != 400 || !strings.Contains(body, "50083") {
		t.Errorf("message in a locked thread: %d %s", resp.StatusCode, body)
	}
}

// M19
func TestNotified(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{NoRateLimits: true})
	g := d.AddGuild("Newsroom")
	c := g.AddTextChannel("world")
	role, ann := g.AddRole("readers", 0), d.AddUser("ann")
	text := "@everyone <@&" + role.ID + "> <@" + ann + ">"
	tests := []struct {
		name, allowed string
		everyone      bool
		want          []string
	}{
		{"nothing said", ``, true, []string{"everyone", role.ID, ann}},
		{"nothing said, no right", ``, false, []string{role.ID, ann}},
		{"nobody", `,"allowed_mentions":{"parse":[]}`, true, nil},
		{"one role", `,"allowed_mentions":{"parse":[],"roles":["` + role.ID + `"]}`, true, []string{role.ID}},
		{"users", `,"allowed_mentions":{"parse":["users"]}`, true, []string{ann}},
	}
	for _, tt := range tests {
		allow := map[bool]uint64{true: discordtest.PermMentionEveryone}[tt.everyone]
		g.BotRole().SetPermissions(allow)
		_, body := raw(t, d, "POST", "/channels/"+c.ID+"/messages", `{"content":"`+text+`"`+tt.allowed+`}`)
		list := c.Messages()
		if diff := cmp.Diff(tt.want, list[len(list)-1].Notified); diff != "" {
			t.Errorf("%s: %s\n%s", tt.name, diff, body)
		}
	}
}

func TestWaitMessages_SaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	c := d.AddGuild("Newsroom").AddTextChannel("world")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := d.WaitMessages(ctx, c, 1)
	if err == nil || !strings.Contains(err.Error(), "0 messages in #world, want 1") {
		t.Errorf("error %v", err)
	}
}
