package verify

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"newsdesk/internal/wordset"
)

// unit is what a number counts, as far as it changes what the number says.
type unit uint8

const (
	bare unit = 1 << iota
	percent
	dollar
	euro
	pound
	yen
	rupee
)

const currency = dollar | euro | pound | yen | rupee

// number is a number in a text: the tokens [lo, hi), and every value that it
// can be read as. "5m" is five million, or five metres.
type number struct {
	lo, hi int
	keys   []string
	unit   unit
	scale  float64 // what its words multiply it by: a million in "5 million"
	bound  bool    // "up to", "at least", "nearly" stands before it
	one    bool    // the word "one", which "a" can say as well
}

// scales multiply the number before them.
var scales = map[string]float64{
	"hundred": 100, "thousand": 1e3, "k": 1e3, "million": 1e6, "millions": 1e6, "m": 1e6, "mn": 1e6, "mln": 1e6, "mio": 1e6,
	"billion": 1e9, "billions": 1e9, "bn": 1e9, "b": 1e9, "mrd": 1e9, "trillion": 1e12, "trillions": 1e12, "tn": 1e12, "lakh": 1e5, "crore": 1e7, "crores": 1e7,
	"dozen": 12, "mil": 1e3, "millón": 1e6, "millones": 1e6, "billones": 1e12, "billón": 1e12, "mille": 1e3, "milliard": 1e9, "milliards": 1e9,
	"tausend": 1e3, "millionen": 1e6, "milliarde": 1e9, "milliarden": 1e9, "milhão": 1e6, "milhões": 1e6, "bilhão": 1e9, "bilhões": 1e9,
	"mila": 1e3, "milione": 1e6, "milioni": 1e6, "miliardo": 1e9, "miliardi": 1e9, "duizend": 1e3, "miljoen": 1e6, "miljard": 1e9,
	"万": 1e4, "億": 1e8, "亿": 1e8, "兆": 1e12,
}

// abbreviated are scales that are also units of length and the like.
var abbreviated = wordset.Of(`m b k`)

var units = map[string]unit{
	"%": percent, "percent": percent, "percentage": percent, "pct": percent, "prozent": percent, "procent": percent, "٪": percent, "％": percent,
	"$": dollar, "dollar": dollar, "dollars": dollar, "usd": dollar, "dólares": dollar, "dollari": dollar,
	"€": euro, "euro": euro, "euros": euro, "eur": euro, "£": pound, "pound": pound, "pounds": pound, "gbp": pound,
	"¥": yen, "yen": yen, "yuan": yen, "₹": rupee, "rupees": rupee, "rupee": rupee, "rs": rupee, "inr": rupee,
}

// per begins a written percent sign in two words: "per cent", "por ciento".
var perCent = map[string]string{"per": "cent", "por": "cien", "pour": "cent"}

// ordinalEnds follow digits in an ordinal.
var ordinalEnds = wordset.Of(`st nd rd th er e ème º ª o a`)

// rangeMarks join two numbers of one kind.
var rangeMarks = wordset.Of(`- – — to and or bis a à y et und e o tot`)

// numbers finds the numbers of a text.
func numbers(s string, ts []token, lex *lexicon) []number {
	var out []number
	for i := 0; i < len(ts); {
		n, ok := numberAt(s, ts, i, lex)
		if !ok {
			i++
			continue
		}
		n.bound = bounded(ts, n.lo, lex)
		if k := len(out) - 1; k >= 0 && n.lo-out[k].hi == 1 && rangeMarks.Has(ts[n.lo-1].low) {
			out[k].widen(n)
		}
		out = append(out, n)
		i = n.hi
	}
	return out
}

// widen gives a number the scale and unit of the one that ends its range: the
// 10 of "10 to 15 million" is also ten million.
func (n *number) widen(last number) {
	if n.unit == bare {
		n.unit |= last.unit
	}
	if last.scale == 1 || n.scale != 1 {
		return
	}
	for _, k := range n.keys {
		if v, err := strconv.ParseFloat(strings.TrimPrefix(k, "n"), 64); err == nil && v < 1000 {
			n.keys = append(n.keys, value(v*last.scale))
			return
		}
	}
}

// value writes a number as a key. Twelve digits are more than news has.
func value(v float64) string { return "n" + strconv.FormatFloat(v, 'g', 12, 64) }

// numberAt reads the number that begins at token i.
func numberAt(s string, ts []token, i int, lex *lexicon) (number, bool) {
	var values []float64
	n := number{lo: i, hi: i + 1, unit: bare, scale: 1}
	t := ts[i]
	switch t.kind {
	case digits:
		if clock, ok := n.clock(ts, t.low); ok {
			n.keys = append(n.keys, clock...)
			if strings.Contains(t.low, ":") {
				return n, true
			}
		}
		values = readDigits(t.low, lex.comma)
		if len(values) == 0 {
			n.keys = append(n.keys, "r"+t.low)
		}
		n.hi = n.grouped(s, ts, t, &values)
		if n.hi < len(ts) && ts[n.hi].glued && ordinalEnds.Has(ts[n.hi].low) && len(values) > 0 {
			n.keys = append(n.keys, "o"+value(values[0])[1:])
			n.hi++
		}
	case run:
		return number{}, false // their figures are read as content
	default:
		if o, ok := lex.ordinals[t.low]; ok {
			n.keys = []string{"o" + strconv.Itoa(o)}
			return n, true
		}
		v, hi, ok := spelled(ts, i, lex)
		if !ok {
			return number{}, false
		}
		n.hi = hi
		if o, ok := lex.ordinals[lowAt(ts, hi+1)]; ok && v >= 20 && lowAt(ts, hi) == "-" { // twenty-first
			n.keys = []string{"o" + value(v + float64(o))[1:]}
			n.hi = hi + 2
			return n, true
		}
		n.one = hi == i+1 && v == 1
		values = []float64{v}
	}
	for n.hi < len(ts) {
		at := n.hi
		if lowAt(ts, at) == "-" && scales[lowAt(ts, at+1)] != 0 {
			at++
		}
		next := ts[at]
		by, ok := scales[next.low]
		if !ok || abbreviated.Has(next.low) && !next.glued {
			break
		}
		if abbreviated.Has(next.low) { // also a unit
			n.keys = keysOf(n.keys, values)
		}
		for k := range values {
			values[k] *= by
		}
		n.scale *= by
		n.hi = at + 1
	}
	n.keys = keysOf(n.keys, values)
	n.measure(ts)
	return n, true
}

func keysOf(keys []string, values []float64) []string {
	for _, v := range values {
		keys = append(keys, value(v))
	}
	return keys
}

func lowAt(ts []token, i int) string {
	if i < 0 || i >= len(ts) {
		return ""
	}
	return ts[i].low
}

// clock reads a time of day, of which "5:30 p.m." is 17:30 as well.
func (n *number) clock(ts []token, raw string) ([]string, bool) {
	h, m, found := strings.Cut(raw, ":")
	if !found {
		h, m, found = strings.Cut(raw, ".")
	}
	after := lowAt(ts, n.hi)
	half := after == "pm" || after == "am"
	if !found {
		m = "00"
	}
	hour, err1 := strconv.Atoi(h)
	_, err2 := strconv.Atoi(m)
	if err1 != nil || err2 != nil || !half && !strings.Contains(raw, ":") {
		if strings.Contains(raw, ":") {
			return []string{"r" + raw}, true
		}
		return nil, false
	}
	keys := []string{"t" + strconv.Itoa(hour) + ":" + m}
	if after == "pm" && hour < 12 {
		keys[0] = "t" + strconv.Itoa(hour+12) + ":" + m
	} else if after == "am" && hour == 12 {
		keys[0] = "t0:" + m
	}
	return keys, true
}

// grouped joins "2 500" where blanks part the thousands, and returns where the
// number ends.
func (n *number) grouped(s string, ts []token, t token, values *[]float64) int {
	hi := n.hi
	if len(*values) != 1 || len(t.low) > 3 {
		return hi
	}
	v := (*values)[0]
	for hi < len(ts) && ts[hi].kind == digits && len(ts[hi].low) == 3 && len(*values) < 4 {
		gap := s[ts[hi-1].end:ts[hi].start]
		if utf8.RuneCountInString(gap) != 1 {
			break
		}
		next, err := strconv.ParseFloat(ts[hi].low, 64)
		if err != nil {
			break
		}
		v = v*1000 + next
		*values = append(*values, v)
		hi++
	}
	return hi
}

// readDigits returns the values that digits with separators can mean. comma
// says that the language writes decimals with a comma.
func readDigits(raw string, comma bool) []float64 {
	plain := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, raw)
	whole, err := strconv.ParseFloat(plain, 64)
	if err != nil || len(plain) > 40 {
		return nil
	}
	seps := len(raw) - len(plain)
	if seps == 0 {
		return []float64{whole}
	}
	last := strings.LastIndexAny(raw, ".,:'")
	tail := raw[last+1:]
	decimal := func() float64 {
		v, _ := strconv.ParseFloat(plain[:len(plain)-len(tail)]+"."+tail, 64)
		return v
	}
	kinds := strings.ContainsRune(raw, '.') && strings.ContainsRune(raw, ',')
	switch c := raw[last]; {
	case kinds && strings.Count(raw, raw[last:last+1]) == 1:
		return []float64{decimal()}
	case seps > 1 || c == '\'':
		if len(tail) != 3 {
			return nil // a date, an address, a version
		}
		return []float64{whole}
	case len(tail) != 3 || last > 3:
		return []float64{decimal()}
	case c == ',' && !comma:
		return []float64{whole}
	case c == '.' && !comma:
		return []float64{decimal()}
	}
	return []float64{whole, decimal()}
}

// spelled reads a number written in words that begins at token i.
func spelled(ts []token, i int, lex *lexicon) (v float64, hi int, ok bool) {
	var total, cur float64
	top := 0.0 // the last scale
	j := i
	for j < len(ts) {
		w := ts[j].low
		if ts[j].kind != word {
			if w == "-" && j > i && numeric(ts, j+1, lex) && ts[j].start == ts[j-1].end {
				j++
				continue
			}
			break
		}
		if j > i && lex.joins.Has(w) && numeric(ts, j+1, lex) && (cur >= 20 && lex.joinsTens || cur >= 100 || cur == 0 && total > 0) {
			j++
			continue
		}
		if n, is := lex.numbers[w]; is {
			x := float64(n)
			switch {
			case cur == 0, x < 10 && int(cur)%10 == 0 && int(cur)%100 >= 20, x < 100 && int(cur)%100 == 0:
				cur += x
			case lex.joinsTens && x < 20 && int(cur)%100 >= 60 && int(cur)%20 == 0: // soixante-dix, quatre-vingt-onze
				cur += x
			case lex.joinsTens && cur == 4 && strings.HasPrefix(w, "vingt"): // quatre-vingts
				cur *= x
			default:
				return total + cur, hi, j > i
			}
		} else if by, is := scales[w]; is && !abbreviated.Has(w) && j > i {
			switch {
			case by == 100 && cur > 0 && cur < 100:
				cur *= by
			case by == 12 && cur > 0:
				cur *= by
			case top != 0 && by > top:
				total, cur, top = (total+cur)*by, 0, by
			default:
				total, cur, top = total+max(cur, 1)*by, 0, by
			}
		} else {
			break
		}
		j++
		hi = j
	}
	return total + cur, hi, hi > i
}

func numeric(ts []token, i int, lex *lexicon) bool {
	w := lowAt(ts, i)
	_, is := lex.numbers[w]
	return is || scales[w] != 0 && !abbreviated.Has(w)
}

// measure finds the unit that stands around a number.
func (n *number) measure(ts []token) {
	u := units[lowAt(ts, n.lo-1)] &^ percent
	for at := n.hi; at <= n.hi+1 && u == 0; at++ {
		w := lowAt(ts, at)
		if rest, ok := perCent[w]; ok && strings.HasPrefix(lowAt(ts, at+1), rest) {
			u = percent
		}
		u |= units[w]
		if w != "-" && w != "us" && w != "usa" && w != "de" {
			break
		}
	}
	if u != 0 {
		n.unit = u
	}
}

// bounded tells whether words before a number say that it is a limit or not
// quite reached.
func bounded(ts []token, lo int, lex *lexicon) bool {
	for k := 1; k <= 3 && lo-k >= 0; k++ {
		w := lowAt(ts, lo-k)
		if lex.bounds.Has(w) || lex.bounds.Has(lowAt(ts, lo-k-1)+" "+w) {
			return true
		}
		if ts[lo-k].kind == mark && units[w] == 0 || ts[lo-k].kind == digits {
			return false
		}
	}
	return false
}
