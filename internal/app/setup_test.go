package app_test

import (
	"strings"
	"testing"

	"newsdesk/bot/discordtest"
)

// M1, B11: from the command to the first post, by the whole program, in seven
// interactions of at most eight, with no privileged intent.
func TestApp_SetUpByCommands(t *testing.T) {
	t.Parallel()
	s := newSystem(t)
	f := s.outlet("Herald")
	s.publish(f, "Herald", "quake", "Strong earthquake hits Velmora, five people die",
		"Five people died when an earthquake of magnitude 6.8 struck the city of Velmora on Tuesday, the interior ministry said.",
		"The quake struck 30 kilometres east of the city at a depth of 12 kilometres, the geological service said.")
	s.start()
	s.wait("the article", func() bool {
		return strings.Contains(text(s.do(discordtest.Interaction{Command: "latest"})), "Velmora")
	})
	forum := s.guild.AddForum("stories")
	forum.AddTag("World", false)
	press := func(label string, m discordtest.Message, values ...string) discordtest.Message {
		t.Helper()
		for _, b := range m.Buttons {
			if strings.HasPrefix(b.Label, label) && label != "" && len(values) == 0 || b.Type > 2 && len(values) > 0 && strings.HasPrefix(b.CustomID, "setup:"+label+":") {
				return s.do(discordtest.Interaction{Custom: b.CustomID, Values: values, MessageID: m.ID, Permissions: manageGuild})
			}
		}
		t.Fatalf("no %q in %+v", label, m.Buttons)
		return m
	}
	role := s.guild.AddRole("alarm", 0)
	m := s.do(discordtest.Interaction{Command: "setup", Permissions: manageGuild})
	s.shows(m, "I may post in <#"+s.channel.ID+">")
	m = press("channel", m, forum.ID)
	s.shows(m, "I may post in <#"+forum.ID+">")
	m = press("topics", m, "world")
	s.shows(m, "How much of it?")
	m = press("Everything · 1", m)
	s.shows(m, "When shall it come?", "The times are UTC")
	m = press("zone", m, "Europe/Berlin")
	s.shows(m, "The times are Europe/Berlin")
	m = press("As it happens", m)
	s.shows(m, "Shall breaking news ping a role?")
	m = press("role", m, role.ID)
	s.shows(m, "notifies <@&"+role.ID+"> of breaking news", "✅ Breaking news notifies", "This is how a story looks:", "Velmora")
	m = s.drill(m, forum, role, press)
	m = press("Post the newest story", m)
	s.shows(m, "Done. <#"+forum.ID+">: **World** · everything · notifies <@&"+role.ID+"> of breaking news", "The newest story is on its way.")
	s.wait("the post", func() bool { return len(forum.Posts()) == 2 })
	post := forum.Posts()[1]
	if !strings.Contains(post.Name, "Velmora") || strings.Join(post.Tags(), ",") != "World" {
		t.Errorf("the forum has %q with the tags %v", post.Name, post.Tags())
	}
	s.shows(s.do(discordtest.Interaction{Command: "filter test", Options: map[string]any{"what": "earthquake", "channel": forum}, Permissions: manageGuild}),
		"0 of 1 story", "exclude: earthquake")
	for _, c := range s.discord.Connections() {
		if c.Intents != 1 {
			t.Errorf("intents %b, want that of guilds alone", c.Intents)
		}
	}
}

// B13: a drill arrives with the ping of the role, and is nowhere to be found
// afterwards.
func (s *system) drill(m discordtest.Message, forum *discordtest.Channel, role *discordtest.Role, press func(string, discordtest.Message, ...string) discordtest.Message) discordtest.Message {
	s.Helper()
	m = press("Test breaking", m)
	s.shows(m, "With the ping, everybody who has <@&"+role.ID+"> is notified")
	m = press("Post with ping", m)
	s.shows(m, "✅ The drill arrived in <#"+forum.ID+">, with the ping.", "✅ Breaking news notifies <@&"+role.ID+">.")
	posts := forum.Posts()
	if len(posts) != 1 || !strings.HasPrefix(posts[0].Name, "Drill: ") || strings.Join(posts[0].Tags(), ",") != "World" {
		s.Fatalf("the forum has %+v", posts)
	}
	first := posts[0].Messages()[0]
	if first.Flags&discordtest.FlagSuppressNotifications != 0 || strings.Join(first.Notified, ",") != role.ID {
		s.Errorf("flags %b, notified %v", first.Flags, first.Notified)
	}
	role.SetMentionable(false)
	again := press("Test breaking", m)
	s.shows(press("Post without ping", again), "without a notification.", "❌ <@&"+role.ID+"> is not notified")
	silent := forum.Posts()[1]
	if n := silent.Messages()[0]; n.Flags&discordtest.FlagSuppressNotifications == 0 || len(n.Notified) > 0 {
		s.Errorf("flags %b, notified %v", n.Flags, n.Notified)
	}
	s.discord.RemoveChannel(silent)
	for command, options := range map[string]map[string]any{
		"latest": nil, "search": {"words": "Exampletown"}, "ask": {"question": "What happened in Exampletown?"}, "digest": nil,
		"why": {"about": "Drill: river floods Exampletown, nothing happened"},
	} {
		if found := text(s.do(discordtest.Interaction{Command: command, Options: options})); strings.Contains(found, "floods Exampletown") && command != "why" || strings.Contains(found, "example.com") {
			s.Errorf("/%s finds the drill: %s", command, found)
		}
	}
	s.shows(s.do(discordtest.Interaction{Command: "status", Permissions: manageGuild}), "began 1 story", "nothing posted yet")
	return m
}
