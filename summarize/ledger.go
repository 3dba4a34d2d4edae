package summarize

import (
	"math"
	"slices"
	"strings"
	"time"

	"newsdesk/news"
)

const (
	// sameTime is how far apart two articles may be for the news to be the same:
	// what changes with time and differs within it is a disagreement.
	sameTime = 45 * time.Minute
	// shownVersions is how many other values a fact carries.
	shownVersions = 2
	// farApart is how many times one value may be the other before they are taken
	// to be of two things, unless the sentences say the same otherwise.
	farApart = 3.5
	// fullRound is the number from which a round number stands for those near it.
	fullRound = 1000
)

// Ledger holds what the articles of an event state in numbers, dates and ages,
// to set their facts against each other. Only English articles are read.
type Ledger struct {
	arts   []news.Article
	docs   []*document
	claims []claim
	theme  map[string]bool // names that most articles have: no mark of one thing among others
}

// statement is what one article states, as far as a Ledger looks at it.
type statement struct {
	*document
	claims []claim
	names  map[string]bool
}

// NewLedger reads the articles of one event. Copies of others must be left out:
// they are no second voice.
func NewLedger(arts []news.Article) *Ledger {
	v := newVocabulary("en")
	said := make([]*statement, len(arts))
	for i, a := range arts {
		said[i] = statementOf(a, v)
	}
	return ledgerOf(arts, said)
}

// statementOf reads one article.
func statementOf(a news.Article, v *vocabulary) *statement {
	st := &statement{document: &document{article: a, lang: language(a.Lang, a.Body), vocab: v}}
	if st.lang != "en" {
		return st
	}
	revised := revisedWords.MatchString(a.Title)
	st.names = capitals(pieces(a.Title))
	sents := Sentences(a.Body)
	for _, s := range sents[:min(len(sents), maxSentences)] {
		if len(s.Text) > maxSentence {
			continue
		}
		for n := range capitals(pieces(s.Text)) {
			st.names[n] = true
		}
		for _, c := range st.document.claims(s.Text) {
			c.revised = c.revised || revised
			st.claims = append(st.claims, c)
		}
	}
	return st
}

// ledgerOf sets the statements of articles against each other.
func ledgerOf(arts []news.Article, said []*statement) *Ledger {
	l := &Ledger{arts: arts, theme: make(map[string]bool)}
	held := make(map[string]int)
	for i, st := range said {
		l.docs = append(l.docs, st.document)
		for _, c := range st.claims {
			c.art = i
			l.claims = append(l.claims, c)
		}
		for n := range st.names {
			held[n]++
		}
	}
	for n, k := range held {
		if 2*k > len(arts) {
			l.theme[n] = true
		}
	}
	return l
}

// Compare sets Differs, Was and Day of facts that rest on the ledger's articles.
// Day is the day that a fact's text names, counted from its article's. Differs holds what other outlets say in the place of a fact's value, where
// neither is merely newer; Was holds the value that a fact takes back. The
// facts given are not changed.
func (l *Ledger) Compare(facts []news.Fact) []news.Fact {
	out := slices.Clone(facts)
	for i := range out {
		out[i].Differs, out[i].Was, out[i].Day = nil, news.Version{}, time.Time{}
		art := slices.IndexFunc(l.arts, func(a news.Article) bool { return a.ID == out[i].Article })
		if art < 0 {
			continue
		}
		if at := l.arts[art].When(); !at.IsZero() {
			out[i].Day, _ = dateIn(l.docs[art].vocab.words(out[i].Text), at)
		}
		title := revisedWords.MatchString(l.arts[art].Title)
		for _, c := range l.docs[art].claims(out[i].Text) {
			c.art, c.revised = art, c.revised || title
			if was, ok := l.corrected(c); ok && out[i].Was.Value == "" {
				out[i].Was = was
				continue
			}
			if len(out[i].Differs) == 0 {
				out[i].Differs = l.differing(c)
			}
		}
	}
	return out
}

// differing returns what other outlets say in the place of a claim, the latest
// first.
func (l *Ledger) differing(c claim) []news.Version {
	rivals := make(map[int][]claim) // by article
	for _, r := range l.claims {
		if l.sameThing(c, r) {
			rivals[r.art] = append(rivals[r.art], r)
		}
	}
	own := rivals[c.art]
	latest := make(map[string]int) // article by outlet: what an outlet said before, it no longer says
	for art := range rivals {
		o := l.arts[art].Outlet
		if was, ok := latest[o]; !ok || l.later(art, was) {
			latest[o] = art
		}
	}
	var arts []int
	for o, art := range latest {
		if o != l.arts[c.art].Outlet && art != c.art {
			arts = append(arts, art)
		}
	}
	slices.SortFunc(arts, func(a, b int) int {
		if l.later(a, b) {
			return -1
		}
		return 1
	})
	var out []news.Version
	for _, art := range arts {
		rs := rivals[art]
		if slices.ContainsFunc(rs, func(r claim) bool { return compatible(c, r) }) || len(c.text) > 3 && hasDigit(c.text) && strings.Contains(l.arts[art].Body, c.text) {
			continue
		}
		for _, r := range rs {
			if slices.ContainsFunc(own, func(o claim) bool { return compatible(o, r) }) || !l.disagree(c, r) {
				continue
			}
			if !slices.ContainsFunc(out, func(v news.Version) bool { return v.Value == r.text }) && len(out) < shownVersions {
				out = append(out, news.Version{Value: r.text, Article: l.arts[art].ID, Instead: c.text})
			}
			break
		}
	}
	return out
}

// corrected returns the value that a claim takes back: one that its own outlet
// gave before and that cannot have changed with time, or any where the claim
// says itself that another was wrong.
func (l *Ledger) corrected(c claim) (news.Version, bool) {
	at := -1
	for i, r := range l.claims {
		if r.art == c.art || !l.later(c.art, r.art) || !l.sameThing(c, r) || compatible(c, r) || r.revised {
			continue
		}
		same := l.arts[r.art].Outlet == l.arts[c.art].Outlet
		switch n := natureOf(c); {
		case c.revised:
		case !same || c.moved:
			continue
		case n == fixed, n == grows && c.value < r.value && c.hedge != least:
		default:
			continue
		}
		if at < 0 || l.later(r.art, l.claims[at].art) {
			at = i
		}
	}
	if at < 0 {
		return news.Version{}, false
	}
	for _, o := range l.claims { // where the article says both, it tells of two things
		if o.art == c.art && !c.revised && l.sameThing(c, o) && compatible(o, l.claims[at]) {
			return news.Version{}, false
		}
	}
	r := l.claims[at]
	return news.Version{Value: r.text, Article: l.arts[r.art].ID, Instead: c.text}, true
}

// later says whether article a came after article b.
func (l *Ledger) later(a, b int) bool {
	if c := l.arts[a].When().Compare(l.arts[b].When()); c != 0 {
		return c > 0
	}
	return a > b
}

// disagree says whether two claims of one thing with different values cannot
// both be right, rather than the later one being news.
func (l *Ledger) disagree(c, r claim) bool {
	older, newer := r, c
	if l.later(r.art, c.art) {
		older, newer = c, r
	}
	x, y := l.arts[older.art].When(), l.arts[newer.art].When()
	gap := y.Sub(x)
	if x.IsZero() || y.IsZero() {
		gap = 0
	}
	if newer.revised || newer.moved && gap > 0 {
		return false
	}
	switch natureOf(c) {
	case fixed:
		return true
	case grows:
		return gap <= sameTime || newer.value < older.value
	}
	return gap <= sameTime
}

// nature says how a value behaves as time goes by.
type nature byte

const (
	grows  nature = iota // the dead
	shifts               // the missing, homes without power
	fixed                // a magnitude, an age, a price
)

func natureOf(c claim) nature {
	head, class, _ := strings.Cut(c.kind, ":")
	switch {
	case head == "dead" || head == "injured" || head == "arrested" || head == "moved" || head == "infected" || head == "score":
		return grows
	case head == "missing" || c.unit == "percent" || c.context["power"] || c.context["without"] || c.undone:
		return shifts
	case head == "magnitude" || head == "aftershock" || head == "ballot" || head == "prison" || head == "age" || head == "date":
		return fixed
	case c.unit == "km" || c.unit == "meter" || c.unit == "mile" || c.unit == "job":
		return fixed
	case class == "deal" || class == "fine" || class == "bail" || class == "ransom" || class == "each":
		return fixed
	case class == "damage" || class == "gifts" || class == "aid":
		return grows
	case head == "money":
		return fixed
	}
	return grows
}

// compatible says whether two values can both be right as they are worded.
func compatible(a, b claim) bool {
	if a.value == b.value {
		return true
	}
	if n := a.kind; n == "age" || n == "date" || n == "ballot" || n == "score" {
		return false
	}
	near := func(share float64) bool { return math.Abs(a.value-b.value) <= share*max(a.value, b.value) }
	bound := func(x, y claim) bool { // y keeps what x says is the least or the most
		return x.hedge == least && y.value >= x.value && y.value <= 1.5*x.value || x.hedge == most && y.value <= x.value && y.value >= x.value/1.5
	}
	switch {
	case bound(a, b) || bound(b, a):
		return true
	case a.hedge != exact || b.hedge != exact:
		return near(0.05)
	case min(a.value, b.value) >= fullRound:
		return near(0.03) && math.Abs(a.value-b.value) <= max(lastPlace(a.value), lastPlace(b.value))/2
	}
	return false
}

// lastPlace is the weight of the last digit of a number that is not a zero.
func lastPlace(v float64) float64 {
	p := 1.0
	for v >= 10 && math.Mod(v, 10) == 0 {
		v, p = v/10, p*10
	}
	return p
}

// sameThing says whether two claims give a value for one thing.
func (l *Ledger) sameThing(a, b claim) bool {
	if a.kind != b.kind || a.kind == "" && a.unit == "" || a.unit != b.unit && !ofPeople(a.kind) && a.kind != "magnitude" && a.kind != "aftershock" || a.undone != b.undone || a.key != b.key {
		return false
	}
	if a.where != b.where && (a.where != "" && !l.theme[a.where] || b.where != "" && !l.theme[b.where]) {
		return false
	}
	names, words := common(a.names, b.names, ""), common(a.words, b.words, a.unit)
	least := min(len(a.words), len(b.words))
	shared, all := words+names, least+min(len(a.names), len(b.names))
	far := max(a.value, b.value) > farApart*min(a.value, b.value) && 5*shared < 4*all
	switch {
	case a.kind == "magnitude" || a.kind == "aftershock":
		return true
	case ofPeople(a.kind):
		return (names > 0 || words > 1) && !far
	case a.kind == "age":
		return a.names[a.key] || words >= 2
	case a.kind == "date":
		return words > 0 && 2*words >= least && (names > 0 || words > 1) && math.Abs(a.value-b.value) <= 131 // a month and a day
	case a.kind == "score":
		return names >= 2
	case a.kind == "prison":
		return 2*names > min(len(a.names), len(b.names))
	}
	return !far && (words >= 2 || words == 1 && names > 0) && 2*shared >= all
}

// ofPeople tells the kinds that count what happened to people, whatever they are
// called.
func ofPeople(kind string) bool {
	switch kind {
	case "dead", "injured", "missing", "arrested", "moved", "infected":
		return true
	}
	return false
}

// common counts the words of both, without the one that is counted.
func common(a, b map[string]bool, counted string) int {
	n := 0
	for w := range a {
		if b[w] && w != counted && currencies[w] == "" && (counted != "ballot" || w != "vote") {
			n++
		}
	}
	return n
}
