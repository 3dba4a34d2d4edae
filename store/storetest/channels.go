package storetest

import (
	"errors"
	"testing"
	"time"

	"newsdesk/events"
	"newsdesk/news"

	"github.com/google/go-cmp/cmp"
)

var channelTests = map[string]func(*testing.T, *desk){
	"SettingsAreKeptPerChannel": func(t *testing.T, d *desk) {
		ctx := t.Context()
		got, err := d.Channel(ctx, "c")
		d.must(err)
		if diff := cmp.Diff(news.Channel{ID: "c"}, got); diff != "" {
			t.Errorf("of a channel that has none (-want +got):\n%s", diff)
		}
		want := news.Channel{Guild: "g", ID: "c", Settings: news.Settings{Least: news.ClassMajor, Roles: map[news.Class]string{news.ClassBreaking: "7"}}}
		got, err = d.EditChannel(ctx, "g", "c", func(s *news.Settings) error { *s = want.Settings; return nil })
		d.must(err)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("returned (-want +got):\n%s", diff)
		}
		stop := errors.New("no")
		if _, err := d.EditChannel(ctx, "g", "c", func(s *news.Settings) error { s.Least = ""; return stop }); !errors.Is(err, stop) {
			t.Errorf("a refused change: %v", err)
		}
		if _, err := d.EditChannel(ctx, "h", "c", func(*news.Settings) error { return nil }); !errors.Is(err, news.ErrNotFound) {
			t.Errorf("another guild's channel: %v", err)
		}
		if got, err = d.Channel(ctx, "c"); err != nil || !cmp.Equal(want, got) {
			t.Errorf("kept: %v\n%s", err, cmp.Diff(want, got))
		}
	},
	"PlacesAreTheChannelsThatFollow": func(t *testing.T, d *desk) {
		ctx := t.Context()
		for _, s := range []news.Subscription{
			{Guild: "g", Channel: "c", Topic: "world"},
			{Guild: "g", Channel: "c", Topic: news.AllTopics},
			{Guild: "g", Channel: "a", Topic: "world"},
			{Guild: "g", Channel: "s", Topic: "sport"},
		} {
			_, err := d.Subscribe(ctx, s)
			d.must(err)
		}
		_, err := d.EditChannel(ctx, "g", "c", func(s *news.Settings) error { s.Least = news.ClassMajor; return nil })
		d.must(err)
		event, _ := d.event(d.feed("https://harbour.example/feed", "world"), "Ferry runs again", "The ferry runs again.", noon)
		d.must(d.Enqueue(ctx, []news.Post{post("a", news.PostAlert, event, 1)}))
		got, err := d.Places(ctx, []string{"world", news.AllTopics}, event)
		d.must(err)
		want := []events.Place{
			{Channel: news.Channel{Guild: "g", ID: "a"}, Topics: []string{"world"}, Alerted: true},
			{Channel: news.Channel{Guild: "g", ID: "c", Settings: news.Settings{Least: news.ClassMajor}}, Topics: []string{"all", "world"}},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if got, err = d.Places(ctx, []string{"sport", "asia", "world"}, event); err != nil || len(got) != 3 || got[2].ID != "s" {
			t.Errorf("of an event that had several topics: %+v, %v", got, err)
		}
	},
	"RemovedChannelsAreForgotten": func(t *testing.T, d *desk) {
		ctx := t.Context()
		for _, s := range []news.Subscription{
			{Guild: "g", Channel: "c", Topic: "world"}, {Channel: "c", Topic: "asia"}, {Guild: "g", Channel: "b", Topic: "world"}, {Guild: "h", Channel: "x", Topic: "world"},
		} {
			_, err := d.Subscribe(ctx, s)
			d.must(err)
		}
		for _, ch := range []news.ChannelID{"c", "a"} {
			_, err := d.EditChannel(ctx, "g", ch, func(s *news.Settings) error { s.NoThreads = true; return nil })
			d.must(err)
		}
		event, _ := d.event(d.feed("https://harbour.example/feed", "world"), "Ferry runs again", "The ferry runs again.", noon)
		d.must(d.Enqueue(ctx, []news.Post{post("c", news.PostAlert, event, 1), post("b", news.PostAlert, event, 1)}))
		set := news.Settings{NoThreads: true}
		places := func() []events.Place {
			got, err := d.GuildPlaces(ctx, "g")
			d.must(err)
			return got
		}
		d.must(d.Block(ctx, "b", "no permission", noon))
		want := []events.Place{
			{Channel: news.Channel{Guild: "g", ID: "a", Settings: set}},
			{Channel: news.Channel{Guild: "g", ID: "b"}, Topics: []string{"world"}, Volume: events.Volume{Unreachable: true}},
			{Channel: news.Channel{Guild: "g", ID: "c", Settings: set}, Topics: []string{"world"}},
		}
		if diff := cmp.Diff(want, places()); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		d.must(d.Resume(ctx, "b"))
		want[1].Unreachable = false
		if _, err := d.RemoveChannel(ctx, "g", "x"); !errors.Is(err, news.ErrNotFound) {
			t.Errorf("another guild's channel: %v", err)
		}
		for _, want := range []bool{true, false} {
			if removed, err := d.RemoveChannel(ctx, "g", "c"); err != nil || removed != want {
				t.Errorf("removed %v, %v, want %v", removed, err, want)
			}
		}
		if diff := cmp.Diff(want[:2], places()); diff != "" {
			t.Errorf("after one was removed (-want +got):\n%s", diff)
		}
		if topics, err := d.ChannelTopics(ctx, "c"); err != nil || len(topics) != 0 {
			t.Errorf("it still follows %v, %v", topics, err)
		}
		if due, err := d.DueChannels(ctx, noon); err != nil || len(due) != 1 || due[0] != "b" {
			t.Errorf("due after one was removed: %v, %v", due, err)
		}
	},
	// M11
	"FiltersAreReadyAndFollowTheSettings": func(t *testing.T, d *desk) {
		ctx := t.Context()
		_, err := d.Subscribe(ctx, news.Subscription{Guild: "g", Channel: "c", Topic: "world"})
		d.must(err)
		outcome := func() news.Outcome {
			places, err := d.Places(ctx, []string{"world", news.AllTopics}, 0)
			d.must(err)
			return events.Route(events.Change{Event: news.Event{Topic: "world", Headline: "Ferry runs again"}, Visible: true}, places, noon).Verdicts[0].Outcome
		}
		for _, step := range []struct {
			filters []news.Filter
			want    news.Outcome
		}{
			{nil, news.OutcomePosted},
			{[]news.Filter{{Exclude: true, Kind: news.FilterWords, Text: "ferry"}}, news.OutcomeFiltered},
			{[]news.Filter{{Exclude: true, Kind: news.FilterWords, Text: "storm"}}, news.OutcomePosted},
			{[]news.Filter{{Kind: news.FilterWords, Text: "storm"}}, news.OutcomeFiltered},
		} {
			_, err := d.EditChannel(ctx, "g", "c", func(s *news.Settings) error { s.Filters = step.filters; return nil })
			d.must(err)
			for range 2 {
				if got := outcome(); got != step.want {
					t.Errorf("with %v: %s, want %s", step.filters, got, step.want)
				}
			}
		}
	},
	// M11, B11
	"StartedAreTheEventsThatAChannelWouldHaveGot": func(t *testing.T, d *desk) {
		ctx := t.Context()
		feed := d.feed("https://harbour.example/feed", "world")
		// take condenses an article that comes in after a time into a new event,
		// or into one that exists.
		take := func(after time.Duration, quiet bool, title string, into news.EventID) news.EventID {
			r := result(item(title))
			r.FetchedAt, r.Quiet = noon.Add(after), []bool{quiet}
			ids, err := d.SaveFetch(ctx, feed, r)
			d.must(err)
			a := d.condensed(ids[0], title, title+".", noon)
			ch := begin(a)
			if into != 0 {
				base, err := d.Event(ctx, into)
				d.must(err)
				ch = grow(base, a)
			}
			event, _, err := d.Apply(ctx, a, summary(a), ch, events.Plan{})
			d.must(err)
			return event
		}
		before := take(0, false, "Ferry runs again", 0)
		stood := take(0, true, "Old bridge stands", 0)
		woken := take(0, true, "Tower leans", 0)
		first := take(time.Hour, false, "Bridge opens", 0)
		take(2*time.Hour, false, "Ferry runs on", before)
		take(2*time.Hour, true, "Old bridge still stands", stood)
		take(2*time.Hour, false, "Tower falls", woken)
		second := take(3*time.Hour, false, "Tunnel closes", 0)
		take(4*time.Hour, false, "Bridge crowded", first)
		started := func(since time.Time, limit int) (ids []news.EventID) {
			list, err := d.Started(ctx, since, limit)
			d.must(err)
			for _, e := range list {
				ids = append(ids, e.Now.ID)
				if e.Began.Headline == "" || len(e.Began.Sources) != 1 || e.Began.Sources[0].Title != e.Began.Headline {
					t.Errorf("began as %+v", e.Began)
				}
			}
			return ids
		}
		if diff := cmp.Diff([]news.EventID{first, woken, second}, started(noon.Add(time.Hour), 10)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]news.EventID{woken, second}, started(noon, 2)); diff != "" {
			t.Errorf("the newest two (-want +got):\n%s", diff)
		}
		if got := started(noon.Add(4*time.Hour), 10); len(got) != 0 {
			t.Errorf("of the last hour: %v", got)
		}
	},
	// M23
	"VerdictsAreKeptAndForgotten": func(t *testing.T, d *desk) {
		ctx := t.Context()
		feed := d.feed("https://harbour.example/feed", "world")
		a := d.condensed(d.waiting(feed), "Ferry runs again", "The ferry runs again.", noon)
		event, _, err := d.Apply(ctx, a, summary(a), begin(a), events.Plan{Verdicts: []news.Verdict{
			{At: noon, Article: a.ID, Channel: "c", Outcome: news.OutcomePosted},
			{At: noon, Article: a.ID, Channel: "d", Outcome: news.OutcomeBelow, Detail: "major"},
		}})
		d.must(err)
		got, err := d.Verdicts(ctx, event, 10)
		d.must(err)
		want := []news.Verdict{
			{At: noon, Article: a.ID, Event: event, Channel: "c", Outcome: news.OutcomePosted},
			{At: noon, Article: a.ID, Event: event, Channel: "d", Outcome: news.OutcomeBelow, Detail: "major"},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		d.must(d.DropVerdicts(ctx, noon.Add(time.Second)))
		if got, err := d.Verdicts(ctx, event, 10); err != nil || len(got) != 0 {
			t.Errorf("after they were dropped: %v, %v", got, err)
		}
	},
}
