package bot_test

import (
	"slices"
	"strings"
	"testing"

	"newsdesk/bot/message"
	"newsdesk/news"
)

// announcing is an interaction in an announcement channel.
func announcing(in message.Interaction) message.Interaction {
	in.ChannelKinds = map[string]message.ChannelKind{in.Channel: message.AnnouncementChannel}
	return in
}

// M12, B11
func TestChannel_Conversation(t *testing.T) {
	t.Parallel()
	c, s := switched()
	s.events[0].Class, s.events[2].Class = news.ClassBreaking, news.ClassMajor
	for _, step := range []struct {
		in   message.Interaction
		want []string
	}{
		{run("channel edit"), []string{
			"<#555>: **World, Local Music** · everything\n",
			"In the last 24 hours this would have been **7 messages** (breaking only 1, major and breaking 2, everything 7).",
		}},
		{run("channel edit", "importance", "major", "breaking_role", "70", "threads", "off"), []string{
			"<#555>: **World, Local Music** · major and above · notifies <@&70> of breaking news · no threads\n", "**2 messages**", "**Allow anyone to @mention this role**",
		}},
		{run("channel edit", "threads", "on"), []string{"major and above · notifies <@&70> of breaking news\n"}},
		{run("channel edit", "breaking_role", "1"), []string{"I do not notify everyone."}},
		{run("channel edit", "publish", "major"), []string{"<#555> is no announcement channel, so nothing can be published there."}},
		{announcing(run("channel edit", "publish", "major")), []string{"publishes what is at least major"}},
		{announcing(run("channel edit", "publish", "normal")), []string{"publishes everything"}},
		{run("channel edit", "publish", "off"), []string{"of breaking news\n"}},
		{run("channel edit", "importance", "huge"), []string{"`importance` is one of `breaking`, `major` and `normal`."}},
		{run("channel edit", "importance", "breaking", "roles", "off"), []string{"<#555>: **World, Local Music** · breaking\n", "**1 message**"}},
		{run("channel add", "topic", "asia", "channel", "777", "importance", "major"), []string{"<#777> now follows **Asia**.", "this would have been **0 messages** (breaking only 0, major and breaking 0, everything 6)"}},
		{run("channel add", "topic", "cheese", "channel", "777"), []string{"There is no topic “cheese”."}},
		{run("channel list"), []string{"- <#555>: **World, Local Music** · breaking\n- <#777>: **Asia** · major and above"}},
		{run("channel remove", "channel", "777"), []string{"<#777> gets no more news"}},
		{run("channel remove", "channel", "777"), []string{"<#777> gets no news. Nothing changed."}},
		{run("channel edit", "channel", "777"), []string{"<#777>: no topic yet · everything\n`/channel add` gives it a topic."}},
	} {
		r := handle(t, c, step.in)
		for _, want := range step.want {
			if !r.Ephemeral || !strings.Contains(r.Message.Content, want) {
				t.Errorf("%s %v: got %q, want %q", step.in.Command, step.in.Options, r.Message.Content, want)
			}
		}
	}
	s.paused = "555"
	if r := handle(t, c, run("channel list")); !strings.Contains(r.Message.Content, "· breaking · ⚠️ gets nothing at present: `/status` says why") {
		t.Errorf("a paused channel: %q", r.Message.Content)
	}
	foreign := run("channel edit")
	foreign.Guild = "2"
	if r := handle(t, c, foreign); !strings.Contains(r.Message.Content, "set up from another server") {
		t.Errorf("another server's channel: %q", r.Message.Content)
	}
	foreign = run("channel remove")
	foreign.Guild = "2"
	if r := handle(t, c, foreign); !strings.Contains(r.Message.Content, "set up from another server") {
		t.Errorf("another server's channel: %q", r.Message.Content)
	}
}

// B11: the choices say how many messages each would have given.
func TestChannel_ImportanceIsSuggestedWithItsVolume(t *testing.T) {
	t.Parallel()
	c, s := switched()
	s.events[0].Class, s.events[1].Class = news.ClassBreaking, news.ClassMajor
	typing := message.Interaction{Kind: message.KindAutocomplete, Command: "channel edit", Focused: "importance", Options: map[string]string{"importance": ""}, Guild: "1", Channel: "555"}
	want := []string{
		"Breaking only: 1 message in the last 24 hours=breaking", "Major and breaking: 1 message in the last 24 hours=major",
		"Everything: 7 messages in the last 24 hours=normal",
	}
	if got := handleChoices(t, c, typing); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	typing.Command, typing.Options, typing.Channel = "channel add", map[string]string{"topic": "asia", "importance": ""}, "888"
	want = []string{
		"Breaking only: 0 messages in the last 24 hours=breaking", "Major and breaking: 1 message in the last 24 hours=major",
		"Everything: 6 messages in the last 24 hours=normal",
	}
	if got := handleChoices(t, c, typing); !slices.Equal(got, want) {
		t.Errorf("for a topic that is added: got %q, want %q", got, want)
	}
}
