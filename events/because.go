package events

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"
	"unicode"

	"newsdesk/news"
)

const (
	sharedShown = 5  // words that a grouping names
	sharedLead  = 80 // words of the text in which they are looked for, beside the title
)

// Because says what a document has in common with the event that it was found
// to belong to: the zero value where it starts one. It is asked between Decide
// and Add, and changes nothing.
func (g *Grouper) Because(d Doc, decided Decision) news.Grouping {
	if decided.Event == 0 {
		return news.Grouping{}
	}
	e := g.analyse(d)
	out := news.Grouping{Score: decided.Score}
	found := g.found
	if found == nil {
		found = g.nearest(e)
	}
	for _, n := range found {
		old := g.entry(n.slot)
		if old.event != decided.Event {
			continue
		}
		if decided.DuplicateOf != 0 && old.doc != decided.DuplicateOf && old.copyOf != decided.DuplicateOf || decided.DuplicateOf == 0 && !old.draws() {
			continue
		}
		out.Nearest = news.ArticleID(cmp.Or(old.copyOf, old.doc))
		out.Shared = g.shared(d, old)
		out.Gap = time.Duration(math.Round(math.Abs(e.day-old.day)*24*60)) * time.Minute
		break
	}
	return out
}

// shared lists words of a document that another one has too, the rarest first.
func (g *Grouper) shared(d Doc, old *entry) []string {
	type found struct {
		word string
		id   term
		rare float64
	}
	var all []found
	in := func(v []weighted, id term) bool {
		_, ok := slices.BinarySearchFunc(v, id, func(w weighted, id term) int { return cmp.Compare(w.id, id) })
		return ok
	}
	split := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) }
	words := strings.FieldsFunc(d.Title, split)
	lead := strings.FieldsFunc(head(d.Text, 8*sharedLead), split)
	words = append(words, lead[:min(len(lead), sharedLead)]...)
	var sc scanner
	for _, w := range words {
		sc = scanner{s: w, buf: sc.buf}
		for {
			token, ok := sc.next()
			if !ok {
				break
			}
			k := g.vocab.word(token.text, d.Lang)
			if !k.says || token.number() || !in(old.title, k.id) && !in(old.full, k.id) {
				continue
			}
			if slices.ContainsFunc(all, func(f found) bool { return f.id == k.id }) {
				continue
			}
			shown := w
			if sc.cjk != 0 { // a part of a run without blanks
				shown = string(token.text)
			}
			all = append(all, found{shown, k.id, g.vocab.idf(k.id)})
		}
	}
	slices.SortStableFunc(all, func(a, b found) int { return cmp.Compare(b.rare, a.rare) })
	var out []string
	for _, f := range all[:min(len(all), sharedShown)] {
		out = append(out, f.word)
	}
	return out
}

// head returns at most n bytes of a text, whole characters.
func head(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "")
}
