package events

import (
	"testing"
	"time"

	"newsdesk/news"

	"github.com/google/go-cmp/cmp"
)

func filedBy(outlet, topic string, id news.ArticleID) news.Source {
	return news.Source{Article: id, Outlet: outlet, Title: "Harvell bridge closed", Topic: topic}
}

// An event follows all its articles, and not the first alone. // M11
func TestFiled(t *testing.T) {
	t.Parallel()
	of := func(s ...news.Source) []news.Source { return s }
	copied, owned := filedBy("B", "business", 2), filedBy("B Radio", "business", 3)
	copied.CopyOf = 1
	owned.Publisher.Owner = "B"
	opinion := filedBy("D", "business", 4)
	opinion.Title = "Opinion: the bridge must go"
	for name, tt := range map[string]struct {
		sources []news.Source
		want    string
		topics  []string
	}{
		"one against one":           {of(filedBy("A", "world", 1), filedBy("B", "business", 2)), "world", []string{"world"}},
		"two against one":           {of(filedBy("A", "world", 1), filedBy("B", "business", 2), filedBy("C", "business", 3)), "business", []string{"business", "world"}},
		"two against two":           {of(filedBy("A", "world", 1), filedBy("B", "world", 2), filedBy("C", "business", 3), filedBy("D", "business", 4)), "world", []string{"world"}},
		"a copy counts for nothing": {of(filedBy("A", "world", 1), copied, filedBy("C", "business", 3)), "world", []string{"world"}},
		"one owner is one voice":    {of(filedBy("A", "world", 1), filedBy("B", "business", 2), owned), "world", []string{"world"}},
		"nor does opinion":          {of(filedBy("A", "world", 1), filedBy("B", "business", 2), opinion), "world", []string{"world"}},
		"it was not noted":          {of(filedBy("A", "", 1), filedBy("B", "", 2)), "world", []string{"world"}},
		"it moves back": {
			of(filedBy("A", "world", 1), filedBy("B", "business", 2), filedBy("C", "business", 3), filedBy("D", "world", 4), filedBy("E", "world", 5)),
			"world",
			[]string{"world", "business"},
		},
	} {
		got := "world"
		for i := range tt.sources {
			got = filed(got, tt.sources[:i+1])
		}
		if got != tt.want {
			t.Errorf("%s: filed under %s, want %s", name, got, tt.want)
		}
		if d := cmp.Diff(tt.topics, FiledUnder(news.Event{Topic: got, Sources: tt.sources})); d != "" {
			t.Errorf("%s: topics (-want +got):\n%s", name, d)
		}
	}
}

// Where an event moves, channels of the new topic get it, those of the old one
// keep theirs up to date, and nobody gets it twice. // M8, M11
func TestRoute_FollowsTheTopic(t *testing.T) {
	t.Parallel()
	base := news.Event{
		ID: 7, Version: 2, Revision: 1, Topic: "world", Headline: "Harvell bridge closed",
		Sources: []news.Source{filedBy("A", "world", 1), filedBy("B", "business", 2)},
	}
	at := time.Date(2031, 5, 1, 9, 0, 0, 0, time.UTC)
	ch := Develop(base, news.Article{ID: 3, Outlet: "C", Title: "Harvell bridge closed", Topic: "business", Seen: at}, news.Summary{}, news.Summary{}, Decision{Event: 7, Score: 1}, at)
	if ch.Reason != ReasonRefiled || !ch.Visible || ch.Event.Topic != "business" || ch.Event.Revision != 2 {
		t.Fatalf("got %s, visible %v, topic %s, revision %d", ch.Reason, ch.Visible, ch.Event.Topic, ch.Event.Revision)
	}
	place := func(id news.ChannelID, alerted bool, topics ...string) Place {
		return Place{Channel: news.Channel{ID: id}, Topics: topics, Alerted: alerted}
	}
	plan := Route(ch, []Place{place("both", true, "business", "world"), place("money", false, "business"), place("world", true, "world"), place("late", false, "world")}, at)
	got := map[news.ChannelID]news.PostKind{}
	for _, p := range plan.Posts {
		if got[p.Channel] != "" {
			t.Errorf("channel %s gets two posts", p.Channel)
		}
		got[p.Channel] = p.Kind
	}
	want := map[news.ChannelID]news.PostKind{"both": news.PostEdit, "money": news.PostAlert, "world": news.PostEdit}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("posts (-want +got):\n%s", d)
	}
	quiet := Develop(base, news.Article{ID: 3, Outlet: "C", Title: "Harvell bridge closed", Topic: "business", Seen: at, Quiet: true}, news.Summary{}, news.Summary{}, Decision{Event: 7, Score: 1}, at)
	if quiet.Visible || quiet.Event.Topic != "world" {
		t.Errorf("a quiet article moved it to %s, visible %v", quiet.Event.Topic, quiet.Visible)
	}
}
