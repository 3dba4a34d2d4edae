package app

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/discord"
	"newsdesk/bot/discordtest"
	"newsdesk/bot/message"
	"newsdesk/feeds/feedstest"
	"newsdesk/internal/config"
	"newsdesk/news"
	"newsdesk/trail"
)

// newsroom is a night with several outlets, in which people ask why.
type newsroom struct {
	*night
	feeds    map[string]*feedstest.Feed
	shown    map[string][]feedstest.Item
	produced *produced
}

// produced notes which stages and outcomes were explained.
type produced struct {
	mu   sync.Mutex
	seen map[string]bool
}

func (p *produced) add(words ...string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, w := range words {
		p.seen[w] = true
	}
}

func newNewsroom(t *testing.T, p *produced, start string, outlets ...string) *newsroom {
	t.Helper()
	r := &newsroom{night: newNight(t, at(t, start)), feeds: map[string]*feedstest.Feed{}, shown: map[string][]feedstest.Item{}, produced: p}
	r.config.Poll.InitialPosts = 0
	for _, name := range outlets {
		name, topic, ok := strings.Cut(name, " of ") // "Ledger of business"
		if !ok {
			topic = "world"
		}
		f := r.news.Feed("/" + name + ".xml")
		f.SetRSS(name)
		r.feeds[name] = f
		r.config.Feeds = append(r.config.Feeds, config.Feed{URL: f.URL(), Name: name, Topic: topic})
	}
	r.open()
	return r
}

// tell has an outlet publish an article now, at /slug.
func (r *newsroom) tell(outlet, slug, title string, paragraphs ...string) {
	r.Helper()
	r.news.Page("/"+slug, "<!doctype html><html lang=en><head><title>"+title+"</title></head><body><article><h1>"+title+"</h1><p>"+
		strings.Join(paragraphs, "</p><p>")+"</p></article></body></html>")
	r.show(outlet, feedstest.Item{Title: title, Link: r.news.URL("/" + slug), GUID: slug, Published: r.now(), Summary: paragraphs[0]})
}

// retell has an outlet change an article in place.
func (r *newsroom) retell(outlet, slug string, paragraphs ...string) {
	r.Helper()
	i := slices.IndexFunc(r.shown[outlet], func(it feedstest.Item) bool { return it.GUID == slug })
	r.rewrite(outlet, slug, r.shown[outlet][i].Title, paragraphs...)
}

// rewrite is retell with another title.
func (r *newsroom) rewrite(outlet, slug, title string, paragraphs ...string) {
	r.Helper()
	i := slices.IndexFunc(r.shown[outlet], func(it feedstest.Item) bool { return it.GUID == slug })
	it := r.shown[outlet][i]
	r.shown[outlet] = slices.Delete(r.shown[outlet], i, i+1)
	r.tell(outlet, slug, title, paragraphs...)
	it.Title, it.Summary = title, paragraphs[0]+" Updated."
	r.shown[outlet][len(r.shown[outlet])-1] = it
	r.feeds[outlet].SetRSS(outlet, r.shown[outlet]...)
}

func (r *newsroom) show(outlet string, it feedstest.Item) {
	r.shown[outlet] = append(r.shown[outlet], it)
	r.feeds[outlet].SetRSS(outlet, r.shown[outlet]...)
}

// pass lets time go by.
func (r *newsroom) pass(d time.Duration) {
	r.Helper()
	r.until(r.now().Add(d), min(d, 10*time.Minute))
}

// handle is what Discord tells of a server.
func (r *newsroom) handle(kind discord.ServerEventKind, channel string) {
	r.Helper()
	r.must(r.app.keeper.handle(r.Context(), discord.ServerEvent{Kind: kind, Guild: r.guild.ID, Channel: channel}))
}

// answer is what is to be said of an article and of its story in a channel.
type answer struct {
	slug    string // asked about
	article trail.Stage
	reason  news.Outcome
	channel *discordtest.Channel // nil: only the article
	stage   trail.Stage
	outcome news.Outcome
	words   []string // as Discord shows them
}

// explain asks for the link, the story's id and its title, in Discord and at the
// terminal, and compares the answers.
func (r *newsroom) explain(want answer) {
	r.Helper()
	link := r.news.URL("/" + want.slug)
	plain, report, err := Why(r.Context(), Options{Config: r.config, Log: r.app.opts.Log, Now: r.now}, link)
	r.must(err)
	if len(report.Articles) != 1 {
		r.Fatalf("%s: newsdesk why tells of %d articles", want.slug, len(report.Articles))
	}
	a := report.Articles[0]
	if a.Stage != want.article || a.Reason != want.reason {
		r.Errorf("%s: the article is %s, %q; want %s, %q", want.slug, a.Stage, a.Reason, want.article, want.reason)
	}
	r.produced.add("stage "+string(a.Stage), "reason "+string(a.Reason))
	for _, w := range want.words {
		if !strings.Contains(plain, strings.ReplaceAll(w, "**", "")) {
			r.Errorf("%s: newsdesk why does not say %q:\n%s", want.slug, w, plain)
		}
	}
	asked := []string{link}
	if report.Event != "" {
		asked = append(asked, "#"+strings.TrimPrefix(report.Event, "#"), report.Headline)
	}
	for _, about := range asked {
		_, report, err := Why(r.Context(), Options{Config: r.config, Log: r.app.opts.Log, Now: r.now}, about)
		r.must(err)
		in := message.Interaction{
			Kind: message.KindCommand, Command: "why", Options: map[string]string{"about": about}, Guild: r.guild.ID, Manage: true, User: "1",
		}
		if want.channel != nil {
			in.Channel = want.channel.ID
			i := slices.IndexFunc(report.Channels, func(c bot.ChannelReport) bool { return string(c.Channel) == want.channel.ID })
			if i < 0 {
				r.Errorf("%s: newsdesk why %s does not tell of #%s", want.slug, about, want.channel.Name)
				continue
			}
			if c := report.Channels[i]; c.Stage != want.stage || c.Reason != want.outcome {
				r.Errorf("%s in #%s: %s, %q (%s); want %s, %q", want.slug, want.channel.Name, c.Stage, c.Reason, c.Text, want.stage, want.outcome)
			} else {
				r.produced.add("stage "+string(c.Stage), "outcome "+string(c.Reason))
			}
		}
		reply, err := r.app.commands.Handle(r.Context(), in)
		r.must(err)
		text := reply.Message.Content
		if len(reply.Message.Embeds) > 0 {
			text = reply.Message.Embeds[0].Description
		}
		for _, w := range want.words {
			if !strings.Contains(text, w) {
				r.Errorf("%s: /why %s does not say %q:\n%s", want.slug, about, w, text)
			}
		}
	}
}

const placed, begun = trail.StagePlaced, news.Outcome("new")

// outcomeCases produce stages and outcomes, each by what happens in life, and
// have each explained.
var outcomeCases = map[string]func(t *testing.T, p *produced){
	"a channel's settings": func(t *testing.T, p *produced) {
		t.Helper()
		r := newNewsroom(t, p, "2026-06-02T21:30:00Z", "Courier")
		r.tell("Courier", "old", stories[11][0], stories[11][1], stories[11][2])
		plain := r.channel("plain", func(*news.Settings) {})
		quiet := r.channel("quiet", func(s *news.Settings) { s.Quiet = news.Quiet{From: 22 * 60, To: 7 * 60} })
		capped := r.channel("capped", func(s *news.Settings) { s.PerHour = 1 })
		strict := r.channel("strict", func(s *news.Settings) { s.Least = news.ClassBreaking })
		only := r.channel("only", func(s *news.Settings) {
			s.Digest, s.DigestOnly = news.DigestPlan{Every: news.Daily, Minute: 8 * 60}, true
		})
		choosy := r.channel("choosy", func(s *news.Settings) {
			s.Filters = []news.Filter{{Exclude: true, Kind: news.FilterWords, Text: "sandbank"}}
		})
		sports := r.guild.AddTextChannel("sports")
		_, err := r.app.db.Subscribe(t.Context(), news.Subscription{Guild: news.GuildID(r.guild.ID), Channel: news.ChannelID(sports.ID), Topic: "sports"})
		r.must(err)
		r.pass(time.Minute)
		r.explain(answer{"old", placed, "quiet", plain, trail.StageUntold, "", []string{"It stood in its feed before that feed was followed", "nothing was posted. It follows **World**, but since it does"}})
		r.pass(15 * time.Minute)
		r.tell("Courier", "ferry", stories[0][0], stories[0][1], stories[0][2])
		r.pass(10 * time.Minute)
		r.explain(answer{"ferry", placed, begun, plain, trail.StageSent, "posted", []string{"It began this story"}})
		r.explain(answer{"ferry", placed, begun, strict, trail.StageKeptOut, "below", []string{"not posted: it is less important than the channel asks for, which is breaking"}})
		r.explain(answer{"ferry", placed, begun, only, trail.StageKeptOut, "digest_only", []string{"not posted: the channel gets its digest only, which tells the most important stories"}})
		r.explain(answer{"ferry", placed, begun, choosy, trail.StageKeptOut, "filtered", []string{"not posted: a filter of the channel keeps it out (exclude: sandbank)"}})
		r.explain(answer{"ferry", placed, begun, sports, trail.StageUnfollowed, "", []string{"it does not follow **World**"}})
		r.tell("Courier", "bombing", "Bombing kills 340 people at market in Ostmark", "A bomb killed 340 people and injured 512 at a market in Ostmark on Tuesday, the interior ministry said.", "The attack was the deadliest in the country's history.")
		r.tell("Courier", "chess", stories[2][0], stories[2][1], stories[2][2])
		r.pass(10 * time.Minute)
		r.explain(answer{"bombing", placed, begun, strict, trail.StageKeptOut, "unconfirmed", []string{"not posted: it waits for a second source"}})
		r.explain(answer{"chess", placed, begun, capped, trail.StageHeld, "capped", []string{"held for the next digest, due ", ": the channel had as many new messages as it takes (1 an hour)"}})
		r.until(at(t, "2026-06-02T22:30:00Z"), 10*time.Minute)
		r.tell("Courier", "quake-1", quakeReports[0][0], quakeReports[0][1:]...)
		r.pass(10 * time.Minute)
		r.explain(answer{"quake-1", placed, begun, quiet, trail.StageHeld, "quiet_hours", []string{"held for the next digest, due ", ": it came in the channel's quiet hours (22:00 to 07:00, UTC)"}})
		r.until(at(t, "2026-06-03T07:00:00Z"), time.Hour)
		address := "https://discord.com/channels/" + r.guild.ID + "/"
		r.explain(answer{"chess", placed, begun, capped, trail.StageTold, "capped", []string{address + capped.ID + "/" + digests(capped)[0].ID, "and not by itself: the channel had as many new messages as it takes"}})
		r.explain(answer{"quake-1", placed, begun, quiet, trail.StageTold, "quiet_hours", []string{address + quiet.ID + "/" + digests(quiet)[0].ID, "and not by itself: it came in the channel's quiet hours"}})
		r.tell("Courier", "quake-2", quakeReports[1][0], quakeReports[1][1:]...)
		r.pass(10 * time.Minute)
		r.explain(answer{"quake-2", placed, "new_facts", quiet, trail.StageTold, "told", []string{"and not by itself: a digest told it already, and it has become no more important since"}})
	},
	"a digest without room, and a time without feeds": func(t *testing.T, p *produced) {
		t.Helper()
		r := newNewsroom(t, p, "2026-06-02T09:40:00Z", "Courier")
		ch := r.channel("world", func(*news.Settings) {})
		r.pass(10 * time.Minute)
		before := 27
		for i := range before {
			s := invented(i)
			r.clock.Add(time.Second.Milliseconds())
			r.tell("Courier", fmt.Sprint("story-", i), s[0], s[1], s[2])
		}
		r.clock.Store(r.now().Add(6 * time.Hour).UnixMilli())
		r.pass(time.Minute)
		r.explain(answer{"story-3", placed, begun, ch, trail.StageHeld, "late", []string{"held for the next digest, due ", ": it is from a time in which I could read no feeds"}})
		r.pass(time.Hour)
		got := digests(ch)
		if len(got) != 1 {
			t.Fatalf("%d digests", len(got))
		}
		named := names(got[0])
		var in, out string
		for i := range before {
			if slices.Contains(named, invented(i)[0]) {
				in = fmt.Sprint("story-", i)
			} else {
				out = fmt.Sprint("story-", i)
			}
		}
		if in == "" || out == "" {
			t.Fatalf("the digest names %d of %d stories", len(named), before)
		}
		r.explain(answer{in, placed, begun, ch, trail.StageTold, "late", []string{"/" + got[0].ID, "and not by itself: it is from a time in which I could read no feeds"}})
		r.explain(answer{out, placed, begun, ch, trail.StageCounted, "late", []string{"it waited for a digest, which had no room for it"}})
	},
	"what an article did": func(t *testing.T, p *produced) {
		t.Helper()
		r := newNewsroom(t, p, "2026-06-02T09:40:00Z", "Ledger", "Post", "Echo", "Herald")
		ch := r.channel("world", func(*news.Settings) {})
		r.pass(10 * time.Minute)
		r.tell("Ledger", "quake-1", quakeReports[0][0], quakeReports[0][1:]...)
		r.pass(10 * time.Minute)
		r.tell("Post", "quake-2", quakeReports[1][0], quakeReports[1][1:]...)
		r.pass(10 * time.Minute)
		r.explain(answer{"quake-2", placed, "new_facts", ch, trail.StageSent, "updated", []string{"It brought facts that the story did not have", "brought up to date once, 1 line in its thread"}})
		r.tell("Echo", "quake-3", quakeReports[0][0], quakeReports[0][1:]...)
		r.pass(10 * time.Minute)
		r.explain(answer{"quake-3", placed, "copy", nil, "", "", []string{"word for word"}})
		r.tell("Echo", "quake-4", "Earthquake of magnitude 6.4 in Velmora kills at least five people",
			"At least five people have died in Tuesday's earthquake of magnitude 6.4 in the port city of Velmora, hospitals said. They put the number of the injured at 64.",
			"Three bodies were pulled from a collapsed apartment house on Cooper Street in Velmora, said the fire chief, Emil Hart.")
		r.pass(10 * time.Minute)
		r.explain(answer{"quake-4", placed, "repeats", nil, "", "", []string{"It says only what was known"}})
		r.tell("Herald", "quake-5", "Opinion: Velmora's earthquake dead were failed by its builders",
			"The five people who died in the magnitude 6.4 earthquake in Velmora were failed by those who built Cooper Street.",
			"The collapsed apartment house in Velmora should never have been approved.")
		r.pass(10 * time.Minute)
		r.explain(answer{"quake-5", placed, "opinion", nil, "", "", []string{"It is opinion"}})
		r.tell("Herald", "glance", "Tuesday's news in brief", "The fire brigade of Velmora has given a dog a medal for finding a keeper in the rubble.",
			"In Lisker, the council pays for new swings. In Havrin, a comet can be seen before dawn, low in the east.")
		r.pass(10 * time.Minute)
		r.explain(answer{"glance", placed, "roundup", nil, "", "", []string{"It tells of many things at once"}})

		r.tell("Ledger", "power-1", blackoutReports[0][0], blackoutReports[0][1:]...)
		r.pass(20 * time.Minute)
		r.tell("Post", "power-2", blackoutReports[1][0], blackoutReports[1][1:]...)
		r.pass(10 * time.Minute)
		r.explain(answer{"power-2", placed, "disputed", nil, "", "", []string{"It contradicts what the story had said"}})

		r.tell("Ledger", "tremor-1", "Strong quake shakes Ostrava Bay", "An earthquake of magnitude 6.6 shook the port of Ostrava Bay on Saturday, the seismology centre said.",
			"Walls fell in the old harbour and the ferry terminal was closed.", "Residents ran into the streets in their night clothes.")
		r.pass(30 * time.Minute)
		r.tell("Ledger", "tremor-2", "Ostrava Bay quake was of magnitude 6.1", "The earthquake that shook the port of Ostrava Bay on Saturday had a magnitude of 6.1, the seismology centre said.",
			"The first reading came from one station only, the centre said.", "The ferry terminal in Ostrava Bay stays closed.")
		r.pass(10 * time.Minute)
		r.explain(answer{"tremor-2", placed, "corrected", ch, trail.StageSent, "updated", []string{"It corrected what the story had said"}})

		orchard := []string{
			"The oldest orchard in Perlow is to be cut down for a car park with 300 places, the council decided on Monday.",
			"A farmer has offered 90,000 crowns for the trees, which are 140 years old.",
			"The work in Perlow begins in October, after the last apples are in, and ends before the winter. " +
				"Neighbours have hung paper birds in the trees and mean to sit under them until the council thinks again, their speaker said. " +
				"The car park is to serve the hospital next door, which has had none of its own since a storm took the old one away.",
		}
		r.tell("Herald", "orchard", "Perlow orchard to be cut down for car park", orchard...)
		r.pass(10 * time.Minute)
		r.retell("Herald", "orchard", orchard[0], orchard[2])
		r.pass(20 * time.Minute)
		r.explain(answer{"orchard", placed, "revised", ch, trail.StageSent, "posted", []string{"Its outlet took out what the story had from it"}})

		for i, outlet := range []string{"Ledger", "Post", "Echo"} {
			r.tell(outlet, fmt.Sprint("bridge-", i+1), bridgeReports[i][0], bridgeReports[i][1:]...)
			r.pass(10 * time.Minute)
		}
		r.explain(answer{"bridge-2", placed, "corroborated", nil, "", "", []string{"It was the second outlet to tell of this story, and confirmed it"}})
		r.explain(answer{"bridge-3", placed, "raised", ch, trail.StageSent, "updated", []string{"with it the story became more important"}})
	},
	"a story that most outlets file under another topic": func(t *testing.T, p *produced) { // M11
		t.Helper()
		r := newNewsroom(t, p, "2026-06-02T09:40:00Z", "Ledger", "Post of business", "Echo of business")
		ch := r.channel("world", func(*news.Settings) {})
		r.pass(10 * time.Minute)
		for i, outlet := range []string{"Ledger", "Post", "Echo"} {
			r.tell(outlet, fmt.Sprint("bridge-", i+1), bridgeReports[i][0], bridgeReports[i][1:]...)
			r.pass(10 * time.Minute)
		}
		r.explain(answer{"bridge-3", placed, "refiled", ch, trail.StageSent, "updated", []string{"most outlets file the story under another topic", "filed under Business: 2 outlets under Business, 1 outlet under World"}})
	},
	"two stories that turn out to be one": func(t *testing.T, p *produced) { // B1
		t.Helper()
		unite(t, p)
	},
	"a story that turns out to be two": func(t *testing.T, p *produced) { // B1
		t.Helper()
		part(t, p)
	},
	"a message that Discord lets nobody edit for now": func(t *testing.T, p *produced) { // B14
		t.Helper()
		r := newNewsroom(t, p, "2026-06-02T09:40:00Z", "Courier")
		ch := r.channel("world", func(*news.Settings) {})
		r.pass(10 * time.Minute)
		r.tell("Courier", "quake-1", quakeReports[0][0], quakeReports[0][1:]...)
		r.pass(2 * time.Hour)
		r.discord.SpendOldEdits(ch.Messages()[0].ID)
		r.tell("Courier", "quake-2", quakeReports[1][0], quakeReports[1][1:]...)
		r.pass(10 * time.Minute)
		r.explain(answer{"quake-2", placed, "new_facts", ch, trail.StageRationed, "updated", []string{"1 line in its thread", "; the latest change is shown ", "Discord takes only a few changes an hour to a message that is old or published"}})
		r.pass(time.Hour)
		r.explain(answer{"quake-2", placed, "new_facts", ch, trail.StageSent, "updated", []string{"brought up to date once, 1 line in its thread"}})
	},
	"deliveries that fail": func(t *testing.T, p *produced) {
		t.Helper()
		r := newNewsroom(t, p, "2026-06-02T09:40:00Z", "Courier")
		ch, other := r.channel("world", func(*news.Settings) {}), r.channel("other", func(*news.Settings) {})
		r.pass(10 * time.Minute)
		busy := r.news.Feed("/busy")
		busy.SetFault(feedstest.ServerError)
		r.show("Courier", feedstest.Item{Title: "Minister of Ostmark resigns", Link: busy.URL(), GUID: "busy", Published: r.now(), Summary: "The minister resigned."})
		r.pass(10 * time.Minute)
		r.explain(answer{"busy", trail.StageWaiting, "", nil, "", "", []string{"Its page could not be read yet, after 1 try"}})
		r.pass(10 * time.Minute)
		r.explain(answer{"busy", placed, begun, ch, trail.StageSent, "posted", []string{"Only the feed's own text of it was used"}})

		messages := "/channels/" + ch.ID + "/messages"
		r.discord.FailNext("POST", messages, discordtest.FaultStatus(503))
		r.tell("Courier", "ferry", stories[0][0], stories[0][1], stories[0][2])
		r.tell("Courier", "chess", stories[2][0], stories[2][1], stories[2][2])
		r.pass(10 * time.Minute)
		r.explain(answer{"ferry", placed, begun, ch, trail.StageRetried, "posted", []string{"tried once, and tried again", "Discord did not take it, or could not be reached"}})
		r.explain(answer{"chess", placed, begun, ch, trail.StageQueued, "posted", []string{"in the queue"}})
		r.pass(10 * time.Minute)
		r.explain(answer{"chess", placed, begun, ch, trail.StageSent, "posted", nil})
		r.discord.FailNext("POST", messages, discordtest.FaultError(400, 50035, "Invalid Form Body"))
		r.tell("Courier", "bakers", stories[4][0], stories[4][1], stories[4][2])
		r.pass(10 * time.Minute)
		r.explain(answer{"bakers", placed, begun, ch, trail.StageGivenUp, "posted", []string{"given up after 1 try"}})

		// Somebody deletes a message that would be brought up to date.
		for _, m := range other.Messages() {
			other.DeleteMessage(m.ID)
		}
		r.tell("Courier", "ferry-2", "Ferry aground off Lorhaven is pulled free, all 40 aboard safe", "The ferry that ran aground off Lorhaven with 40 people aboard was pulled free by two tugs on Wednesday, the coast guard said.",
			"Its hull has a tear of three metres, the harbour office of Lorhaven said.")
		r.pass(10 * time.Minute)
		r.explain(answer{"ferry-2", placed, "new_facts", other, trail.StageOutdated, "updated", []string{"the latest change is not shown: somebody deleted"}})

		// A permission is missing: the channel is paused, and goes on when mended.
		const sendMessages = 1 << 11
		ch.SetPermissions(r.discord.BotID(), 0, sendMessages)
		r.tell("Courier", "storks", stories[5][0], stories[5][1], stories[5][2])
		r.pass(10 * time.Minute)
		r.must(r.app.keeper.due(t.Context()))
		r.explain(answer{"storks", placed, begun, ch, trail.StagePaused, "posted", []string{"waits, as I have not been able to post there since", "**Send Messages** is missing"}})
		ch.SetPermissions(r.discord.BotID(), 0, 0)
		r.pass(10 * time.Minute)
		r.handle(discord.PermissionsChanged, ch.ID)
		r.pass(time.Minute)
		r.explain(answer{"storks", placed, begun, ch, trail.StageSent, "posted", nil})

		// Where it takes nothing for longer, what comes in waits for a digest, and
		// is dropped after seven days.
		lasting := r.channel("lasting", func(*news.Settings) {})
		lasting.SetPermissions(r.discord.BotID(), 0, sendMessages)
		r.tell("Courier", "kiln", stories[8][0], stories[8][1], stories[8][2])
		r.pass(40 * time.Minute)
		r.tell("Courier", "wheat", stories[10][0], stories[10][1], stories[10][2])
		r.pass(10 * time.Minute)
		r.explain(answer{"wheat", placed, begun, lasting, trail.StageHeld, "unreachable", []string{"held for the next digest, which comes once I can post there again: it came when I had not been able to post there for a while"}})

		// A deleted channel: what it waits for is kept for seven days, then dropped.
		r.discord.RemoveChannel(ch)
		r.handle(discord.ChannelDeleted, ch.ID)
		r.tell("Courier", "trams", stories[6][0], stories[6][1], stories[6][2])
		r.pass(10 * time.Minute)
		r.explain(answer{"trams", placed, begun, ch, trail.StagePaused, "posted", []string{"waits, as I have not been able to post there since", "the channel was deleted"}})
		r.clock.Store(r.now().Add(8 * 24 * time.Hour).UnixMilli())
		r.must(r.app.keeper.sweep(t.Context()))
		r.explain(answer{"trams", placed, begun, ch, trail.StageGivenUp, "posted", []string{"it was kept for 7 days while I could not post there"}})
		r.explain(answer{"wheat", placed, begun, lasting, trail.StageKeptOut, "dropped", []string{"not posted: it waited for 7 days in which I could not post there, and was then dropped"}})
	},
}

// Each stage and each named reason is produced by what happens in life, and
// explained by /why and by newsdesk why when asked for the link, the story and
// its title. Whoever adds one adds what produces it.
func TestWhy_EveryOutcomeIsProducedAndExplained(t *testing.T) { // M23, M15, M16, M20
	t.Parallel()
	p := &produced{seen: map[string]bool{}}
	t.Cleanup(func() { // behind all cases
		all := 0
		for _, k := range []struct{ word, folder, typ string }{{"stage", "trail", "Stage"}, {"reason", "events", "Reason"}, {"outcome", "news", "Outcome"}} {
			list := constantsOf(t, k.folder, k.typ)
			all += len(list)
			for _, c := range list {
				if !p.seen[k.word+" "+c] {
					t.Errorf("no case produces the %s %q", k.word, c)
				}
			}
		}
		if all < 32 {
			t.Errorf("only %d stages, reasons and outcomes found; produced: %q", all, slices.Sorted(maps.Keys(p.seen)))
		}
	})
	for name, produce := range outcomeCases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			produce(t, p)
		})
	}
}
