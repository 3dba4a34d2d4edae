package summarize

import "newsdesk/news"

// leastAlike is the share of a fact's stems that a sentence must have to be
// looked at as one that says the same. It is a sieve, not a judgement.
const leastAlike = 0.6

// Alike returns, of each other article of the last Merge, the sentence that has
// most of a fact's words, where one has enough of them for it to be worth a look
// whether it says the same. Whether it does is for others to find out.
func (d *Dossier) Alike(f news.Fact) []news.Place {
	if d.vocab == nil {
		return nil
	}
	keys := d.vocab.keysOf(f.Text)
	has := make([]bool, d.vocab.size())
	for _, k := range keys {
		has[k] = true
	}
	var out []news.Place
	for _, r := range d.readings {
		if r.article.ID == f.Article {
			continue
		}
		if p, ok := r.alike(has, len(keys)); ok {
			out = append(out, p)
		}
	}
	return out
}

// alike returns the sentence that has most of n stems, the first of equals. has
// tells which they are.
func (r *Reading) alike(has []bool, n int) (news.Place, bool) {
	best, most := -1, 0
	for i, p := range r.places {
		have := 0
		for _, k := range r.keys(p) {
			if has[k] {
				have++
			}
		}
		if have > most {
			best, most = i, have
		}
	}
	if best < 0 || float64(most) < leastAlike*float64(n) {
		return news.Place{}, false
	}
	p := r.places[best]
	return news.Place{Article: r.article.ID, Sentence: int(p.index), Span: p.span()}, true
}

// Bare returns what an English fact states without who says so at its end:
// another source may know it from somebody else. Others are returned as they are.
func Bare(fact string) string {
	body, tail := splitSource(fact)
	if tail == "." || countWords(body) < leastBare || !balanced(body) || openEnd(body) {
		return fact
	}
	return finish(body)
}

// leastBare is the least number of words of a statement that stands without who
// says so.
const leastBare = 5

// Copies tells which articles of the last Merge repeat the text of an earlier
// one.
func (d *Dossier) Copies() map[news.ArticleID]bool {
	out := make(map[news.ArticleID]bool)
	for i, own := range originals(d.readings) {
		if !own {
			out[d.readings[i].article.ID] = true
		}
	}
	return out
}
