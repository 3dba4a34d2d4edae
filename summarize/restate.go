package summarize

import (
	"math"
	"slices"

	"newsdesk/news"
)

// mostAdded is how many stems a fact may have that another lacks for it to say
// nothing more beside the same figures.
const mostAdded = 5

// saysAgain tells whether what has some stems and figures only says again what has
// others: each of its figures is there, with the same value for the same thing, and
// it adds little to them. Stems are sorted.
func saysAgain(keys []int, figs []figure, known []int, knownFigs []figure, theme theme) bool {
	if len(figs) == 0 || len(keys) == 0 {
		return false
	}
	for i := range figs {
		if !slices.ContainsFunc(knownFigs, func(g figure) bool { return sameFigure(&figs[i], &g, theme) }) {
			return false
		}
	}
	added := 0
	for _, k := range keys {
		if _, ok := slices.BinarySearch(known, k); !ok {
			added++
		}
	}
	return added <= mostAdded && 3*added <= 2*len(keys)
}

// telling is the least number that is rarely of two things in one event; smaller
// ones, such as three days and three people, are.
const telling = 20

// sameFigure tells figures of one value for one thing. Of a telling number one word
// near it that both have is enough.
func sameFigure(f, g *figure, theme theme) bool {
	if f.value != g.value || f.undone != g.undone {
		return false
	}
	if sameSubject(f, g, theme) {
		return true
	}
	if f.kind != g.kind || f.unit != g.unit || f.where != g.where && f.where != "" && g.where != "" || f.value < telling && f.value == math.Trunc(f.value) {
		return false
	}
	return f.context.common(g.context, func(w string) bool { return w != f.unit }) > 0
}

// Restating returns a function that tells whether a fact of the articles of the
// last Merge only says again what another fact of theirs says: the same figures for
// the same things, and hardly anything beside them. What it reads of a fact it reads
// once. It holds until the next Merge.
func (d *Dossier) Restating() func(f, known news.Fact) bool {
	type fact struct {
		article news.ArticleID
		text    string
	}
	read := make(map[fact]wording)
	of := func(f news.Fact, r *Reading) wording {
		w, seen := read[fact{f.Article, f.Text}]
		if !seen {
			if w.figs = r.figures(f.Text); len(w.figs) > 0 { // else it says nothing again
				w.keys = d.vocab.keysOf(f.Text)
			}
			read[fact{f.Article, f.Text}] = w
		}
		return w
	}
	return func(f, known news.Fact) bool {
		a, b := d.readingOf(f.Article), d.readingOf(known.Article)
		if a == nil || b == nil || f.Text == known.Text {
			return false
		}
		x, y := of(f, a), of(known, b)
		return saysAgain(x.keys, x.figs, y.keys, y.figs, theme{vocab: d.vocab})
	}
}

func (d *Dossier) readingOf(id news.ArticleID) *Reading {
	if i := slices.IndexFunc(d.readings, func(r *Reading) bool { return r.article.ID == id }); i >= 0 {
		return d.readings[i]
	}
	return nil
}
