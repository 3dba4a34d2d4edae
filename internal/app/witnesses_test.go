package app

import (
	"fmt"
	"testing"

	"newsdesk/news"
	"newsdesk/summarize"
)

// Of many outlets that said before what the newest fact says, only so many are
// asked for one article's sake; the others are asked with the next ones.
func TestSeconded_AsksTheRestLater(t *testing.T) {
	t.Parallel()
	s := summarize.New(summarize.Default)
	const said = "The storm left 32,000 homes without power in Tarvek, the grid operator said."
	x := &gathered{dossier: s.Dossier(), verdicts: verdicts{}}
	var ev news.Event
	join := func() news.ArticleID {
		id := news.ArticleID(len(x.arts) + 1)
		a := news.Article{
			ID: id, Lang: "en", Outlet: fmt.Sprint("Outlet ", id), Title: "Storm over Tarvek",
			Body: fmt.Sprintf("%d trees fell in the storm over Tarvek. %s", 40+id, said),
		}
		reading, sum := s.Read(a)
		x.add(condensed{article: a, summary: sum, reading: reading})
		x.dossier.Merge(x.arts, x.sums)
		ev.Sources = append(ev.Sources, news.Source{Article: id, Outlet: a.Outlet, Title: a.Title})
		return id
	}
	for range mostAsked + 3 {
		join()
	}
	base := ev
	ev.Facts = []news.Fact{{Text: said, Article: 1}}
	ev.Facts = seconded(base, ev, x, checkers{}, join())
	if n := len(ev.Facts[0].Also); n != mostAsked {
		t.Fatalf("%d sources are cited beside the first, want the %d that could be asked", n, mostAsked)
	}
	for range 2 {
		base = ev
		ev.Facts = seconded(base, ev, x, checkers{}, join())
	}
	if got, want := len(ev.Facts[0].Also), len(ev.Sources)-1; got != want {
		t.Errorf("%d sources are cited beside the first, want all %d others", got, want)
	}
}
