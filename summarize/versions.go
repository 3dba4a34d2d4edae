package summarize

import (
	"slices"
	"strings"
	"unicode/utf8"

	"newsdesk/internal/pattern"
	"newsdesk/internal/wordset"
	"newsdesk/news"
)

// history knows which numbers of an event have been overtaken: of two articles
// that give different numbers for one thing, the newer is right until a newer
// comes.
type history struct {
	rank  []int // of each document, by its time
	facts [][]figure
	docs  []int // whose the facts are
	theme theme
}

// ranks orders the documents by the time of their articles, then as given.
func ranks(docs []*Reading) []int {
	order := make([]int, len(docs))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		x, y := docs[a].article.When(), docs[b].article.When()
		if x.IsZero() || y.IsZero() {
			return 0
		}
		return x.Compare(y)
	})
	out := make([]int, len(docs))
	for r, i := range order {
		out[i] = r
	}
	return out
}

func newHistory(docs []*Reading, theme theme) *history {
	return &history{rank: ranks(docs), theme: theme}
}

// add takes in what a fact of a document states.
func (h *history) add(doc int, fs []figure) {
	if len(fs) > 0 {
		h.facts, h.docs = append(h.facts, fs), append(h.docs, doc)
	}
}

// overtaken returns which facts of newer documents give another number for
// what the figures of a document count: the newest for each figure. There are
// none where every number still holds.
func (h *history) overtaken(doc int, fs []figure) []int {
	var by []int
	for k := range fs {
		f := &fs[k]
		newest, at, again := h.rank[doc], -1, false
		for i, gs := range h.facts {
			r := h.rank[h.docs[i]]
			if r < newest || r == h.rank[doc] {
				continue
			}
			for k := range gs {
				g := &gs[k]
				if !sameSubject(f, g, h.theme) {
					continue
				}
				if same := f.value == g.value; r > newest {
					newest, at, again = r, i, same
				} else if same {
					again = true
				}
			}
		}
		if at >= 0 && !again {
			by = append(by, at)
		}
	}
	return by
}

// pairOfCounts is "killed two people and injured 31": two counts that stand for
// themselves.
var pairOfCounts = pattern.MustCompile(`\b([a-z]+(?:ed|ing) (?:at least |about |more than )?[\w,]+(?: people| others| residents| passengers)?) and ([a-z]+(?:ed|ing) (?:at least |about |more than )?[\w,]+(?: people| others| residents| passengers)?)`)

// halves returns a text without the one and without the other of two counts that
// stand side by side. What is left is true of itself.
func halves(s string) []string {
	m := pairOfCounts.FindStringSubmatchIndex(s)
	if m == nil {
		return nil
	}
	a, b := s[m[2]:m[3]], s[m[4]:m[5]]
	if strings.HasSuffix(firstWord(a), "ing") != strings.HasSuffix(firstWord(b), "ing") || !countsSomething(a) || !countsSomething(b) {
		return nil
	}
	return []string{s[:m[2]] + s[m[4]:], s[:m[3]] + s[m[5]:]}
}

// countsSomething tells a phrase with a number in it.
func countsSomething(s string) bool {
	for w := range strings.FieldsSeq(s) {
		if _, ok := oneNumber(strings.ToLower(strings.Trim(w, ","))); ok {
			return true
		}
	}
	return false
}

// sources are the last words of a label that says who states what follows it.
var sources = wordset.Of(`hospital police officials official agency ministry minister report reports study court union mayor governor president army military doctors
	prosecutors authorities government company airline un survey poll experts scientists witnesses regulator watchdog council operator spokesman`)

// plainLabel turns "Oslo police: two die in fire" into "Two die in fire, Oslo
// police say".
func plainLabel(h string) string {
	label, rest, found := strings.Cut(h, ": ")
	if !found || countWords(label) > 4 || countWords(rest) < 4 || strings.ContainsAny(h, "\"“'‘?") || strings.Contains(rest, ":") || strings.ContainsAny(rest, ",;") {
		return h
	}
	last := strings.ToLower(label[strings.LastIndexByte(label, ' ')+1:])
	if !sources.Has(last) {
		return h
	}
	verb := " says"
	if last == "police" || strings.HasSuffix(last, "s") && last != "un" {
		verb = " say"
	}
	return capital(rest) + ", " + label + verb
}

// headlineOf picks the headline whose words have most support, among the
// plain ones of a good length. Where the outlets' headlines give different
// numbers for one thing, those with the newest are preferred, and overtaken
// ones serve only where there is no other: then the newest of them.
func headlineOf(docs []*Reading, own []bool, weights []float64, sums []news.Summary, h *history, facts []news.Fact) string {
	all := &history{rank: h.rank, theme: h.theme, facts: slices.Clone(h.facts), docs: slices.Clone(h.docs)}
	figs := make([][]figure, len(docs))
	for i, d := range docs {
		if own[i] && i < len(sums) {
			d.headlined(sums[i].Headline)
			figs[i] = d.lineFigs
			all.add(i, figs[i])
		}
	}
	stale := make([]bool, len(docs))
	var old []figure
	for i := range docs {
		if stale[i] = len(all.overtaken(i, figs[i])) > 0; stale[i] {
			old = append(old, figs[i]...)
		}
	}
	best, top, newest := "", 0.0, -1
	for i, d := range docs {
		if !own[i] || i >= len(sums) || sums[i].Headline == "" {
			continue
		}
		line := sums[i].Headline
		if newest < 0 || h.rank[i] > h.rank[newest] {
			newest = i
		}
		if stale[i] {
			continue
		}
		d.headlined(line)
		v := headlineWorth(d, line, weights)
		if slices.ContainsFunc(figs[i], func(f figure) bool {
			return slices.ContainsFunc(old, func(g figure) bool { return sameSubject(&f, &g, h.theme) })
		}) {
			v += 100 // states the present number
		}
		if v > top {
			best, top = line, v
		}
	}
	if best == "" && newest >= 0 {
		best = sums[newest].Headline
	}
	if best == "" && len(facts) > 0 {
		texts := make([]string, len(facts))
		for i, f := range facts {
			texts[i] = f.Text
		}
		best = docs[0].headline(texts)
	}
	return best
}

// headlineWorth is the support of a headline's words, less where it is long or
// opens with a label.
func headlineWorth(d *Reading, line string, weights []float64) float64 {
	v := worthOf(d.lineKeys, weights, brief)
	if utf8.RuneCountInString(line) > headlineWant {
		v *= 0.8
	}
	if strings.Contains(line, ": ") {
		v *= 0.8
	}
	return v
}
