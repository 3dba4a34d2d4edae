package storetest

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsdesk/events"
	"newsdesk/news"
	"newsdesk/outbox"
	"newsdesk/store"
	"newsdesk/trail"
)

// absorbed is the change by which one stored event is put into another, and what
// it causes in the channels that follow the topic "world".
func (d *desk) absorbed(kept, gone news.EventID) (events.Change, events.Plan) {
	d.t.Helper()
	ctx := d.t.Context()
	a, err := d.Event(ctx, kept)
	d.must(err)
	b, err := d.Event(ctx, gone)
	d.must(err)
	ofA, err := d.Alerted(ctx, kept)
	d.must(err)
	ofB, err := d.Alerted(ctx, gone)
	d.must(err)
	places, err := d.Places(ctx, []string{"world"}, kept)
	d.must(err)
	for i := range places {
		places[i].Other = ofB[places[i].ID]
		places[i].Alerted = ofA[places[i].ID] || ofB[places[i].ID]
	}
	merged := news.Summary{Headline: a.Headline, Facts: append(a.Facts[:1:1], b.Facts...)}
	by := b.Sources[0].Article
	ch := events.Absorb(a, b, merged, by, news.Grouping{Score: 0.93, Nearest: by, Shared: []string{"ferry"}, Gap: time.Hour}, noon)
	return ch, events.Route(ch, places, noon)
}

// merge puts one stored event into another.
func (d *desk) merge(kept, gone news.EventID) {
	d.t.Helper()
	ch, plan := d.absorbed(kept, gone)
	_, err := d.Merge(d.t.Context(), ch, plan)
	d.must(err)
}

// sent delivers all posts of a channel and lists what was done, an alert as a
// message of its event's number.
func (d *desk) sent(ch news.ChannelID) string {
	d.t.Helper()
	ctx := d.t.Context()
	var out []string
	for {
		p, err := d.NextPost(ctx, ch, noon)
		if errors.Is(err, news.ErrNotFound) {
			return strings.Join(out, ", ")
		}
		d.must(err)
		r := outbox.Receipt{Message: p.Message, Thread: p.Thread}
		if p.Kind == news.PostAlert {
			r.Message = fmt.Sprint("m", p.Event.ID)
		}
		what := fmt.Sprint(p.Kind, " ", r.Message)
		if p.Loud {
			what = "loud " + what
		}
		if p.Event.Into != 0 {
			what += " to " + p.Onward
		} else if len(p.Event.Parted) > 0 && p.Onward != "" {
			what += " beside " + p.Onward
		}
		out = append(out, what)
		d.must(d.MarkTried(ctx, p.ID, noon))
		d.must(d.MarkSent(ctx, p, r))
	}
}

var mergeTests = map[string]func(*testing.T, *desk){
	"AnEventThatIsGoneIsFoundUnderTheOther": foundUnderTheOther,
	"NoChannelGetsASecondMessage":           noSecondMessage,
	"WhatWaitsOrWasToldIsToldOnce":          waitsOnce,
	"ADigestThatWaitsTellsItOnce":           digestTellsOnce,
	"APublishedMessageSaysWhereItWent": func(t *testing.T, d *desk) { // B1
		ctx := t.Context()
		feed := d.feed("https://harbour.example/feed", "world")
		d.follow("g", "c")
		kept, _ := d.event(feed, "Ferry runs aground", "The ferry ran aground.", noon)
		d.enqueue(post("c", news.PostAlert, kept, 1))
		gone := d.published(feed, "Passengers rescued")
		d.sent("c")
		d.must(d.MarkPublished(ctx, d.publications(noon, 10)[0], noon))
		d.merge(kept, gone)
		if got, want := d.sent("c"), fmt.Sprintf("edit m%d, line m%d to m%d", kept, gone, kept); got != want {
			t.Errorf("sent %q, want %q: the edit of what is published waits apart", got, want)
		}
		edits, err := d.DueEdits(ctx, noon, 3)
		d.must(err)
		if len(edits) != 1 || edits[0].Message != fmt.Sprint("m", gone) || edits[0].Onward != fmt.Sprint("m", kept) || edits[0].Event.Into != kept || edits[0].Line != "Ferry runs aground" {
			t.Errorf("edits apart: %+v", edits)
		}
		if due := d.publications(noon, 10); len(due) != 0 {
			t.Errorf("published again: %+v", due)
		}
	},
	"TheLinkComesWithTheKeptOnesMessage": linkOfTheOneKept,
	"AnEditThatWasHandedOverWaits":       handedEditWaits,
	"WhoWasToBePingedIsPingedOnce":       pingedOnce,
	"WhatWaitsOutlivesAnotherTopicsEnd":  outlivesUnsubscribe,
	"WhatWasDecidedBeforeIsDecidedAnew":  decidedAnew,
	"NothingPointsToADeletedMessage":     deletedMessage,
	"WhatAServersOwnFeedBroughtStaysApart": func(t *testing.T, d *desk) { // M5
		ctx := t.Context()
		public, _ := d.event(d.feed("https://harbour.example/feed", "world"), "Ferry runs aground", "The ferry ran aground.", noon)
		own, _ := d.event(d.own("g"), "Ferry club meets", "The ferry club meets.", noon)
		for _, pair := range [][2]news.EventID{{public, own}, {own, public}} {
			ch, plan := d.absorbed(pair[0], pair[1])
			if _, err := d.Merge(ctx, ch, plan); err == nil {
				t.Errorf("event %d was put into event %d", pair[1], pair[0])
			}
		}
		if got, err := d.SeenBy("").Event(ctx, own); !errors.Is(err, news.ErrNotFound) {
			t.Errorf("others see the server's own story: %+v, %v", got, err)
		}
	},
}

func foundUnderTheOther(t *testing.T, d *desk) { // B1, M23
	t.Helper()
	ctx := t.Context()
	feed := d.feed("https://harbour.example/feed", "world")
	kept, first := d.event(feed, "Ferry runs aground", "The ferry ran aground.", noon)
	gone, second := d.event(feed, "Passengers rescued", "Passengers were rescued.", noon.Add(time.Minute))
	third, _ := d.event(feed, "Choir sings", "The choir sang.", noon)
	for _, id := range []news.EventID{kept, gone} {
		a := d.condensed(d.waiting(feed), "More", "More of it.", noon)
		base, err := d.Event(ctx, id)
		d.must(err)
		ch := grow(base, a)
		ch.Novel = []news.Fact{{Text: "More of it.", Article: a.ID}}
		_, _, err = d.Apply(ctx, a, summary(a), ch, events.Plan{Placed: news.Placement{At: noon, Reason: "new_facts"}})
		d.must(err)
	}
	change, plan := d.absorbed(kept, gone)
	stale := change
	stale.Absorbed.Version--
	if _, err := d.Merge(ctx, stale, plan); !errors.Is(err, news.ErrConflict) {
		t.Errorf("an event that moved on was merged: %v", err)
	}
	_, err := d.Merge(ctx, change, plan)
	d.must(err)
	before, err := d.Event(ctx, kept)
	d.must(err)
	if made, err := d.Merge(ctx, change, plan); err != nil || len(made) != 0 {
		t.Errorf("the second time: posts %v, %v", made, err)
	}
	after, err := d.Event(ctx, gone)
	d.must(err)
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("under the number of the one that is gone (-kept +found):\n%s", diff)
	}
	if len(after.Sources) != 4 || len(after.Absorbed) != 1 || after.Absorbed[0].Event != gone || after.Version != 3 {
		t.Errorf("the event is %+v", after)
	}
	latest, total, err := d.Latest(ctx, "", noon.Add(-time.Hour), 9, 0)
	d.must(err)
	if len(latest) != 2 || total != 2 {
		t.Errorf("latest: %d of %d", len(latest), total)
	}
	found, _, err := d.SearchEvents(ctx, "passengers rescued", "", time.Time{}, 9, 0)
	d.must(err)
	if len(found) != 1 || found[0].ID != kept {
		t.Errorf("search finds %+v", found)
	}
	if found, err = d.SuggestEvents(ctx, "passengers", 9); err != nil || len(found) != 0 {
		t.Errorf("suggested: %+v, %v", found, err)
	}
	in := map[news.EventID]int{}
	for _, a := range d.recent(noon.Add(-time.Hour)) {
		in[a.Event]++
	}
	if diff := cmp.Diff(map[news.EventID]int{kept: 4, third: 1}, in); diff != "" {
		t.Errorf("articles by event (-want +got):\n%s", diff)
	}
	moments, err := d.Timeline(ctx, kept, time.Time{}, 9)
	d.must(err)
	if len(moments) != 2 {
		t.Errorf("timeline: %+v", moments)
	}
	items, err := d.EventItems(ctx, after, 9)
	d.must(err)
	if len(items) != 4 || items[3].Article.ID != first || items[2].Article.ID != second {
		t.Errorf("items: %+v", items)
	}
	weights, _, err := d.Weights(ctx, noon.Add(-time.Hour))
	d.must(err)
	if stats, err := d.Stats(ctx); err != nil || stats.Events != 2 || len(weights) != 2 {
		t.Errorf("%d events, %d weights, %v", stats.Events, len(weights), err)
	}
	d.merge(third, kept)
	if e, err := d.Event(ctx, gone); err != nil || e.ID != third || len(e.Absorbed) != 2 {
		t.Errorf("of two that went one after the other: %+v, %v", e, err)
	}
	if moments, err = d.Timeline(ctx, third, time.Time{}, 9); err != nil || len(moments) != 2 {
		t.Errorf("timeline of both: %+v, %v", moments, err)
	}
}

// bring brings an event to a stand in a channel.
func (d *desk) bring(ch news.ChannelID, id news.EventID, stand string) {
	d.t.Helper()
	if stand == "none" {
		return
	}
	d.enqueue(post(ch, news.PostAlert, id, 1))
	switch stand {
	case "handed":
		d.must(d.MarkTried(d.t.Context(), d.next(ch, 0).ID, noon))
	case "shown":
		d.sent(ch)
	}
}

// noSecondMessage brings two events to every stand in a channel, each with each.
func noSecondMessage(t *testing.T, d *desk) { // B1, M8
	t.Helper()
	feed := d.feed("https://harbour.example/feed", "world")
	kept, _ := d.event(feed, "Ferry runs aground", "The ferry ran aground.", noon)
	gone, _ := d.event(feed, "Passengers rescued", "Passengers were rescued.", noon)
	stands := []string{"none", "waiting", "handed", "shown"}
	var all []news.ChannelID
	for _, a := range stands {
		for _, b := range stands {
			if a == "handed" && b == "handed" || a == "waiting" && b == "handed" { // the first one holds back the other
				continue
			}
			ch := news.ChannelID(a + " " + b)
			d.follow("g", ch)
			all = append(all, ch)
			if b == "shown" { // it went out before the other was queued
				d.bring(ch, gone, b)
				d.bring(ch, kept, a)
				continue
			}
			d.bring(ch, kept, a)
			d.bring(ch, gone, b)
			if b != "none" {
				d.enqueue(post(ch, news.PostLine, gone, 1), post(ch, news.PostRise, gone, 1))
			}
		}
	}
	d.merge(kept, gone)
	d.merge2(kept, gone)
	k, g := fmt.Sprint("m", kept), fmt.Sprint("m", gone)
	away := "edit " + g + " to " + k + ", line " + g + " to " + k
	want := map[news.ChannelID]string{
		"none none":       "alert " + k, // as any event that becomes important enough
		"none waiting":    "alert " + g + ", line " + g + ", edit " + g,
		"none handed":     "alert " + g + ", line " + g + ", edit " + g,
		"none shown":      "edit " + g,
		"waiting none":    "alert " + k + ", edit " + k + ", line " + k,
		"waiting waiting": "alert " + k + ", edit " + k,
		"waiting shown":   "edit " + g,
		"handed none":     "alert " + k + ", edit " + k + ", line " + k,
		"handed waiting":  "alert " + k + ", edit " + k,
		"handed shown":    "alert " + k + ", edit " + k + ", " + away,
		"shown none":      "edit " + k + ", line " + k,
		"shown waiting":   "edit " + k,
		"shown handed":    "alert " + g + ", edit " + k + ", " + away,
		"shown shown":     "edit " + k + ", " + away,
	}
	for _, ch := range all {
		got := d.sent(ch)
		if got != want[ch] {
			t.Errorf("%s: sent %q, want %q", ch, got, want[ch])
		}
		if strings.Count(got, "rise") > 0 {
			t.Errorf("%s: somebody was pinged: %s", ch, got)
		}
		delete(want, ch)
	}
	if len(want) > 0 {
		t.Errorf("not tried: %v", want)
	}
}

// merge2 does a merge that is done already.
func (d *desk) merge2(kept, gone news.EventID) {
	d.t.Helper()
	ch, plan := d.absorbed(kept, kept)
	ch.Absorbed.ID = gone
	if made, err := d.Merge(d.t.Context(), ch, plan); err != nil || len(made) > 0 {
		d.t.Errorf("the second time: posts %v, %v", made, err)
	}
}

func waitsOnce(t *testing.T, d *desk) { // B1, M17
	t.Helper()
	ctx := t.Context()
	feed := d.feed("https://harbour.example/feed", "world")
	d.plan(noon, func(s *news.Settings) { s.Digest = weeklyPlan })
	until := noon.AddDate(0, 0, 1)
	kept := d.hold(feed, "Ferry runs aground", news.OutcomeQuietHours, noon, until)
	gone := d.hold(feed, "Passengers rescued", news.OutcomeQuietHours, noon, until)
	d.merge(kept, gone)
	held, err := d.Held(ctx, "c")
	d.must(err)
	if len(held) != 1 || held[0].Event != kept {
		t.Fatalf("waiting: %+v", held)
	}
	again := d.hold(feed, "All passengers safe", news.OutcomeQuietHours, noon, until)
	d.must(d.Enqueue(ctx, []news.Post{post("c", news.PostAlert, kept, 1)}))
	d.merge(kept, again)
	if held, err = d.Held(ctx, "c"); err != nil || len(held) != 0 {
		t.Errorf("it has a message, and waits all the same: %+v, %v", held, err)
	}
	// What a digest told of one of them was told of both.
	told := d.hold(feed, "Choir sings", news.OutcomeQuietHours, noon, until)
	other := d.hold(feed, "Choir festival begins", news.OutcomeQuietHours, noon, until)
	due := d.due(until)
	class := news.ClassMajor
	_, err = d.FinishDigest(ctx, due, store.Told{Events: []news.DigestEntry{{Event: told, Class: class}}, Held: []news.EventID{told}}, until)
	d.must(err)
	d.merge(other, told)
	if got := d.told(other); got.Counted || got.At.IsZero() {
		t.Errorf("told: %+v", got)
	}
	volumes, err := d.Volumes(ctx, other, noon)
	d.must(err)
	if v := volumes["c"]; !v.Told || v.ToldAs != class {
		t.Errorf("known of the channel: %+v", v)
	}
	if held, err = d.Held(ctx, "c"); err != nil || len(held) != 0 {
		t.Errorf("a digest told it, and it waits all the same: %+v, %v", held, err)
	}
}

func digestTellsOnce(t *testing.T, d *desk) { // B1
	t.Helper()
	feed := d.feed("https://harbour.example/feed", "world")
	kept, _ := d.event(feed, "Ferry runs aground", "The ferry ran aground.", noon)
	gone, _ := d.event(feed, "Passengers rescued", "Passengers were rescued.", noon)
	entry := func(id news.EventID) news.DigestEntry { return news.DigestEntry{Event: id, Headline: fmt.Sprint(id)} }
	for name, digest := range map[news.ChannelID]news.Digest{
		"both":  {Entries: []news.DigestEntry{entry(gone), entry(99), entry(kept)}},
		"more":  {Entries: []news.DigestEntry{entry(gone)}, More: []news.DigestEntry{entry(kept)}},
		"other": {Entries: []news.DigestEntry{entry(gone)}},
	} {
		d.enqueue(news.Post{Key: string(name), Channel: name, Kind: news.PostDigest, Digest: digest})
	}
	d.merge(kept, gone)
	for name, want := range map[news.ChannelID][]news.DigestEntry{"both": {entry(99), entry(kept)}, "more": {entry(gone)}, "other": {entry(gone)}} {
		p := d.next(name, 0)
		if diff := cmp.Diff(want, append(p.Digest.Entries, p.Digest.More...)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if list, err := d.TrailChannels(t.Context(), kept, trail.Scope{All: true}); err != nil || len(list) != 0 {
		t.Errorf("trail: %+v, %v", list, err)
	}
}
