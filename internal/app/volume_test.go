package app

import (
	"fmt"
	"log/slog"
	"net/netip"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"newsdesk/bot/discordtest"
	"newsdesk/feeds/feedstest"
	"newsdesk/internal/config"
	"newsdesk/news"
	"newsdesk/store/storetest"
)

// night is the whole program at a fake Discord, on a clock that is moved by
// hand: quiet hours, digests and outages pass in moments.
type night struct {
	*testing.T
	clock   atomic.Int64 // milliseconds
	discord *discordtest.Server
	guild   *discordtest.Guild
	news    *feedstest.Server
	feed    *feedstest.Feed
	items   []feedstest.Item
	config  config.Config
	app     *App
}

// blank is the empty database that a night starts with.
var blank storetest.Template

func newNight(t *testing.T, start time.Time) *night {
	t.Helper()
	n := &night{T: t, news: feedstest.New(t)}
	n.clock.Store(start.UnixMilli())
	n.discord = discordtest.New(t, discordtest.Options{NoRateLimits: true, Now: n.now})
	n.guild = n.discord.AddGuild("Readers")
	n.feed = n.news.Feed("/wire.xml")
	n.feed.SetRSS("Wire")
	c := config.Default()
	c.Database.Path = blank.New(t)
	c.Discord.Token, c.Discord.APIURL = discordtest.DefaultToken, n.discord.APIURL()
	c.Poll.Interval = config.Interval(10 * time.Minute)
	c.HTTP.AllowPrivate = []config.Prefix{{Prefix: netip.MustParsePrefix("127.0.0.0/8")}}
	c.Feeds = []config.Feed{{URL: n.feed.URL(), Name: "Wire", Topic: "world"}}
	n.config = c
	return n
}

func (n *night) now() time.Time { return time.UnixMilli(n.clock.Load()).UTC() }

func (n *night) must(err error) {
	n.Helper()
	if err != nil {
		n.Fatal(err)
	}
}

// open starts the program, anew where it runs already.
func (n *night) open() {
	n.Helper()
	if n.app != nil {
		n.must(n.app.Close())
	} else {
		n.Cleanup(func() { n.must(n.app.Close()) })
	}
	a, err := Open(n.Context(), Options{Config: n.config, Version: "test", Now: n.now, Log: slog.New(slog.DiscardHandler)})
	n.must(err)
	n.app = a
}

// channel adds a channel that follows all topics, with these settings.
func (n *night) channel(name string, change func(*news.Settings)) *discordtest.Channel {
	n.Helper()
	ch := n.guild.AddTextChannel(name)
	id, guild := news.ChannelID(ch.ID), news.GuildID(n.guild.ID)
	sub := news.Subscription{Guild: guild, Channel: id, Topic: news.AllTopics}
	_, err := n.app.db.Subscribe(n.Context(), sub)
	n.must(err)
	n.must(n.app.db.Sampled(n.Context(), sub))
	_, err = n.app.db.EditSchedule(n.Context(), guild, id, n.now(), func(s *news.Settings) error { change(s); return nil })
	n.must(err)
	return ch
}

// until moves the clock to a time, a step at a time, doing what is due.
func (n *night) until(at time.Time, step time.Duration) {
	n.Helper()
	for {
		n.must(n.app.step(n.Context()))
		if !n.now().Before(at) {
			return
		}
		n.clock.Store(min(n.now().Add(step).UnixMilli(), at.UnixMilli()))
	}
}

// publish puts the next of the stories into the feed, as of a time.
func (n *night) publish(at time.Time) string {
	n.Helper()
	i := len(n.items)
	s := stories[i]
	path := fmt.Sprintf("/story-%d", i)
	n.news.Page(path, "<!doctype html><html lang=en><head><title>"+s[0]+"</title></head><body><article><h1>"+s[0]+"</h1><p>"+s[1]+"</p><p>"+s[2]+"</p></article></body></html>")
	n.items = append(n.items, feedstest.Item{Title: s[0], Link: n.news.URL(path), GUID: path, Published: at, Summary: s[1]})
	n.feed.SetRSS("Wire", n.items...)
	return s[0]
}

// alerts and digests part what stands in a channel.
func alerts(ch *discordtest.Channel) (out []string) {
	for _, m := range ch.Messages() {
		if m.Content != "" {
			out = append(out, m.Embeds[0].Title)
		}
	}
	return out
}

func digests(ch *discordtest.Channel) (out []discordtest.Message) {
	for _, m := range ch.Messages() {
		if m.Content == "" {
			out = append(out, m)
		}
	}
	return out
}

// names lists what a digest names: in its text or in its menu.
func names(m discordtest.Message) []string {
	var out []string
	for _, o := range m.Buttons[0].Options {
		out = append(out, o.Label)
	}
	return out
}

// stories tell of happenings that have nothing to do with each other.
var stories = [][3]string{
	{"Ferry runs aground off Lorhaven with 40 aboard", "A ferry with 40 people aboard ran aground on a sandbank off Lorhaven on Tuesday, the coast guard said.", "Two lifeboats reached the ship within half an hour."},
	{"Parliament of Edrovia votes for a 35-hour week", "The parliament of Edrovia voted 61 to 48 for a working week of 35 hours.", "The law takes effect in January, the labour ministry said."},
	{"Chess champion Ilka Brandt retires at 38", "Ilka Brandt, three times champion of chess, said she would play no more tournaments.", "She will teach at a school in Brasserton."},
	{"Old observatory on Mount Serrin reopens", "The observatory on Mount Serrin opened to visitors after nine years of repairs.", "Its telescope of 1911 was cleaned by hand."},
	{"Bakers in Quellmark stop work over flour prices", "About 300 bakers in Quellmark closed their shops because flour costs twice as much as a year ago.", "The guild wants talks with the millers."},
	{"Rare white stork nests in the city park of Tallow", "A pair of white storks built a nest in the city park of Tallow, the first since 1954.", "Wardens have fenced off the lawn."},
	{"Software fault halts trams in Norrby for five hours", "A software fault stopped all trams in Norrby for five hours on Monday morning.", "The operator said a clock had been set wrongly."},
	{"Court frees publisher accused of tax fraud in Vessen", "A court in Vessen acquitted the publisher Odo Marten, who had been accused of evading 2 million in taxes.", "The prosecutor may appeal within a week."},
	{"Archaeologists find Roman kiln in a quarry", "Archaeologists found a Roman kiln with 60 pots at the edge of a quarry near Hadmere.", "The finds will go to the county museum."},
	{"Vaccine against river fever passes a large trial", "A vaccine against river fever protected 87 percent of 9,000 volunteers in a trial, its makers said.", "The regulator expects an application in spring."},
	{"Wheat harvest in Dorland smallest in a decade", "Farmers in Dorland brought in 4.1 million tonnes of wheat, the smallest harvest in ten years.", "A dry May is to blame, the farmers' union said."},
	{"Orchestra of Pellworth names its first woman conductor", "The orchestra of Pellworth chose Mara Lindqvist as its conductor from next season.", "She is the first woman to hold the post."},
	{"Bridge over the Ansel closed after cracks are found", "Engineers closed the bridge over the Ansel after finding cracks in two pillars.", "Repairs will take until autumn, the road office said."},
	{"Smugglers caught with 200 tortoises at Rova airport", "Customs officers at Rova airport found 200 young tortoises in three suitcases.", "Two men were arrested."},
}

func at(t *testing.T, s string) time.Time {
	t.Helper()
	out, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// M15: what comes in quiet hours over midnight, here the night in which clocks
// are put back, arrives in one catch-up digest when they end, once, though the
// program restarts at every step. M14: where the channel has a daily digest, it
// is told there. M17: nothing is lost and nothing comes twice.
func TestVolume_QuietHoursOverMidnight(t *testing.T) {
	t.Parallel()
	n := newNight(t, at(t, "2026-10-24T20:00:00+02:00"))
	n.open()
	quiet := news.Quiet{From: 22 * 60, To: 7 * 60}
	plain := n.channel("plain", func(*news.Settings) {})
	caught := n.channel("caught", func(s *news.Settings) { s.Zone, s.Quiet = "Europe/Berlin", quiet })
	daily := n.channel("daily", func(s *news.Settings) {
		s.Zone, s.Quiet, s.Digest = "Europe/Berlin", quiet, news.DigestPlan{Every: news.Daily, Minute: 8*60 + 30}
	})
	n.until(n.now(), time.Minute) // the first poll, which posts nothing
	var told []string
	for _, when := range []string{"2026-10-24T21:00:00+02:00", "2026-10-24T22:30:00+02:00", "2026-10-25T02:30:00+02:00", "2026-10-25T06:30:00+01:00"} {
		n.until(at(t, when), 10*time.Minute)
		told = append(told, n.publish(n.now()))
		n.until(n.now().Add(20*time.Minute), 10*time.Minute)
		n.open()
	}
	n.until(at(t, "2026-10-25T06:59:00+01:00"), 10*time.Minute)
	if got := alerts(plain); !slices.Equal(got, told) {
		t.Fatalf("without quiet hours: %q, want %q", got, told)
	}
	for _, ch := range []*discordtest.Channel{caught, daily} {
		if got := alerts(ch); !slices.Equal(got, told[:1]) || len(digests(ch)) > 0 {
			t.Fatalf("%s, before the quiet hours end: %q and %d digests", ch.Name, got, len(digests(ch)))
		}
	}
	n.open()
	n.until(at(t, "2026-10-25T07:00:00+01:00"), time.Minute)
	got := digests(caught)
	if len(got) != 1 || len(digests(daily)) != 0 {
		t.Fatalf("when the quiet hours end: %d digests, and %d where a daily one is to come", len(got), len(digests(daily)))
	}
	if e := got[0].Embeds[0]; e.Title != "Catch-up · All topics · Sunday 25 October" || !strings.HasPrefix(e.Description, "3 stories came in the quiet hours.") {
		t.Errorf("the catch-up begins %q\n%s", e.Title, e.Description)
	}
	if got[0].Flags&(1<<12) == 0 {
		t.Error("the catch-up is not silent")
	}
	waited := slices.Sorted(slices.Values(told[1:]))
	if named := slices.Sorted(slices.Values(names(got[0]))); !slices.Equal(named, waited) {
		t.Errorf("the catch-up names %q, want %q", named, waited)
	}
	for range 3 {
		n.open()
		n.until(n.now().Add(40*time.Minute), 10*time.Minute)
	}
	planned := digests(daily)
	if len(planned) != 1 || len(digests(caught)) != 1 {
		t.Fatalf("at 9: %d daily digests and %d catch-ups", len(planned), len(digests(caught)))
	}
	if e := planned[0].Embeds[0]; e.Title != "All topics · Sunday 25 October" || !strings.Contains(e.Description, "3 stories came in the quiet hours.") {
		t.Errorf("the daily digest begins %q\n%s", e.Title, e.Description)
	}
	if named := slices.Sorted(slices.Values(names(planned[0]))); !slices.Equal(named, waited) {
		t.Errorf("the daily digest names %q, want %q", named, waited)
	}
	// The next morning there is another one, at half past eight of another offset
	// than two days ago, and nothing of it is a repetition.
	n.until(at(t, "2026-10-26T08:29:00+01:00"), time.Hour)
	if len(digests(daily)) != 1 {
		t.Error("the second digest comes too early")
	}
	n.until(at(t, "2026-10-26T08:30:00+01:00"), time.Minute)
	if second := digests(daily); len(second) != 2 || !strings.Contains(second[1].Embeds[0].Description, "Nothing to tell") {
		t.Errorf("the second digest: %+v", second[len(second)-1].Embeds)
	}
	for _, ch := range []*discordtest.Channel{plain, caught, daily} {
		if got := alerts(ch); ch != plain && len(got) != 1 || ch == plain && len(got) != 4 {
			t.Errorf("%s, in the end: %q", ch.Name, got)
		}
	}
}

// M14: a channel that gets only a digest gets nothing else, and is told of small
// stories on a quiet day; /why names the reason.
func TestVolume_OnlyTheDigest(t *testing.T) {
	t.Parallel()
	n := newNight(t, at(t, "2026-06-01T12:00:00Z"))
	n.open()
	plain := n.channel("plain", func(*news.Settings) {})
	only := n.channel("only", func(s *news.Settings) {
		s.Digest, s.DigestOnly = news.DigestPlan{Every: news.Daily, Minute: 8 * 60}, true
	})
	n.until(n.now(), time.Minute)
	var told []string
	for range 3 {
		n.until(n.now().Add(2*time.Hour), 30*time.Minute)
		told = append(told, n.publish(n.now()))
	}
	n.until(at(t, "2026-06-02T07:59:00Z"), time.Hour)
	if got := alerts(plain); !slices.Equal(got, told) {
		t.Fatalf("as it happens: %q, want %q", got, told)
	}
	if m := only.Messages(); len(m) > 0 {
		t.Fatalf("before the digest: %+v", m)
	}
	n.open()
	n.until(at(t, "2026-06-02T08:00:00Z"), time.Minute)
	if m := only.Messages(); len(m) != 1 || len(digests(only)) != 1 {
		t.Fatalf("at eight: %+v", m)
	}
	named := names(digests(only)[0])
	slices.Sort(named)
	if slices.Sort(told); !slices.Equal(named, told) {
		t.Errorf("the digest names %q, want %q", named, told)
	}
	verdicts, err := n.app.db.Verdicts(t.Context(), 1, 10)
	n.must(err)
	if !slices.ContainsFunc(verdicts, func(v news.Verdict) bool { return string(v.Channel) == only.ID && v.Outcome == news.OutcomeDigestOnly }) {
		t.Errorf("decided: %+v", verdicts)
	}
	n.until(at(t, "2026-06-03T08:00:00Z"), time.Hour)
	if d := digests(only); len(only.Messages()) != 2 || len(d) != 2 || !strings.Contains(d[1].Embeds[0].Description, "Nothing to tell") {
		t.Errorf("the next day: %+v", only.Messages())
	}
}

// M16: after six hours in which no feed was read a channel gets at most three
// messages and one digest with the rest.
func TestVolume_AfterSixHoursDown(t *testing.T) {
	t.Parallel()
	n := newNight(t, at(t, "2026-06-02T05:50:00Z"))
	n.open()
	one, two := n.channel("one", func(*news.Settings) {}), n.channel("two", func(s *news.Settings) { s.PerHour = 20 })
	n.until(n.now().Add(10*time.Minute), 10*time.Minute)
	before := n.publish(n.now())
	n.until(n.now().Add(10*time.Minute), 10*time.Minute)
	if got := alerts(one); !slices.Equal(got, []string{before}) {
		t.Fatalf("before: %q", got)
	}
	down := n.now()
	var told []string
	for i := range 12 {
		told = append(told, n.publish(down.Add(time.Duration(i+1)*29*time.Minute)))
	}
	n.clock.Store(down.Add(6 * time.Hour).UnixMilli())
	n.open()
	n.until(n.now().Add(3*time.Hour), 5*time.Minute)
	for _, ch := range []*discordtest.Channel{one, two} {
		got := digests(ch)
		if len(got) != 1 || len(alerts(ch)) > 1+lateMost {
			t.Fatalf("%s: %d messages and %d digests", ch.Name, len(alerts(ch))-1, len(got))
		}
		if text := got[0].Embeds[0].Description; !strings.Contains(text, "stories came while I could read no feeds.") {
			t.Errorf("%s: the digest says %s", ch.Name, text)
		}
		seen := slices.Sorted(slices.Values(append(names(got[0]), alerts(ch)[1:]...)))
		if want := slices.Sorted(slices.Values(told)); !slices.Equal(seen, want) {
			t.Errorf("%s: told of %q, want %q", ch.Name, seen, want)
		}
	}
	// What comes afterwards is posted as ever.
	next := n.publish(n.now())
	n.until(n.now().Add(10*time.Minute), 10*time.Minute)
	if got := alerts(one); got[len(got)-1] != next {
		t.Errorf("afterwards: %q, want %q at the end", got, next)
	}
}

// lateMost is the most messages after an outage that M16 allows.
const lateMost = 3

// What comes above a channel's limit is told together at the next full hour, and
// a setting changes the limit.
func TestVolume_CapAnHour(t *testing.T) {
	t.Parallel()
	n := newNight(t, at(t, "2026-06-02T09:50:00Z"))
	n.open()
	usual, three := n.channel("usual", func(*news.Settings) {}), n.channel("three", func(s *news.Settings) { s.PerHour = 3 })
	n.until(at(t, "2026-06-02T10:05:00Z"), 10*time.Minute)
	var told []string
	for range 9 {
		told = append(told, n.publish(n.now()))
	}
	n.until(at(t, "2026-06-02T10:59:00Z"), 10*time.Minute)
	for ch, most := range map[*discordtest.Channel]int{usual: 6, three: 3} {
		if got := alerts(ch); len(got) != most || len(digests(ch)) != 0 {
			t.Errorf("%s: %d messages and %d digests before the hour is over", ch.Name, len(got), len(digests(ch)))
		}
	}
	n.until(at(t, "2026-06-02T12:30:00Z"), 10*time.Minute)
	for ch, most := range map[*discordtest.Channel]int{usual: 6, three: 3} {
		got := digests(ch)
		if len(got) != 1 || len(alerts(ch)) != most {
			t.Fatalf("%s: %d messages and %d digests", ch.Name, len(alerts(ch)), len(got))
		}
		if text := got[0].Embeds[0].Description; !strings.HasPrefix(text, fmt.Sprintf("%d stories came above the limit of messages an hour.", 9-most)) {
			t.Errorf("%s: the digest says %s", ch.Name, text)
		}
		seen := slices.Sorted(slices.Values(append(names(got[0]), alerts(ch)...)))
		if want := slices.Sorted(slices.Values(told)); !slices.Equal(seen, want) {
			t.Errorf("%s: told of %q, want %q", ch.Name, seen, want)
		}
	}
}
