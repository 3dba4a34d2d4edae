package events

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"newsdesk/news"
)

var noon = time.Date(2031, 5, 3, 12, 0, 0, 0, time.UTC)

func article(id int64, outlet, title string, at time.Time) news.Article {
	return news.Article{ID: news.ArticleID(id), Outlet: outlet, Title: title, Topic: "world", URL: fmt.Sprintf("https://%s.test/%d", outlet, id), Published: at}
}

func summary(headline string, id int64, facts ...string) news.Summary {
	s := news.Summary{Headline: headline}
	for _, f := range facts {
		s.Facts = append(s.Facts, news.Fact{Text: f, Article: news.ArticleID(id)})
	}
	return s
}

// bridge is an event that readers have seen, told by one outlet.
func bridge() news.Event {
	ch := Develop(news.Event{}, article(1, "ledger", "Bridge at Oskvale collapses, 3 hurt", noon), news.Summary{},
		summary("Bridge at Oskvale collapses, 3 hurt", 1, "Three people were hurt when a bridge collapsed at Oskvale, police said."), Decision{}, noon)
	ch.Event.ID = 7
	return ch.Event
}

// M8, M13, B1, B5
func TestDevelop(t *testing.T) {
	t.Parallel()
	later := noon.Add(time.Hour)
	known := news.Fact{Text: "Three people were hurt when a bridge collapsed at Oskvale, police said.", Article: 1}
	with := func(id int64, facts ...string) news.Summary {
		s := summary("Bridge collapse at Oskvale", id, facts...)
		s.Facts = append(s.Facts, known)
		return s
	}
	tests := []struct {
		name    string
		base    news.Event
		article news.Article
		merged  news.Summary
		d       Decision
		reason  Reason
		visible bool
		novel   []string
	}{
		{
			name: "second outlet in other words", base: bridge(), article: article(2, "post", "Oskvale bridge falls", later),
			merged: with(2, "A bridge collapsed at Oskvale and three people were injured, police said."), reason: ReasonCorroborated, visible: true,
		},
		{
			name: "second outlet with a copy", base: bridge(), article: article(2, "post", "Oskvale bridge falls", later), merged: with(2),
			d: Decision{Event: 7, DuplicateOf: 1}, reason: ReasonCopy,
		},
		{
			name: "the same outlet again", base: bridge(), article: article(2, "ledger", "Oskvale bridge falls", later),
			merged: with(2, "Three were hurt in the collapse of a bridge at Oskvale, police said."), reason: ReasonRepeats,
		},
		{
			name: "another number", base: bridge(), article: article(2, "ledger", "Oskvale bridge: 5 hurt", later),
			merged: with(2, "Five people were hurt when the bridge collapsed at Oskvale, police said."), reason: ReasonNewFacts, visible: true,
			novel: []string{"Five people were hurt when the bridge collapsed at Oskvale, police said."},
		},
		{
			name: "another day is no news", base: bridge(), article: article(2, "ledger", "Oskvale bridge falls", later),
			merged: with(2, "Three people were hurt when a bridge collapsed at Oskvale on 3 May 2031, police said on Saturday."), reason: ReasonRepeats,
		},
		{
			name: "something else", base: bridge(), article: article(2, "ledger", "Oskvale bridge was due for repair", later),
			merged: with(2, "Engineers had asked for repairs in a letter to the ministry last year."), reason: ReasonNewFacts, visible: true,
			novel: []string{"Engineers had asked for repairs in a letter to the ministry last year."},
		},
		{
			name: "an older article's fact is no news", base: bridge(), article: article(2, "ledger", "Oskvale bridge falls", later),
			merged: news.Summary{Facts: []news.Fact{known, {Text: "The river is 40 metres wide at this place.", Article: 1}}}, reason: ReasonRepeats,
		},
		{
			name: "quiet", base: bridge(), article: func() news.Article {
				a := article(2, "post", "Oskvale bridge", later)
				a.Quiet = true
				return a
			}(),
			merged: with(2, "Engineers had asked for repairs in a letter to the ministry last year."), reason: ReasonQuiet,
		},
		{
			name: "the step again", base: bridge(), article: article(1, "ledger", "Bridge at Oskvale collapses, 3 hurt", noon),
			merged: with(1, "Engineers had asked for repairs in a letter to the ministry last year."), reason: ReasonRepeats,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			ch := Develop(tt.base, tt.article, news.Summary{}, tt.merged, tt.d, later)
			if ch.Reason != tt.reason || ch.Visible != tt.visible {
				t.Errorf("got %s, visible %v; want %s, %v", ch.Reason, ch.Visible, tt.reason, tt.visible)
			}
			var novel []string
			for _, f := range ch.Novel {
				novel = append(novel, f.Text)
			}
			if diff := cmp.Diff(tt.novel, novel); diff != "" {
				t.Errorf("novel (-want +got):\n%s", diff)
			}
			wantRevision := tt.base.Revision
			if tt.visible {
				wantRevision++
			}
			if ch.Event.Revision != wantRevision || ch.Event.Version != tt.base.Version+1 {
				t.Errorf("revision %d version %d, want %d and %d", ch.Event.Revision, ch.Event.Version, wantRevision, tt.base.Version+1)
			}
		})
	}
}

func TestDevelop_Headline(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, before, proposed, fact, want string }{
		{"stays", "Bridge at Oskvale collapses", "Oskvale bridge falls", "Two lorries lie in the river.", "Bridge at Oskvale collapses"},
		{"a tease gives way", "Why did the bridge at Oskvale collapse?", "Rust brought down Oskvale bridge", "Two lorries lie in the river.", "Rust brought down Oskvale bridge"},
		{"not to another tease", "What to know about Oskvale", "Here's what we know", "Two lorries lie in the river.", "What to know about Oskvale"},
		{"a number that was overtaken", "Bridge collapse at Oskvale kills 3", "Bridge collapse at Oskvale kills 9", "The bridge collapse at Oskvale killed nine people.", "Bridge collapse at Oskvale kills 9"},
		{"nobody hurt, then some", "Bridge collapses at Oskvale, no deaths reported", "Two dead in Oskvale bridge collapse", "Two people died in the collapse.", "Two dead in Oskvale bridge collapse"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			base := bridge()
			base.Headline = tt.before
			ch := Develop(base, article(2, "post", "x", noon), news.Summary{}, summary(tt.proposed, 2, tt.fact), Decision{}, noon)
			if ch.Event.Headline != tt.want {
				t.Errorf("got %q, want %q", ch.Event.Headline, tt.want)
			}
		})
	}
}

// Whatever comes, an event keeps its bounds, every fact is cited, copies and
// quiet articles post nothing, and no channel gets two alerts.
func TestDevelop_Properties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		words := []string{"bridge", "collapse", "Oskvale", "three", "nine", "police", "lorry", "river", "12", "ministry", "no", "deaths", "said", "2031"}
		sentence := rapid.Custom(func(t *rapid.T) string {
			return strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 9).Draw(t, "words"), " ")
		})
		var ev news.Event
		var facts []news.Fact
		alerts := 0
		has := false
		for i := range rapid.IntRange(1, 60).Draw(t, "articles") {
			a := article(int64(i+1), rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "outlet"), sentence.Draw(t, "title"), noon.Add(time.Duration(i)*time.Minute))
			a.Quiet = rapid.Bool().Draw(t, "quiet")
			for range rapid.IntRange(0, 3).Draw(t, "facts") {
				facts = append([]news.Fact{{Text: sentence.Draw(t, "fact"), Article: a.ID}}, facts...)
			}
			d := Decision{Event: int64(ev.ID)}
			if i > 0 && rapid.Bool().Draw(t, "copy") {
				d.DuplicateOf = 1
			}
			ch := Develop(ev, a, news.Summary{}, news.Summary{Facts: facts, Headline: "h"}, d, noon.Add(time.Hour))
			posts := Route(ch, []Place{{Channel: news.Channel{ID: "c"}, Topics: []string{"world"}, Alerted: has}, {Channel: news.Channel{ID: "d"}, Topics: []string{"sport"}}}, noon).Posts
			if a.Quiet && (ch.Visible || len(posts) > 0) {
				t.Fatalf("a quiet article is shown: %+v", ch)
			}
			for _, p := range posts {
				if p.Kind == news.PostAlert {
					alerts++
					has = true
				}
				if p.Channel != "c" {
					t.Fatalf("post to %s", p.Channel)
				}
			}
			ev = ch.Event
			ev.ID = 7
			if len(ev.Sources) > MaxSources || len(ev.Facts) > MaxFacts {
				t.Fatalf("%d sources, %d facts", len(ev.Sources), len(ev.Facts))
			}
			for _, f := range ev.Facts {
				if ev.Citation(f.Article) == 0 {
					t.Fatalf("fact %q of article %d is not cited", f.Text, f.Article)
				}
			}
			news := ch.Reason == ReasonNewFacts || ch.Reason == ReasonCorrected || ch.Reason == ReasonDisputed
			if len(ch.Novel) > 0 != news && ch.Base.ID != 0 {
				t.Fatalf("reason %s with %d novel facts", ch.Reason, len(ch.Novel))
			}
		}
		if alerts > 1 {
			t.Fatalf("%d alerts", alerts)
		}
	})
}

// A story that goes on and on stays one alert with few updates. // M13
func TestDevelop_FortyArticles(t *testing.T) {
	t.Parallel()
	r := newReplay()
	alerts, edits := 0, 0
	for i := range 40 {
		body := fmt.Sprintf("A bridge collapsed at Oskvale on Saturday and %d people were hurt, police said. Spokesman %c%s spoke of matter %s to reporters.",
			3+i/10, 'A'+i%26, []string{"der", "mel", "tin", "vos"}[i%4], []string{"steel", "gravel", "timber", "toll booths", "lorries", "insurance"}[i%6])
		_, posts := r.article(news.Article{
			ID: news.ArticleID(i + 1), Topic: "world", Outlet: fmt.Sprintf("outlet %d", i%12), Title: "Bridge collapses at Oskvale",
			Body: body, Published: noon.Add(time.Duration(i) * 10 * time.Minute),
		})
		for _, p := range posts {
			switch p.Kind {
			case news.PostAlert:
				alerts++
			case news.PostEdit:
				edits++
			}
		}
	}
	if alerts != 1 || edits > 6 || edits < 3 {
		t.Errorf("%d alerts and %d edits, want 1 and 3 to 6\n%s", alerts, edits, r.out.String())
	}
}
