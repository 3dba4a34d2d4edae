package events

import (
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"newsdesk/news"

	"github.com/google/go-cmp/cmp"
)

// typed reads filters as they are typed, those that exclude with a "-" in front.
func typed(t *testing.T, texts ...string) []news.Filter {
	t.Helper()
	var out []news.Filter
	for _, text := range texts {
		rest, exclude := strings.CutPrefix(text, "-")
		f, err := ParseFilter(rest)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		f.Exclude = exclude
		out = append(out, f)
	}
	return out
}

// ferry is an event that two outlets report in two languages.
func ferry() news.Event {
	return news.Event{
		ID: 3, Revision: 1, Topic: "middle-east", Headline: "Ferry Úrsula sinks off Łeba, 3 hurt", Class: news.ClassMajor,
		Facts: []news.Fact{{Text: "The ferry's owner said 1,200 people were on board."}, {Text: "渡し船が東京湾で沈没した。"}},
		Who:   []string{"Coast guard"}, Where: []string{"Łeba", "Poland"},
		Sources: []news.Source{
			{Article: 1, Outlet: "The Daily Ledger", Title: "Live: ferry sinks", URL: "https://www.ledger.example/ferry", Lang: "en"},
			{Article: 2, Outlet: "Kurier", Title: "Fähre gesunken", URL: "https://kurier.example/1", Lang: "de", Publisher: news.Publisher{Country: "AT"}},
		},
	}
}

// M11
func TestRoute_Filters(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		filters []string
		by      string // "" where the event is posted
	}{
		{name: "none"},
		{name: "a word", filters: []string{"-ferry"}, by: "exclude: ferry"},
		{name: "case", filters: []string{"-FERRY"}, by: "exclude: FERRY"},
		{name: "accents in the text", filters: []string{"-ursula"}, by: "exclude: ursula"},
		{name: "accents in the filter", filters: []string{"-férry"}, by: "exclude: férry"},
		{name: "letters with strokes", filters: []string{"-leba"}, by: "exclude: leba"},
		{name: "whole words only", filters: []string{"-fer", "-erry", "-sink"}},
		{name: "a beginning", filters: []string{"-sink*"}, by: "exclude: sink*"},
		{name: "possessive", filters: []string{"-ferry owner"}, by: "exclude: ferry owner"},
		{name: "a phrase", filters: []string{"-coast guard"}, by: "exclude: coast guard"},
		{name: "a phrase in another order", filters: []string{"-guard coast"}},
		{name: "a phrase over two lines", filters: []string{"-hurt the ferry"}},
		{name: "a number", filters: []string{"-1200 people"}, by: "exclude: 1200 people"},
		{name: "a source's title", filters: []string{"-fahre"}, by: "exclude: fahre"},
		{name: "a script without blanks", filters: []string{"-東京"}, by: "exclude: 東京"},
		{name: "the first that excludes is named", filters: []string{"-storm", "-poland", "-ferry"}, by: "exclude: poland"},
		{name: "include", filters: []string{"ferry"}},
		{name: "one of the included is enough", filters: []string{"storm", "ferry"}},
		{name: "none included", filters: []string{"storm", "flood"}, by: "include: storm, flood"},
		{name: "many that were included", filters: []string{"a1", "b1", "c1", "d1"}, by: "include: a1, b1, c1, …"},
		{name: "exclude wins", filters: []string{"ferry", "-poland"}, by: "exclude: poland"},
		{name: "pattern", filters: []string{`-/\bsink(s|ing)\b/`}, by: `exclude: /\bsink(s|ing)\b/`},
		{name: "pattern at the begin of a title", filters: []string{"-/^live:/"}, by: "exclude: /^live:/"},
		{name: "pattern that minds case", filters: []string{"-/(?-i)FERRY/"}},
		{name: "pattern or word", filters: []string{"/storm/", "ferry"}},
		{name: "pattern included", filters: []string{"/storm|flood/"}, by: "include: /storm|flood/"},
		{name: "topic", filters: []string{"-topic:Middle East"}, by: "exclude: topic:Middle East"},
		{name: "another topic", filters: []string{"topic:sports"}, by: "include: topic:sports"},
		{name: "topics of which one fits", filters: []string{"topic:sports", "topic:middle-east"}},
		{name: "an outlet of several leaves the event", filters: []string{"-outlet:Kurier"}},
		{name: "all outlets", filters: []string{"-outlet:Kurier", "-outlet:daily ledger"}, by: "exclude: outlet:Kurier"},
		{name: "an outlet by its site", filters: []string{"-outlet:ledger.example", "-outlet:kurier"}, by: "exclude: outlet:kurier"},
		{name: "a site is no part of a site", filters: []string{"outlet:edger.example"}, by: "include: outlet:edger.example"},
		{name: "an outlet wanted", filters: []string{"outlet:Kurier"}},
		{name: "a feed is an outlet", filters: []string{"feed:El Faro"}, by: "include: outlet:El Faro"},
		{name: "and so is a source", filters: []string{"source:Kurier"}},
		{name: "what looks like a feed, and is quoted", filters: []string{`"feed:Kurier"`}, by: "include: \"feed:Kurier\""},
		{name: "an outlet that is not there", filters: []string{"outlet:El Faro"}, by: "include: outlet:El Faro"},
		{name: "language", filters: []string{"language:DE"}},
		{name: "another language", filters: []string{"language:fr"}, by: "include: language:fr"},
		{name: "country", filters: []string{"country:at"}},
		{name: "another country", filters: []string{"country:FR"}, by: "include: country:FR"},
		{name: "a country left out", filters: []string{"-country:AT", "outlet:kurier"}, by: "exclude: country:AT"},
		{name: "a source must pass both", filters: []string{"language:de", "outlet:ledger"}, by: "include: outlet:ledger"},
		{name: "a source is left", filters: []string{"-language:en", "outlet:kurier"}},
		{name: "none is left", filters: []string{"-language:de", "outlet:kurier"}, by: "exclude: language:de"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := spot("c", "middle-east", false)
			p.Filters = typed(t, tt.filters...)
			ch := Change{Event: ferry(), Visible: true, Reason: ReasonNew}
			plan := Route(ch, []Place{p}, noon)
			want := news.Verdict{At: noon, Event: 3, Channel: "c", Outcome: news.OutcomePosted}
			if tt.by != "" {
				want.Outcome, want.Detail = news.OutcomeFiltered, tt.by
			}
			if diff := cmp.Diff([]news.Verdict{want}, plan.Verdicts); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if posts := len(plan.Posts); posts != 1 && tt.by == "" || posts != 0 && tt.by != "" {
				t.Errorf("%d posts", posts)
			}
			p.Alerted = true
			if got := Route(ch, []Place{p}, noon).Verdicts[0].Outcome; got != news.OutcomeUpdated {
				t.Errorf("what stands in the channel is %s, want it kept up to date", got)
			}
			p.Alerted, p.Compiled = false, NewFilters(p.Filters)
			want.At = ferry().First
			if diff := cmp.Diff([]news.Verdict{want}, Rehearse([]Course{{Now: ferry(), Began: ferry()}}, p)); diff != "" {
				t.Errorf("rehearsed (-want +got):\n%s", diff)
			}
		})
	}
}

func TestParseFilter(t *testing.T) {
	t.Parallel()
	tests := []struct {
		in   string
		want news.Filter
		err  error
	}{
		{in: "  horo\tscope ", want: news.Filter{Kind: news.FilterWords, Text: "horo scope"}},
		{in: `"topic: sports"`, want: news.Filter{Kind: news.FilterWords, Text: "topic: sports"}},
		{in: `"/a/"`, want: news.Filter{Kind: news.FilterWords, Text: "/a/"}},
		{in: "importance:major", err: ErrFilterImportance},
		{in: "mission: impossible", want: news.Filter{Kind: news.FilterWords, Text: "mission: impossible"}},
		{in: "Outlet: Daily Ledger", want: news.Filter{Kind: news.FilterOutlet, Text: "Daily Ledger"}},
		{in: "topic:sports", want: news.Filter{Kind: news.FilterTopic, Text: "sports"}},
		{in: "lang:EN", want: news.Filter{Kind: news.FilterLanguage, Text: "en"}},
		{in: "language:eng", want: news.Filter{Kind: news.FilterLanguage, Text: "en"}},
		{in: "language:klingon", err: ErrFilterLanguage},
		{in: "language:tlh", err: ErrFilterLanguage},
		{in: "country:gb", want: news.Filter{Kind: news.FilterCountry, Text: "GB"}},
		{in: "country:FRA", want: news.Filter{Kind: news.FilterCountry, Text: "FR"}},
		{in: "country:Atlantis", err: ErrFilterCountry},
		{in: "country:150", err: ErrFilterCountry},
		{in: "/a b|c/", want: news.Filter{Kind: news.FilterPattern, Text: "a b|c"}},
		{in: "/", err: ErrFilterEmpty},
		{in: "//", err: ErrFilterEmpty},
		{in: "/(/", err: ErrFilterPattern},
		{in: `/\1/`, err: ErrFilterPattern},
		{in: "/(.{1,300}x){3}/", err: ErrFilterCostly},
		{in: "/(((x{30}){30}){30}){30}/", err: ErrFilterPattern},
		{in: "", err: ErrFilterEmpty},
		{in: " * ", err: ErrFilterEmpty},
		{in: "outlet:", err: ErrFilterEmpty},
		{in: strings.Repeat("é", 91), err: ErrFilterLong},
		{in: strings.Repeat("é", 90), want: news.Filter{Kind: news.FilterWords, Text: strings.Repeat("é", 90)}},
	}
	for _, tt := range tests {
		got, err := ParseFilter(tt.in)
		if again, _ := ParseFilter(got.Typed()); err == nil && again != got {
			t.Errorf("%q is shown as %q, which is read as %+v", tt.in, got.Typed(), again)
		}
		if !errors.Is(err, tt.err) || tt.err == nil && err != nil {
			t.Errorf("%q: error %v, want %v", tt.in, err, tt.err)
		}
		if tt.err == nil && got != tt.want {
			t.Errorf("%q: %+v, want %+v", tt.in, got, tt.want)
		}
	}
}

// FuzzParseFilter checks that what is read is bounded, is read again from what
// it is shown as, and can be asked of any event.
func FuzzParseFilter(f *testing.F) {
	for _, s := range []string{"horoscope", "/a|b/", "outlet:x y", `"`, "topic:\x00", "language:de", "/(?s).*/", "東京*", "/(x{1,90}){5}/"} {
		f.Add(s, "Some text 東京")
	}
	f.Fuzz(func(t *testing.T, text, headline string) {
		got, err := ParseFilter(text)
		if err != nil {
			return
		}
		if n := utf8.RuneCountInString(got.Text); n == 0 || n > MaxFilterText {
			t.Fatalf("%q has %d characters", got.Text, n)
		}
		if again, err := ParseFilter(got.Typed()); got.Kind != news.FilterWords && (err != nil || again != got) {
			t.Fatalf("%q is shown as %q, and read as %+v, %v", text, got.Typed(), again, err)
		}
		e := ferry()
		e.Headline = headline
		for _, got.Exclude = range []bool{false, true} {
			p := spot("c", e.Topic, false)
			p.Filters = []news.Filter{got}
			Route(Change{Event: e, Visible: true}, []Place{p}, time.Time{})
		}
	})
}

func BenchmarkFilters(b *testing.B) {
	b.ReportAllocs()
	e := ferry()
	for range 30 {
		e.Sources = append(e.Sources, news.Source{Outlet: "Echo", Title: strings.Repeat("aaaaaaaaab ", 12), Lang: "en"})
	}
	p := spot("c", e.Topic, false)
	for range MaxPatterns { // the costliest that are taken
		p.Filters = append(p.Filters, news.Filter{Exclude: true, Kind: news.FilterPattern, Text: "(a|a?){20}(a|b){12}x"})
	}
	if _, err := ParseFilter(p.Filters[0].Typed()); err != nil {
		b.Fatal(err)
	}
	p.Compiled = NewFilters(p.Filters)
	for b.Loop() {
		Rehearse([]Course{{e, e}}, p)
	}
}

// B11
func TestRehearse_BeginningCounts(t *testing.T) {
	t.Parallel()
	now := ferry()
	c := Begun(now, news.Summary{Article: 2, Headline: "Fähre gesunken"})
	tests := []struct {
		name    string
		filters []string
		least   news.Class
		want    string
	}{
		{name: "kept out only later", filters: []string{"-ferry"}, want: "posted "},
		{name: "let in only later", filters: []string{"ferry"}, want: "posted "},
		{name: "kept out from the first", filters: []string{"-fahre"}, want: "filtered exclude: fahre"},
		{name: "important only later", least: news.ClassMajor, want: "posted "},
		{name: "never important enough", least: news.ClassBreaking, want: "below breaking"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := spot("c", "middle-east", false)
			p.Filters, p.Least = typed(t, tt.filters...), tt.least
			v := Rehearse([]Course{c}, p)
			if got := string(v[0].Outcome) + " " + v[0].Detail; got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
	p := spot("c", "sports", false)
	if v := Rehearse([]Course{c}, p); len(v) != 0 {
		t.Errorf("of a topic that the channel does not follow: %v", v)
	}
}
