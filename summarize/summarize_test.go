package summarize_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"newsdesk/news"
	"newsdesk/summarize"
)

var update = flag.Bool("update", false, "rewrite the golden sections")

// section returns a section of an archive without its last line break.
func section(a *txtar.Archive, name string) string {
	for _, f := range a.Files {
		if f.Name == name {
			return strings.TrimRight(string(f.Data), "\n")
		}
	}
	return ""
}

func readArticle(t *testing.T, a *txtar.Archive) news.Article {
	t.Helper()
	out := news.Article{ID: 7, Title: section(a, "title"), Lang: section(a, "lang"), Outlet: "Example News", Body: section(a, "body")}
	if p := section(a, "published"); p != "" {
		at, err := time.Parse(time.RFC3339, p)
		if err != nil {
			t.Fatal(err)
		}
		out.Published = at
	}
	return out
}

func render(s news.Summary) string {
	var b strings.Builder
	fmt.Fprintf(&b, "headline: %s\n", s.Headline)
	for _, f := range s.Facts {
		fmt.Fprintf(&b, "fact %d: %s\n", f.Sentence, f.Text)
	}
	fmt.Fprintf(&b, "who: %s\nwhere: %s\nwhen: %s\n", strings.Join(s.Who, " | "), strings.Join(s.Where, " | "), s.When.Format(time.DateOnly))
	return b.String()
}

// M9: headline, three to five facts of at most 160 characters, each cited.
// M10: made without any language model.
func TestArticle_Golden(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("testdata/articles/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no golden articles: %v", err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			a, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			got := render(summarize.New(summarize.Default).Article(readArticle(t, a)))
			if *update {
				for i := range a.Files {
					if a.Files[i].Name == "want" {
						a.Files[i].Data = []byte(got)
					}
				}
				if err := os.WriteFile(path, txtar.Format(a), 0o600); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(got, section(a, "want")+"\n"); diff != "" {
				t.Errorf("summary (-got +want):\n%s", diff)
			}
		})
	}
}

// Two facts of eight words say more within 16 words than one of twelve.
func TestArticle_PacksWords(t *testing.T) {
	t.Parallel()
	a := news.Article{ID: 1, Lang: "en", Body: "The council of Halden closed two bridges there. " +
		"Engineers found cracks in both bridges on a cold Monday in early March. Halden then sent every lorry over Tista."}
	facts := summarize.New(summarize.Options{Words: 16}).Article(a).Facts
	words := 0
	for _, f := range facts {
		words += len(strings.Fields(f.Text))
	}
	if len(facts) != 2 || words > 16 {
		t.Errorf("got %v, want two facts within 16 words", facts)
	}
}

// A fact is cut and marked rather than that an article has none.
func TestArticle_HasAFact(t *testing.T) {
	t.Parallel()
	long := "Even as the council of Halden says that all bridges are safe" + strings.Repeat(", and that the river Tista is calm", 20) + "."
	facts := summarize.New(summarize.Options{Words: 20}).Article(news.Article{ID: 1, Lang: "en", Body: long}).Facts
	if len(facts) != 1 || !strings.HasSuffix(facts[0].Text, "…") || len(strings.Fields(facts[0].Text)) > 20 {
		t.Errorf("got %v, want one fact that is marked as cut", facts)
	}
}

// Captions and posts on a page are no facts.
func TestArticle_LeavesCaptionsOut(t *testing.T) {
	t.Parallel()
	for _, caption := range []string{
		"Two men look at a bridge over the river in Halden. (Ida Moe/Example Post)",
		"REUTERS Two men look at a bridge over the river in Halden.",
		"Nov. 9, 2016 Two men look at a bridge over the river in Halden.",
	} {
		a := news.Article{ID: 1, Lang: "en", Body: caption + " The council of Halden closed two bridges on Monday.\n\nLorries go over the Tista now, said the council of Halden."}
		for _, f := range summarize.New(summarize.Options{}).Article(a).Facts {
			if strings.Contains(f.Text, "Two men") {
				t.Errorf("%q became a fact", f.Text)
			}
		}
	}
}

func TestArticle_FillsBudgetOfWords(t *testing.T) {
	t.Parallel()
	a := news.Article{ID: 1, Lang: "en", Body: "The council of Halden closed two old bridges over the river Tista to lorries on Monday, with 40 metres of the bank torn away by a storm and 300 people unable to reach their homes."}
	full := summarize.New(summarize.Options{Words: 60}).Article(a).Facts
	short := summarize.New(summarize.Options{Words: 30}).Article(a).Facts
	if len(full) != 1 || len(short) != 1 || len(short[0].Text) >= len(full[0].Text) || len(strings.Fields(short[0].Text)) > 30 {
		t.Errorf("got %v within 60 words and %v within 30, want the same fact, shorter", full, short)
	}
}
