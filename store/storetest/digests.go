package storetest

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"newsdesk/digest"
	"newsdesk/events"
	"newsdesk/news"
	"newsdesk/outbox"
	"newsdesk/store"
	"newsdesk/trail"

	"github.com/google/go-cmp/cmp"
)

// hold places an article of a new event that waits in channel c, and returns the
// event.
func (d *desk) hold(feed news.FeedID, title string, outcome news.Outcome, at, until time.Time) news.EventID {
	d.t.Helper()
	ctx := d.t.Context()
	a := d.condensed(d.waiting(feed), title, title+" again.", at)
	id, _, err := d.Apply(ctx, a, summary(a), begin(a), events.Plan{Verdicts: []news.Verdict{
		{At: at, Article: a.ID, Channel: "c", Outcome: outcome, Until: until},
	}})
	d.must(err)
	return id
}

// digests lists what is to come in channel c: "planned 06-04 08:00".
func (d *desk) digests() string {
	d.t.Helper()
	list, err := d.ChannelDigests(d.t.Context(), "c")
	d.must(err)
	var out strings.Builder
	for _, l := range list {
		fmt.Fprintf(&out, "[%s %s]", l.Kind, l.Due.Format("01-02 15:04"))
	}
	return out.String()
}

// due returns the digest of channel c that is due, and fails where there is not
// one.
func (d *desk) due(at time.Time) news.DueDigest {
	d.t.Helper()
	ids, err := d.DueDigests(d.t.Context(), at, 10)
	d.must(err)
	if len(ids) != 1 {
		d.t.Fatalf("%d digests are due at %s: %s", len(ids), at, d.digests())
	}
	got, err := d.Digest(d.t.Context(), ids[0])
	d.must(err)
	return got
}

func (d *desk) plan(at time.Time, change func(*news.Settings)) {
	d.t.Helper()
	_, err := d.EditSchedule(d.t.Context(), "g", "c", at, func(s *news.Settings) error { change(s); return nil })
	d.must(err)
}

var (
	dailyPlan  = news.DigestPlan{Every: news.Daily, Minute: 8 * 60}
	weeklyPlan = news.DigestPlan{Every: news.Weekly, Minute: 8 * 60, Weekday: time.Friday} // noon is a Tuesday
)

var digestTests = map[string]func(*testing.T, *desk){
	"APlanSaysWhenTheNextIsDue": func(t *testing.T, d *desk) { // M14
		d.plan(noon, func(s *news.Settings) { s.Digest, s.Least = dailyPlan, news.ClassMajor })
		if got := d.digests(); got != "[planned 06-04 08:00]" {
			t.Errorf("daily: %s", got)
		}
		if first := d.due(noon.AddDate(0, 0, 1)); !first.Since.Equal(first.Due.AddDate(0, 0, -1)) {
			t.Errorf("the first one tells what came since %s", first.Since)
		}
		d.plan(noon, func(s *news.Settings) { s.Zone = "Asia/Kathmandu" })
		if got := d.digests(); got != "[planned 06-04 02:15]" {
			t.Errorf("in another zone: %s", got)
		}
		d.plan(noon, func(s *news.Settings) { s.Zone, s.Digest = "", weeklyPlan })
		if got := d.digests(); got != "[planned 06-06 08:00]" {
			t.Errorf("weekly: %s", got)
		}
		stop := errors.New("no")
		if _, err := d.EditSchedule(t.Context(), "g", "c", noon, func(s *news.Settings) error { s.Digest = dailyPlan; return stop }); !errors.Is(err, stop) || d.digests() != "[planned 06-06 08:00]" {
			t.Errorf("a refused change: %v, %s", err, d.digests())
		}
		if _, err := d.EditSchedule(t.Context(), "h", "c", noon, func(*news.Settings) error { return nil }); !errors.Is(err, news.ErrNotFound) {
			t.Errorf("another guild's channel: %v", err)
		}
		d.plan(noon, func(s *news.Settings) { s.Digest = news.DigestPlan{} })
		if got := d.digests(); got != "" {
			t.Errorf("off: %s", got)
		}
		if c, err := d.Channel(t.Context(), "c"); err != nil || c.Least != news.ClassMajor {
			t.Errorf("the rest of what was set: %+v, %v", c, err)
		}
	},
	"ADigestThatTellsWhatNoLongerWaitsIsNotMade": toldByAnother,
	"WhatADigestOnlyCountsWasNotTold":            countedOnly,
	"WhatIsPostedWaitsForNoDigest":               sampled,
	"ADigestIsFinishedOnce": func(t *testing.T, d *desk) { // M17
		ctx := t.Context()
		feed := d.feed("https://harbour.example/feed", "world")
		d.plan(noon, func(s *news.Settings) { s.Digest = dailyPlan })
		first := d.hold(feed, "Ferry runs again", news.OutcomeQuietHours, noon, time.Time{})
		due := d.due(noon.AddDate(0, 0, 1))
		show := news.Digest{Kind: due.Kind, Topics: []string{"world"}, Entries: []news.DigestEntry{{Event: first, Headline: "Ferry runs again", Class: news.ClassMajor}}}
		post := news.Post{Key: digest.Key(due), Channel: "c", Kind: news.PostDigest, Digest: show, NotBefore: due.Due}
		told := store.Told{Posts: []news.Post{post}, Events: show.Entries, Held: []news.EventID{first}}
		second := d.hold(feed, "Bridge is closed", news.OutcomeCapped, noon.Add(time.Hour), time.Time{}) // while it is made
		for i := range 2 {
			made, err := d.FinishDigest(ctx, due, told, due.Due.Add(time.Second))
			d.must(err)
			if made != (i == 0) {
				t.Errorf("time %d: made %t", i+1, made)
			}
		}
		if got := d.digests(); got != "[planned 06-05 08:00]" {
			t.Errorf("then: %s", got)
		}
		if next := d.due(due.Due.AddDate(0, 0, 2)); !next.Since.Equal(due.Due.Add(time.Second)) {
			t.Errorf("the next one tells what came since %s", next.Since)
		}
		p := d.next("c", 48*time.Hour)
		if p == nil || p.Kind != news.PostDigest || p.Event.ID != 0 {
			t.Fatalf("the outbox gives %+v", p)
		}
		if diff := cmp.Diff(show, p.Digest); diff != "" {
			t.Errorf("the post (-want +got):\n%s", diff)
		}
		d.must(d.MarkSent(ctx, *p, outbox.Receipt{Message: "m1"}))
		if p := d.next("c", 48*time.Hour); p != nil {
			t.Errorf("a second one: %+v", p)
		}
		sent, err := d.Delivered(ctx, "c", 10)
		d.must(err)
		if len(sent) != 1 || sent[0].Message != "m1" || len(sent[0].Digest.Entries) != 1 {
			t.Errorf("delivered: %+v", sent)
		}
		held, err := d.Held(ctx, "c")
		d.must(err)
		if len(held) != 1 || held[0].Event != second {
			t.Errorf("still waiting: %+v", held)
		}
		if got := d.told(first); got.Counted || got.Message != "m1" || got.Post.State != trail.StateSent || !got.At.Equal(due.Due.Add(time.Second)) {
			t.Errorf("which digest told it: %+v", got)
		}
		v, err := d.Volumes(ctx, first, noon)
		d.must(err)
		if !v["c"].Told || v["c"].ToldAs != news.ClassMajor {
			t.Errorf("what was told: %+v", v)
		}
	},
	"WhatWaitsGetsOneCatchUp": func(t *testing.T, d *desk) { // M15
		ctx := t.Context()
		feed := d.feed("https://harbour.example/feed", "world")
		until := noon.Add(3 * time.Hour)
		a := d.hold(feed, "Ferry runs again", news.OutcomeQuietHours, noon, until)
		d.hold(feed, "Bridge is closed", news.OutcomeQuietHours, noon.Add(time.Minute), until.Add(time.Hour))
		if got := d.digests(); got != "[catch_up 06-03 15:00]" {
			t.Fatalf("to come: %s", got)
		}
		due := d.due(until)
		if !due.Since.Equal(noon) {
			t.Errorf("it tells what came since %s", due.Since)
		}
		if _, err := d.FinishDigest(ctx, due, store.Told{Held: []news.EventID{a}}, until); err != nil {
			t.Fatal(err)
		}
		if got := d.digests(); got != "[catch_up 06-03 16:00]" {
			t.Errorf("for what came in the meantime: %s", got)
		}
		if _, err := d.FinishDigest(ctx, due, store.Told{}, until); err != nil || d.digests() != "[catch_up 06-03 16:00]" {
			t.Errorf("a second time: %v, %s", err, d.digests())
		}
	},
	"AChangedScheduleLosesNothing": func(t *testing.T, d *desk) {
		feed := d.feed("https://harbour.example/feed", "world")
		night := news.Quiet{From: 11 * 60, To: 15 * 60}
		d.plan(noon, func(s *news.Settings) { s.Digest, s.Quiet = dailyPlan, night })
		d.hold(feed, "Ferry runs again", news.OutcomeQuietHours, noon, time.Time{})
		for _, step := range []struct {
			name   string
			change func(*news.Settings)
			want   string
		}{
			{"no digest any more: at the end of the quiet hours", func(s *news.Settings) { s.Digest = news.DigestPlan{} }, "[catch_up 06-03 15:00]"},
			{"weekly is too late", func(s *news.Settings) { s.Digest = weeklyPlan }, "[catch_up 06-03 15:00][planned 06-06 08:00]"},
			{"daily is not", func(s *news.Settings) { s.Digest = dailyPlan }, "[planned 06-04 08:00]"},
			{"neither: now", func(s *news.Settings) { s.Digest, s.Quiet = news.DigestPlan{}, news.Quiet{} }, "[catch_up 06-03 12:10]"},
		} {
			d.plan(noon.Add(10*time.Minute), step.change)
			if got := d.digests(); got != step.want {
				t.Errorf("%s: %s, want %s", step.name, got, step.want)
			}
		}
	},
	"AnEventThatIsPostedLaterWaitsNoMore": func(t *testing.T, d *desk) { // M15
		ctx := t.Context()
		feed := d.feed("https://harbour.example/feed", "world")
		id := d.hold(feed, "Ferry runs again", news.OutcomeCapped, noon, noon.Add(time.Hour))
		e, err := d.Event(ctx, id)
		d.must(err)
		b := d.condensed(d.waiting(feed), "Ferry runs again, with more", "More of it.", noon)
		ch := events.Change{Base: e, Event: e}
		_, _, err = d.Apply(ctx, b, summary(b), ch, events.Plan{Verdicts: []news.Verdict{{At: noon, Article: b.ID, Event: id, Channel: "c", Outcome: news.OutcomePosted}}})
		d.must(err)
		if held, err := d.Held(ctx, "c"); err != nil || len(held) != 0 {
			t.Errorf("waiting: %+v, %v", held, err)
		}
		v, err := d.Volumes(ctx, 0, noon.Add(-time.Hour))
		d.must(err)
		if v["c"].Recent != 1 || v["c"].Told {
			t.Errorf("recent messages: %+v", v)
		}
		if v, err = d.Volumes(ctx, 0, noon.Add(time.Second)); err != nil || v["c"].Recent != 0 {
			t.Errorf("an hour later: %+v, %v", v, err)
		}
	},
	"TheMaterialIsOfTheTopicsAndThePeriod": func(t *testing.T, d *desk) { // M14, B17
		ctx := t.Context()
		world := d.feed("https://harbour.example/feed", "world")
		sport := d.feed("https://sport.example/feed", "sport")
		d.event(world, "Ferry ran aground", "The ferry ran aground.", noon.Add(-30*time.Hour))
		fresh, _ := d.event(world, "Ferry runs again", "The ferry runs again.", noon.Add(-time.Hour))
		d.event(sport, "Cup is won", "The cup is won.", noon.Add(-time.Hour))
		waits := d.hold(world, "Bridge is closed", news.OutcomeCapped, noon.Add(-2*time.Hour), time.Time{})
		d.must(d.Enqueue(ctx, []news.Post{post("c", news.PostAlert, fresh, 1)}))
		due := news.DueDigest{Channel: "c", Kind: news.DigestPlanned, Since: noon.AddDate(0, 0, -1)}
		m, err := d.DigestMaterial(ctx, due, []string{"world"}, noon)
		d.must(err)
		got := map[news.EventID]string{}
		for _, c := range m.Candidates {
			got[c.Event.ID] = fmt.Sprintf("%s %t", c.Held, c.Posted)
		}
		if diff := cmp.Diff(map[news.EventID]string{fresh: " true", waits: "capped false"}, got); diff != "" {
			t.Errorf("world (-want +got):\n%s", diff)
		}
		if m.Articles != 2 || m.Events != 2 || m.Feeds != 1 || m.Failing != 0 {
			t.Errorf("counted %+v", m)
		}
		due.Kind = news.DigestCatchUp
		if m, err = d.DigestMaterial(ctx, due, []string{"world"}, noon); err != nil || len(m.Candidates) != 1 || m.Candidates[0].Event.ID != waits {
			t.Errorf("a catch-up: %+v, %v", m, err)
		}
		for _, topics := range [][]string{nil, {"sport", news.AllTopics}} {
			if m, err = d.DigestMaterial(ctx, news.DueDigest{Kind: news.DigestPlanned, Since: noon.AddDate(0, 0, -2)}, topics, noon); err != nil || len(m.Candidates) != 4 || m.Feeds != 2 {
				t.Errorf("of %v: %+v, %v", topics, m, err)
			}
		}
	},
	"APausedChannelGetsOneDigestOnceItIsMended": func(t *testing.T, d *desk) { // M20
		ctx := t.Context()
		d.plan(noon, func(s *news.Settings) { s.Digest = dailyPlan })
		d.must(d.Block(ctx, "c", "refused", noon))
		later := noon.AddDate(0, 0, 3)
		if due, err := d.DueDigests(ctx, later, 10); err != nil || len(due) != 0 {
			t.Errorf("while it is paused, %v are due (%v)", due, err)
		}
		d.must(d.Resume(ctx, "c"))
		due := d.due(later)
		if _, err := d.FinishDigest(ctx, due, store.Told{}, later); err != nil {
			t.Fatal(err)
		}
		if got := d.digests(); got != "[planned 06-07 08:00]" || !due.Since.Equal(noon.Add(-4*time.Hour)) {
			t.Errorf("it told what came since %s, and then comes %s", due.Since, got)
		}
	},
	"ARemovedChannelHasNothingToCome": func(t *testing.T, d *desk) { // M29
		ctx := t.Context()
		for name, remove := range map[string]func(){
			"taken off": func() {
				_, err := d.RemoveChannel(ctx, "g", "c")
				d.must(err)
			},
			"guild forgotten": func() {
				d.must(d.LoseGuild(ctx, "g", "removed", noon))
				d.must(d.ForgetGuilds(ctx, noon.Add(time.Hour)))
			},
			"channel deleted": func() {
				d.must(d.LoseChannel(ctx, "c", "deleted", noon))
				_, err := d.DropHeld(ctx, noon.Add(time.Hour))
				d.must(err)
			},
		} {
			_, err := d.Subscribe(ctx, news.Subscription{Guild: "g", Channel: "c", Topic: "world"})
			d.must(err)
			d.plan(noon, func(s *news.Settings) { s.Digest = dailyPlan })
			due := d.due(noon.AddDate(0, 0, 1))
			if _, err := d.FinishDigest(ctx, due, store.Told{Events: []news.DigestEntry{{Event: 7}}}, due.Due); err != nil {
				t.Fatal(err)
			}
			remove()
			v, err := d.Volumes(ctx, 7, noon)
			d.must(err)
			if got := d.digests(); got != "" || v["c"].Told {
				t.Errorf("%s: %s is to come, and what was told is %+v", name, got, v)
			}
		}
	},
	"AGapIsWhenNoFeedWasRead": func(t *testing.T, d *desk) { // M16
		ctx := t.Context()
		gap := func() string {
			from, to, err := d.Gap(ctx)
			d.must(err)
			if to.IsZero() {
				return "none"
			}
			return from.Format("15:04") + " to " + to.Format("15:04")
		}
		for _, step := range []struct {
			at    time.Duration
			fails bool
			want  string
		}{
			{0, true, "none"},
			{5 * time.Hour, false, "none"},
			{6 * time.Hour, false, "none"},
			{7 * time.Hour, true, "none"},
			{9 * time.Hour, true, "18:00 to 21:00"},
			{10 * time.Hour, false, "18:00 to 22:00"},
			{11 * time.Hour, false, "18:00 to 22:00"},
		} {
			at := noon.Add(step.at)
			d.must(d.BeginPoll(ctx, at, 2*time.Hour))
			if !step.fails {
				d.must(d.EndPoll(ctx, at))
			}
			if got := gap(); got != step.want {
				t.Errorf("at %s: %s, want %s", at.Format("15:04"), got, step.want)
			}
		}
	},
}
