package summarize

import (
	"testing"

	"newsdesk/news"
)

// The sentence of another article that may say what a fact says is found with its
// place, and none where no sentence has the words.
func TestDossier_Alike(t *testing.T) {
	t.Parallel()
	arts := []news.Article{
		{ID: 1, Lang: "en", Outlet: "a", Title: "River floods Arn", Body: "The river Tesa rose by two metres on Monday. Forty houses were flooded in the village of Arn, the mayor said."},
		{ID: 2, Lang: "en", Outlet: "b", Title: "Village of Arn flooded", Body: "Schools in the valley stay shut until Friday. In the village of Arn 40 houses were flooded, and two bridges were swept away."},
		{ID: 3, Lang: "en", Outlet: "c", Title: "Frost destroys apricots", Body: "Frost destroyed a third of the apricot harvest in the hills. Growers ask for help from the state."},
		{ID: 4, Lang: "en", Outlet: "d", Title: "River floods Arn", Body: "The river Tesa rose by two metres on Monday. Forty houses were flooded in the village of Arn, the mayor said."},
	}
	s := New(Default)
	sums := make([]news.Summary, len(arts))
	for i, a := range arts {
		sums[i] = s.Article(a)
	}
	d := s.Dossier()
	if got := d.Alike(news.Fact{Text: "Forty houses were flooded."}); got != nil {
		t.Errorf("%v of no articles", got)
	}
	d.Merge(arts, sums)
	got := d.Alike(news.Fact{Text: "Forty houses were flooded in the village of Arn, the mayor said.", Article: 1})
	if len(got) != 2 || got[0].Article != 2 || got[1].Article != 4 {
		t.Fatalf("alike are %v, want sentences of articles 2 and 4", got)
	}
	if p := got[0]; p.Sentence != 1 || arts[1].Body[p.Span.Start:p.Span.End] != "In the village of Arn 40 houses were flooded, and two bridges were swept away." {
		t.Errorf("alike is sentence %d, %q", p.Sentence, arts[1].Body[p.Span.Start:p.Span.End])
	}
	if c := d.Copies(); len(c) != 1 || !c[4] {
		t.Errorf("copies are %v, want article 4", c)
	}
}

func TestBare(t *testing.T) {
	t.Parallel()
	for fact, want := range map[string]string{
		"Forty houses were flooded in Arn, the mayor said.":              "Forty houses were flooded in Arn.",
		"The old dam may break this spring, according to engineers.":     "The old dam may break this spring.",
		"Boats sank, according to engineers.":                            "Boats sank, according to engineers.",
		"Forty houses were flooded in Arn.":                              "Forty houses were flooded in Arn.",
		"He resigned, police said.":                                      "He resigned, police said.",
		"Ida Lund said that taxes would rise.":                           "Ida Lund said that taxes would rise.",
		"\"We lost everything, the house and the barn,\" said Ida Lund.": "\"We lost everything, the house and the barn,\" said Ida Lund.",
	} {
		if got := Bare(fact); got != want {
			t.Errorf("Bare(%q) = %q, want %q", fact, got, want)
		}
	}
}
