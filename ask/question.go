package ask

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/kljensen/snowball/english"

	"newsdesk/internal/wordset"
)

const (
	maxQuestion = 1000 // bytes of a question that are read
	maxTerms    = 40   // words of a question that count
)

// kind is what a question asks for.
type kind byte

const (
	kindThing  kind = iota // what, which: a name or thing
	kindWho                // a person or body
	kindWhere              // a place
	kindWhen               // a time
	kindCount              // how many: a number
	kindAmount             // how much, how long: a number with its unit
	kindYesNo              // yes or no
	kindReason             // why, how: a sentence, no short answer
)

// term is a word of the question that an article should hold.
type term struct {
	canon  string
	weight float64 // how much it says: the rarer, the more
	name   bool    // written with a capital letter
	class  bool    // says of what class the answer is ("which country"): an article need not hold it
	place  bool    // a name behind "in", "at" or "from"
}

// question is a question that was read.
type question struct {
	terms  []term
	pairs  [][2]int // terms that stand next to each other in the question
	total  float64  // of the weights
	names  float64  // of the weights of names
	kind   kind
	class  string          // class word of the answer, "" where none is known
	count  string          // canonical form of what is counted, "" where unknown
	words  map[string]bool // canonical forms of all of its words
	year   int             // a year it names as its time ("in 2019"), 0 for none
	month  time.Month      // a month it names as its time, 0 for none
	listed bool            // offers a choice: "A or B"

	fitted *Weights
	canons map[string]string // canonical forms met
	known  map[string]int    // terms by written form, as far as met
	starts [1024]uint64      // bit set over the first two bytes of forms that may be terms
	byForm map[string]int    // terms by canonical form
}

// read analyses a question. It never fails; a question without a telling word
// has no terms.
func read(text string) *question {
	if len(text) > maxQuestion {
		text = text[:maxQuestion]
	}
	text = strings.ToValidUTF8(text, " ")
	q := &question{fitted: &fitted, words: map[string]bool{}, canons: map[string]string{}, known: map[string]int{}, byForm: map[string]int{}}
	ts := tokens(text, nil)
	low := make([]string, len(ts))
	for i, t := range ts {
		low[i] = strings.ToLower(text[t.start:t.end])
	}
	wh := q.readKind(ts, low)
	prev := -1
	allCaps := strings.ToUpper(text) == text
	for i, t := range ts {
		c := canon(text[t.start:t.end])
		if i > 0 {
			if p, ok := paired[[2]string{low[i-1], low[i]}]; ok {
				c = p
				q.drop(canon(low[i-1]))
			}
		}
		q.words[c] = true
		if i > 0 && timely.Has(low[i-1]) || i == 0 {
			q.readTime(low[i], t.upper)
		}
		if low[i] == "or" {
			q.listed = true
		}
		if stop.Has(low[i]) && !(t.upper && i > 0 && len(low[i]) > 3 && !allCaps && !t.first) && c != "u_s" || len(low[i]) == 1 && !t.digit && !unspacedWord(low[i]) {
			continue
		}
		if k, ok := q.byForm[c]; ok {
			prev = k
			continue
		}
		if len(q.terms) == maxTerms {
			break
		}
		w := weight(c)
		name := t.upper && !t.first && !allCaps || t.upper && t.first && w >= weightOther && i != wh
		tm := term{canon: c, weight: w, name: name && !classWords.Has(low[i]) && !weekdays.Has(low[i])}
		switch {
		case weekdays.Has(low[i]):
			tm.weight = 1
		case c == q.class || low[i] == q.class:
			tm.class, tm.weight = true, w*0.4
		}
		if tm.name && i > 0 {
			switch low[i-1] {
			case "in", "at", "from", "near":
				tm.place = true
			}
		}
		q.byForm[c] = len(q.terms)
		q.terms = append(q.terms, tm)
		if k := len(q.terms) - 1; prev >= 0 && prev != k {
			q.pairs = append(q.pairs, [2]int{prev, k})
		}
		prev = len(q.terms) - 1
	}
	q.prepare()
	return q
}

// drop forgets a term that turned out to be half of a name.
func (q *question) drop(c string) {
	k, ok := q.byForm[c]
	if !ok || k != len(q.terms)-1 {
		return
	}
	q.terms = q.terms[:k]
	delete(q.byForm, c)
	for len(q.pairs) > 0 && q.pairs[len(q.pairs)-1][1] == k {
		q.pairs = q.pairs[:len(q.pairs)-1]
	}
}

func (q *question) prepare() {
	mark := func(form string) {
		if len(form) >= 2 {
			k := uint(form[0])<<8 | uint(form[1])
			q.starts[k>>6] |= 1 << (k & 63)
		}
	}
	for i, t := range q.terms {
		q.total += t.weight
		if t.name {
			q.names += t.weight
		}
		q.byForm[t.canon] = i
		mark(t.canon)
	}
	for form, c := range same() {
		if _, ok := q.byForm[c]; ok {
			mark(form)
		}
	}
	for form, c := range exact {
		if _, ok := q.byForm[c]; ok {
			mark(strings.ToLower(form))
		}
	}
	for p, c := range paired {
		if _, ok := q.byForm[c]; ok {
			mark(p[1])
		}
	}
}

// canon is the function canon, remembering what it found.
func (q *question) canon(word string) string {
	c, ok := q.canons[word]
	if !ok {
		c = canon(word)
		q.canons[word] = c
	}
	return c
}

// match returns the term that a word stands for, -1 for none.
func (q *question) match(word string) int {
	if word[0] < utf8.RuneSelf {
		k := uint(word[0] | 0x20)
		if len(word) == 1 {
			if k, ok := q.byForm[word]; ok { // "Kestrel 2"; letters are no terms
				return k
			}
			return -1
		}
		if c := word[1]; c == '.' || c < utf8.RuneSelf {
			if c >= 'A' && c <= 'Z' {
				c |= 0x20
			}
			if word[0] < 'A' {
				k = uint(word[0])
			}
			k = k<<8 | uint(c)
			if q.starts[k>>6]&(1<<(k&63)) == 0 {
				return -1
			}
		}
	}
	if k, ok := q.known[word]; ok {
		return k
	}
	k, ok := q.byForm[canon(word)]
	if !ok {
		k = -1
	}
	q.known[strings.Clone(word)] = k
	return k
}

// find marks the tokens that stand for terms.
func (q *question) find(text string, ts []token) {
	for i := range ts {
		w := text[ts[i].start:ts[i].end]
		ts[i].term = q.match(w)
		if i > 0 && ts[i].upper && ts[i-1].upper && len(w) >= 5 {
			if c, ok := paired[[2]string{strings.ToLower(text[ts[i-1].start:ts[i-1].end]), strings.ToLower(w)}]; ok {
				if k, ok := q.byForm[c]; ok {
					ts[i].term = k
				}
			}
		}
	}
}

// weight returns what a canonical form says.
func weight(c string) float64 {
	if w, ok := rarity()[c]; ok {
		return w
	}
	if w, ok := rarity()[english.Stem(c, false)]; ok {
		return w
	}
	switch {
	case c == "u_s":
		return 1.5
	case c[0] >= '0' && c[0] <= '9':
		return 4.5
	}
	return weightOther
}

func isYear(s string) bool {
	return len(s) == 4 && (strings.HasPrefix(s, "19") || strings.HasPrefix(s, "20")) && s[2] >= '0' && s[2] <= '9' && s[3] >= '0' && s[3] <= '9'
}

func unspacedWord(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unspaced(r) && unicode.IsLetter(r)
}

// timely are words before the time of what is asked about.
var timely = wordset.Of(`in on since during until by`)

func (q *question) readTime(w string, upper bool) {
	if isYear(w) {
		q.year, _ = strconv.Atoi(w)
	}
	if upper {
		q.month = max(q.month, months[w])
	}
}

// dated reports whether the question names a time other than the one it was
// asked at, so that the days about that say nothing.
func (q *question) dated(asked time.Time) bool {
	if q.year != 0 && q.year != asked.Year() {
		return true
	}
	if q.month == 0 {
		return false
	}
	gap := (int(asked.Month()) - int(q.month) + 12) % 12
	return gap > 1 && gap < 11
}

// daysCount reports whether closeness to the day of the question counts.
func (q *question) daysCount(asked time.Time) bool { return !asked.IsZero() && !q.dated(asked) }
