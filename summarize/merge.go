package summarize

import (
	"maps"
	"slices"
	"time"

	"newsdesk/news"
)

// copyShare is the share of an article's sentences that must stand word for
// word in another for it to count as its copy.
const copyShare = 0.7

// eventOverlap is maxOverlap for the facts of an event, whose articles say much
// the same; it is measured without the words that all of them use.
// wholeOverlap is the same with those.
const (
	eventOverlap = 0.18
	wholeOverlap = 0.38
)

// Merge condenses the articles of one event: what several of them say ranks
// first, what two say alike is said once in the better wording, and each fact
// names its article. sums are the summaries of the articles, in the same
// order, as Article made them; they vote on who, where and when. The bounds
// are those of the Summarizer. Copies of one text count once. The result has
// no Article of its own unless there is only one.
func (s *Summarizer) Merge(arts []news.Article, sums []news.Summary) news.Summary {
	out := news.Summary{Method: Method}
	if len(arts) == 0 {
		return out
	}
	if len(arts) == 1 {
		if len(sums) == 1 {
			return sums[0]
		}
		return s.Article(arts[0])
	}
	docs := s.documents(arts)
	own := originals(docs)
	weights := support(docs, own)
	var cs []candidate
	for _, relaxed := range [...]bool{false, true} {
		for i, d := range docs {
			if own[i] {
				cs = append(cs, s.candidates(d, eventScores(d, weights), i, relaxed)...)
			}
		}
		if len(cs) > 0 {
			break
		}
	}
	theme := themeOf(docs, own)
	h := newHistory(docs, theme.words)
	cs = s.current(docs, cs, h, weights)
	slices.SortStableFunc(cs, byScore)
	picked := s.cover(cs, weights, theme.keys)
	for _, c := range picked {
		x := docs[c.doc].sents[c.sent]
		out.Facts = append(out.Facts, news.Fact{Text: c.text, Article: arts[c.doc].ID, Sentence: x.index, Span: x.Span, Score: c.score})
	}
	out.Headline = headlineOf(docs, own, weights, sums, h, out.Facts)
	out.Who, out.Where, out.When = votes(docs, own, sums)
	return out
}

// documents makes the articles ready over one vocabulary, so that their stems
// compare. Each keeps its own language for what is told apart by it.
func (s *Summarizer) documents(arts []news.Article) []*document {
	langs := make([]string, len(arts))
	counts := make(map[string]int)
	for i, a := range arts {
		langs[i] = language(a.Lang, a.Body)
		counts[langs[i]]++
	}
	main := langs[0]
	for _, l := range langs {
		if counts[l] > counts[main] {
			main = l
		}
	}
	v := newVocabulary(main)
	docs := make([]*document, len(arts))
	for i, a := range arts {
		docs[i] = newDocument(a, v, langs[i])
	}
	return docs
}

// originals marks the documents that are no copies of an earlier one.
func originals(docs []*document) []bool {
	own := make([]bool, len(docs))
	seen := make([]map[string]bool, 0, len(docs))
	for i, d := range docs {
		set := make(map[string]bool, len(d.sents))
		for j := range d.sents {
			if t := tidy(d.sents[j].Text); len(t) > 40 {
				set[t] = true
			}
		}
		own[i] = true
		for j, o := range seen {
			if !own[j] || len(set) == 0 {
				continue
			}
			same := 0
			for t := range set {
				if o[t] {
					same++
				}
			}
			if float64(same) >= copyShare*float64(len(set)) {
				own[i] = false
			}
		}
		seen = append(seen, set)
	}
	return own
}

// support weighs the stems of an event: in each document a stem counts by the
// place of its first mention, and what several documents hold counts more than
// in proportion. It is the position-weighted centroid over all sentences.
func support(docs []*document, own []bool) []float64 {
	n := 0
	for _, d := range docs {
		n = max(n, len(d.vocab.ids))
	}
	sum, held := make([]float64, n), make([]int, n)
	for i, d := range docs {
		if !own[i] {
			continue
		}
		first := make(map[int]float64)
		for j := range d.sents {
			for _, k := range d.sents[j].keys {
				if _, ok := first[k]; !ok {
					first[k] = 1 / (1 + 0.4*float64(j))
				}
			}
		}
		for k := range d.title {
			first[k] += 0.7
		}
		for k, w := range first {
			sum[k] += w
			held[k]++
		}
	}
	for k := range sum {
		if held[k] < 2 {
			sum[k] *= 0.5
		}
	}
	return sum
}

// eventScores scores the sentences of a document by the support of what they
// say, by their own rank, and damps the overlong.
func eventScores(d *document, weights []float64) []float64 {
	fs := d.describe()
	out := make([]float64, len(fs))
	for i := range fs {
		sum := 0.0
		for _, k := range d.sents[i].keys {
			sum += weights[k]
		}
		out[i] = sum/damp(len(d.sents[i].keys)) + 0.2*fs[i].score()
	}
	return out
}

// votes counts who and where over the articles, and takes the day that most of
// them give, the earliest of equals.
func votes(docs []*document, own []bool, sums []news.Summary) (who, where []string, when time.Time) {
	ws, ps := make(tally), make(tally)
	days := make(map[time.Time]int)
	n := 0.0
	for i, d := range docs {
		if !own[i] {
			continue
		}
		n++
		w, p := d.prominent()
		w.addTo(ws)
		p.addTo(ps)
		day := d.when()
		if i < len(sums) && !sums[i].When.IsZero() {
			day = sums[i].When
		}
		if !day.IsZero() {
			days[day.UTC()]++
		}
	}
	docs[0].foldNames(ws)
	for k, w := range ps { // a place in most reports is no actor in the others
		if ws[k] > 0 && (w >= ws[k] || n > 1 && w*2 >= ws[k]) {
			delete(ws, k)
		}
	}
	most := 0
	for _, day := range slices.SortedFunc(maps.Keys(days), time.Time.Compare) {
		if days[day] > most {
			when, most = day, days[day]
		}
	}
	return ws.best(maxNames, 0.1*n), ps.best(maxNames, 0.15*n), when
}

// addTo adds the names to another tally, each document's heaviest counting one.
func (t tally) addTo(sum tally) {
	top := 0.0
	for _, w := range t {
		top = max(top, w)
	}
	for k, w := range t {
		sum[k] += w / top
	}
}
