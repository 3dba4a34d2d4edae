package ask

import (
	"strconv"
	"strings"

	"newsdesk/internal/wordset"
)

// form says what kind of words a span is made of.
type form byte

const (
	formWords  form = iota // words in lower case
	formName               // words with capital letters
	formQuoted             // stands in quotation marks
	formNumber             // a number, with its scale
	formUnit               // a number with its unit or currency
	formTime               // a date, a month, a weekday, a year
)

// span is a part of a passage that may be the answer.
type span struct {
	form  form
	a, b  int    // first token, and the one behind the last
	key   string // words in lower case; spans with one key are one answer
	text  string // as written
	words int
}

const maxNameWords = 6

// spans finds what may answer in a passage.
func (q *question) spans(p *passage) []span {
	var out []span
	ts, text := p.tokens, p.text
	low := func(i int) string { return strings.ToLower(text[ts[i].start:ts[i].end]) }
	add := func(f form, a, b int) {
		s := span{form: f, a: a, b: b, text: text[ts[a].start:ts[b-1].end], words: b - a}
		if (f == formUnit || f == formNumber) && ts[a].start > 0 {
			for _, c := range currencySigns {
				if strings.HasSuffix(text[:ts[a].start], c) {
					s.text = c + s.text
					s.form = formUnit
				}
			}
		}
		if s.form == formUnit && strings.HasPrefix(text[ts[b-1].end:], "%") {
			s.text += "%"
		}
		var key strings.Builder
		for i := a; i < b; i++ {
			if i > a {
				key.WriteByte(' ')
			}
			key.WriteString(low(i))
		}
		s.key = key.String()
		out = append(out, s)
	}
	for i := 0; i < len(ts); {
		if n := q.timeAt(p, i); n > 0 {
			add(formTime, i, i+n)
			i += n
			continue
		}
		if ts[i].digit && ts[i].gap != gapHyphen || numerals.Has(low(i)) {
			j, unit := q.numberAt(p, i)
			add(formNumber, i, j)
			if unit > j {
				add(formUnit, i, unit)
			} else if strings.HasPrefix(text[ts[j-1].end:], "%") {
				add(formUnit, i, j)
			}
			i = j
			continue
		}
		if j := q.nameAt(p, i); j > i {
			if j < len(ts) && ts[j].digit && ts[j].gap <= gapBlank && j-i < maxNameWords {
				add(formName, i, j+1) // "Title 42"
			}
			add(formName, i, j)
			if n := owner(text[ts[j-1].end:]); n > 0 {
				s := out[len(out)-1]
				s.key, s.text = s.key+owned, text[ts[i].start:ts[j-1].end+n]
				out = append(out, s)
			}
			if j-i >= 3 && titled.Has(low(i)) {
				add(formName, i+1, j) // without "President"
			}
			i = j
			continue
		}
		i++
	}
	q.quoted(p, add)
	if q.kind == kindThing {
		q.wordSpans(p, add)
	}
	return out
}

var currencySigns = [...]string{"$", "€", "£", "¥", "₹"}

// titled are words of office before a name.
var titled = wordset.Of(`president vice senator sen rep governor gov mayor minister prime secretary judge justice king queen prince princess pope dr mr mrs ms
	former speaker house chief general attorney actor actress singer sir republican democratic democrat`)

// nameAt returns the end of the name that begins at a token, i where there is
// none.
func (q *question) nameAt(p *passage, i int) int {
	ts, text := p.tokens, p.text
	if !ts[i].upper {
		return i
	}
	low := strings.ToLower(text[ts[i].start:ts[i].end])
	if ts[i].first && (stop.Has(low) || adverbs.Has(low)) {
		return i
	}
	j := i + 1
	for j < len(ts) && j-i < maxNameWords && !ts[j].first {
		switch {
		case ts[j].gap == gapHyphen && (ts[j].upper || ts[j].digit || j+1 < len(ts) && ts[j+1].gap == gapHyphen):
			j++
		case ts[j].gap <= gapBlank && ts[j].upper:
			j++
		case ts[j].gap <= gapBlank && j+1 < len(ts) && ts[j+1].upper && ts[j+1].gap <= gapBlank && joins.Has(text[ts[j].start:ts[j].end]):
			j += 2
		case ts[j].gap <= gapBlank && j+2 < len(ts) && text[ts[j].start:ts[j].end] == "of" && text[ts[j+1].start:ts[j+1].end] == "the" && ts[j+2].upper:
			j += 3
		default:
			return trimName(p, i, j)
		}
	}
	return trimName(p, i, j)
}

// trimName leaves a lone stop word out, such as "The".
func trimName(p *passage, i, j int) int {
	w := p.text[p.tokens[i].start:p.tokens[i].end]
	if j == i+1 && (stop.Has(strings.ToLower(w)) && w != "US" && w != "It" || len(w) < 2 && !unspacedWord(w)) {
		return i
	}
	return j
}

var joins = wordset.Of(`of de la von van der den al bin du da del di and & for the`)

// adverbs begin sentences with a capital letter, and no names.
var adverbs = wordset.Of(`currently however meanwhile although while despite since earlier later today yesterday tomorrow last next still even another many
	several people there here thousands hundreds dozens officials police authorities experts researchers scientists critics supporters according
	both each every when after before during instead also then now finally eventually additionally furthermore moreover overall perhaps maybe`)

// numberAt returns the end of a number with its scale, and of its unit.
func (q *question) numberAt(p *passage, i int) (end, unit int) {
	ts, text := p.tokens, p.text
	j := i + 1
	for j < len(ts) && j-i < 4 && ts[j].gap <= gapBlank {
		w := strings.ToLower(text[ts[j].start:ts[j].end])
		if !scales.Has(w) && (ts[i].digit || !numerals.Has(w)) {
			break
		}
		j++
	}
	unit = j
	for unit < len(ts) && unit-j < 3 && ts[unit].gap <= gapBlank && units.Has(strings.ToLower(text[ts[unit].start:ts[unit].end])) {
		unit++
	}
	return j, unit
}

// timeAt returns how many tokens a time takes that begins at a token.
func (q *question) timeAt(p *passage, i int) int {
	ts, text := p.tokens, p.text
	at := func(k int) string {
		if k >= len(ts) {
			return ""
		}
		return strings.ToLower(text[ts[k].start:ts[k].end])
	}
	day := func(k int) bool {
		s := strings.TrimRight(at(k), "stndrh")
		n, err := strconv.Atoi(s)
		return err == nil && n >= 1 && n <= 31
	}
	switch w := at(i); {
	case ts[i].upper && (months[w] > 0 || w == "may" && (day(i+1) || isYear(at(i+1)))):
		switch {
		case day(i+1) && isYear(at(i+2)):
			return 3
		case day(i+1) || isYear(at(i+1)):
			return 2
		}
		return 1
	case ts[i].digit && day(i) && (months[at(i+1)] > 0 || at(i+1) == "may" && ts[i+1].upper):
		if isYear(at(i + 2)) {
			return 3
		}
		return 2
	case weekdays.Has(w):
		return 1
	case isYear(w):
		return 1
	case (w == "next" || w == "last" || w == "this") && units.Has(at(i+1)) && ts[i+1].gap <= gapBlank:
		return 2
	}
	return 0
}

// quoted adds what stands in quotation marks: titles and sayings.
func (q *question) quoted(p *passage, add func(form, int, int)) {
	ts := p.tokens
	for i := range ts {
		if ts[i].gap != gapQuote && !(i == 0 && ts[0].start > 0) {
			continue
		}
		for j := i + 1; j <= len(ts) && j-i <= 8; j++ {
			if j == len(ts) || ts[j].gap >= gapQuote && strings.ContainsAny(p.text[ts[j-1].end:ts[j].start], `"“”‘’'`) {
				if j < len(ts) {
					add(formQuoted, i, j)
				}
				break
			}
		}
	}
}

// wordSpans adds one to three plain words in a row.
func (q *question) wordSpans(p *passage, add func(form, int, int)) {
	ts, text := p.tokens, p.text
	plain := func(i int) bool {
		w := text[ts[i].start:ts[i].end]
		return !ts[i].upper && !ts[i].digit && len(w) > 2 && !stop.Has(w) && !numerals.Has(w) && !adverbs.Has(w)
	}
	for i := range ts {
		if !plain(i) {
			continue
		}
		for j := i + 1; j <= len(ts) && j-i <= 3; j++ {
			add(formWords, i, j)
			if j == len(ts) || ts[j].gap > gapBlank || !plain(j) {
				break
			}
		}
	}
}
