package summarize_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"newsdesk/news"
	"newsdesk/summarize"
	"newsdesk/verify"
)

// A toll that stands in a clause of a long sentence, and what a long sentence
// says before its reason, are statements of their own. // B1
func statements(a news.Article) []news.Fact {
	s := summarize.New(summarize.Default)
	r, _ := s.Read(a)
	return s.Statements(r)
}

func TestStatements(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		"Rescuers who walked for two hours over a blocked pass found five bodies in the village of Upper Tirna on Tuesday, raising the death toll from the Sarrat valley earthquake to seven, civil protection said.": "The death toll from the Sarrat valley earthquake is now seven, civil protection said.",
		"The body of an angler missing since Saturday was found on rocks near Gannet Bay on Sunday, bringing the number of people killed by Storm Odile to three.":                                                    "The number of people killed by Storm Odile is now three.",
		"Two more people died of their injuries overnight in the regional hospital of Ormela, bringing the toll to at least 11, the ministry said.":                                                                   "The toll is now at least 11, the ministry said.",
		"The death toll from the Sarrat valley earthquake has been revised down to 10 from 11 after officials found that one victim had been counted twice, the interior ministry said.":                              "The death toll from the Sarrat valley earthquake has been revised down to 10 from 11, the interior ministry said.",
	} {
		a := news.Article{ID: 7, Lang: "en", Body: body}
		got := statements(a)
		i := slices.IndexFunc(got, func(f news.Fact) bool { return f.Text == want })
		if i < 0 {
			t.Errorf("not among the statements: %q\n%+v", want, got)
			continue
		}
		if found := verify.New(a).Check(got[i]); !found.Supported() {
			t.Errorf("%q is not supported by its own sentence: %+v", want, found)
		}
	}
}

// No clause is cut that bears on whether a statement holds.
func TestStatements_KeepReserve(t *testing.T) {
	t.Parallel()
	body := "The harbour authority of Velmora will let the two largest ferries of the northern line leave again on Thursday morning after inspectors from the ministry have found no damage to their hulls and engines, it said."
	for _, f := range statements(news.Article{ID: 7, Lang: "en", Body: body}) {
		if !strings.Contains(f.Text, "no damage") {
			t.Errorf("the condition was cut: %q", f.Text)
		}
	}
}

// Whatever the text, statements keep their bounds and lie in it.
func TestStatements_Bounds(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		body := rapid.StringOfN(rapid.RuneFrom([]rune("ab Tor.,\"\n the after to 12 raising toll")), 0, 600, -1).Draw(t, "body")
		a := news.Article{ID: 1, Lang: "en", Body: body}
		got := statements(a)
		if len(got) > 16 {
			t.Fatalf("%d statements", len(got))
		}
		for _, f := range got {
			if n := utf8.RuneCountInString(f.Text); n > 160 || f.Span.Start < 0 || f.Span.End > len(body) || f.Span.Start > f.Span.End {
				t.Fatalf("%d characters, span %v: %q", n, f.Span, f.Text)
			}
		}
		summarize.NewLedger([]news.Article{a, {ID: 2, Lang: "en", Body: body}}).Compare(got)
	})
}

// Where a text was cut off, its last words are no fact, even where nothing else of it
// stands by itself.
func TestArticle_CutOffText(t *testing.T) {
	t.Parallel()
	body := "And they will not wait for long. But he knew it from the start. Taken together, these pieces of the puzzle of Halden – the ferries; the roads; the lawsuits that constrain the ma"
	for _, f := range summarize.New(summarize.Default).Article(news.Article{ID: 7, Lang: "en", Title: "What to make of Halden", Body: body}).Facts {
		if strings.Contains(f.Text, "constrain") {
			t.Errorf("told as a fact: %q", f.Text)
		}
	}
}
