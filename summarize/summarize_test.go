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

func TestArticle_FillsBudgetOfWords(t *testing.T) {
	t.Parallel()
	a := news.Article{ID: 1, Lang: "en", Body: "The council of Halden closed two old bridges over the river Tista to lorries on Monday, with 40 metres of the bank torn away by a storm and 300 people unable to reach their homes."}
	full := summarize.New(summarize.Options{Words: 60}).Article(a).Facts
	short := summarize.New(summarize.Options{Words: 30}).Article(a).Facts
	if len(full) != 1 || len(short) != 1 || len(short[0].Text) >= len(full[0].Text) || len(strings.Fields(short[0].Text)) > 30 {
		t.Errorf("got %v within 60 words and %v within 30, want the same fact, shorter", full, short)
	}
}
