package articles

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsdesk/news"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestExtract_Golden reads ugly pages and compares all that is made of them.
func TestExtract_Golden(t *testing.T) {
	t.Parallel()
	pages, err := filepath.Glob("testdata/*.html")
	if err != nil || len(pages) < 20 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	for _, path := range pages {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			body, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			p, err := Extract(body, "text/html", news.Item{}, "https://www.example.org/news/bridge-vote?ref=feed")
			got := show(p, err)
			golden := strings.TrimSuffix(path, ".html") + ".golden.txt"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(got, string(want)); diff != "" {
				t.Errorf("(-got +want)\n%s", diff)
			}
		})
	}
}

func show(p Page, err error) string {
	var b strings.Builder
	published, updated := "-", "-"
	if !p.Published.IsZero() {
		published = p.Published.Format(time.RFC3339)
	}
	if !p.Updated.IsZero() {
		updated = p.Updated.Format(time.RFC3339)
	}
	for _, f := range [][2]string{
		{"title", p.Title},
		{"byline", p.Byline},
		{"published", published},
		{"updated", updated},
		{"site", p.Site},
		{"lang", p.Lang},
		{"image", p.Image},
		{"canonical", p.Canonical},
		{"method", string(p.Method)},
		{"kind", string(p.Kind)},
	} {
		fmt.Fprintf(&b, "%s: %s\n", f[0], f[1])
	}
	fmt.Fprintf(&b, "error: %v\n\n%s\n", err, p.Text)
	return b.String()
}
