package storetest

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsdesk/news"
)

var eventTests = map[string]func(*testing.T, *desk){
	"LatestIsNewestFirstInPages": func(t *testing.T, d *desk) { // M21
		ctx := t.Context()
		world, sport := d.feed("https://one.example/feed", "world"), d.feed("https://two.example/feed", "sport")
		for i := range 6 {
			feed := world
			if i%3 == 2 {
				feed = sport
			}
			d.event(feed, fmt.Sprintf("Event %d", i), "Text.", noon.Add(-time.Duration(i)*time.Hour))
		}
		for _, tc := range []struct {
			topic         string
			back          time.Duration
			limit, offset int
			want          []string
			total         int
		}{
			{"", 100 * time.Hour, 3, 0, []string{"Event 0", "Event 1", "Event 2"}, 6},
			{"", 100 * time.Hour, 3, 3, []string{"Event 3", "Event 4", "Event 5"}, 6},
			{"", 100 * time.Hour, 3, 6, nil, 6},
			{"sport", 100 * time.Hour, 10, 0, []string{"Event 2", "Event 5"}, 2},
			{"world", 90 * time.Minute, 10, 0, []string{"Event 0", "Event 1"}, 2},
			{"nothing", 100 * time.Hour, 10, 0, nil, 0},
			{"", 100 * time.Hour, -1, -1, nil, 6},
		} {
			got, total, err := d.Latest(ctx, tc.topic, noon.Add(-tc.back), tc.limit, tc.offset)
			d.must(err)
			if diff := cmp.Diff(headlines(got), tc.want); diff != "" || total != tc.total {
				t.Errorf("%q, limit %d, offset %d: total %d, want %d; got, want:\n%s", tc.topic, tc.limit, tc.offset, total, tc.total, diff)
			}
		}
	},
	"WeightsAreThoseOfTheRecentPast": func(t *testing.T, d *desk) { // B5
		ctx := t.Context()
		feed := d.feed("https://one.example/feed", "world")
		for i := range 4 {
			d.event(feed, fmt.Sprintf("Event %d", i), "Text.", noon.Add(-time.Duration(i)*time.Hour))
		}
		weights, oldest, err := d.Weights(ctx, noon.Add(-150*time.Minute))
		d.must(err)
		if want := noon.Add(-2 * time.Hour); !cmp.Equal(weights, []float64{0.31, 0.31, 0.31}) || !oldest.Equal(want) {
			t.Errorf("%v since %v, want three of 0.31 since %v", weights, oldest, want)
		}
		if weights, oldest, err := d.Weights(ctx, noon.Add(time.Minute)); err != nil || len(weights) > 0 || !oldest.IsZero() {
			t.Errorf("of the future: %v since %v, %v", weights, oldest, err)
		}
	},
	"SuggestionsBeginWordsOfTheHeadline": func(t *testing.T, d *desk) { // M21
		ctx := t.Context()
		feed := d.feed("https://one.example/feed", "world")
		for i, h := range []string{
			"Élection in Córdoba: mayor re-elected", "Harbour ferry runs again", "東京で地震が発生", "U.S. ferry fares fall", "100% of votes_counted",
		} {
			d.event(feed, h, "Text.", noon.Add(-time.Duration(i)*time.Minute))
		}
		for typed, want := range map[string][]string{
			"":               {"Élection in Córdoba: mayor re-elected", "Harbour ferry runs again"},
			"FERRY":          {"Harbour ferry runs again", "U.S. ferry fares fall"},
			"ferry fa":       {"U.S. ferry fares fall"},
			"fa ferry":       {"U.S. ferry fares fall"},
			"erry":           nil,
			"election cordo": {"Élection in Córdoba: mayor re-elected"},
			"elected":        {"Élection in Córdoba: mayor re-elected"},
			"地震":             {"東京で地震が発生"},
			"%":              {"Élection in Córdoba: mayor re-elected", "Harbour ferry runs again"}, // no word: the newest
			"counted":        {"100% of votes_counted"},
			"\"' OR 1=1 --":  nil,
			"\xff\x00":       {"Élection in Córdoba: mayor re-elected", "Harbour ferry runs again"},
		} {
			got, err := d.SuggestEvents(ctx, typed, 2)
			d.must(err)
			if diff := cmp.Diff(headlines(got), want); diff != "" {
				t.Errorf("%q: got, want:\n%s", typed, diff)
			}
		}
		if got, err := d.SuggestEvents(ctx, "", 0); err != nil || len(got) != 0 {
			t.Errorf("limit 0: %v, %v", got, err)
		}
	},
}

func headlines(events []news.Event) []string {
	var out []string
	for _, e := range events {
		out = append(out, e.Headline)
	}
	return out
}

var subscriptionTests = map[string]func(*testing.T, *desk){
	"AChannelFollowsATopicOnce": func(t *testing.T, d *desk) {
		ctx := t.Context()
		world := news.Subscription{Guild: "g", Channel: "c", Topic: "world"}
		art := news.Subscription{Guild: "g", Channel: "c", Topic: "art"}
		other := news.Subscription{Guild: "g", Channel: "a", Topic: "world"}
		for _, step := range []struct {
			name string
			do   func() (bool, error)
			want bool
		}{
			{"first", func() (bool, error) { return d.Subscribe(ctx, world) }, true},
			{"again", func() (bool, error) { return d.Subscribe(ctx, world) }, false},
			{"other topic", func() (bool, error) { return d.Subscribe(ctx, art) }, true},
			{"other channel", func() (bool, error) { return d.Subscribe(ctx, other) }, true},
			{"end what is not", func() (bool, error) {
				return d.Unsubscribe(ctx, news.Subscription{Guild: "g", Channel: "c", Topic: "sport"})
			}, false},
			{"another guild", func() (bool, error) {
				return d.Unsubscribe(ctx, news.Subscription{Guild: "h", Channel: "c", Topic: "world"})
			}, false},
		} {
			if got, err := step.do(); err != nil || got != step.want {
				t.Errorf("%s: %v, %v; want %v", step.name, got, err, step.want)
			}
		}
		got, err := d.Subscriptions(ctx)
		d.must(err)
		if diff := cmp.Diff(got, []news.Subscription{other, art, world}); diff != "" {
			t.Errorf("got, want:\n%s", diff)
		}
		topics, err := d.ChannelTopics(ctx, "c")
		d.must(err)
		if diff := cmp.Diff(topics, []string{"art", "world"}); diff != "" {
			t.Errorf("topics: got, want:\n%s", diff)
		}
		if removed, err := d.Unsubscribe(ctx, world); err != nil || !removed {
			t.Errorf("end: %v, %v", removed, err)
		}
		if topics, err := d.ChannelTopics(ctx, "c"); err != nil || len(topics) != 1 {
			t.Errorf("after the end: %v, %v", topics, err)
		}
	},
}
