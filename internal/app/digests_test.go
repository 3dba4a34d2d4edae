package app

import (
	"slices"
	"strings"
	"testing"
	"time"

	"newsdesk/bot/discord"
	"newsdesk/bot/discordtest"
	"newsdesk/feeds/feedstest"
	"newsdesk/internal/config"
	"newsdesk/news"
	"newsdesk/outbox"
	"newsdesk/trail"
)

// reported is an article of an outlet that is dated some time ago.
func (r *newsroom) reported(ago time.Duration, outlet, slug string, paragraphs ...string) {
	r.Helper()
	r.tell(outlet, slug, paragraphs[0], paragraphs[1:]...)
	list := r.shown[outlet]
	list[len(list)-1].Published = r.now().Add(-ago)
	r.feeds[outlet].SetRSS(outlet, list...)
}

// says is the text of a digest.
func says(m discordtest.Message) string {
	var parts []string
	for _, e := range m.Embeds {
		parts = append(parts, e.Title, e.Description)
	}
	return strings.Join(parts, "\n")
}

var bombing = []string{
	"Bombing kills 340 people at market in Ostmark", "A bomb killed 340 people and injured 512 at a market in Ostmark on Tuesday, the interior ministry said.",
	"The attack was the deadliest in the country's history.",
}

// M14, B4: what is dated before a digest and read after it is told by the next,
// as new; a correction too.
func TestDigest_TellsWhatCameInLate(t *testing.T) {
	t.Parallel()
	r := newNewsroom(t, &produced{seen: map[string]bool{}}, "2026-06-02T06:45:00Z", "Ledger")
	daily := news.DigestPlan{Every: news.Daily, Minute: 8 * 60}
	ch := r.channel("daily", func(s *news.Settings) { s.Least, s.Digest = news.ClassBreaking, daily })
	r.pass(10 * time.Minute)
	tremor := []string{
		"Strong quake kills 300 in Ostrava Bay", "An earthquake of magnitude 6.6 killed 300 people in the port of Ostrava Bay on Saturday, the seismology centre said.",
		"Walls fell in the old harbour and the ferry terminal was closed.",
	}
	r.reported(0, "Ledger", "tremor-1", tremor...)
	r.until(at(t, "2026-06-02T08:00:00Z"), 5*time.Minute)
	if got := digests(ch); len(got) != 1 || !strings.Contains(says(got[0]), "Ostrava Bay") {
		t.Fatalf("the first digest: %+v", got)
	}
	r.clock.Add((2 * time.Minute).Milliseconds())
	r.reported(10*time.Minute, "Ledger", "bombing", bombing...)
	r.reported(8*time.Minute, "Ledger", "tremor-2", "Ostrava Bay quake was of magnitude 6.1",
		"The earthquake that killed 300 people in the port of Ostrava Bay on Saturday had a magnitude of 6.1, the seismology centre said.",
		"The first reading came from one station only, the centre said.")
	r.until(at(t, "2026-06-03T08:00:00Z"), 10*time.Minute)
	got := digests(ch)
	if len(got) != 2 {
		t.Fatalf("%d digests", len(got))
	}
	text := says(got[1])
	fresh, corrected, ok := strings.Cut(text, "Corrected")
	if !ok || !strings.Contains(fresh, "Ostmark") || strings.Contains(fresh, "Still developing") || !strings.Contains(corrected, "6.1") {
		t.Errorf("the second digest says:\n%s", text)
	}
	if !strings.Contains(text, "2 articles, 2 stories, 2 shown") {
		t.Errorf("the second digest counts otherwise:\n%s", text)
	}
}

// M16, M15: a digest that became due while nothing ran waits until the feeds have
// been read, so that it tells what that time brought, and with it whatever waited
// for quiet hours: there is one digest.
func TestDigest_AfterHoursDown(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name        string
		set         func(*news.Settings)
		back, quiet string // when the program is back, and how long nothing is told
	}{
		{"daily", func(s *news.Settings) { s.Digest = news.DigestPlan{Every: news.Daily, Minute: 7 * 60} }, "2026-06-03T08:00:00Z", "2026-06-03T08:29:00Z"},
		{"quiet hours that ended", func(s *news.Settings) { s.Quiet = news.Quiet{From: 22 * 60, To: 7 * 60} }, "2026-06-03T08:00:00Z", "2026-06-03T08:29:00Z"},
		{"quiet hours that end soon", func(s *news.Settings) { s.Quiet = news.Quiet{From: 22 * 60, To: 7 * 60} }, "2026-06-03T06:52:00Z", "2026-06-03T07:21:00Z"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := newNewsroom(t, &produced{seen: map[string]bool{}}, "2026-06-02T22:30:00Z", "Ledger", "Post")
			ch := r.channel("world", tt.set)
			r.pass(10 * time.Minute)
			told := []string{stories[4][0]}
			r.reported(0, "Ledger", "before", stories[4][:]...)
			r.pass(20 * time.Minute)
			for i := 5; i < 12; i++ {
				r.clock.Add((20 * time.Minute).Milliseconds())
				r.reported(0, "Post", string(rune('a'+i)), stories[i][:]...)
				told = append(told, stories[i][0])
			}
			r.clock.Store(at(t, tt.back).UnixMilli())
			r.open()
			r.until(at(t, tt.quiet), 3*time.Minute)
			if got := digests(ch); len(got) != 0 {
				t.Errorf("before the feeds have been read: %s", says(got[0]))
			}
			r.open()
			r.until(at(t, tt.quiet).Add(3*time.Hour), 10*time.Minute)
			got := digests(ch)
			if len(got) != 1 {
				t.Fatalf("%d digests, want one", len(got))
			}
			seen := append(names(got[0]), alerts(ch)...)
			for _, want := range told {
				if !slices.Contains(seen, want) {
					t.Errorf("nothing tells %q", want)
				}
			}
			if len(seen) != len(told) {
				t.Errorf("told of %q, want %q", seen, told)
			}
		})
	}
}

// M14, M15: a digest whose hour the clock skips, in a night with quiet hours that
// end when it is put forward.
func TestDigest_InTheHourThatTheClockSkips(t *testing.T) {
	t.Parallel()
	r := newNewsroom(t, &produced{seen: map[string]bool{}}, "2026-03-28T22:30:00Z", "Ledger")
	ch := r.channel("world", func(s *news.Settings) {
		s.Zone, s.Quiet = "Europe/Berlin", news.Quiet{From: 22 * 60, To: 3 * 60}
		s.Digest = news.DigestPlan{Every: news.Daily, Minute: 2*60 + 30}
	})
	r.pass(10 * time.Minute)
	r.reported(0, "Ledger", "ferry", stories[0][:]...)
	r.until(at(t, "2026-03-29T01:29:00Z"), 10*time.Minute)
	if got := digests(ch); len(got) != 0 {
		t.Errorf("too early: %s", says(got[0]))
	}
	r.until(at(t, "2026-03-29T12:00:00Z"), 10*time.Minute)
	if got := digests(ch); len(got) != 1 || !slices.Equal(names(got[0]), []string{stories[0][0]}) {
		t.Fatalf("%d digests in the night the clock is put forward", len(got))
	}
	r.until(at(t, "2026-03-30T00:29:00Z"), time.Hour)
	if got := digests(ch); len(got) != 1 {
		t.Errorf("%d digests before the next is due", len(got))
	}
	r.until(at(t, "2026-03-30T00:31:00Z"), time.Minute)
	if got := digests(ch); len(got) != 2 {
		t.Errorf("%d digests in two nights", len(got))
	}
}

// M16: a feed that is read hours apart, as it has little to say, is no outage:
// what it brings is posted as ever.
func TestVolume_ASlowFeedIsNoOutage(t *testing.T) {
	t.Parallel()
	n := newNight(t, at(t, "2026-06-02T06:00:00Z"))
	r := &newsroom{night: n, feeds: map[string]*feedstest.Feed{"Wire": n.feed}, shown: map[string][]feedstest.Item{}}
	n.config.Poll.Interval = config.Interval(5 * time.Hour)
	n.open()
	ch := n.channel("world", func(*news.Settings) {})
	for n.feed.Requests() == 0 {
		n.until(n.now().Add(10*time.Minute), 10*time.Minute)
	}
	n.until(n.now().Add(3*time.Hour), 10*time.Minute)
	r.reported(time.Hour, "Wire", "ferry", stories[0][:]...)
	n.until(n.now().Add(8*time.Hour), 10*time.Minute)
	if got := alerts(ch); len(got) != 1 {
		t.Errorf("%d messages and %d digests, want the story at once", len(got), len(digests(ch)))
	}
}

// What waits in a Discord channel is not dropped while the program serves the
// preview page.
func TestDigest_OfAnotherSurfaceWaits(t *testing.T) {
	t.Parallel()
	r := newNewsroom(t, &produced{seen: map[string]bool{}}, "2026-06-02T22:30:00Z", "Ledger")
	ch := r.channel("world", func(s *news.Settings) { s.Quiet = news.Quiet{From: 22 * 60, To: 7 * 60} })
	r.pass(10 * time.Minute)
	r.reported(0, "Ledger", "ferry", stories[0][:]...)
	r.pass(10 * time.Minute)
	owns := r.app.pipeline.owns
	r.app.pipeline.owns = func(news.ChannelID) bool { return false }
	r.until(at(t, "2026-06-03T09:30:00Z"), time.Hour)
	r.app.pipeline.owns = owns
	r.pass(time.Hour)
	if got := digests(ch); len(got) != 1 || !slices.Equal(names(got[0]), []string{stories[0][0]}) {
		t.Errorf("%d digests tell what waited", len(got))
	}
}

// M23: who gives up a topic gets nothing more of it, also of what was decided and
// not sent yet; /why says so.
func TestUnsubscribe_EndsWhatWasNotSentYet(t *testing.T) {
	t.Parallel()
	p := &produced{seen: map[string]bool{}}
	r := newNewsroom(t, p, "2026-06-02T09:40:00Z", "Ledger")
	ch := r.channel("world", func(s *news.Settings) { s.PerHour = 1 })
	r.pass(10 * time.Minute)
	const sendMessages = 1 << 11
	ch.SetPermissions(r.discord.BotID(), 0, sendMessages)
	r.reported(0, "Ledger", "ferry", stories[0][:]...)
	r.pass(10 * time.Minute)
	r.reported(0, "Ledger", "chess", stories[2][:]...)
	r.pass(10 * time.Minute)
	if _, err := r.app.db.Unsubscribe(t.Context(), news.Subscription{Guild: news.GuildID(r.guild.ID), Channel: news.ChannelID(ch.ID), Topic: news.AllTopics}); err != nil {
		t.Fatal(err)
	}
	ch.SetPermissions(r.discord.BotID(), 0, 0)
	r.handle(discord.PermissionsChanged, ch.ID)
	r.pass(2 * time.Hour)
	if got := ch.Messages(); len(got) != 0 {
		t.Errorf("posted after the topic was given up: %+v", got)
	}
	r.explain(answer{"ferry", placed, begun, ch, trail.StageGivenUp, "posted", []string{"not posted: the channel stopped following its topic before it was posted"}})
	r.explain(answer{"chess", placed, begun, ch, trail.StageUnfollowed, "", []string{"it does not follow **World**"}})
}

// A channel that became a forum: what was posted in it before can't be edited,
// which holds nothing back.
func TestDelivery_ChannelThatBecameAForum(t *testing.T) {
	t.Parallel()
	x := newSending(t)
	forum := x.guild.AddForum("stories")
	old := x.event()
	x.queue(forum, old, news.PostAlert)
	due, err := x.db.NextPost(t.Context(), news.ChannelID(forum.ID), x.now())
	x.must(err)
	x.must(x.db.MarkSent(t.Context(), due, outbox.Receipt{Message: "1234"}))
	changed := old
	changed.Revision = 2
	x.queue(forum, changed, news.PostEdit, news.PostLine, news.PostRise)
	x.queue(forum, x.event(), news.PostAlert)
	x.deliver()
	if n := len(forum.Posts()); n != 1 {
		t.Errorf("%d posts in the forum, want that of the next event", n)
	}
	list, err := x.db.TrailChannels(t.Context(), old.ID, trail.Scope{Channel: news.ChannelID(forum.ID)})
	x.must(err)
	for _, p := range list[0].Posts[1:] {
		if p.State != trail.StateDead || !strings.Contains(p.Reason, "not in the forum") {
			t.Errorf("%s: %s, %s", p.Kind, p.State, p.Reason)
		}
	}
}
