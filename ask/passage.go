package ask

import (
	"cmp"
	"slices"
	"strings"

	"newsdesk/summarize"
)

const (
	readDocs      = 6  // articles whose sentences are read
	readSentences = 10 // sentences of an article that are read for answers
	maxTokens     = 120
)

// passage is a sentence of an article that may answer, or its title.
type passage struct {
	doc    int
	text   string
	title  bool
	first  bool // of its article
	tokens []token
	terms  mask
	score  float64 // share of the question's weight, neighbours helping
	own    float64 // the same without the neighbours
	plain  string  // its words in lower case, with owned, a blank before and after each
}

// Neighbours tell what a sentence is about: "He was 93." stands behind the
// sentence with the name.
const (
	fromTitle  = 0.35
	fromBefore = 0.3
	fromAfter  = 0.12
	fromLead   = 0.2
)

// passages returns the sentences of the best articles that hold most of the
// question, in order of article and place.
func (q *question) passages(docs []doc) []passage {
	var out []passage
	for d := range docs {
		if d >= readDocs {
			break
		}
		out = append(out, q.passagesOf(d, &docs[d])...)
	}
	return out
}

func (q *question) passagesOf(index int, d *doc) []passage {
	all := summarize.Sentences(d.body)
	if len(d.body) < len(d.Body) && len(all) > 1 {
		all = all[:len(all)-1] // cut in its middle
	}
	title := q.passage(bareTitle(d.Title, d.Outlet))
	title.doc, title.title = index, true
	ps := make([]passage, len(all))
	for i, s := range all {
		ps[i] = q.passage(summarize.CutDateline(s.Text))
		ps[i].doc, ps[i].first = index, i == 0
	}
	total := max(q.total, 1e-9)
	order := make([]int, 0, len(ps))
	for i := range ps {
		p := &ps[i]
		known := p.terms
		sum := q.weigh(known)
		p.own = sum / total
		add := func(m mask, share float64) {
			sum += share * q.weigh(m&^known)
			known |= m
		}
		add(title.terms, fromTitle)
		if i > 0 {
			add(ps[i-1].terms, fromBefore)
			add(ps[0].terms, fromLead)
		}
		if i+1 < len(ps) {
			add(ps[i+1].terms, fromAfter)
		}
		p.score = sum / total
		order = append(order, i)
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(ps[b].score, ps[a].score) })
	order = order[:min(len(order), readSentences)]
	slices.Sort(order)
	title.score, title.own = q.weigh(title.terms)/total, q.weigh(title.terms)/total
	if len(ps) > 0 {
		title.score += fromBefore * q.weigh(ps[0].terms&^title.terms) / total
	}
	out := []passage{title}
	for _, i := range order {
		out = append(out, ps[i])
	}
	for i := range out {
		out[i].plain = plain(out[i].text, out[i].tokens)
	}
	return out
}

func (q *question) passage(text string) passage {
	p := passage{text: text, tokens: tokens(text, nil)}
	if len(p.tokens) > maxTokens {
		p.tokens = p.tokens[:maxTokens]
	}
	q.find(text, p.tokens)
	for _, t := range p.tokens {
		if t.term >= 0 {
			p.terms.add(t.term)
		}
	}
	return p
}

// bareTitle returns a title without the name of its outlet at the end: "… | The
// Courier", "… - The Courier".
func bareTitle(title, outlet string) string {
	if i := strings.LastIndex(title, " | "); i > 0 {
		title = title[:i]
	}
	for _, dash := range [...]string{" - ", " – ", " — "} {
		i := strings.LastIndex(title, dash)
		if i <= 0 {
			continue
		}
		if end := title[i+len(dash):]; outlet != "" && (strings.Contains(end, outlet) || strings.Contains(outlet, end)) {
			return title[:i]
		}
	}
	return title
}

// owned marks a word with a possessive ending, which is another answer than
// the word itself: "McDonald's", "Colombia's".
const owned = "'s"

func plain(text string, ts []token) string {
	var b strings.Builder
	b.Grow(len(text) + 2)
	b.WriteByte(' ')
	for _, t := range ts {
		b.WriteString(strings.ToLower(text[t.start:t.end]))
		if owner(text[t.end:]) > 0 {
			b.WriteString(owned)
		}
		b.WriteByte(' ')
	}
	return b.String()
}
