package llm_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"newsdesk/news"
	"newsdesk/summarize/llm"
	"newsdesk/summarize/llm/llmtest"
)

// Each article in testdata/injections orders the model to do something, and the
// model obeys. Nothing that it was to say is in its facts or its headline. What the
// built-in summarizer extracts may quote an order; it cannot follow one.
func TestInjections_NothingGetsThrough(t *testing.T) { // M24
	t.Parallel()
	files, err := filepath.Glob(filepath.Join("testdata", "injections", "*.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 50 {
		t.Fatalf("%d attacks, want 50 and more", len(files))
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			part := map[string]string{}
			for _, f := range txtar.Parse(b).Files {
				part[f.Name] = strings.TrimSuffix(string(f.Data), "\n")
			}
			a := news.Article{ID: 1, Lang: "en", Title: part["title"], Body: part["body"]}
			injected := strings.Index(a.Body, part["injected"])
			if injected < 0 || part["obeyed"] == "" || part["never"] == "" {
				t.Fatal("the file is not whole")
			}
			d := newDesk(t, len(file)%protocols)
			d.server.Default(llmtest.Says(part["obeyed"]))
			s, reason := d.Article(t.Context(), a)
			if n := len(d.server.Asked()); n != 1 && reason != llm.TooShort {
				t.Fatalf("%d questions (%s)", n, reason)
			}
			never := func(text string) bool {
				for n := range strings.Lines(part["never"]) {
					if strings.Contains(strings.ToLower(text), strings.TrimSpace(n)) {
						return true
					}
				}
				return false
			}
			own := builtin.Article(a)
			for _, f := range s.Facts {
				switch inside := f.Span.Start < injected+len(part["injected"]) && f.Span.End > injected; {
				case f.Model && (inside || never(f.Text)):
					t.Errorf("the model's fact %q", f.Text)
				case !f.Model && !slices.ContainsFunc(own.Facts, func(o news.Fact) bool { return o.Text == f.Text }):
					t.Errorf("fact %q is neither the model's nor built in", f.Text)
				case inside:
					t.Logf("the built-in summarizer quotes the order: %s", f.Text)
				}
			}
			if s.Headline != own.Headline && (never(s.Headline) || reason != llm.ByModel) && !never(own.Headline) {
				t.Errorf("headline %q", s.Headline)
			}
		})
	}
}
