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
// wholeOverlap is the same with those. Five facts of an alert may share more:
// what changes is told in the words of what it changes.
const (
	eventOverlap = 0.16
	wholeOverlap = 0.22
	alertOverlap = 0.25
	alertWhole   = 0.34
)

// Merge condenses the articles of one event: what several of them say ranks
// first, what two say alike is said once in the better wording, and each fact
// names its article. sums are the summaries of the articles, in the same
// order, as Article made them; they vote on who, where and when. The bounds
// are those of the Summarizer. Copies of one text count once. The result has
// no Article of its own unless there is only one.
func (s *Summarizer) Merge(arts []news.Article, sums []news.Summary) news.Summary {
	return s.Dossier().Merge(arts, sums)
}

// Merge is Merge of a Summarizer, and remembers what it read for the next time.
// Articles that are not given again are forgotten.
func (d *Dossier) Merge(arts []news.Article, sums []news.Summary) news.Summary {
	out := news.Summary{Method: Method}
	if len(arts) == 0 {
		return out
	}
	if len(arts) == 1 {
		if len(sums) == 1 {
			return sums[0]
		}
		return d.s.Article(arts[0])
	}
	docs := d.read(arts)
	own := originals(docs)
	weights := support(docs, own)
	voices := 0
	for _, o := range own {
		if o {
			voices++
		}
	}
	w := d.s.weigher()
	defer d.s.release(w)
	cs := w.wordings[:0]
	for _, relaxed := range [...]bool{false, true} {
		for i, r := range docs {
			if !own[i] {
				continue
			}
			cs = appendRanked(cs, r.ready(relaxed), r.scores(weights), i)
		}
		if len(cs) > 0 {
			break
		}
	}
	theme := themeOf(docs, own)
	h := newHistory(docs, theme)
	cs = d.s.current(docs, cs, h, weights)
	w.used(cs)
	slices.SortStableFunc(cs, byScore)
	var picked []candidate
	if d.s.o.MaxFacts > 0 {
		picked = d.s.line(cs, weights, theme, w)
	} else {
		picked = d.s.cover(docs, cs, weights, theme, voices)
	}
	for _, c := range picked {
		x := docs[c.doc].places[c.sent]
		out.Facts = append(out.Facts, news.Fact{Text: c.text, Article: arts[c.doc].ID, Sentence: int(x.index), Span: x.span(), Score: c.score})
	}
	out.Headline = headlineOf(docs, own, weights, sums, h, out.Facts)
	out.Who, out.Where, out.When = votes(docs, own, sums)
	return out
}

// votes counts who and where over the articles, and takes the day that most of
// them give, the earliest of equals.
func votes(docs []*Reading, own []bool, sums []news.Summary) (who, where []string, when time.Time) {
	ws, ps := make(tally), make(tally)
	days := make(map[time.Time]int)
	n := 0.0
	for i, d := range docs {
		if !own[i] {
			continue
		}
		n++
		d.who.addTo(ws)
		d.where.addTo(ps)
		day := d.day
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
	return ws.best(maxNames, 0.1*n, whoShare), ps.best(maxNames, 0.15*n, whereShare), when
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
