package summarize_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"newsdesk/news"
	"newsdesk/summarize"
)

// fire are three reports of one happening and a copy of the first.
func fire() []news.Article {
	at := time.Date(2025, 3, 4, 9, 0, 0, 0, time.UTC)
	bodies := []string{
		"Three people died in a fire at a paint factory in Halden on Monday, the fire service said. The blaze began at 5 a.m. in a storage hall. The owner of the factory plans a new hall next year.",
		"A fire at a paint factory in Halden killed three people on Monday. About 200 residents left their homes because of smoke. Mayor Peter Voss thanked the crews.",
		"A factory fire in Halden on Monday has killed three people, the fire service said. About 200 residents had to leave their homes because of the smoke. Shares of the paint maker fell 4 percent in Oslo.",
	}
	bodies = append(bodies, bodies[0])
	var out []news.Article
	for i, b := range bodies {
		out = append(out, news.Article{ID: news.ArticleID(i + 1), Title: []string{"Three die in Halden factory fire", "Paint factory fire kills three", "Smoke over Halden", "Three die in Halden factory fire"}[i], Body: b, Published: at})
	}
	return out
}

func merged(o summarize.Options, arts []news.Article) news.Summary {
	s := summarize.New(o)
	var sums []news.Summary
	for _, a := range arts {
		sums = append(sums, s.Article(a))
	}
	return s.Merge(arts, sums)
}

// M8: what all articles tell is told once, first, and cited.
func TestMerge_AgreementRanks(t *testing.T) {
	t.Parallel()
	got := merged(summarize.Default, fire())
	if len(got.Facts) < 3 {
		t.Fatalf("got %d facts: %+v", len(got.Facts), got.Facts)
	}
	if f := got.Facts[0].Text; !strings.Contains(f, "fire") || !strings.Contains(strings.ToLower(f), "three people") {
		t.Errorf("first fact is not what all tell: %q", f)
	}
	for _, word := range []string{"three people", "200 residents"} {
		n := 0
		for _, f := range got.Facts {
			if strings.Contains(strings.ToLower(f.Text), word) {
				n++
			}
		}
		if n != 1 {
			t.Errorf("%q is told %d times, want once: %+v", word, n, got.Facts)
		}
	}
	arts := fire()
	for _, f := range got.Facts {
		if f.Article == 4 {
			t.Errorf("cites the copy: %q", f.Text)
		}
		if body := arts[f.Article-1].Body; !slices.Contains(texts(body), body[f.Span.Start:f.Span.End]) {
			t.Errorf("span of %q is no sentence", f.Text)
		}
	}
	if got.Headline != "Three die in Halden factory fire" && got.Headline != "Paint factory fire kills three" {
		t.Errorf("headline %q", got.Headline)
	}
	if !slices.Contains(got.Where, "Halden") || got.When.Format(time.DateOnly) != "2025-03-03" {
		t.Errorf("where %q, when %v", got.Where, got.When)
	}
}

func TestMerge_Bounds(t *testing.T) {
	t.Parallel()
	got := merged(summarize.Options{Words: 20}, fire())
	words := 0
	for _, f := range got.Facts {
		words += len(strings.Fields(f.Text))
	}
	if words == 0 || words > 20 {
		t.Errorf("%d words, want 1 to 20", words)
	}
	if got := merged(summarize.Default, nil); len(got.Facts) != 0 || got.Headline != "" {
		t.Errorf("of nothing: %+v", got)
	}
	one := fire()[:1]
	if got := merged(summarize.Default, one); got.Article != 1 || len(got.Facts) == 0 {
		t.Errorf("of one article: %+v", got)
	}
}

// An event condensed article by article reads as one condensed at once,
// whatever joins, leaves and comes back.
func TestDossier_IsMergeRemembered(t *testing.T) {
	t.Parallel()
	s := summarize.New(summarize.Default)
	arts := fire()
	arts = append(arts, news.Article{
		ID: 5, Title: "Muere un cuarto obrero en Halden", Lang: "es", Published: arts[0].Published.Add(time.Hour),
		Body: "Un cuarto obrero murió el martes en Halden, dijo el hospital. La fábrica de pintura sigue cerrada desde el lunes.",
	}, news.Article{
		ID: 6, Title: "Four now dead after Halden factory fire", Published: arts[0].Published.Add(2 * time.Hour),
		Body: "Four people have now died in the fire at a paint factory in Halden, the hospital said on Tuesday. Police questioned the owner of the factory.",
	})
	sums := make(map[news.ArticleID]news.Summary)
	for _, a := range arts {
		sums[a.ID] = s.Article(a)
	}
	d, adopting := s.Dossier(), s.Dossier()
	for _, turn := range [][]int{{0}, {0, 1}, {0, 1, 2}, {0, 1, 2, 3}, {0, 1, 2, 5}, {1, 2, 5}, {4, 5}, {4}, {0, 4}, {0, 1, 2, 3, 4, 5}, {5, 4, 3, 2, 1, 0}, {}, {2, 5}} {
		var in []news.Article
		var of []news.Summary
		for _, i := range turn {
			in, of = append(in, arts[i]), append(of, sums[arts[i].ID])
			r, _ := s.Read(arts[i])
			adopting.Adopt(r)
		}
		want := s.Merge(in, of)
		for how, d := range map[string]*summarize.Dossier{"remembered": d, "adopted": adopting} {
			if diff := cmp.Diff(want, d.Merge(in, of), cmpopts.EquateApprox(0, 1e-9)); diff != "" {
				t.Errorf("articles %v: %s is not as at once (-at once +%[2]s):\n%s", turn, how, diff)
			}
		}
	}
	left, right := s.Dossier(), s.Dossier() // of two events that turn out to be one
	left.Merge([]news.Article{arts[0], arts[5]}, []news.Summary{sums[1], sums[6]})
	right.Merge([]news.Article{arts[1], arts[4]}, []news.Summary{sums[2], sums[5]})
	left.Ledger([]news.Article{arts[0], arts[5]})
	right.Ledger([]news.Article{arts[1], arts[4]})
	both, in, of := s.Dossier(), []news.Article{arts[0], arts[5], arts[1], arts[4]}, []news.Summary{sums[1], sums[6], sums[2], sums[5]}
	both.Join(left)
	both.Join(right)
	want := s.Merge(in, of)
	got := both.Merge(in, of)
	if diff := cmp.Diff(want, got, cmpopts.EquateApprox(0, 1e-9)); diff != "" {
		t.Errorf("two joined are not as at once (-at once +joined):\n%s", diff)
	}
	if diff := cmp.Diff(summarize.NewLedger(in).Compare(want.Facts), both.Ledger(in).Compare(got.Facts)); diff != "" {
		t.Errorf("the ledger of two joined is not as at once (-at once +joined):\n%s", diff)
	}
	changed := arts[5]
	changed.Body = strings.ReplaceAll(changed.Body, "Four", "Five")
	in, of = []news.Article{arts[2], changed}, []news.Summary{sums[3], s.Article(changed)}
	if got := d.Merge(in, of); !strings.HasPrefix(got.Facts[0].Text, "Five people") {
		t.Errorf("an article whose text changed was not read again: %+v", got.Facts)
	}
}
