package app_test

import (
	"strings"
	"testing"

	"newsdesk/bot/discordtest"
)

// M1, B11: from the command to the first post, by the whole program, in four
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
			if strings.HasPrefix(b.Label, label) && label != "" || b.Type == 3 && len(values) > 0 {
				return s.do(discordtest.Interaction{Custom: b.CustomID, Values: values, MessageID: m.ID, Permissions: manageGuild})
			}
		}
		t.Fatalf("no %q in %+v", label, m.Buttons)
		return m
	}
	m := s.do(discordtest.Interaction{Command: "setup", Options: map[string]any{"channel": forum}, Permissions: manageGuild})
	s.shows(m, "I may post in <#"+forum.ID+">")
	m = press("", m, "world")
	s.shows(m, "How much of it?")
	m = press("Everything · 1", m)
	s.shows(m, "This is how a story looks:", "Velmora")
	m = press("Post the newest story", m)
	s.shows(m, "Done. <#"+forum.ID+">: **World** · everything", "The newest story is on its way.")
	s.wait("the post", func() bool { return len(forum.Posts()) == 1 })
	post := forum.Posts()[0]
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
