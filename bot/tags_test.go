package bot_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"newsdesk/bot"
	"newsdesk/bot/message"
	"newsdesk/news"
	"newsdesk/outbox"
)

// forumOf is a forum with tags: their names, numbered from 1.
func forumOf(required bool, names ...string) message.Channel {
	about := message.Channel{Kind: message.ForumChannel, TagRequired: required}
	for i, n := range names {
		about.Tags = append(about.Tags, message.Tag{ID: strconv.Itoa(i + 1), Name: n})
	}
	return about
}

// M11: which tags a post gets, and which keep it waiting.
func TestPoster_Tags(t *testing.T) {
	t.Parallel()
	alert := post(news.PostAlert, "", "")
	hot := alert
	hot.Event.Class = news.ClassBreaking
	major := alert
	major.Event.Class = news.ClassMajor
	digest := post(news.PostDigest, "", "")
	digest.Event, digest.Digest = news.Event{}, news.Digest{Kind: news.DigestPlanned, Topics: []string{"world", "us", "politics", "asia", "health", "europe"}}
	world := []string{"world"}
	for _, tt := range []struct {
		name    string
		about   message.Channel
		tags    map[string]string
		follows []string
		post    news.Post
		want    string // of the tags; "" for none
		blocked string // the end of the reason
	}{
		{"by the topic's name", forumOf(false, "Sports", "WORLD"), nil, world, alert, "2", ""},
		{"none of that name", forumOf(false, "Sports"), nil, world, alert, "", ""},
		{"chosen", forumOf(true, "World", "Abroad"), map[string]string{"world": "2"}, world, alert, "2", ""},
		{"chosen, and deleted since", forumOf(true, "World"), map[string]string{"world": "2"}, world, alert, "1", ""},
		{"chosen for all topics", forumOf(true, "News"), map[string]string{"all": "1"}, world, alert, "1", ""},
		{"the topic's own before that of all", forumOf(true, "News", "World"), map[string]string{"all": "1"}, world, alert, "2", ""},
		{"none wanted", forumOf(false, "World", "News"), map[string]string{"world": "none", "all": "2"}, world, alert, "", ""},
		{"breaking", forumOf(false, "World", "breaking"), nil, world, hot, "2 1", ""},
		{"breaking by another name", forumOf(false, "Breaking news"), nil, world, hot, "1", ""},
		{"not breaking", forumOf(false, "World", "Breaking", "Normal"), nil, world, alert, "1", ""},
		{"major", forumOf(false, "World", "Major"), nil, world, major, "2 1", ""},
		{"chosen is that of the importance", forumOf(false, "Breaking"), map[string]string{"world": "1"}, world, hot, "1", ""},
		{"a digest has its topics', five at most", forumOf(false, "World", "US", "Politics", "Asia", "Health", "Europe"), nil, world, digest, "1 2 3 4 5", ""},
		{"a tag is wanted, and none fits", forumOf(true, "Sports"), nil, []string{"world", "sports", "asia"}, alert, "", "no tag for: World, Asia"},
		{"a tag is wanted, and none is there to give", forumOf(true), nil, []string{"world"}, alert, "", "no tag for: World"},
		{"the importance is tag enough", forumOf(true, "Breaking"), nil, world, hot, "1", ""},
		{"of all topics", forumOf(true, "World"), nil, []string{"all"}, digest, "1", ""},
		{"of a topic that is followed no more, the first", forumOf(true, "Sports", "Asia"), nil, []string{"asia"}, alert, "1", ""},
		{"no tag at all, and nothing followed", forumOf(true), nil, nil, alert, "", "no tag for: All topics"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, s := switched()
			s.subs, s.set = nil, map[news.ChannelID]news.Channel{"555": {ID: "555", Guild: "1", Settings: news.Settings{Tags: tt.tags}}}
			for _, f := range tt.follows {
				s.subs = append(s.subs, news.Subscription{Guild: "1", Channel: "555", Topic: f})
			}
			w := &wall{about: tt.about}
			p := bot.NewPoster(w, bot.PosterOptions{Followed: s, Now: clock})
			_, err := p.Send(t.Context(), tt.post)
			if outbox.IsBlocked(err) != (tt.blocked != "") || err != nil && !strings.HasSuffix(err.Error(), tt.blocked) {
				t.Fatalf("got %v, want it blocked by %q", err, tt.blocked)
			}
			if err != nil {
				// What pauses a channel is what the keeper looks for: else it would go
				// on, and be paused again, for ever.
				names, err := p.Untagged(t.Context(), "555")
				if got := bot.Untagged(names); err != nil || got != tt.blocked {
					t.Errorf("untagged: %q (%v), want %q", got, err, tt.blocked)
				}
				return
			}
			if _, got, _ := strings.Cut(w.opened[0], "["); strings.TrimSuffix(got, "]") != tt.want {
				t.Errorf("tags %s, want [%s]", got, tt.want)
			}
		})
	}
}

// M11
func TestChannelTag_Conversation(t *testing.T) {
	t.Parallel()
	_, s := switched()
	w := &wall{about: forumOf(true, "Abroad", "*Odd*", "World")}
	var mended []news.GuildID
	c := bot.NewCommands(bot.Options{Events: s, Subscriptions: s, Channels: s, Forums: w, Permissions: gate{}, Mended: func(g news.GuildID) { mended = append(mended, g) }, Now: clock})
	const gap = "⚠️ I can't post all of it in <#555> yet: the forum wants a tag on every post, and none fits **Local Music**. Choose one with `/channel tag`"
	for _, step := range []struct {
		in   message.Interaction
		want []string
	}{
		{run("channel edit"), []string{gap}},
		{run("channel tag", "topic", "world", "tag", "1"), []string{"New posts of **World** in <#555> get the tag **Abroad**.", gap}},
		{run("channel tag", "topic", "World", "tag", "world"), []string{"get the tag **World**."}},
		{run("channel tag", "topic", "world", "tag", "None"), []string{"New posts of **World** in <#555> get no tag.", "none fits **World**, **Local Music**."}},
		{run("channel tag", "topic", "world", "tag", "auto"), []string{"get the tag that is named like the topic, where the forum has one.", gap}},
		{run("channel tag", "topic", "world", "tag", "<@&1> x"), []string{"<#555> has no tag “\\<\\@&1\\> x” that I may give. It has: Abroad, \\*Odd\\*, World."}},
		{run("channel tag", "topic", "cheese", "tag", "1"), []string{"There is no topic “cheese”."}},
		{run("channel tag", "topic", "all", "tag", "2"), []string{"New posts of **All topics** in <#555> get the tag **\\*Odd\\***."}},
		{run("channel edit"), []string{"<#555>: **World, Local Music** · everything · 1 chosen tag"}},
		{run("subscribe", "topic", "asia"), []string{"<#555> now follows **Asia**."}},
		{run("channel tag", "topic", "all", "tag", "auto"), []string{"none fits **Local Music**, **Asia**."}},
		{run("subscribe", "topic", "us"), []string{"<#555> now follows **US**.", "What comes waits for a tag.", "none fits **Local Music**, **Asia**, **US**."}},
	} {
		r := handle(t, c, step.in)
		for _, want := range step.want {
			if !r.Ephemeral || !strings.Contains(r.Message.Content, want) {
				t.Errorf("%s %v: got %q, want %q", step.in.Command, step.in.Options, r.Message.Content, want)
			}
		}
	}
	if len(mended) != 1 || mended[0] != "1" {
		t.Errorf("looked again at the channels of %v", mended)
	}
	if got := s.set["555"].Tags; len(got) != 0 {
		t.Errorf("set %v", got)
	}
	typing := message.Interaction{Kind: message.KindAutocomplete, Command: "channel tag", Focused: "tag", Options: map[string]string{"tag": ""}, Guild: "1", Channel: "555"}
	want := []string{"Abroad=1", "*Odd*=2", "World=3", "None=none", "Auto: the tag named like the topic=auto"}
	if got := handleChoices(t, c, typing); !slices.Equal(got, want) {
		t.Errorf("suggested %q, want %q", got, want)
	}
	typing.Options["tag"] = "wor"
	if got := handleChoices(t, c, typing); !slices.Equal(got, want[2:3]) {
		t.Errorf("suggested %q, want %q", got, want[2:3])
	}
	foreign := run("channel tag", "topic", "world", "tag", "1")
	foreign.Guild = "2"
	if r := handle(t, c, foreign); !strings.Contains(r.Message.Content, "set up from another server") {
		t.Errorf("another server's: %q", r.Message.Content)
	}
	w.about = message.Channel{Kind: message.TextChannel}
	if r := handle(t, c, run("channel tag", "topic", "world", "tag", "1")); !strings.Contains(r.Message.Content, "<#555> is no forum") {
		t.Errorf("no forum: %q", r.Message.Content)
	}
	if got := handleChoices(t, c, typing); len(got) > 0 {
		t.Errorf("suggested %q where there is no forum", got)
	}
	w.about = forumOf(true)
	if r := handle(t, c, run("channel tag", "topic", "world", "tag", "1")); !strings.Contains(r.Message.Content, "Add one in the forum's settings that is not for moderators only.") {
		t.Errorf("no tags: %q", r.Message.Content)
	}
}

// M11, M20: the pause of a forum is explained.
func TestPausedForTags(t *testing.T) {
	t.Parallel()
	names := []string{"World", "@everyone", "Asia", "US", "Europe", "Health", "Sports"}
	m := bot.PausedForTags("555", names)
	lawful(t, m)
	for _, want := range []string{"<#555>", "none fits **World**, **@\u200beveryone**, **Asia**, **US**, **Europe** and 2 more.", "`/channel tag`", "Require people to select tags when posting", "7 days"} {
		if !strings.Contains(m.Content, want) {
			t.Errorf("%q lacks %q", m.Content, want)
		}
	}
}
