package summarize

import (
	"math"
	"slices"
	"strings"
	"time"
	"unicode"

	"newsdesk/internal/pattern"
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
// to set their facts against each other. Only English articles are read. It is not
// safe for concurrent use.
type Ledger struct {
	arts   []news.Article
	times  []time.Time // of these
	said   []*statement
	claims []held
	theme  map[string]bool // names that most articles have: no mark of one thing among others
}

// held is a claim with the index of its article.
type held struct {
	*claim
	art int
}

// NewLedger reads the articles of one event. Copies of others must be left out:
// they are no second voice.
func NewLedger(arts []news.Article) *Ledger {
	v, w := newVocabulary("en", nil), new(weigher)
	said := make([]*statement, len(arts))
	for i, a := range arts {
		if len(arts) == 1 { // nothing to be set against it
			said[i] = &statement{document: &document{article: a, lang: language(a.Lang, a.Body), vocab: v}}
			break
		}
		said[i] = statementOf(a, v, nil, w)
	}
	return ledgerOf(arts, said)
}

// ledgerOf sets the statements of articles against each other.
func ledgerOf(arts []news.Article, said []*statement) *Ledger {
	l := &Ledger{arts: arts, times: make([]time.Time, len(arts)), said: said, theme: make(map[string]bool)}
	for i := range arts {
		l.times[i] = arts[i].When()
	}
	named, claims := make(map[string]int), 0
	for _, st := range said {
		claims += len(st.claims)
	}
	l.claims = make([]held, 0, claims)
	for i, st := range said {
		for k := range st.claims {
			l.claims = append(l.claims, held{&st.claims[k], i})
		}
		for _, n := range st.names {
			named[n]++
		}
	}
	for n, k := range named {
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
		art := l.article(out[i].Article)
		if art < 0 {
			continue
		}
		fact := l.said[art].in(out[i].Text)
		out[i].Day = fact.day
		title := revisedWords.MatchString(l.arts[art].Title)
		for _, c := range fact.claims {
			c.revised = c.revised || title
			h := held{&c, art}
			if was, ok := l.corrected(h, out[i].Text); ok && out[i].Was.Value == "" {
				out[i].Was = was
				continue
			}
			if len(out[i].Differs) == 0 {
				out[i].Differs = l.differing(h)
			}
		}
	}
	return out
}

// article returns the index of an article, below zero where it is none of the ledger's.
func (l *Ledger) article(id news.ArticleID) int {
	for i := range l.arts {
		if l.arts[i].ID == id {
			return i
		}
	}
	return -1
}

// differing returns what other outlets say in the place of a claim, the latest
// first.
func (l *Ledger) differing(c held) []news.Version {
	rivals := make(map[int][]held) // by article
	for _, r := range l.claims {
		if l.sameThing(c.claim, r.claim) {
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
		if slices.ContainsFunc(rs, func(r held) bool { return compatible(c.claim, r.claim) }) || len(c.text) > 3 && hasDigit(c.text) && strings.Contains(l.arts[art].Body, c.text) {
			continue
		}
		for _, r := range rs {
			if slices.ContainsFunc(own, func(o held) bool { return compatible(o.claim, r.claim) }) || !l.disagree(c, r) {
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
// says itself that another was wrong; the one that its text denies, if it does.
func (l *Ledger) corrected(c held, text string) (news.Version, bool) {
	at := -1
	for i := range l.claims {
		r := l.claims[i]
		if r.art == c.art || !l.later(c.art, r.art) || !l.sameThing(c.claim, r.claim) || compatible(c.claim, r.claim) || r.revised {
			continue
		}
		same := l.arts[r.art].Outlet == l.arts[c.art].Outlet
		switch n := natureOf(c.claim); {
		case c.revised:
		case !same || c.moved:
			continue
		case n == fixed, n == grows && c.value < r.value && c.hedge != least:
		default:
			continue
		}
		if at >= 0 && denies(text, r.text) != denies(text, l.claims[at].text) {
			if denies(text, r.text) {
				at = i
			}
			continue
		}
		if at < 0 || l.later(r.art, l.claims[at].art) {
			at = i
		}
	}
	if at < 0 || deniesOne.MatchString(text) && !denies(text, l.claims[at].text) {
		return news.Version{}, false
	}
	for i := range l.claims { // where the article says both, it tells of two things
		if o := l.claims[i]; o.art == c.art && !c.revised && l.sameThing(c.claim, o.claim) && compatible(o.claim, l.claims[at].claim) {
			return news.Version{}, false
		}
	}
	r := l.claims[at]
	return news.Version{Value: r.text, Article: l.arts[r.art].ID, Instead: c.text}, true
}

// deniesOne tells a text that says itself which value was wrong.
var deniesOne = pattern.MustCompile(`(?i)\b(not|instead of|rather than) (\d|(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(thir|four|fif|six|seven|eigh|nine)teen|twenty|thirty|forty|fifty|sixty)\b)`)

// denies says whether a text says of a value that it is not so: "13, not 15".
func denies(text, value string) bool {
	text = strings.ToLower(text)
	for _, no := range [...]string{"not ", "instead of ", "rather than "} {
		for rest := text; ; {
			_, after, found := strings.Cut(rest, no)
			if !found {
				break
			}
			if end, ok := strings.CutPrefix(after, strings.ToLower(value)); ok && !unicode.IsLetter(firstRune(end)) && !unicode.IsDigit(firstRune(end)) {
				return true
			}
			rest = after
		}
	}
	return false
}

// later says whether article a came after article b.
func (l *Ledger) later(a, b int) bool {
	if c := l.times[a].Compare(l.times[b]); c != 0 {
		return c > 0
	}
	return a > b
}

// disagree says whether two claims of one thing with different values cannot
// both be right, rather than the later one being news.
func (l *Ledger) disagree(c, r held) bool {
	older, newer := r, c
	if l.later(r.art, c.art) {
		older, newer = c, r
	}
	x, y := l.times[older.art], l.times[newer.art]
	gap := y.Sub(x)
	if x.IsZero() || y.IsZero() {
		gap = 0
	}
	if newer.revised || newer.moved && gap > 0 && c.kind != "ballot" && c.kind != "age" && !(older.moved && gap <= sameTime && !(natureOf(c.claim) == grows && newer.value > older.value)) {
		return false // where both moved they may tell of one rise, but for a toll that went on rising
	}
	switch natureOf(c.claim) {
	case fixed:
		return true
	case grows:
		return gap <= sameTime || newer.value < older.value
	}
	return gap <= sameTime
}

// sameThing says whether two claims give a value for one thing.
func (l *Ledger) sameThing(a, b *claim) bool {
	if a.undone != b.undone || !samePerson(a.key, b.key) {
		return false
	}
	kind := a.kind
	if x, y, ok := toll(a, b); ok {
		if x != "" && y != "" && x != y {
			return false // soldiers, and civilians
		}
		kind, _, _ = strings.Cut(kind, ":")
	} else if !sameKind(a.kind, b.kind) || a.unit != b.unit && kind != "magnitude" && kind != "aftershock" {
		return false
	}
	if a.kind == "" && a.unit == "" {
		return false
	}
	if a.where != b.where && (a.where != "" && !l.theme[a.where] || b.where != "" && !l.theme[b.where]) {
		return false
	}
	names, words := common(a.names, b.names, ""), common(a.words, b.words, a.unit)
	least := min(len(a.words), len(b.words))
	shared, all := common(a.all, b.all, a.unit), min(len(a.all), len(b.all))
	far := max(a.value, b.value) > farApart*min(a.value, b.value) && 5*shared < 4*all
	switch {
	case kind == "magnitude" || kind == "aftershock":
		return true
	case ofPeople(kind):
		return (names > 0 || words > 1) && !far
	case a.kind == "age":
		return a.names.has(lastName(a.key)) || words >= 2
	case a.kind == "date":
		doers := a.words.common(b.words, func(w string) bool { return roles.Has(w) })
		words, least = words-doers, least-doers                                                                             // who does it is not what is done
		return words > 0 && (2*words > least || least == 1) && (names > 0 || words > 1) && math.Abs(a.value-b.value) <= 131 // a month and a day
	case a.kind == "score":
		return names >= 2
	case a.kind == "prison":
		return 2*names > min(len(a.names), len(b.names)) || len(a.names)+len(b.names) == 0 && words > 2
	}
	if strings.HasSuffix(a.kind, "±") && 3*shared < 2*all { // by how much something changed: over which time must be the same
		return false
	}
	if a.unit == "percent" && (2*words < least || !sameShare(a, b)) {
		return false
	}
	return !far && shared >= 2 && 2*shared >= all
}

// sameKind says whether two kinds may be one: what a sale is worth need not be
// told as one.
func sameKind(a, b string) bool {
	if a == "money" {
		a, b = b, a
	}
	return a == b || b == "money" && strings.HasSuffix(a, ":deal")
}

// toll returns which people two claims count, "" for people of no certain kind,
// where both say what happened to people, and the same.
func toll(a, b *claim) (x, y string, ok bool) {
	if a.kind == "" || b.kind == "" || a.kind[0] != b.kind[0] { // as most
		return "", "", false
	}
	head, x, _ := strings.Cut(a.kind, ":")
	other, y, _ := strings.Cut(b.kind, ":")
	return x, y, head == other && ofPeople(head)
}

// samePerson says whether two keys may name one person: in full, or one by the
// last name only.
func samePerson(a, b string) bool {
	return a == b || a != "" && b != "" && (strings.HasSuffix(a, " "+b) || strings.HasSuffix(b, " "+a))
}

// measures are stems for what a percentage is of.
var measures = strings.Fields(`export import econom economi product output trade retail turnout inflat unemploy rate growth price sale share profit revenu approv interest tax wage rent`)

// sameShare says whether two percentages may be of the same: what is measured
// is the same, and not each of another party or place.
func sameShare(a, b *claim) bool {
	for _, m := range measures {
		if a.words.has(m) != b.words.has(m) {
			return false
		}
	}
	n := common(a.names, b.names, "")
	return n == len(a.names) || n == len(b.names)
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
func common(a, b bag, counted string) int {
	return a.common(b, func(w string) bool {
		return w != counted && !moneys.Has(w) && (counted != "ballot" || w != "vote")
	})
}
