package bot_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/message"
	"newsdesk/news"
)

// kennel keeps feeds of servers in memory, and finds what it was told of.
type kennel struct {
	feeds   map[news.GuildID][]news.GuildFeed
	offers  []news.FeedOffer
	owner   news.GuildID // of the offers
	found   []bot.FoundFeed
	problem string
	look    bot.FeedLook
	looked  []string
	listed  []bot.ListedFeed // of any file
}

func (k *kennel) GuildFeeds(_ context.Context, g news.GuildID) ([]news.GuildFeed, error) {
	return k.feeds[g], nil
}

func (k *kennel) AddGuildFeed(_ context.Context, g news.GuildID, f news.Feed, limit int, _ time.Time) (news.FeedID, bool, error) {
	for _, x := range k.feeds[g] {
		if x.Feed.URL == f.URL {
			return x.Feed.ID, false, nil
		}
	}
	if len(k.feeds[g]) >= limit {
		return 0, false, news.ErrFull
	}
	f.ID, f.Own = news.FeedID(len(k.feeds[g])+1), true
	folder := f.Topic
	f.Topic = ""
	k.feeds[g] = append(k.feeds[g], news.GuildFeed{Feed: f, Folder: folder})
	return f.ID, true, nil
}

func (k *kennel) change(g news.GuildID, id news.FeedID, change func(*news.GuildFeed)) error {
	for i := range k.feeds[g] {
		if k.feeds[g][i].Feed.ID == id {
			change(&k.feeds[g][i])
			return nil
		}
	}
	return news.ErrNotFound
}

func (k *kennel) PauseGuildFeed(_ context.Context, g news.GuildID, id news.FeedID, now time.Time) error {
	return k.change(g, id, func(f *news.GuildFeed) { f.Paused = now })
}

func (k *kennel) ResumeGuildFeed(_ context.Context, g news.GuildID, id news.FeedID, _ time.Time) error {
	return k.change(g, id, func(f *news.GuildFeed) { f.Paused, f.Feed.Disabled = time.Time{}, time.Time{} })
}

func (k *kennel) RemoveGuildFeed(_ context.Context, g news.GuildID, id news.FeedID) error {
	if err := k.change(g, id, func(*news.GuildFeed) {}); err != nil {
		return err
	}
	k.feeds[g] = slices.DeleteFunc(k.feeds[g], func(f news.GuildFeed) bool { return f.Feed.ID == id })
	return nil
}

func (k *kennel) OfferFeeds(_ context.Context, g news.GuildID, offers []news.FeedOffer, _ time.Time) ([]news.FeedOffer, error) {
	k.owner = g
	for _, o := range offers {
		o.ID = int64(len(k.offers) + 1)
		k.offers = append(k.offers, o)
	}
	return k.offers[len(k.offers)-len(offers):], nil
}

func (k *kennel) FeedOffer(_ context.Context, g news.GuildID, id int64) (news.FeedOffer, error) {
	if g != k.owner || id < 1 || int(id) > len(k.offers) {
		return news.FeedOffer{}, news.ErrNotFound
	}
	return k.offers[id-1], nil
}

func (k *kennel) Find(context.Context, string) ([]bot.FoundFeed, string, error) {
	return k.found, k.problem, nil
}

func (k *kennel) Look(_ context.Context, address string, post bool) (bot.FeedLook, error) {
	k.looked = append(k.looked, address)
	l := k.look
	l.URL = address
	if !post {
		l.Event = news.Event{}
	}
	return l, nil
}

func (k *kennel) ReadFeeds(_ context.Context, f message.File) ([]bot.ListedFeed, string, error) {
	if string(f.Data) != "a list" {
		return nil, "This is not an OPML file. ", nil
	}
	return k.listed, "", nil
}

func (k *kennel) WriteFeeds(list []news.Feed) ([]byte, error) {
	var b strings.Builder
	for _, f := range list {
		b.WriteString(f.Topic + " | " + f.Name + " | " + f.URL + "\n")
	}
	return []byte(b.String()), nil
}

// kept is a server with three feeds: one that does well in a channel, one that
// is paused, one that was given up; and two that the web has.
func kept() (*bot.Commands, *kennel, *switchboard) {
	item := func(title string, hours int) news.Item {
		return news.Item{Title: title, URL: "https://rowing.example/" + strings.ToLower(title[:4]), Published: noon.Add(-time.Duration(hours) * time.Hour)}
	}
	e := lone()
	e.ID = 0
	k := &kennel{
		feeds: map[news.GuildID][]news.GuildFeed{"1": {
			{Feed: news.Feed{ID: 1, Own: true, URL: "https://harbour.example/feed?key=s3cret", Name: "Harbour Post", Topic: "feed:1", Polled: true, NextPoll: noon.Add(20 * time.Minute), NextReason: "12 items a day on average"}, Channels: []news.ChannelID{"555", "556"}},
			{Feed: news.Feed{ID: 2, URL: "https://wire.example/rss", Name: "The **Wire** <@&1>", Topic: "middle-east", Polled: true}, Paused: noon.Add(-time.Hour)},
			{Feed: news.Feed{ID: 3, Own: true, URL: "https://old.example/feed", Topic: "feed:3", Polled: true, Failures: 20, LastError: "The server answered 404: there is nothing at this address", Disabled: noon.Add(-48 * time.Hour)}},
			{Feed: news.Feed{ID: 4, Own: true, URL: "https://slow.example/feed", Name: "World", Topic: "feed:4", Polled: true, Failures: 2, LastError: "The server answered 503: Service Unavailable", NextPoll: noon.Add(time.Hour)}},
		}},
		found: []bot.FoundFeed{
			{URL: "https://rowing.example/feed", Title: "Rowing Club", Items: 20, Newest: noon.Add(-3 * time.Hour)},
			{URL: "https://rowing.example/comments/feed", Title: "", Items: 1},
			{URL: "https://wire.example/rss", Title: "The Wire", Items: 40, Newest: noon.Add(-50 * time.Hour)},
		},
		look: bot.FeedLook{
			Status: 200, Title: "Rowing Club", Lang: "de", Rhythm: "3 items a day on average", Items: 20, Event: e,
			Newest: []news.Item{item("Regatta is *off* @everyone", 3), item("Boathouse opens", 9), item("Crew of the year", 20), item("Older news", 30)},
		},
	}
	s := &switchboard{shelf: stock()}
	c := bot.NewCommands(bot.Options{
		Events: s, Subscriptions: s, Channels: s, Answerer: &oracle{answer: found()}, Now: clock,
		Feeds: k, Finder: k, Files: k, FeedsMost: 5,
	})
	return c, k, s
}

func TestFeed_Golden(t *testing.T) { // M3
	t.Parallel()
	c, k, _ := kept()
	golden(t, "feed_several", handle(t, c, run("feed add", "address", "rowing.example")))
	golden(t, "feed_preview", handle(t, c, press("feed:pick", "1")))
	golden(t, "feed_added", handle(t, c, press("feed:add:1")))
	golden(t, "feed_list", handle(t, c, run("feed list")))
	golden(t, "feed_remove", handle(t, c, run("feed remove", "feed", "1")))
	golden(t, "feed_test", handle(t, c, run("feed test", "feed", "Harbour Post")))
	k.look = bot.FeedLook{Problem: "The server answered 404: there is nothing at this address"}
	golden(t, "feed_test_dead", handle(t, c, run("feed test", "feed", "3")))
	admin := run("help")
	admin.Manage = true
	golden(t, "help_feeds", handle(t, c, admin))
}

// said is what a reply says, in one text.
func said(r message.Reply) string {
	parts := []string{r.Message.Content}
	for _, e := range r.Message.Embeds {
		parts = append(parts, e.Title, e.Description)
	}
	return strings.TrimPrefix(strings.Join(parts, "\n"), "\n")
}

func TestFeed_Conversation(t *testing.T) { // M3, M5
	t.Parallel()
	c, k, s := kept()
	one := []bot.FoundFeed{k.found[0]}
	with := func(in message.Interaction, do func()) message.Interaction { do(); return in }
	for _, step := range []struct {
		in   message.Interaction
		want string
	}{
		{run("feed add", "address", " "), "Give an address"},
		{with(run("feed add", "address", "https://nothing.example"), func() {}), "There are 3 feeds. Which one?"},
		{press("feed:pick", "99"), "That offer is too old"},
		{press("feed:pick", "3"), "follows **The \\*\\*Wire\\*\\*"}, // the server has it
	} {
		if got := said(handle(t, c, step.in)); !strings.Contains(got, step.want) {
			t.Errorf("%s %v: %q, want %q", step.in.Command+step.in.Custom, step.in.Options, got, step.want)
		}
	}
	k.found, k.problem = nil, "The address leads into a private network"
	if got := said(handle(t, c, run("feed add", "address", "http://10.0.0.1/"))); got != "I found no feed there: the address leads into a private network." {
		t.Errorf("%q", got)
	}
	k.found = one
	preview := handle(t, c, run("feed add", "address", "rowing.example", "channel", "701"))
	if !strings.Contains(said(preview), "only what comes next, in <#701>") || !preview.Ephemeral {
		t.Errorf("%q", said(preview))
	}
	add := buttons(preview.Message)["Add and post it"]
	r := handle(t, c, press(add))
	if !strings.Contains(said(r), "<#701> now follows **Rowing Club**") || !r.Update {
		t.Errorf("%q, update %v", said(r), r.Update)
	}
	if !slices.Contains(s.subs, news.Subscription{Guild: "1", Channel: "701", Topic: "feed:5"}) {
		t.Errorf("the channel follows %v", s.subs)
	}
	if got := said(handle(t, c, run("feed add", "address", "rowing.example"))); !strings.Contains(got, "follows **Rowing Club** already") {
		t.Errorf("%q", got)
	}
	if got := said(handle(t, c, run("feed add", "address", "https://harbour.example/feed?key=s3cret", "channel", "702"))); !strings.Contains(got, "already; <#702> gets its news from now on.") {
		t.Errorf("%q", got)
	}
	k.found = []bot.FoundFeed{{URL: "https://more.example/"}}
	full := handle(t, c, run("feed add", "address", "more.example"))
	if got := said(handle(t, c, press(buttons(full.Message)["Add"]))); got != "This server has its 5 feeds already. `/feed remove` makes room." {
		t.Errorf("%q", got)
	}
	for _, step := range []struct {
		in   message.Interaction
		want string
	}{
		{run("feed pause", "feed", "1"), "**Harbour Post** is paused: nothing"},
		{run("feed pause", "feed", "1"), "is paused already"},
		{run("feed resume", "feed", "harbour"), "**Harbour Post** goes on"},
		{run("feed resume", "feed", "1"), "neither paused nor given up"},
		{run("feed resume", "feed", "3"), "goes on. It is read within a minute"}, // it was given up
		{run("feed remove", "feed", "nope"), "This server has no feed “nope”"},
		{run("feed remove", "feed", "example"), "5 feeds of this server match “example”"},
		{press("feed:drop:1"), "**Harbour Post** is no longer followed"},
		{press("feed:drop:1"), "does not follow that feed any more"},
		{press("feed:post:5", "703"), "<#703> now follows **Rowing Club**"},
		{press("feed:post:77", "703"), "does not follow that feed any more"},
		{press("feed:nonsense:1"), "That button is from an older version"},
		{press("feed:drop:x"), "That button is from an older version"},
	} {
		if got := said(handle(t, c, step.in)); !strings.Contains(got, step.want) {
			t.Errorf("%s %v: %q, want %q", step.in.Command+step.in.Custom, step.in.Options, got, step.want)
		}
	}
	other := press(add)
	other.Guild = "2"
	if got := said(handle(t, c, other)); !strings.Contains(got, "That offer is too old") || len(k.feeds["2"]) != 0 {
		t.Errorf("another server used the button: %q", got)
	}
	direct := run("feed list")
	direct.Guild = ""
	if got := said(handle(t, c, direct)); !strings.Contains(got, "server's channel") {
		t.Errorf("%q", got)
	}
}

func TestFeed_OffAndCostly(t *testing.T) { // M26
	t.Parallel()
	_, k, s := kept()
	c := bot.NewCommands(bot.Options{Events: s, Subscriptions: s, Channels: s, Now: clock, Feeds: k, Finder: k, Files: k})
	if got := said(handle(t, c, run("feed add", "address", "x.example"))); !strings.Contains(got, "switched off") {
		t.Errorf("%q", got)
	}
	c, _, _ = kept()
	for range 6 {
		handle(t, c, run("feed add", "address", "x.example"))
	}
	if got := said(handle(t, c, run("feed add", "address", "x.example"))); !strings.Contains(got, "used up") {
		t.Errorf("%q", got)
	}
}

// A server's feeds are topics of its own: other servers neither see nor follow
// them.
func TestFeed_IsATopicOfItsServer(t *testing.T) {
	t.Parallel()
	c, _, s := kept()
	e := lone()
	e.ID, e.Topic, e.Headline = 900, "feed:1", "Regatta is off"
	s.events = append(s.events, e)
	topics := func(guild string) []string {
		in := run("latest", "topic", "")
		in.Kind, in.Focused, in.Guild = message.KindAutocomplete, "topic", guild
		var out []string
		r, err := c.Handle(t.Context(), in)
		if err != nil {
			t.Fatal(err)
		}
		for _, ch := range r.Choices {
			out = append(out, ch.Name)
		}
		return out
	}
	for _, want := range []string{"Harbour Post", "World", "World (slow.example/feed)", "old.example/feed"} {
		if !slices.ContainsFunc(topics("1"), func(s string) bool { return strings.Contains(s, want) }) {
			t.Errorf("%q is no topic of its server: %q", want, topics("1"))
		}
	}
	if got := topics("2"); slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, "Harbour") }) {
		t.Errorf("another server has it: %q", got)
	}
	r := handle(t, c, run("latest", "topic", "Harbour Post"))
	if !strings.Contains(said(r), "Regatta is off") || !strings.Contains(said(r), "Harbour Post") {
		t.Errorf("%q", said(r))
	}
	share := buttons(r.Message)["Share here"]
	if got := said(handle(t, c, press(share))); !strings.Contains(got, "Harbour Post") {
		t.Errorf("the topic is lost in %q: %q", share, got)
	}
	if got := said(handle(t, c, run("subscribe", "topic", "harbour post"))); !strings.Contains(got, "now follows **Harbour Post**") {
		t.Errorf("%q", got)
	}
	stranger := run("subscribe", "topic", "feed:1")
	stranger.Guild = "2"
	if got := said(handle(t, c, stranger)); !strings.Contains(got, "There is no topic") {
		t.Errorf("another server follows it: %q", got)
	}
	pause := run("feed pause", "feed", "h")
	pause.Kind, pause.Focused = message.KindAutocomplete, "feed"
	if r, err := c.Handle(t.Context(), pause); err != nil || len(r.Choices) != 1 || r.Choices[0].Value != "1" {
		t.Errorf("feeds that can be paused: %+v, %v", r.Choices, err)
	}
}

// What a server may see decides what it is shown, whichever way it asks.
func TestSeen_BoundsEveryAnswer(t *testing.T) {
	t.Parallel()
	mine, theirs := stock(), stock()
	theirs.events, theirs.count = theirs.events[:1], 7
	theirs.events[0].Headline = "What everybody may see"
	c := bot.NewCommands(bot.Options{Subscriptions: mine, Now: clock, Seen: func(g news.GuildID) bot.Seen {
		s := theirs
		if g == "1" {
			s = mine
		}
		return bot.Seen{Events: s, Answerer: &oracle{}}
	}})
	for _, guild := range []string{"1", "2", ""} {
		in := run("latest")
		in.Guild = guild
		if got := said(handle(t, c, in)); strings.Contains(got, "What everybody") != (guild != "1") || strings.Contains(got, "Quake report") != (guild == "1") {
			t.Errorf("guild %q is shown %q", guild, got)
		}
		open := press("story:105")
		open.Guild = guild
		if got := said(handle(t, c, open)); strings.Contains(got, "no longer have that story") != (guild != "1") {
			t.Errorf("guild %q opens %q", guild, got)
		}
	}
}

// M5: until a redirect for good is followed, the list says where it leads and
// when.
func TestFeedList_SaysWhereAFeedMoves(t *testing.T) {
	t.Parallel()
	c, k, _ := kept()
	for want, m := range map[string]news.Moving{
		"12 items a day on average; moved to `new.example/feed`, for good after 2 more polls of the old address ·": {To: "https://new.example/feed?key=s3cret", Left: 2},
		"; moved to `new.example/feed`, for good after 1 more poll of the old address ·":                           {To: "https://new.example/feed", Left: 1},
	} {
		k.feeds["1"][0].Feed.Moving = m
		if got := said(handle(t, c, run("feed list"))); !strings.Contains(got, want) {
			t.Errorf("%+v: %q is not in %s", m, want, got)
		}
	}
}
