package feeds_test

import (
	"slices"
	"testing"
	"time"

	"newsdesk/feeds"
	"newsdesk/news"
)

func TestNewest(t *testing.T) {
	t.Parallel()
	items := []news.Item{
		{GUID: "b", Title: "b", Published: day.Add(-2 * time.Hour)},
		{GUID: "undated", Title: "undated"},
		{GUID: "a", Title: "a", Published: day.Add(-time.Hour)},
		{GUID: "c", Title: "c", Published: day.Add(-3 * time.Hour)},
		{GUID: "future", Title: "future", Published: day.AddDate(5, 0, 0)},
	}
	var got []string
	for _, it := range feeds.Newest(items, 3, day) {
		got = append(got, it.Title)
	}
	if !slices.Equal(got, []string{"a", "b", "undated"}) {
		t.Errorf("%q", got)
	}
	if !items[4].Published.After(day) {
		t.Error("the items given were changed")
	}
	if list := feeds.Newest(nil, 3, day); len(list) != 0 {
		t.Errorf("%v", list)
	}
}

func TestRhythm(t *testing.T) {
	t.Parallel()
	at := func(hours ...int) (out []news.Item) {
		for _, h := range hours {
			out = append(out, news.Item{Published: day.Add(-time.Duration(h) * time.Hour)})
		}
		return out
	}
	for _, tt := range []struct {
		items []news.Item
		want  string
	}{
		{at(1, 7, 13, 19), "4 items a day on average"},
		{at(0, 72, 144), "an item every 3 days on average"},
		{at(24*90, 24*91), "nothing new for 90 days"},
		{at(1), ""},
		{nil, ""},
		{[]news.Item{{Title: "a"}, {Title: "b"}}, ""},
	} {
		if got := feeds.Rhythm(tt.items, day); got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
}
