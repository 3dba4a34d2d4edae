package storetest

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsdesk/ask"
	"newsdesk/events"
)

func titles(hits []ask.Hit) []string {
	var out []string
	for _, h := range hits {
		out = append(out, h.Title)
	}
	return out
}

// shelf fills the database with a few articles.
func (d *desk) shelf() {
	d.t.Helper()
	world, sport := d.feed("https://one.example/feed", "world"), d.feed("https://two.example/feed", "sport")
	d.event(world, "Earthquake shakes the northern coast", "The tremor was felt at dawn. Houses lost power, and the mayor of Iquique spoke.", noon.Add(-time.Hour))
	d.event(world, "Mayor opens a bridge", "An earthquake some years ago had closed the old one. The U.S. ambassador came.", noon.Add(-2*time.Hour))
	d.event(sport, "Rowers win the regatta", "The crew from São Paulo was first; who came second is not known.", noon.Add(-3*time.Hour))
	d.event(world, "東京で地震が発生", "気象庁によると、震源は千葉県沖。米国からも救助隊が来た。", noon.Add(-4*time.Hour))
	d.event(world, "แผ่นดินไหวที่เชียงใหม่", "ประชาชนรู้สึกถึงแรงสั่นสะเทือน", noon.Add(-5*time.Hour))
	d.event(world, "भूकंप के झटके", "दिल्ली में लोग घरों से बाहर आए।", noon.Add(-6*time.Hour))
	d.event(world, "NOT NEAR OR AND", "The word NEAR stands in the title, and so does AND.", noon.Add(-7*time.Hour))
	d.waiting(world)
}

var searchTests = map[string]func(*testing.T, *desk){
	"WordsOfAnyScriptAreFound": func(t *testing.T, d *desk) { // M21, M22
		d.shelf()
		const quake, bridge, rowers = "Earthquake shakes the northern coast", "Mayor opens a bridge", "Rowers win the regatta"
		const tokyo, thai, hindi, syntax = "東京で地震が発生", "แผ่นดินไหวที่เชียงใหม่", "भूकंप के झटके", "NOT NEAR OR AND"
		for query, want := range map[string][]string{
			"earthquake":           {quake, bridge}, // the title counts more
			"EARTHQUAKES!":         {quake, bridge}, // stems, case, punctuation
			"who won the regatta?": {rowers},        // "who" and "the" would find others
			"mayor iquique":        {quake, bridge}, // both words before one
			"sao paulo":            {rowers},        // without accents
			"São Paulo":            {rowers},
			"U.S.":                 {bridge},
			"地震":                   {tokyo},
			"東京":                   {tokyo},
			"千葉":                   {tokyo}, // within a run of the body
			"米":                    {tokyo}, // one character
			"東京の地震はいつですか":          {tokyo},
			"แผ่นดินไหว":           {thai},
			"แรงสั่นสะเทือน": {thai},
			"भूकंप":                              {hindi},
			"दिल्ली":                             {hindi},
			"xylophone":                          nil,
			"who is it":                          {rowers}, // nothing else remains
			"":                                   nil,
			"   ":                                nil,
			"🌊🔥":                                 nil,
			"🌊 earthquake":                       {quake, bridge},
			`"`:                                  nil,
			`""`:                                 nil,
			`"earthquake`:                        {quake, bridge},
			`earthquake" OR "coast`:              {quake, bridge},
			"body:earthquake":                    {quake, bridge},
			"earthq*":                            nil,
			"-earthquake":                        {quake, bridge},
			"^earthquake":                        {quake, bridge},
			"earthquake NOT earthquake":          {quake, bridge},
			"NEAR(regatta NEAR, 2)":              {syntax, rowers},
			"{title}: (":                         {syntax},
			"\x00earthquake\xff\xfe":             {quake, bridge},
			"'; DROP TABLE articles; --":         nil,
			strings.Repeat("regatta ", 5000):     {rowers},
			strings.Repeat("(", 3000) + " coast": nil, // beyond what is read
		} {
			hits, err := d.Search(t.Context(), query, time.Time{}, 10)
			d.must(err)
			if diff := cmp.Diff(titles(hits), want); diff != "" {
				t.Errorf("%.60q: got, want:\n%s", query, diff)
			}
		}
		hits, err := d.Search(t.Context(), "regatta 地震", time.Time{}, 10)
		d.must(err)
		got := titles(hits)
		slices.Sort(got)
		if diff := cmp.Diff(got, []string{rowers, tokyo}); diff != "" {
			t.Errorf("two scripts in one query: got, want:\n%s", diff)
		}
	},
	"AHitIsWhatWasStored": func(t *testing.T, d *desk) {
		feed := d.feed("https://one.example/feed", "world")
		event, article := d.event(feed, "Ferry aground", "The ferry ran aground.", noon.Add(-time.Hour))
		a, err := d.Article(t.Context(), article)
		d.must(err)
		hits, err := d.Search(t.Context(), "ferry", time.Time{}, 10)
		d.must(err)
		if len(hits) != 1 || hits[0].Score <= 0 {
			t.Fatalf("got %+v, want one hit with a score above 0", hits)
		}
		want := ask.Hit{
			Article: article, Event: event, Title: a.Title, Outlet: a.Outlet, URL: a.URL, Body: a.Body,
			Published: a.Published, Score: hits[0].Score,
		}
		if diff := cmp.Diff(hits[0], want); diff != "" {
			t.Errorf("got, want:\n%s", diff)
		}
	},
	"SinceAndLimitHold": func(t *testing.T, d *desk) {
		feed := d.feed("https://one.example/feed", "world")
		for i := range 5 {
			d.event(feed, "Ferry "+strings.Repeat("ferry ", 5-i), "Text.", noon.Add(-time.Duration(5-i)*time.Hour))
		}
		for _, tc := range []struct {
			since time.Time
			limit int
			want  int
		}{
			{time.Time{}, 10, 5},
			{time.Time{}, 2, 2},
			{noon.Add(-2 * time.Hour), 10, 2},
			{noon.Add(-2 * time.Hour), 1, 1},
			{noon, 10, 0},
			{time.Time{}, 0, 0},
			{time.Time{}, -1, 0},
		} {
			hits, err := d.Search(t.Context(), "ferry", tc.since, tc.limit)
			d.must(err)
			if len(hits) != tc.want {
				t.Errorf("since %v, limit %d: %d hits, want %d", tc.since, tc.limit, len(hits), tc.want)
			}
			for i := 1; i < len(hits); i++ {
				if hits[i].Score > hits[i-1].Score {
					t.Errorf("since %v: hit %d is better than the one before", tc.since, i)
				}
			}
		}
	},
	"EventsAreFoundByAnyOfTheirArticles": func(t *testing.T, d *desk) { // M21
		ctx := t.Context()
		d.shelf()
		feed := d.feed("https://three.example/feed", "world")
		found, total, err := d.SearchEvents(ctx, "regatta", "", time.Time{}, 10, 0)
		d.must(err)
		if total != 1 {
			t.Fatalf("total %d, want 1", total)
		}
		second := d.condensed(d.waiting(feed), "Regatta ends in a storm", "The regatta was cut short by hail.", noon)
		_, _, err = d.Apply(ctx, second, summary(second), grow(found[0], second), events.Plan{})
		d.must(err)
		for _, tc := range []struct {
			words, topic  string
			since         time.Time
			limit, offset int
			want          []string
			total         int
		}{
			{"regatta", "", time.Time{}, 10, 0, []string{"Rowers win the regatta"}, 1},
			{"hail", "", time.Time{}, 10, 0, []string{"Rowers win the regatta"}, 1},
			{"regatta", "world", time.Time{}, 10, 0, nil, 0},
			{"regatta", "sport", time.Time{}, 10, 0, []string{"Rowers win the regatta"}, 1},
			{"earthquake mayor coast", "", time.Time{}, 10, 0, []string{"Earthquake shakes the northern coast"}, 1}, // all words
			{"earthquake regatta", "", time.Time{}, 2, 1, nil, 3},                                                   // any word: no article has both
			{"earthquake regatta", "", time.Time{}, 2, 3, nil, 3},
			{"earthquake", "", noon.Add(-90 * time.Minute), 10, 0, []string{"Earthquake shakes the northern coast"}, 1},
			{"地震", "", time.Time{}, 10, 0, []string{"東京で地震が発生"}, 1},
			{"\"(*", "", time.Time{}, 10, 0, nil, 0},
			{"earthquake", "", time.Time{}, -1, -1, nil, 2},
		} {
			got, total, err := d.SearchEvents(ctx, tc.words, tc.topic, tc.since, tc.limit, tc.offset)
			d.must(err)
			if total != tc.total {
				t.Errorf("%q, %q: total %d, want %d", tc.words, tc.topic, total, tc.total)
			}
			if want := max(0, min(tc.limit, tc.total-max(tc.offset, 0))); len(got) != want {
				t.Errorf("%q, limit %d, offset %d: %d events, want %d", tc.words, tc.limit, tc.offset, len(got), want)
			}
			if tc.want != nil {
				if diff := cmp.Diff(headlines(got), tc.want); diff != "" {
					t.Errorf("%q: got, want:\n%s", tc.words, diff)
				}
			}
		}
	},
	"WaitingArticlesAreNotFound": func(t *testing.T, d *desk) {
		d.waiting(d.feed("https://one.example/feed", "world"))
		if hits, err := d.Search(t.Context(), "item", time.Time{}, 10); err != nil || len(hits) != 0 {
			t.Errorf("got %v, %v; want nothing before it is condensed", hits, err)
		}
	},
}
