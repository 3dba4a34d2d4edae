package bot_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/message"
	"newsdesk/news"
	"newsdesk/trail"
)

// ledger is a delivery log in memory.
type ledger struct {
	at       map[string][]trail.Item // by address
	waiting  []trail.Item
	items    []trail.Item
	channels []trail.Channel
	feeds    []news.Feed
	err      error

	mu    sync.Mutex
	scope trail.Scope // of the last look
}

func (l *ledger) ItemsAt(_ context.Context, address string, _ int) ([]trail.Item, error) {
	return l.at[address], l.err
}

func (l *ledger) WaitingItems(_ context.Context, words string, _ int) ([]trail.Item, error) {
	var out []trail.Item
	for _, it := range l.waiting {
		if strings.Contains(strings.ToLower(it.Article.Title), strings.ToLower(words)) {
			out = append(out, it)
		}
	}
	return out, l.err
}

func (l *ledger) EventItems(context.Context, news.Event, int) ([]trail.Item, error) {
	return l.items, l.err
}

func (l *ledger) TrailChannels(_ context.Context, _ news.EventID, of trail.Scope) ([]trail.Channel, error) {
	l.mu.Lock()
	l.scope = of
	l.mu.Unlock()
	var out []trail.Channel
	for _, c := range l.channels {
		if of.All || c.Guild == of.Guild || c.ID == of.Channel {
			out = append(out, c)
		}
	}
	return out, l.err
}

func (l *ledger) Feeds(context.Context) ([]news.Feed, error) { return l.feeds, l.err }

// came is what is recorded of one of the quake's articles.
func came(e news.Event, n int, reason news.Outcome) trail.Item {
	s := e.Sources[n]
	return trail.Item{
		Article: news.Article{
			ID: s.Article, Feed: 1, Title: s.Title, URL: s.URL, Outlet: s.Outlet, Topic: e.Topic, Method: news.MethodPage,
			Published: s.Published, Seen: s.Published.Add(2 * time.Minute),
		},
		FeedURL: "https://wire.example/rss", Event: e.ID, CopyOf: s.CopyOf, Placed: news.Placement{At: s.Published.Add(3 * time.Minute), Reason: reason},
	}
}

func like(it trail.Item, e news.Event, n int, shared ...string) trail.Item {
	s := e.Sources[n]
	it.Placed.Grouping = news.Grouping{Score: 0.93, Nearest: s.Article, Shared: shared, Gap: s.Published.Sub(it.Article.Published).Abs()}
	it.Twin = trail.Other{Article: s.Article, Title: s.Title, Outlet: s.Outlet, URL: s.URL}
	return it
}

// records is a delivery log of the quake, of its articles and channels.
func records() *ledger {
	e := quake()
	l := &ledger{
		items: []trail.Item{
			like(came(e, 5, "repeats"), e, 0, "Iquique", "Tarapacá", "quake"),
			like(came(e, 4, "new_facts"), e, 0, "tsunami", "Iquique"),
			like(came(e, 3, "new_facts"), e, 0, "Tarapacá", "quake"),
			like(came(e, 2, "copy"), e, 0),
			like(came(e, 1, "corroborated"), e, 0, "Iquique", "Chile"),
			came(e, 0, "new"),
		},
		channels: bot.WhyStages(),
		feeds: []news.Feed{
			{ID: 1, URL: "https://wire.example/rss", Name: "Coastal Wire", Polled: true, NextPoll: noon.Add(10 * time.Minute)},
			{ID: 2, URL: "https://feeds.wire.example/sport", Name: "Coastal Wire Sport", Failures: 4, LastError: "the server answered 503: Service Unavailable", NextPoll: noon.Add(time.Hour)},
			{ID: 3, URL: "https://www.wire.example/old", Name: "Coastal *Wire* Old", Failures: 30, LastError: "the server answered 404: there is nothing at this address", Disabled: noon.Add(-48 * time.Hour)},
		},
	}
	secret := bot.WhyStages()[7]
	secret.Guild, secret.ID = "2", "900"
	l.channels = append(l.channels, secret)
	paper := came(e, 3, "new_facts")
	paper.Article.Method, paper.Article.Why = news.MethodFeed, "the server answered 403"
	old := came(e, 0, "")
	old.Placed = news.Placement{}
	baseline := came(e, 0, "quiet")
	baseline.Article.Quiet = true
	opinion := came(e, 4, "opinion")
	unread := trail.Item{
		Article: news.Article{ID: 77, Title: "Harbour of Iquique opens again", URL: "https://wire.example/harbour", Outlet: "Coastal Wire", Seen: noon.Add(-2 * time.Minute)},
		Waiting: true, Attempts: 2, Error: "dial tcp 10.0.0.7:443: i/o timeout", Next: noon.Add(30 * time.Second),
	}
	fresh := unread
	fresh.Attempts, fresh.Error, fresh.Next = 0, "", time.Time{}
	l.waiting = []trail.Item{unread}
	l.at = map[string][]trail.Item{
		"https://wire.example/chile-quake": {l.items[5]},
		"https://ledger.example/quake":     {l.items[3]},
		"https://north.example/power":      {like(paper, e, 0, "Tarapacá")},
		"https://wire.example/old":         {old},
		"https://wire.example/baseline":    {baseline},
		"https://sur.example/w":            {like(opinion, e, 0, "tsunami")},
		"https://wire.example/harbour":     {unread},
		"https://wire.example/fresh":       {fresh},
	}
	return l
}

// Of a story that took in another one it is told which, and why.
func TestWhy_PutTogether(t *testing.T) { // B1, B6
	t.Parallel()
	l := records()
	e := quake()
	l.items[1].Placed.Reason, l.items[1].Placed.Grouping = "merged", news.Grouping{}
	s := stock()
	e.Absorbed = []news.Absorbed{
		{Event: 5731, Headline: "Tsunami warning for *four* regions", At: noon.Add(-40 * time.Minute), By: 16, Grouping: news.Grouping{Score: 0.934, Nearest: 15, Shared: []string{"tsunami", "Iquique"}, Gap: time.Hour}},
		{Event: 5732, At: noon.Add(-30 * time.Minute)},
	}
	s.events = append(s.events, e)
	r := handle(t, bot.NewCommands(bot.Options{Events: s, Subscriptions: s, Answerer: &oracle{}, Trails: l, Now: clock}), run("why", "about", "#E4F2"))
	golden(t, "why_put_together", r.Message)
	x, err := bot.Explain(t.Context(), l, s, "#E4F2", trail.Scope{})
	if err != nil {
		t.Fatal(err)
	}
	if m := x.Report(bot.DefaultTopics()).Merged; len(m) != 2 || m[0].Event != bot.ShortID(5731) || m[0].By != 16 || m[0].Grouping.Score != 0.934 {
		t.Errorf("as data: %+v", m)
	}
}

// Of a story that was parted from another one it is told which, and why.
func TestWhy_Parted(t *testing.T) { // B1, B6
	t.Parallel()
	l := records()
	e := quake()
	l.items[1].Placed.Reason, l.items[1].Placed.Grouping = "parted", news.Grouping{}
	s := stock()
	e.Parted = []news.Parted{
		{Of: e.ID, Event: 5731, Headline: "Tsunami warning for *four* regions", At: noon.Add(-40 * time.Minute), By: 16, Across: 0.124},
		{Of: 5700, Event: 5730, Headline: "Of one that was put into it"},
		{Of: e.ID, Event: 5732, At: noon.Add(-30 * time.Minute), Across: 0.002},
	}
	s.events = append(s.events, e)
	r := handle(t, bot.NewCommands(bot.Options{Events: s, Subscriptions: s, Answerer: &oracle{}, Trails: l, Now: clock}), run("why", "about", "#E4F2"))
	golden(t, "why_parted", r.Message)
	x, err := bot.Explain(t.Context(), l, s, "#E4F2", trail.Scope{})
	if err != nil {
		t.Fatal(err)
	}
	if m := x.Report(bot.DefaultTopics()).Parted; len(m) != 2 || m[0].Event != bot.ShortID(5731) || m[0].By != 16 || m[0].Across != 0.124 {
		t.Errorf("as data: %+v", m)
	}
}

func explainer(l *ledger) *bot.Commands {
	s := stock()
	s.events = append(s.events, quake())
	return bot.NewCommands(bot.Options{Events: s, Subscriptions: s, Answerer: &oracle{}, Trails: l, Now: clock})
}

// Every last stage and every reason is told in words.
func TestWhy_Golden(t *testing.T) { // B6, M23
	t.Parallel()
	c := explainer(records())
	admin := func(about string) message.Interaction {
		in := run("why", "about", about)
		in.Manage = true
		return in
	}
	here := run("why", "about", "5726")
	here.Channel = "709"
	direct := run("why", "about", "#E4F2")
	direct.Guild = ""
	for _, tt := range []struct {
		name string
		in   message.Interaction
	}{
		{"why_event_admin", admin("#E4F2")},
		{"why_event_member", here},
		{"why_event_direct", direct},
		{"why_copy", run("why", "about", "https://ledger.example/quake")},
		{"why_first", run("why", "about", "<https://wire.example/chile-quake>")},
		{"why_feed_text", run("why", "about", "north.example/power")},
		{"why_baseline", run("why", "about", "https://wire.example/baseline")},
		{"why_opinion", run("why", "about", "https://sur.example/w")},
		{"why_long_ago", run("why", "about", "https://wire.example/old")},
		{"why_waiting", run("why", "about", "https://wire.example/harbour")},
		{"why_waiting_words", run("why", "about", "harbour of iquique")},
		{"why_fresh", run("why", "about", "https://wire.example/fresh")},
		{"why_unknown_link", run("why", "about", "https://www.wire.example/never-seen")},
		{"why_unknown_site", run("why", "about", "https://elsewhere.example/[x](y)")},
		{"why_unknown_words", run("why", "about", "@everyone **river** prize of nobody")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := handle(t, c, tt.in)
			if !r.Ephemeral {
				t.Error("everybody sees it")
			}
			golden(t, tt.name, r.Message)
		})
	}
}

// Who files a story under which topic is told where they differ. // B6, M11
func TestWhy_TellsWhoFiledIt(t *testing.T) {
	t.Parallel()
	s := stock()
	e := quake()
	e.Topic = "science"
	for i := range e.Sources {
		e.Sources[i].Topic = "science"
	}
	e.Sources[0].Topic = "world"
	s.events = append(s.events, e)
	c := bot.NewCommands(bot.Options{Events: s, Subscriptions: s, Answerer: &oracle{}, Trails: records(), Now: clock})
	r := handle(t, c, run("why", "about", "#E4F2"))
	want := "**Its topic**\nIt is filed under Science: 4 outlets under Science, 1 outlet under World. It moves where two agree on another topic and fewer stand by this one."
	if got := r.Message.Embeds[0].Description; !strings.Contains(got, want) {
		t.Errorf("got:\n%s\nwant in it:\n%s", got, want)
	}
}

// Nobody learns of another server's channels, and members learn only of the
// channel they are in.
func TestWhy_TellsOfNoOtherServer(t *testing.T) { // M23, M26
	t.Parallel()
	for name, tt := range map[string]struct {
		manage bool
		guild  string
		want   trail.Scope
	}{
		"member": {false, "1", trail.Scope{Channel: "555"}},
		"admin":  {true, "1", trail.Scope{Guild: "1", Channel: "555"}},
		"direct": {true, "", trail.Scope{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := records()
			in := run("why", "about", "5726")
			in.Manage, in.Guild = tt.manage, tt.guild
			r := handle(t, explainer(l), in)
			if l.scope != tt.want {
				t.Errorf("asked for %+v, want %+v", l.scope, tt.want)
			}
			if strings.Contains(r.Message.Embeds[0].Description, "#900") {
				t.Errorf("tells of another server:\n%s", r.Message.Embeds[0].Description)
			}
		})
	}
}

// The operator's text has the recorded causes; Discord's has none of them.
func TestExplain_RawCausesAreTheOperatorsOnly(t *testing.T) {
	t.Parallel()
	l := records()
	s := stock()
	s.events = append(s.events, quake())
	x, err := bot.Explain(t.Context(), l, s, "https://wire.example/harbour", trail.Scope{All: true})
	if err != nil {
		t.Fatal(err)
	}
	if got := x.Text(nil); !strings.Contains(got, "10.0.0.7") {
		t.Errorf("the operator is not told the cause:\n%s", got)
	}
	if got := x.Message(nil).Embeds[0].Description; strings.Contains(got, "10.0.0.7") {
		t.Errorf("people are told the cause as it is:\n%s", got)
	}
	if x, err = bot.Explain(t.Context(), l, s, "#E4F2", trail.Scope{All: true}); err != nil {
		t.Fatal(err)
	}
	golden(t, "why_text", strings.Split(x.Text(nil), "\n"))
	golden(t, "why_report", x.Report(nil))
}

// Whatever feeds say, the answer can be sent.
func TestWhy_HostileTextIsInert(t *testing.T) { // M19
	t.Parallel()
	l := records()
	e := hostile()
	e.ID = 5726
	for i := range l.items {
		l.items[i] = like(came(e, i, "new_facts"), e, 0, "@everyone", "**x**", "[a](b)")
		l.items[i].Article.Title = strings.Repeat(e.Sources[i].Title+" @here ", 40)
	}
	for i := range l.channels {
		l.channels[i].Verdict.Detail = "](https://evil.example) @everyone"
		l.channels[i].Pause.Reason = "](https://evil.example) @everyone"
	}
	for range 60 {
		l.channels = append(l.channels, l.channels[2])
	}
	s := &shelf{events: []news.Event{e}}
	in := run("why", "about", "5726")
	in.Manage = true
	r := handle(t, bot.NewCommands(bot.Options{Events: s, Subscriptions: s, Trails: l, Now: clock}), in)
	text := r.Message.Embeds[0].Description
	for _, bad := range []string{"](https://evil.example)", "@everyone", "@here", " **x**"} {
		if strings.Contains(text, bad) {
			t.Errorf("%q came through:\n%s", bad, text)
		}
	}
	if !strings.Contains(text, "more") {
		t.Error("nothing was left out of a text that is too long")
	}
}

// Whatever is asked about, there is an answer that can be sent.
func FuzzWhy(f *testing.F) {
	for _, s := range []string{
		"https://wire.example/chile-quake", "#E4F2", "e4f2", "quake", "wire.example/x", "http://[::1]/", "https://", "//x/y", "<https://a.example/b>",
		"https://user:pass@a.example/](https://evil.example)", "@everyone `x` \u202e", strings.Repeat("a", 2100), "https://a.example/" + strings.Repeat("%zz", 600), "\x00", "🌍/🌍.🌍",
	} {
		f.Add(s)
	}
	c := explainer(records())
	f.Fuzz(func(t *testing.T, about string) {
		in := run("why", "about", about)
		in.Manage = true
		r, err := c.Handle(t.Context(), in)
		if err != nil {
			t.Fatal(err)
		}
		if err := message.Validate(r.Message); err != nil {
			t.Error(err)
		}
	})
}
