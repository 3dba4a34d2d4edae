package bot_test

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/message"
	"newsdesk/digest"
	"newsdesk/events"
	"newsdesk/news"
)

// switchboard keeps the settings of channels in memory, and has the events of a
// shelf.
type switchboard struct {
	*shelf
	set    map[news.ChannelID]news.Channel
	paused news.ChannelID
}

func (s *switchboard) Channel(_ context.Context, ch news.ChannelID) (news.Channel, error) {
	if c, ok := s.set[ch]; ok {
		return c, nil
	}
	return news.Channel{ID: ch}, nil
}

func (s *switchboard) EditChannel(ctx context.Context, guild news.GuildID, ch news.ChannelID, change func(*news.Settings) error) (news.Channel, error) {
	c, _ := s.Channel(ctx, ch)
	if c.Guild != "" && c.Guild != guild {
		return news.Channel{}, news.ErrNotFound
	}
	c.Guild, c.Filters, c.Roles = guild, slices.Clone(c.Filters), maps.Clone(c.Roles)
	if err := change(&c.Settings); err != nil {
		return news.Channel{}, err
	}
	if s.set == nil {
		s.set = map[news.ChannelID]news.Channel{}
	}
	s.set[ch] = c
	return c, nil
}

func (s *switchboard) EditSchedule(ctx context.Context, guild news.GuildID, ch news.ChannelID, _ time.Time, change func(*news.Settings) error) (news.Channel, error) {
	return s.EditChannel(ctx, guild, ch, change)
}

func (s *switchboard) DigestMaterial(context.Context, news.DueDigest, []string, time.Time) (digest.Material, error) {
	return digest.Material{}, s.err
}

func (s *switchboard) Started(_ context.Context, since time.Time, limit int) ([]events.Course, error) {
	var out []events.Course
	for _, e := range s.events {
		if !e.First.Before(since) {
			out = append(out, events.Course{Began: e, Now: e})
		}
	}
	return out[max(0, len(out)-limit):], nil
}

func (s *switchboard) RemoveChannel(_ context.Context, guild news.GuildID, ch news.ChannelID) (bool, error) {
	if c, ok := s.set[ch]; ok && c.Guild != guild {
		return false, news.ErrNotFound
	}
	n := len(s.subs)
	s.subs = slices.DeleteFunc(s.subs, func(x news.Subscription) bool { return x.Channel == ch })
	delete(s.set, ch)
	return len(s.subs) < n, nil
}

func (s *switchboard) GuildPlaces(ctx context.Context, guild news.GuildID) ([]events.Place, error) {
	var out []events.Place
	for _, sub := range s.subs {
		if i := slices.IndexFunc(out, func(p events.Place) bool { return p.ID == sub.Channel }); i >= 0 {
			out[i].Topics = append(out[i].Topics, sub.Topic)
			continue
		}
		c, err := s.Channel(ctx, sub.Channel)
		if err != nil || sub.Guild != guild {
			continue
		}
		out = append(out, events.Place{Channel: c, Topics: []string{sub.Topic}, Volume: events.Volume{Unreachable: sub.Channel == s.paused}})
	}
	return out, nil
}

func switched() (*bot.Commands, *switchboard) {
	s := &switchboard{shelf: stock()}
	s.events[2].Headline = "**Horoscope** of the day <@&1>"
	s.events[4].Headline = "Rugby final ends in a draw"
	s.subs = []news.Subscription{{Guild: "1", Channel: "555", Topic: "world"}, {Guild: "1", Channel: "555", Topic: "local-music"}}
	return bot.NewCommands(bot.Options{Events: s, Subscriptions: s, Channels: s, Answerer: &oracle{answer: found()}, Now: clock}), s
}

// M11
func TestFilter_Conversation(t *testing.T) {
	t.Parallel()
	c, s := switched()
	long := strings.Repeat("x", 91)
	for _, step := range []struct {
		in   message.Interaction
		want string
	}{
		{run("filter list"), "<#555> has no filters: it gets every story of its topics."},
		{run("filter add", "mode", "exclude", "what", "horoscope"), "**exclude: horoscope** is set for <#555>. Of 7 stories on its topics in the last 24 hours, 6 would have been posted, 7 before this change. `/filter test` shows which."},
		{run("filter add", "mode", "exclude", "what", "horoscope"), "<#555> has **exclude: horoscope** already. Nothing changed."},
		{run("filter add", "mode", "include", "what", "/QUAKE|rugby/"), "5 would have been posted, 6 before"}, // the choir is out; the rugby has a source on a quake
		{run("filter add", "mode", "exclude", "what", "topic:Middle East"), "**exclude: topic:middle-east** is set"},
		{run("filter add", "mode", "exclude", "what", "topic:cheese"), "There is no topic “cheese”. Choose one of: World"},
		{run("filter add", "mode", "exclude", "what", "/(/"), "I can't read that regular expression."},
		{run("filter add", "mode", "exclude", "what", "/(.{1,300}x){3}/"), "takes too many steps"},
		{run("filter add", "mode", "exclude", "what", "  "), "Say what to look for"},
		{run("filter add", "mode", "exclude", "what", long), "That filter is too long: 90 characters are the most."},
		{run("filter add", "mode", "exclude", "what", "language:klingon"), "I don't know that language."},
		{run("filter add", "mode", "exclude", "what", "importance:major"), "Importance is set for the channel as a whole: `/channel edit` with `importance`."},
		{run("filter add", "mode", "exclude", "what", "rugby", "channel", "777"), "The channel follows no topic yet"},
		{run("filter list"), "<#555> has 3 filters:\n- exclude: horoscope\n- include: /QUAKE\\|rugby/\n- exclude: topic:middle-east\nA story must match one filter"},
		{run("filter remove", "filter", "storm"), "<#555> has no filter “storm”."},
		{run("filter remove", "filter", "HOROSCOPE"), "**exclude: horoscope** is taken off <#555>."},
		{run("filter remove", "filter", "include: /quake|rugby/"), "7 would have been posted"},
	} {
		if r := handle(t, c, step.in); !r.Ephemeral || !strings.Contains(r.Message.Content, step.want) {
			t.Errorf("%s %v: got %q, want %q", step.in.Command, step.in.Options, r.Message.Content, step.want)
		}
	}
	if got := s.set["555"].Filters; len(got) != 1 || got[0].Text != "middle-east" {
		t.Errorf("left: %v", got)
	}
	typing := message.Interaction{Kind: message.KindAutocomplete, Command: "filter remove", Focused: "filter", Options: map[string]string{"filter": "mid"}, Guild: "1", Channel: "555"}
	if r := handleChoices(t, c, typing); !slices.Equal(r, []string{"exclude: topic:middle-east=exclude: topic:middle-east"}) {
		t.Errorf("suggested %v", r)
	}
	foreign := run("filter add", "mode", "exclude", "what", "rugby")
	foreign.Guild = "2"
	if r := handle(t, c, foreign); !strings.Contains(r.Message.Content, "set up from another server") {
		t.Errorf("another server's channel: %q", r.Message.Content)
	}
}

func TestFilter_IsBounded(t *testing.T) {
	t.Parallel()
	c, _ := switched()
	add := func(what string) string {
		return handle(t, c, run("filter add", "mode", "exclude", "what", what)).Message.Content
	}
	for i := range 10 {
		add("/a" + strings.Repeat("b", i) + "/")
	}
	if got := add("/c/"); !strings.Contains(got, "has 10 regular expressions, which is the most") {
		t.Errorf("one pattern too many: %q", got)
	}
	for i := range 15 {
		add("a" + strings.Repeat("b", i))
	}
	if got := add("c"); !strings.Contains(got, "has 25 filters, which is the most") {
		t.Errorf("one filter too many: %q", got)
	}
}

// M11, B11
func TestFilterTest_Golden(t *testing.T) {
	t.Parallel()
	c, s := switched()
	handle(t, c, run("filter add", "mode", "exclude", "what", "horoscope"))
	if _, err := s.EditChannel(t.Context(), "1", "555", func(x *news.Settings) error { x.Least = news.ClassMajor; return nil }); err != nil {
		t.Fatal(err)
	}
	s.events[0].Class = news.ClassMajor
	golden(t, "filter_test", handle(t, c, run("filter test")))
	trial := handle(t, c, run("filter test", "what", "quake", "mode", "include"))
	golden(t, "filter_test_trial", trial)
	if len(s.set["555"].Filters) != 1 {
		t.Error("a trial set the filter")
	}
}

// M11: where nothing came in, no numbers are told.
func TestFilter_NothingToTryItOn(t *testing.T) {
	t.Parallel()
	c, s := switched()
	s.events = nil
	for _, step := range []struct {
		in   message.Interaction
		want string
	}{
		{run("filter add", "mode", "exclude", "what", "horoscope"), "**exclude: horoscope** is set for <#555>. No new story on its topics came in within the last 24 hours, so there is none to try it on."},
		{run("filter test"), "No new story on the topics of <#555> came in within the last 24 hours. What stood in a feed when I first read it does not count, since it would never be posted."},
	} {
		if got := handle(t, c, step.in).Message.Content; got != step.want {
			t.Errorf("%s: got %q, want %q", step.in.Command, got, step.want)
		}
	}
}

// M11: pages turn after a restart, with the filter that is tried out.
func TestFilterTest_PagesTurn(t *testing.T) {
	t.Parallel()
	_, s := switched()
	for i := range 9 {
		e := lone()
		e.ID = news.EventID(200 + i)
		s.events = append(s.events, e)
	}
	fresh := func() *bot.Commands {
		return bot.NewCommands(bot.Options{Events: s, Subscriptions: s, Channels: s, Now: clock})
	}
	first := handle(t, fresh(), run("filter test", "what", "horoscope"))
	b := buttons(first.Message)
	if b["◀"] != "" || b["▶"] == "" || !strings.Contains(first.Message.Embeds[0].Title, "1/2") {
		t.Fatalf("first page %q has %v", first.Message.Embeds[0].Title, b)
	}
	second := handle(t, fresh(), press(b["▶"]))
	if !second.Update || !strings.Contains(second.Message.Embeds[0].Description, "exclude: horoscope") || buttons(second.Message)["▶"] != "" {
		t.Errorf("second page: %+v", second)
	}
	for _, odd := range []string{"ftest:x:555::", "ftest:-1:555::", "ftest:0:::", "ftest:0:555:exclude:/(/", "ftest:9999:555::"} {
		handle(t, fresh(), press(odd))
	}
}
