package storetest

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsdesk/events"
	"newsdesk/news"
	"newsdesk/outbox"
	"newsdesk/store"
)

// What the articles of an event say that turns out to be two.
const (
	ofJury  = "The grand jury was convened."
	ofJudge = "The charges were dismissed."
)

// mixed stores an event of five articles, of which the third and the last tell of
// another happening, and returns them. It is to be published in some channels.
func (d *desk) mixed(feed news.FeedID, publish ...news.ChannelID) (news.EventID, []news.ArticleID) {
	d.t.Helper()
	ctx := d.t.Context()
	id, first := d.event(feed, "Jury convened", ofJury, noon)
	list := []news.ArticleID{first}
	for i, title := range []string{"Jury meets", "Charges dismissed", "Jury hears of loans", "Judge dismisses charges"} {
		a := d.condensed(d.waiting(feed), title, title+" today.", noon.Add(time.Duration(i+1)*time.Minute))
		base, err := d.Event(ctx, id)
		d.must(err)
		ch := grow(base, a)
		ch.Novel = []news.Fact{{Text: title + " today.", Article: a.ID}}
		ch.Event.Class = news.ClassMajor
		ch.Event.Facts = []news.Fact{{Text: ofJury, Article: first}}
		if i > 1 {
			ch.Event.Facts = append(ch.Event.Facts, news.Fact{Text: ofJudge, Article: list[2]})
		}
		plan := events.Plan{Placed: news.Placement{At: noon, Reason: "new_facts", Grouping: news.Grouping{Score: 0.9, Nearest: list[i/2*2]}}}
		plan.Verdicts = []news.Verdict{{At: noon, Article: a.ID, Event: id, Channel: "v", Outcome: news.OutcomeUpdated}}
		plan.Publish = publish
		_, _, err = d.Apply(ctx, a, summary(a), ch, plan)
		d.must(err)
		list = append(list, a.ID)
	}
	return id, list
}

// division is what becomes of such an event, and what it causes in the channels
// that follow the topic "world".
func (d *desk) division(id news.EventID, list []news.ArticleID) events.Division {
	d.t.Helper()
	base, err := d.Event(d.t.Context(), id)
	d.must(err)
	side := func(headline, fact string, ids ...news.ArticleID) events.Side {
		return events.Side{
			Articles: ids, Read: []news.Article{{ID: ids[0]}}, Sums: []news.Summary{{Article: ids[0], Headline: headline}},
			Summary: news.Summary{Headline: headline, Facts: []news.Fact{{Text: fact, Article: ids[0]}}},
		}
	}
	jury, judge := side("Jury convened", ofJury, list[0], list[1], list[3]), side("Charges dismissed", ofJudge, list[2], list[4])
	div, ok := events.Divide(base, base, jury, judge, list[4], 0.12, noon)
	if !ok {
		d.t.Fatal("it is not divided")
	}
	div.Leaves.Event.Topic, div.Leaves.Event.Class = "world", news.ClassMajor
	places, err := d.Places(d.t.Context(), []string{"world"}, id)
	d.must(err)
	volumes, err := d.Volumes(d.t.Context(), id, noon)
	d.must(err)
	for i := range places {
		places[i].Volume = volumes[places[i].ID]
	}
	return div.Routed(places, noon)
}

// digested stores such an event, which a digest of channel "c" told at a time.
func (d *desk) digested() (id news.EventID, list []news.ArticleID, at time.Time) {
	d.t.Helper()
	feed := d.feed("https://harbour.example/feed", "world")
	d.follow("g", "c")
	d.plan(noon, func(s *news.Settings) { s.Digest = weeklyPlan })
	id, list = d.mixed(feed)
	at = noon.AddDate(0, 0, 1)
	d.hold(feed, "Choir sings", news.OutcomeQuietHours, noon, at)
	_, err := d.FinishDigest(d.t.Context(), d.due(at), store.Told{Events: []news.DigestEntry{{Event: id, Class: news.ClassMajor}}}, at)
	d.must(err)
	return id, list, at
}

// part parts a stored event, and returns the new one.
func (d *desk) part(id news.EventID, list []news.ArticleID) news.EventID {
	d.t.Helper()
	other, _, err := d.Part(d.t.Context(), d.division(id, list))
	d.must(err)
	return other
}

// telling returns a post that shows facts of such an event.
func telling(ch news.ChannelID, kind news.PostKind, id news.EventID, revision int, facts ...news.Fact) news.Post {
	p := post(ch, kind, id, revision)
	p.Event.Facts = facts
	if kind == news.PostLine {
		p.Line = facts[0].Text
	}
	return p
}

var partTests = map[string]func(*testing.T, *desk){
	"AnEventThatIsTwoIsFoundAsTwo":    foundAsTwo,
	"EachChannelKeepsItsMessage":      keepsMessage,
	"WhatIsNoMorePartOfItIsTakenBack": partTakesBack,
	"WhatTheArticleCausedIsTakenBack": partUndoes,
	"AHandedMessageSaysNothingOfTheOther": func(t *testing.T, d *desk) { // B1, M12
		id, list := d.mixed(d.feed("https://harbour.example/feed", "world"))
		jury, judge := news.Fact{Text: ofJury, Article: list[0]}, news.Fact{Text: ofJudge, Article: list[2]}
		d.follow("g", "goes")
		d.enqueue(telling("goes", news.PostAlert, id, 1, jury, judge))
		d.sent("goes")
		d.enqueue(telling("goes", news.PostLine, id, 2, jury), telling("goes", news.PostLine, id, 3, judge), telling("goes", news.PostRise, id, 3, jury))
		div := d.division(id, list)
		hand(&div, "goes")
		_, _, err := d.Part(t.Context(), div)
		d.must(err)
		if got, want := d.sent("goes"), fmt.Sprintf("line m%d, edit m%d", id, id); got != want {
			t.Errorf("sent %q, want %q", got, want)
		}
	},
	"WhatCameAfterADigestItDidNotTell": func(t *testing.T, d *desk) { // B1, M17
		id, list, until := d.digested()
		div := d.division(id, list)
		div.Since = until.Add(time.Minute)
		other, _, err := d.Part(t.Context(), div)
		d.must(err)
		if got := d.told(other); !got.At.IsZero() {
			t.Errorf("told of the new one: %+v", got)
		}
	},
	"WhatADigestToldIsToldOfEach": func(t *testing.T, d *desk) { // B1, M17
		ctx := t.Context()
		id, list, _ := d.digested()
		other := d.part(id, list)
		if got := d.told(other); got.At.IsZero() {
			t.Errorf("told of the new one: %+v", got)
		}
		for p := d.next("c", 0); p != nil; p = d.next("c", 0) {
			if p.Kind == news.PostAlert {
				t.Errorf("told again: %+v", p)
			}
			d.must(d.MarkSent(ctx, *p, outbox.Receipt{Message: "digest"}))
		}
		verdicts, err := d.Verdicts(ctx, other, 9)
		d.must(err)
		if len(verdicts) == 0 || verdicts[0].Channel != "c" || verdicts[0].Outcome != news.OutcomeTold {
			t.Errorf("verdicts: %+v", verdicts)
		}
	},
	"TheLinkComesWithTheOthersMessage": linkComesLater,
	"ThePublishedMessageIsEditedInItsTurn": func(t *testing.T, d *desk) { // B1, B14
		ctx := t.Context()
		d.follow("g", "stays")
		d.follow("g", "goes")
		id, list := d.mixed(d.feed("https://harbour.example/feed", "world"), "stays", "goes")
		for _, ch := range []news.ChannelID{"stays", "goes"} {
			d.enqueue(telling(ch, news.PostAlert, id, 1, news.Fact{Text: ofJury, Article: list[0]}))
			d.sent(ch)
		}
		for _, p := range d.publications(noon, 10) {
			d.must(d.MarkPublished(ctx, p, noon))
		}
		div := d.division(id, list)
		hand(&div, "goes")
		other, _, err := d.Part(ctx, div)
		d.must(err)
		if got, want := d.sent("stays"), fmt.Sprintf("alert m%d beside m%d", other, id); got != want {
			t.Errorf("sent %q, want %q: the edit waits apart", got, want)
		}
		if got := d.sent("goes"); got != "" {
			t.Errorf("where it is the new event's: sent %q", got)
		}
		due, err := d.DueEdits(ctx, noon, 3)
		d.must(err)
		got := map[news.ChannelID]string{}
		for _, p := range due {
			got[p.Channel] = fmt.Sprintf("event %d message %s beside %s", p.Event.ID, p.Message, p.Onward)
		}
		want := map[news.ChannelID]string{
			"stays": fmt.Sprintf("event %d message m%d beside m%d", id, id, other),
			"goes":  fmt.Sprintf("event %d message m%d beside ", other, id),
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("edits apart (-want +got):\n%s", diff)
		}
	},
}

// hand has a channel want the new event alone.
func hand(div *events.Division, ch news.ChannelID) {
	div.Wants[ch] = events.Wants{Leaves: true}
	p := news.Post{Channel: ch, Guild: "g", Kind: news.PostEdit, Event: div.Leaves.Event}
	div.Other.Onward = append(div.Other.Onward, p)
	div.Plan.Verdicts = append(div.Plan.Verdicts, news.Verdict{At: noon, Article: div.Stays.Article, Event: div.Stays.Event.ID, Channel: ch, Outcome: news.OutcomeFiltered})
}

func foundAsTwo(t *testing.T, d *desk) { // B1, M23
	t.Helper()
	ctx := t.Context()
	feed := d.feed("https://harbour.example/feed", "world")
	id, list := d.mixed(feed)
	div := d.division(id, list)
	stale := div
	stale.Stays.Base.Version--
	if _, _, err := d.Part(ctx, stale); !errors.Is(err, news.ErrConflict) {
		t.Errorf("an event that moved on was parted: %v", err)
	}
	if latest, total, err := d.Latest(ctx, "", noon.Add(-time.Hour), 9, 0); err != nil || total != 1 || len(latest[0].Sources) != 5 || len(latest[0].Parted) != 0 {
		t.Errorf("what failed left %d events: %+v, %v", total, latest, err)
	}
	other := d.part(id, list)
	if _, _, err := d.Part(ctx, div); !errors.Is(err, news.ErrConflict) {
		t.Errorf("it was parted twice: %v", err)
	}
	stays, err := d.Event(ctx, id)
	d.must(err)
	leaves, err := d.Event(ctx, other)
	d.must(err)
	if stays.Version != 6 || len(stays.Sources) != 3 || len(stays.Facts) != 1 || len(stays.Parted) != 1 || stays.Parted[0].Event != other || stays.Parted[0].Of != id || stays.Parted[0].Across != 0.12 {
		t.Errorf("the event that stays: %+v", stays)
	}
	if leaves.ID != other || leaves.Version != 1 || leaves.Revision != 1 || len(leaves.Sources) != 2 || len(leaves.Parted) != 1 || leaves.Parted[0].Event != id || leaves.Parted[0].Of != other {
		t.Errorf("the new event: %+v", leaves)
	}
	if !events.PartedFrom(stays, news.Event{ID: other}) {
		t.Error("it is forgotten that they are two")
	}
	in := map[news.ArticleID]news.EventID{}
	for _, a := range d.recent(noon.Add(-time.Hour)) {
		in[a.Article.ID] = a.Event
	}
	if diff := cmp.Diff(map[news.ArticleID]news.EventID{list[0]: id, list[1]: id, list[2]: other, list[3]: id, list[4]: other}, in); diff != "" {
		t.Errorf("articles (-want +got):\n%s", diff)
	}
	for event, want := range map[news.EventID]int{id: 2, other: 2} {
		if moments, err := d.Timeline(ctx, event, time.Time{}, 9); err != nil || len(moments) != want {
			t.Errorf("the timeline of event %d: %+v, %v", event, moments, err)
		}
		if verdicts, err := d.Verdicts(ctx, event, 9); err != nil || len(verdicts) != 2 {
			t.Errorf("what was decided on event %d: %+v, %v", event, verdicts, err)
		}
	}
	found, _, err := d.SearchEvents(ctx, "judge dismisses", "", time.Time{}, 9, 0)
	d.must(err)
	if len(found) != 1 || found[0].ID != other {
		t.Errorf("search finds %+v", found)
	}
	items, err := d.EventItems(ctx, leaves, 9)
	d.must(err)
	if len(items) != 2 || items[0].Article.ID != list[4] || items[0].Placed.Reason != "parted" || items[1].Placed.Reason != "parted" {
		t.Fatalf("items: %+v", items)
	}
	if near := items[0].Placed.Grouping.Nearest; near != list[2] {
		t.Errorf("the last one was grouped by article %d, want %d, which is of its event", near, list[2])
	}
	if near := items[1].Placed.Grouping.Nearest; near != 0 {
		t.Errorf("it is said to be like article %d, which is of the other event", near)
	}
	if items, err = d.EventItems(ctx, stays, 9); err != nil || len(items) != 3 {
		t.Fatalf("items of the event that stays: %+v, %v", items, err)
	}
	if near := items[0].Placed.Grouping.Nearest; near != 0 {
		t.Errorf("what stays is said to be like article %d, which is of the new event", near)
	}
	if near := items[1].Placed.Grouping.Nearest; near != list[0] {
		t.Errorf("what stays was grouped by article %d, want %d", near, list[0])
	}
	// What is put together with one of them is no more put together with the other,
	// and what comes later has its place in the timeline.
	a := d.condensed(d.waiting(feed), "Donors want money back", "They do.", noon)
	ch := grow(leaves, a)
	ch.Novel = []news.Fact{{Text: "They do.", Article: a.ID}}
	_, _, err = d.Apply(ctx, a, summary(a), ch, events.Plan{})
	d.must(err)
	third, _ := d.event(feed, "Choir sings", "The choir sang.", noon)
	d.merge(third, other)
	whole, err := d.Event(ctx, other)
	d.must(err)
	if whole.ID != third || !events.PartedFrom(whole, stays) {
		t.Errorf("the new event, put into another: %+v", whole)
	}
	if moments, err := d.Timeline(ctx, third, time.Time{}, 9); err != nil || len(moments) != 3 {
		t.Errorf("its timeline: %+v, %v", moments, err)
	}
}

// keepsMessage brings an event to every stand in channels that want of the two what
// they may, and were told of them what they may.
func keepsMessage(t *testing.T, d *desk) { // B1, M8
	t.Helper()
	ctx := t.Context()
	id, list := d.mixed(d.feed("https://harbour.example/feed", "world"))
	jury, judge := news.Fact{Text: ofJury, Article: list[0]}, news.Fact{Text: ofJudge, Article: list[2]}
	stands := []string{"none", "waiting", "handed", "shown"}
	var all []news.ChannelID
	for _, stand := range stands {
		for _, wants := range []string{"both", "first", "second"} {
			for _, facts := range [][]news.Fact{{jury}, {jury, judge}} {
				ch := news.ChannelID(fmt.Sprint(stand, " ", wants, " ", len(facts)))
				d.follow("g", ch)
				all = append(all, ch)
				if stand == "none" {
					continue
				}
				d.enqueue(telling(ch, news.PostAlert, id, 1, facts...))
				switch stand {
				case "handed":
					d.must(d.MarkTried(ctx, d.next(ch, 0).ID, noon))
				case "shown":
					d.sent(ch)
				}
			}
		}
	}
	div := d.division(id, list)
	for _, ch := range all {
		var stand, wants string
		var n int
		_, err := fmt.Sscan(string(ch), &stand, &wants, &n)
		d.must(err)
		switch {
		case stand == "none":
		case wants == "first":
			div.Wants[ch] = events.Wants{Stays: true}
		case wants == "second":
			hand(&div, ch)
		}
	}
	other, _, err := d.Part(ctx, div)
	d.must(err)
	k, o := fmt.Sprint("m", id), fmt.Sprint("m", other)
	for _, ch := range all {
		var stand, wants string
		var told int
		_, err := fmt.Sscan(string(ch), &stand, &wants, &told)
		d.must(err)
		before := ""
		if stand == "waiting" || stand == "handed" {
			before = "alert " + k + ", "
		}
		var want string
		switch {
		case stand == "none": // as any new event
			want = "alert " + o
		case wants == "second" && stand != "shown": // the alert that waits is the new event's by now
			want = "alert " + k + ", edit " + k
		case wants == "second":
			want = "edit " + k
		case wants == "both" && told == 1:
			want = before + "alert " + o + " beside " + k + ", edit " + k + " beside " + o
		default:
			want = before + "edit " + k
		}
		if got := d.sent(ch); got != want {
			t.Errorf("%s: sent %q, want %q", ch, got, want)
		}
	}
	verdicts, err := d.Verdicts(ctx, other, 99)
	d.must(err)
	got := map[news.ChannelID]news.Outcome{}
	for _, v := range verdicts {
		got[v.Channel] = v.Outcome
	}
	for ch, want := range map[news.ChannelID]news.Outcome{
		"none both 1": news.OutcomePosted, "shown both 1": news.OutcomePosted, "shown both 2": news.OutcomeWithOther, "shown second 2": news.OutcomeUpdated,
	} {
		if got[ch] != want {
			t.Errorf("%s: decided %q, want %q", ch, got[ch], want)
		}
	}
}

// partTakesBack looks at what is queued just when an event turns out to be two.
func partTakesBack(t *testing.T, d *desk) { // B1
	t.Helper()
	ctx := t.Context()
	id, list := d.mixed(d.feed("https://harbour.example/feed", "world"))
	jury, judge := news.Fact{Text: ofJury, Article: list[0]}, news.Fact{Text: ofJudge, Article: list[2]}
	for _, ch := range []news.ChannelID{"waits", "handed"} {
		d.follow("g", ch)
		d.enqueue(telling(ch, news.PostAlert, id, 1, jury))
		d.sent(ch)
		d.enqueue(telling(ch, news.PostEdit, id, 2, judge, jury), telling(ch, news.PostLine, id, 2, judge), telling(ch, news.PostLine, id, 3, jury))
	}
	d.must(d.MarkTried(ctx, d.next("handed", 0).ID, noon))
	other := d.part(id, list)
	k, o := fmt.Sprint("m", id), fmt.Sprint("m", other)
	for ch, want := range map[news.ChannelID]string{
		"waits":  "line " + k + ", alert " + o + " beside " + k + ", edit " + k + " beside " + o,
		"handed": "edit " + k + ", line " + k + ", edit " + k, // the edit may have told it
	} {
		if got := d.sent(ch); got != want {
			t.Errorf("%s: sent %q, want %q", ch, got, want)
		}
	}
}

// partUndoes looks at what the article caused that showed that an event is two: its
// news is not lost, and what it made of the event notifies nobody.
func partUndoes(t *testing.T, d *desk) { // B1, M12
	t.Helper()
	ctx := t.Context()
	id, list := d.mixed(d.feed("https://harbour.example/feed", "world"))
	jury, judge := news.Fact{Text: ofJury, Article: list[0]}, news.Fact{Text: ofJudge, Article: list[2]}
	donors := news.Fact{Text: "Donors want 14 million back.", Article: list[4]}
	for _, ch := range []news.ChannelID{"brings", "repeats", "fresh"} {
		d.follow("g", ch)
		if ch != "fresh" {
			d.enqueue(telling(ch, news.PostAlert, id, 1, jury, judge))
			d.sent(ch)
			d.enqueue(telling(ch, news.PostEdit, id, 5, donors, jury), telling(ch, news.PostLine, id, 5, donors), telling(ch, news.PostRise, id, 5, jury))
			continue
		}
		d.enqueue(telling(ch, news.PostAlert, id, 5, jury, donors))
	}
	div := d.division(id, list)
	div.Undone, div.Until, div.By = true, 4, list[4]
	div.Leaves.Event.Facts = []news.Fact{judge, donors}
	for i := range div.Other.Posts {
		div.Other.Posts[i].Event.Facts = div.Leaves.Event.Facts
	}
	div.Wants["repeats"] = events.Wants{Stays: true}
	other, _, err := d.Part(ctx, div)
	d.must(err)
	k, o := fmt.Sprint("m", id), fmt.Sprint("m", other)
	for ch, want := range map[news.ChannelID]string{
		"brings":  "alert " + o + " beside " + k + ", edit " + k + " beside " + o,
		"repeats": "edit " + k,
		"fresh":   "alert " + o, // the event before it was not for this channel
	} {
		if got := d.sent(ch); got != want {
			t.Errorf("%s: sent %q, want %q", ch, got, want)
		}
	}
	volumes, err := d.Volumes(ctx, other, noon)
	d.must(err)
	if !volumes["repeats"].Elsewhere || volumes["brings"].Elsewhere {
		t.Errorf("who has its news elsewhere: %+v", volumes)
	}
}
