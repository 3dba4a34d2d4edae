package events

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"newsdesk/news"
)

// told is an event told by one article each of the owners named, minutes apart,
// each from a country of its own.
func told(headline string, owners ...string) news.Event {
	e := news.Event{ID: 7, Revision: 1, Topic: "world", Headline: headline}
	for i, o := range owners {
		e.Sources = append(e.Sources, news.Source{
			Article: news.ArticleID(i + 1), Outlet: o + " daily", Title: headline, Published: noon.Add(time.Duration(i+1) * time.Minute),
			Publisher: news.Publisher{Owner: o, Country: strings.ToUpper(o[:1]) + "X"},
		})
	}
	return e
}

func terms(list []news.Term) map[string]float64 {
	out := map[string]float64{}
	for _, t := range list {
		name, _, _ := strings.Cut(t.Name, ":")
		out[name] = t.Gives
	}
	return out
}

// B5, B6, B7: what each term counts.
func TestWeigh(t *testing.T) {
	t.Parallel()
	const plain = "Council votes on heating for the pool"
	with := func(e news.Event, change func(*news.Event)) news.Event {
		change(&e)
		return e
	}
	for _, tt := range []struct {
		name  string
		event news.Event
		want  map[string]float64
	}{
		{"one owner says nothing by being there", told(plain, "a"), map[string]float64{}},
		{"two owners, two countries, at once", told(plain, "a", "b"), map[string]float64{TermOwners: 0.13, TermCountries: 0.04, TermEarly: 0.04}},
		{"two outlets of one owner", with(told(plain, "a", "b"), func(e *news.Event) { e.Sources[1].Publisher = e.Sources[0].Publisher }), map[string]float64{TermFurther: 0.02}},
		{"a copy of an agency's text", with(told(plain, "a", "b"), func(e *news.Event) { e.Sources[1].CopyOf = 1 }), map[string]float64{}},
		{"opinion is no report", with(told(plain, "a", "b", "c"), func(e *news.Event) { e.Sources[2].Title = "Opinion: " + plain }), map[string]float64{TermOwners: 0.13, TermCountries: 0.04, TermEarly: 0.04}},
		{"a day later", with(told(plain, "a", "b"), func(e *news.Event) { e.Sources[1].Published = noon.Add(25 * time.Hour) }), map[string]float64{TermOwners: 0.13, TermCountries: 0.04}},
		{"only the day known", with(told(plain, "a", "b"), func(e *news.Event) {
			e.Sources[0].Published, e.Sources[1].Published = noon.Add(-12*time.Hour), noon.Add(-12*time.Hour)
		}), map[string]float64{TermOwners: 0.13, TermCountries: 0.04}},
		{"grave words and the dead", told("Earthquake kills ten in Oskvale", "a"), map[string]float64{TermGrave: 0.16, TermDead: 0.09}},
		{"in sports they are said of the game", with(told("Rovers' attack collapses", "a"), func(e *news.Event) { e.Topic = "sports" }), map[string]float64{TermPlay: 0.037}},
		{"beside harmless words they are none", told("War film wins in Oskvale museum row", "a"), map[string]float64{}},
		{"the hurt", told("Ferry hits pier, 20 injured", "a"), map[string]float64{TermGrave: 0.06, TermHarmed: 0.035}},
		{"money", told("Castell buys Brannoch for $4.1 billion", "a"), map[string]float64{TermMoney: 0.032}},
		{"an earlier disaster is not this one", with(told(plain, "a"), func(e *news.Event) {
			e.Facts = []news.Fact{{Text: "A fire killed 30 people at the pool in 1985."}}
		}), map[string]float64{}},
		{"a roundup", told("Five things to know today: war, quake", "a"), map[string]float64{TermGrave: 0.16, TermRoundup: -0.5}},
		{"talk", told("Live updates: storm nears the coast", "a"), map[string]float64{TermGrave: 0.06, TermTalk: -0.15}},
	} {
		weight, list := weigh(tt.event)
		if diff := cmp.Diff(tt.want, terms(list)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
		sum := 0.0
		for _, term := range list {
			sum += term.Gives
		}
		if want := min(1, max(0, sum)); math.Abs(weight-want) > weightStep {
			t.Errorf("%s: weight %v, its terms make %v", tt.name, weight, want)
		}
	}
}

// The bounds of all terms that add make 1.
func TestWeigh_TermsAreBounded(t *testing.T) {
	t.Parallel()
	e := told("Quake and tsunami: 1,000,000 killed, 1,000,000 injured, $900 billion lost", strings.Split("abcdefghijklmnopqrst", "")...)
	for i := range 30 {
		s := e.Sources[i%20]
		s.Article += 100
		e.Sources = append(e.Sources, s)
	}
	if weight, list := weigh(e); weight != 1 {
		t.Errorf("all there can be weighs %v, want 1: %v", weight, list)
	}
}

func TestWeigh_NeverLessByAnotherOwner(t *testing.T) { // B5
	t.Parallel()
	titles := []string{"Earthquake kills ten", "Council votes on pool", "Rovers win", "Opinion: the pool", "Live updates: storm", "Storm nears"}
	rapid.Check(t, func(t *rapid.T) {
		var owners []string
		for i := range rapid.IntRange(1, 12).Draw(t, "owners") {
			owners = append(owners, fmt.Sprintf("%c%d", 'a'+i, i))
		}
		e := told(rapid.SampledFrom(titles).Draw(t, "headline"), owners...)
		for i := range e.Sources {
			e.Sources[i].Published = noon.Add(time.Duration(rapid.IntRange(1, 3000).Draw(t, "minute")) * time.Minute)
		}
		before := e
		before.Sources = e.Sources[:len(e.Sources)-1]
		if len(before.Sources) == 0 {
			return
		}
		was, _ := weigh(before)
		// Its report came later: one that is found to have come first may say that
		// the others were not quick after all.
		e.Sources[len(e.Sources)-1].Published = noon.Add(4000 * time.Minute)
		is, list := weigh(e)
		if is < was || is < 0 || is > 1 {
			t.Fatalf("weighs %v with another owner, %v before", is, was)
		}
		if !slices.IsSortedFunc(list, func(a, b news.Term) int { return int(1000 * (b.Gives - a.Gives)) }) {
			t.Fatalf("not the largest first: %v", list)
		}
	})
}

func TestMoney(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]float64{
		"Castell pays $4.1 billion for Brannoch":     4.1,
		"A loss of €3bn":                             3,
		"US announces $1.2bnToyota settlement":       0, // run together
		"A plan of 1.5 trillion yen":                 1500,
		"An 800-billion-dollar plan":                 800,
		"8 billion people live on Earth":             0,
		"A $40 million grant":                        0,
		"$250,000 and 12 billion stars":              0,
		"It fell from $2 billion to $900 million":    2,
		"The company is worth $0.05 billion":         0,
		"Between 3 billion and 4 billion US dollars": 4,
	} {
		if got := money(text); got != want {
			t.Errorf("money(%q) = %v, want %v", text, got, want)
		}
	}
}

// B5, M12: classes rise at once and fall only well below.
func TestRank_Class(t *testing.T) {
	t.Parallel()
	bars := Bars{Major: 0.30, Breaking: 0.50}
	for _, tt := range []struct {
		name   string
		weight float64
		was    news.Class
		owners int
		want   news.Class
	}{
		{"below", 0.29, "", 2, news.ClassNormal},
		{"at the bar", 0.30, news.ClassNormal, 1, news.ClassMajor},
		{"straight to breaking", 0.50, news.ClassNormal, 2, news.ClassBreaking},
		{"breaking takes a second owner", 0.70, news.ClassNormal, 1, news.ClassMajor},
		{"a little below keeps it", 0.44, news.ClassBreaking, 2, news.ClassBreaking},
		{"well below loses it", 0.41, news.ClassBreaking, 2, news.ClassMajor},
		{"major keeps it", 0.23, news.ClassMajor, 1, news.ClassMajor},
		{"major loses it", 0.21, news.ClassMajor, 1, news.ClassNormal},
		{"breaking falls to major, which it would not reach", 0.23, news.ClassBreaking, 2, news.ClassMajor},
	} {
		if got := classOf(tt.weight, tt.was, bars, tt.owners); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

// B1, B5: a second owner raises the class although it says nothing new; readers
// see it. What they have seen is never taken back.
func TestRank_RaisesWhatReadersSee(t *testing.T) {
	t.Parallel()
	const headline = "Earthquake kills ten in Oskvale"
	bars := Bars{Major: 0.20, Breaking: 0.40}
	base := told(headline, "a")
	base.Class = news.ClassMajor
	base.Facts = []news.Fact{{Text: "Ten people died.", Article: 1, New: true}}
	change := func(from, to news.Event) Change {
		to.Version++
		return Change{Base: from, Event: to, Reason: ReasonRepeats}
	}
	next := told(headline, "a", "b")
	next.Class, next.Facts = base.Class, base.Facts

	got := Rank(change(base, next), bars)
	if !got.Visible || got.Reason != ReasonRaised || got.Event.Class != news.ClassBreaking || got.Event.Revision != 2 {
		t.Errorf("a second owner: visible %v, %s, %s, revision %d", got.Visible, got.Reason, got.Event.Class, got.Event.Revision)
	}
	if got.Event.Facts[0].New || !base.Facts[0].New {
		t.Error("a fact that is known is marked as new, or the base was changed")
	}
	if bar := got.Event.Terms[len(got.Event.Terms)-1]; bar.Name != TermBar+"breaking" || bar.Value != 0.40 || bar.Gives != 0 {
		t.Errorf("the last term is %+v, want the bar", bar)
	}

	copied := next
	copied.Sources = slices.Clone(next.Sources)
	copied.Sources[1].CopyOf = 1
	if got := Rank(change(base, copied), bars); got.Visible || got.Event.Class != news.ClassMajor || got.Event.Revision != 1 {
		t.Errorf("a copy: visible %v, %s, revision %d", got.Visible, got.Event.Class, got.Event.Revision)
	}
	quiet := change(base, next)
	quiet.Quiet, quiet.Reason = true, ReasonQuiet
	if got := Rank(quiet, bars); got.Visible || got.Event.Class != news.ClassMajor {
		t.Errorf("a quiet article: visible %v, %s", got.Visible, got.Event.Class)
	}
	breaking := next
	breaking.Class = news.ClassBreaking
	if got := Rank(change(breaking, next), Bars{Major: 0.9, Breaking: 0.95}); got.Event.Class != news.ClassBreaking || got.Visible {
		t.Errorf("higher bars: %s, visible %v; want what readers have seen", got.Event.Class, got.Visible)
	}
	unseen := breaking
	unseen.Revision = 0
	if got := Rank(change(unseen, unseen), Bars{Major: 0.9, Breaking: 0.95}); got.Event.Class != news.ClassNormal {
		t.Errorf("higher bars, never seen: %s, want normal", got.Event.Class)
	}
	facts := change(base, next)
	facts.Visible, facts.Reason, facts.Event.Revision = true, ReasonNewFacts, 2
	if got := Rank(facts, bars); got.Reason != ReasonNewFacts || got.Event.Revision != 2 || got.Event.Class != news.ClassBreaking {
		t.Errorf("with new facts: %s, revision %d, %s", got.Reason, got.Event.Revision, got.Event.Class)
	}
}

// M12: no more than about one event a day is breaking, and five major, however
// many there are.
func TestBarsFor(t *testing.T) {
	t.Parallel()
	if got := BarsFor(nil, 0); got != DefaultBars() {
		t.Errorf("without a past: %+v", got)
	}
	if got := BarsFor(make([]float64, 5000), 7*24*time.Hour); got != leastBars {
		t.Errorf("a week in which nothing weighed anything: %+v", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		weights := rapid.SliceOf(rapid.Map(rapid.IntRange(0, 1000), func(n int) float64 { return float64(n) / 1000 })).Draw(t, "weights")
		days := rapid.IntRange(0, 7).Draw(t, "days")
		bars := BarsFor(weights, time.Duration(days)*24*time.Hour)
		major, breaking := 0, 0
		for _, w := range weights {
			if w >= bars.Major {
				major++
			}
			if w >= bars.Breaking {
				breaking++
			}
		}
		if most := 5*max(1, days) + spare; major > most {
			t.Fatalf("%d major in %d days, want at most %d", major, days, most)
		}
		if most := max(1, days) + spare; breaking > most {
			t.Fatalf("%d breaking in %d days, want at most %d", breaking, days, most)
		}
		if bars.Breaking < bars.Major || bars.Major < leastBars.Major || bars.Breaking < leastBars.Breaking {
			t.Fatalf("bars %+v", bars)
		}
	})
}

func FuzzWeigh(f *testing.F) {
	f.Add("Earthquake kills 10, $4bn", "Opinion: x", "A fact of 1,000,000,000,000 dead")
	f.Fuzz(func(t *testing.T, headline, title, fact string) {
		e := told(headline, "a", "b")
		e.Sources[1].Title, e.Facts = title, []news.Fact{{Text: fact}}
		weight, list := weigh(e)
		if weight < 0 || weight > 1 || math.IsNaN(weight) {
			t.Errorf("weight %v", weight)
		}
		for _, term := range list {
			if math.IsNaN(term.Gives) || math.IsInf(term.Value, 0) || len(term.Name) > 200 {
				t.Errorf("term %+v", term)
			}
		}
	})
}
