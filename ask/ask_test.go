package ask_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"newsdesk/ask"
	"newsdesk/news"

	"github.com/google/go-cmp/cmp"
)

// M22
func TestAnswer(t *testing.T) {
	t.Parallel()
	tests := []struct {
		question string
		short    string // the whole short answer, unless empty
		quote    string // stands in the first quotation
		first    news.ArticleID
	}{
		{"How many people died in the Velmora earthquake?", "11", "Velmora", 3},
		{"Who won the River Prize?", "Ana Ruiz", "Ana Ruiz won the River Prize", 8},
		{"What was the name of the book that won the River Prize?", "", "The Salt Road", 8},
		{"When was the Mill Bridge in Ulmar built?", "1963", "built in 1963", 5},
		{"Where was the Kestrel 2 satellite launched from?", "", "Sandholm", 6},
		{"How much did Tarn Rail pay for Copperline?", "840 million crowns", "840 million crowns", 4},
		{"Which company bought the ferry operator Copperline?", "Tarn Rail", "Tarn Rail", 4},
		{"Who is the mayor of Ulmar?", "Petra Lindqvist", "Petra Lindqvist", 5},
		{"How many troops does Aldova have in Brennen?", "2,500", "2,500 in Brennen", 7},
		{"How many troops does Aldova have in Karst?", "900", "900 troops in Karst", 7},
		{"Did the council of Ulmar vote to close the Mill Bridge?", "", "voted on Wednesday to close the Mill Bridge", 5},
		{"Why was the Mill Bridge in Ulmar closed?", "", "Mill Bridge", 5},
	}
	for _, tt := range tests {
		t.Run(tt.question, func(t *testing.T) {
			t.Parallel()
			a := answer(t, week, tt.question)
			if !a.Found || len(a.Quotes) == 0 {
				t.Fatalf("found %v, %d quotations, score %.2f; want an answer", a.Found, len(a.Quotes), a.Score)
			}
			if tt.short != "" && a.Short != tt.short {
				t.Errorf("short answer %q, want %q (quoted: %q)", a.Short, tt.short, texts(a))
			}
			if !strings.Contains(texts(a), tt.quote) {
				t.Errorf("quoted %q, want it to hold %q", texts(a), tt.quote)
			}
			if a.Quotes[0].Article != tt.first {
				t.Errorf("first quotation is of article %d, want %d", a.Quotes[0].Article, tt.first)
			}
		})
	}
}

// What no article tells is not answered, however close the articles come.
//
// M22
func TestAnswer_NothingFound(t *testing.T) {
	t.Parallel()
	for _, question := range []string{
		"Who won the Ulmar chess championship?",            // the place, not the matter
		"How many people died in the Ostrava flood?",       // a place named in passing
		"Who designed the new stadium in Marrowgate?",      // nothing at all
		"When will the Sandholm airport reopen?",           // the place, not the matter
		"Which singer cancelled her concert in Velmora?",   // the place, another matter
		"How much did Jonas Weller pay for his new yacht?", // the person, another fact
		"Did Petra Lindqvist marry her lawyer in Tolm?",    // the person, another fact
		"What did Ana Ruiz say about vaccines at the trial?",
		"Who was arrested for the bank robbery in Brennen?",
	} {
		t.Run(question, func(t *testing.T) {
			t.Parallel()
			a := answer(t, week, question)
			if a.Found || len(a.Quotes) > 0 || a.Short != "" {
				t.Errorf("found %v, short %q, score %.2f, quoted %q; want nothing", a.Found, a.Short, a.Score, texts(a))
			}
		})
	}
}

// A count that changes from report to report is that of the newest.
func TestAnswer_NewestCount(t *testing.T) {
	t.Parallel()
	for _, order := range [][]int{{0, 1, 2}, {2, 1, 0}, {1, 2, 0}} {
		var hits []ask.Hit
		for _, i := range order {
			hits = append(hits, week[i])
		}
		a := answer(t, newShelf(hits...), "How many people died in the Velmora earthquake?")
		if a.Short != "11" && a.Short != "Eleven" && a.Short != "eleven" {
			t.Errorf("order %v: short answer %q, want that of the newest report; quoted %q", order, a.Short, texts(a))
		}
		if !a.Found || a.Quotes[0].Outlet != "Courier" {
			t.Errorf("order %v: found %v, quoted %q; want the newest report first", order, a.Found, texts(a))
		}
	}
}

// Who is added to the dead is not all of them.
func TestAnswer_AddedIsNoTotal(t *testing.T) {
	t.Parallel()
	hit := week[0]
	hit.Title = "Two more die after fire in Tolm harbour"
	hit.Body = "Two more people have died after the fire in Tolm harbour, the hospital said on Tuesday, bringing the death toll to nine.\n\nThe fire broke out in a paint store on Sunday night and burned for eleven hours."
	a := answer(t, newShelf(hit), "How many people died in the fire in Tolm harbour?")
	if a.Short != "nine" {
		t.Errorf("short answer %q, want nine; quoted %q", a.Short, texts(a))
	}
}

// People are counted whole: a magnitude is no count.
func TestAnswer_DecimalIsNoCount(t *testing.T) {
	t.Parallel()
	a := answer(t, newShelf(week[0]), "How many people were injured in the Velmora earthquake?")
	if a.Short != "31" {
		t.Errorf("short answer %q, want 31; quoted %q", a.Short, texts(a))
	}
}

// A second quotation says something on the question that the first does not.
func TestAnswer_NoIdleQuotation(t *testing.T) {
	t.Parallel()
	a := answer(t, newShelf(week[0]), "How many people died in the Velmora earthquake?")
	if len(a.Quotes) != 1 {
		t.Errorf("%d quotations, want 1: %q", len(a.Quotes), texts(a))
	}
	for _, ix := range []shelf{week, newShelf(week[0], week[1]), newShelf(week[0], week[2])} {
		a := answer(t, ix, "How many people died in the Velmora earthquake?")
		if got := texts(a); strings.Contains(got, "Schools") || strings.Contains(got, "Windows") || strings.Contains(got, "ferries") {
			t.Errorf("quoted %q; want nothing on schools, windows and ferries", got)
		}
	}
}

func TestAnswer_CutsDateline(t *testing.T) {
	t.Parallel()
	a := answer(t, newShelf(week[0]), "What magnitude was the earthquake that struck the port city of Velmora?")
	if got := texts(a); !strings.Contains(got, "A magnitude 6.4 earthquake struck") || strings.Contains(got, "Wire") {
		t.Errorf("quoted %q; want it without its dateline", got)
	}
}

// Whatever is asked, quotations are taken word for word and stay within their
// bounds, and the same question gives the same answer.
//
// M22
func TestAnswer_Hostile(t *testing.T) {
	t.Parallel()
	questions := []string{
		"", " ", "?", "the", "who", "\x00", "\xff\xfe", "'; DROP TABLE articles; --", `" OR 1=1 --`,
		`title:velmora AND NEAR(earthquake, 5) OR "`, "velmora* ^earthquake -two", "((((((((", "{}[]<>|&;$`",
		"🌋🌋🌋 Velmora 👩‍👩‍👧‍👦?", "Землетрясение в Вельморе: сколько погибших?", "東京で地震が発生しましたか？", "كم عدد القتلى؟",
		strings.Repeat("Velmora earthquake ", 210), strings.Repeat("a", 4000), strings.Repeat("ж", 4000),
		"@everyone <@123> how many died in [Velmora](https://evil.example)?", "HOW MANY PEOPLE DIED IN THE VELMORA EARTHQUAKE",
		strings.Repeat("one two three four five six seven eight nine ten ", 80),
	}
	for _, question := range questions {
		first := answer(t, week, question)
		keepsPromises(t, week, first)
		if diff := cmp.Diff(first, answer(t, week, question)); diff != "" {
			t.Errorf("%.40q: a second answer differs:\n%s", question, diff)
		}
	}
	for _, question := range []string{"", " ", "?", "\x00", "🌋", "((((((((", "the who of"} {
		if a := answer(t, week, question); a.Found || a.Score != 0 || len(a.Docs) != 0 {
			t.Errorf("%q: found %v, score %v, %d articles; want nothing", question, a.Found, a.Score, len(a.Docs))
		}
	}
}

// reporter is what a test and a property have in common.
type reporter interface {
	Helper()
	Errorf(string, ...any)
}

// keepsPromises checks what holds for every answer.
func keepsPromises(t reporter, ix shelf, a ask.Answer) {
	t.Helper()
	total := 0
	for i, q := range a.Quotes {
		if i > 0 {
			total++
		}
		total += utf8.RuneCountInString(q.Text)
		k := slices.IndexFunc(ix, func(h ask.Hit) bool { return h.Article == q.Article })
		if k < 0 || !strings.Contains(ix[k].Body, q.Text) && !strings.Contains(ix[k].Title, q.Text) {
			t.Errorf("%.60q: the quotation %q does not stand in its article", a.Question, q.Text)
			continue
		}
		if h := ix[k]; q.Title != h.Title || q.Outlet != h.Outlet || q.URL != h.URL || !q.Published.Equal(h.Published) || q.Event != h.Event {
			t.Errorf("%.60q: the source %v is not that of article %d", a.Question, q, h.Article)
		}
		if strings.TrimSpace(q.Text) == "" {
			t.Errorf("%.60q: an empty quotation", a.Question)
		}
	}
	if len(a.Quotes) > 1 && total > 300 {
		t.Errorf("%.60q: the quotations have %d characters, want at most 300", a.Question, total)
	}
	if a.Score < 0 || a.Score > 1 || a.Score != a.Score {
		t.Errorf("%.60q: score %v, want 0 to 1", a.Question, a.Score)
	}
	if a.Found != (len(a.Quotes) > 0) {
		t.Errorf("%.60q: found %v with %d quotations", a.Question, a.Found, len(a.Quotes))
	}
	if a.Short != "" && !slices.ContainsFunc(a.Quotes, func(q ask.Quote) bool { return strings.Contains(q.Text, a.Short) }) {
		t.Errorf("%.60q: the short answer %q stands in no quotation", a.Question, a.Short)
	}
}

// The order in which an index returns articles of the same score changes
// nothing.
func TestAnswer_OrderOfHits(t *testing.T) {
	t.Parallel()
	turned := slices.Clone(week)
	slices.Reverse(turned)
	for _, question := range []string{"How many people died in the Velmora earthquake?", "Who won the River Prize?", "Which bridge did Ulmar close?"} {
		if diff := cmp.Diff(answer(t, week, question), answer(t, turned, question)); diff != "" {
			t.Errorf("%s\n%s", question, diff)
		}
	}
}

func TestAnswer_Since(t *testing.T) {
	t.Parallel()
	a, err := ask.New(week, ask.Options{}).Answer(t.Context(), "How many people died in the Velmora earthquake?", today, ago(10))
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range a.Docs {
		if d.Published.Before(ago(10)) {
			t.Errorf("article of %v, want none before %v", d.Published, ago(10))
		}
	}
}

func TestAnswer_Options(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		opts  ask.Options
		found bool
		docs  int
	}{
		{ask.Options{Docs: 2}, true, 2},
		{ask.Options{Hits: 1}, true, 1},
		{ask.Options{Threshold: 1}, false, len(week)},
	} {
		a, err := ask.New(week, tt.opts).Answer(t.Context(), "Who won the River Prize on Thursday, said the ministry of the city?", today, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		if len(a.Docs) > tt.docs || tt.opts.Threshold == 1 && a.Found {
			t.Errorf("%+v: found %v with %d articles, want %v with at most %d", tt.opts, a.Found, len(a.Docs), tt.found, tt.docs)
		}
	}
}

type broken struct{}

var errBroken = errors.New("disk on fire")

func (broken) Search(context.Context, string, time.Time, int) ([]ask.Hit, error) {
	return nil, errBroken
}

func TestAnswer_IndexFails(t *testing.T) {
	t.Parallel()
	a, err := ask.New(broken{}, ask.Options{}).Answer(t.Context(), "Who won the River Prize?", today, time.Time{})
	if !errors.Is(err, errBroken) || a.Found {
		t.Errorf("found %v, error %v; want %v", a.Found, err, errBroken)
	}
}

// Two numbers stand beside each other; the one that was asked for is told.
func TestAnswer_CountsWhatIsAsked(t *testing.T) {
	t.Parallel()
	for question, want := range map[string]string{
		"How many were killed in Sanem?":               "three",
		"How many people were killed in Sanem?":        "three",
		"How many died in the earthquake in Sanem?":    "three",
		"How many were injured in Sanem?":              "40",
		"How many homes in Sanem were without power?":  "12,000",
		"How many were evacuated from homes in Sanem?": "600",
	} {
		hit := week[0]
		hit.Title = "Earthquake shakes the port of Sanem"
		hit.Body = "An earthquake shook the port of Sanem on Thursday. At least three people were killed and 40 were injured in Sanem, civil defence said. " +
			"About 12,000 homes in Sanem were without power, and 600 were evacuated."
		shelf := newShelf(hit)
		if a := answer(t, shelf, question); a.Short != want {
			t.Errorf("%s %q, want %q", question, a.Short, want)
		}
	}
}

// The same where nobody says what is counted.
func TestAnswer_CountsByTheDeed(t *testing.T) {
	t.Parallel()
	hit := week[0]
	hit.Title = "Fire in the port of Sanem"
	hit.Body = "Fire broke out in the port of Sanem on Thursday. Police said that 140 were injured and 12 were killed in Sanem."
	for question, want := range map[string]string{"How many were killed in Sanem?": "12", "How many were injured in Sanem?": "140"} {
		if a := answer(t, newShelf(hit), question); a.Short != want {
			t.Errorf("%s %q, want %q", question, a.Short, want)
		}
	}
}
