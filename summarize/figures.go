package summarize

import (
	"iter"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/internal/wordset"
)

// figure is a number that a text states, with what it counts.
type figure struct {
	value   float64
	kind    string // what is counted, where a rule knows it: "dead", "injured:soldier", "prison", "crown:deal"
	unit    string // stem of the noun after the number
	context bag    // stems near the number, for what no rule knows
	undone  bool   // speaks of what was restored, reopened, lifted
	where   string // the town that the number is for, where one is named
	names   bag    // capital words of the text
	from    int    // where it is written, in bytes of the text, with its mark or unit of money
	to      int
}

// smallNumbers are the number words that texts use for counts. "One" is left out:
// it is a pronoun as often as a number.
var smallNumbers = map[string]float64{
	"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "dozen": 12,
	"thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30,
	"forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}

// numberWords finds what a text without digits must hold to state a number.
var numberWords = newPhrases(slices.Collect(maps.Keys(smallNumbers)))

var multiples = map[string]float64{"hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "m": 1e6, "mn": 1e6, "bn": 1e9, "crore": 1e7, "lakh": 1e5}

// tolls maps stems of words for what happened to people to one name each.
var tolls = map[string]string{
	"kill": "dead", "die": "dead", "dead": "dead", "death": "dead", "dy": "dead", "toll": "dead", "fatal": "dead",
	"injur": "injured", "wound": "injured", "hurt": "injured", "miss": "missing", "arrest": "arrested", "detain": "arrested",
	"evacu": "moved", "displac": "moved", "homeless": "moved", "infect": "infected",
}

// counted are the nouns for people of no certain kind.
var counted = wordset.Of(`people person persons life lives residents inhabitants victims dead casualties others`)

// currencies maps marks and names of money to one name each.
var currencies = map[string]string{
	"$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₹": "rupee", "dollars": "dollar", "dollar": "dollar", "euros": "euro", "euro": "euro", "pounds": "pound", "pound": "pound",
	"yen": "yen", "rupees": "rupee", "rupee": "rupee", "crowns": "crown", "crown": "crown", "francs": "franc", "franc": "franc", "pesos": "peso", "yuan": "yuan", "rubles": "ruble", "rs": "rupee",
}

// moneys are the names and marks of currencies.
var moneys = wordset.Made(func() iter.Seq[string] { return maps.Keys(currencies) })

// purses maps stems to what money is for. Two sums are compared only where both
// are for the same.
var purses = map[string]string{
	"buy": "deal", "bought": "deal", "acquir": "deal", "acquisit": "deal", "takeov": "deal", "bid": "deal", "offer": "deal", "purchas": "deal", "deal": "deal", "merger": "deal",
	"damag": "damage", "loss": "damage", "fine": "fine", "penalti": "fine", "donat": "gifts", "aid": "aid", "relief": "aid", "ransom": "ransom", "bail": "bail",
}

var (
	undoing   = wordset.Of(`restor reopen return lift reconnect recov rescu releas freed repair resum`)
	addition  = wordset.Of(`more other others additional further extra`)
	sameThing = map[string]string{"electr": "power", "household": "home", "hous": "home", "ballot": "vote", "cast": "vote", "back": "support", "favour": "support", "favor": "support"}
)

// quantity reads a number at the front of the pieces and how many it takes; unit is the noun joined to
// it by a hyphen, if one is.
func quantity(ps []piece) (v float64, n int, unit string) {
	if !opensFigure(ps[0].text[0]) {
		return 0, 0, ""
	}
	head, tail, joined := strings.Cut(strings.ToLower(ps[0].text), "-")
	v, ok := oneNumber(head)
	if !ok {
		return 0, 0, ""
	}
	for joined {
		var p string
		p, tail, joined = strings.Cut(tail, "-")
		if m, ok := multiples[p]; ok {
			v *= m
		} else if u, ok := smallNumbers[p]; ok && v >= 20 && u < 10 {
			v += u
		} else if utf8.RuneCountInString(p) > 2 {
			unit = p
		} else {
			return 0, 0, "" // "2-1", "a 3-D film"
		}
	}
	n = 1
	for n < len(ps) && !ps[n-1].breaks && unit == "" {
		m, ok := multiples[strings.ToLower(ps[n].text)]
		if !ok {
			break
		}
		v, n = v*m, n+1
	}
	return v, n, unit
}

func oneNumber(w string) (float64, bool) {
	switch {
	case w == "":
		return 0, false
	case opensNumber(w[0]):
		v, ok := smallNumbers[w]
		return v, ok
	case !isDigit(w[0]) || len(w) > 18:
		return 0, false
	}
	scale := 1.0
	for _, suffix := range [...]string{"bn", "mn", "m"} {
		if head, found := strings.CutSuffix(w, suffix); found {
			w, scale = head, multiples[suffix]
			break
		}
	}
	v, err := strconv.ParseFloat(strings.ReplaceAll(w, ",", ""), 64)
	if err != nil || math.IsInf(v, 0) {
		return 0, false
	}
	return v * scale, true
}

// figures returns the numbers that an English text states as they stand now: not
// those added to others, parts of others, or told of an earlier year.
func (d *document) figures(s string) []figure {
	if d.lang != "en" || past(s) || !hasDigit(s) && !numberWords.folded(s) {
		return nil
	}
	ps := pieces(s)
	return d.figuresIn(s, ps, bagOf(capitals(nil, ps)))
}

// figuresIn is figures of an English text whose pieces and names are known.
func (d *document) figuresIn(s string, ps []piece, names bag) []figure {
	if past(s) {
		return nil
	}
	var out []figure
	for i := 0; i < len(ps); i++ {
		if f, ok := d.score(s, ps, i); ok {
			f.names = names
			out = append(out, f)
			continue
		}
		v, n, unit := quantity(ps[i:])
		if n == 0 {
			continue
		}
		if f, ok := d.figure(s, ps, i, i+n, unit); ok {
			f.value, f.names = v, names
			out = append(out, f)
		}
		i += n - 1
	}
	return out
}

// past tells a text that speaks of an earlier year.
func past(s string) bool {
	if strings.Contains(s, "last year") || strings.Contains(s, "years ago") || strings.Contains(s, "decades ago") {
		return true
	}
	if !hasDigit(s) {
		return false
	}
	for w := range strings.FieldsSeq(s) {
		if w = bare(w, ".,;:()\"'"); len(w) == 4 && (strings.HasPrefix(w, "19") || strings.HasPrefix(w, "20")) && isDigit(w[2]) && isDigit(w[3]) {
			return true
		}
	}
	return false
}

// score reads "3-1": goals or votes.
func (d *document) score(s string, ps []piece, i int) (figure, bool) {
	if !isDigit(ps[i].text[0]) {
		return figure{}, false
	}
	a, b, _ := strings.Cut(ps[i].text, "-")
	if a == "" || b == "" || !isDigit(b[0]) { // an error is made at a price
		return figure{}, false
	}
	x, err1 := strconv.Atoi(a)
	y, err2 := strconv.Atoi(b)
	if err1 != nil || err2 != nil || x > 999 || y > 999 || x < 0 || y < 0 {
		return figure{}, false
	}
	kind := "score"
	if lower := strings.ToLower(s); strings.Contains(lower, "vote") || strings.Contains(lower, "ballot") {
		kind = "ballot"
	}
	return figure{value: float64(x)*1e3 + float64(y), kind: kind, unit: kind, from: ps[i].start, to: ps[i].end}, true
}

// figure tells what the number from piece i to j counts.
func (d *document) figure(s string, ps []piece, i, j int, unit string) (figure, bool) {
	a, b := i, j // the clause around the number
	for a > 0 && !ps[a-1].breaks && !ps[a].opens {
		a--
	}
	for b < len(ps) && !ps[b-1].breaks && !ps[b].opens {
		b++
	}
	mark := ""
	if ps[i].start > 0 {
		r, _ := utf8.DecodeLastRuneInString(s[:ps[i].start])
		mark = currencies[string(r)]
		for a > 0 && mark != "" && !ps[a-1].breaks { // the mark parted the clause
			a--
		}
	}
	percent := ps[j-1].end < len(s) && s[ps[j-1].end] == '%'
	if percent {
		for b < len(ps) && (b == j || !ps[b-1].breaks) {
			b++
		}
	}
	before, next := "", ""
	if i > a {
		before = strings.ToLower(ps[i-1].text)
	}
	if j < b {
		next = strings.ToLower(ps[j].text)
	}
	if before == "another" || before == "from" || before == "a" && unit == "" || addition.Has(next) || next == "of" || before == "aged" || i > a && calendar.Has(ps[i-1].text) || j < b && calendar.Has(ps[j].text) || next == "am" || next == "a.m" || next == "p.m" {
		return figure{}, false
	}
	f := figure{unit: d.vocab.stemOf(unit), from: ps[i].start, to: ps[j-1].end}
	if unit == "" && next != "" && unicode.IsLower(firstRune(ps[j].text)) && !englishStops.Has(next) {
		f.unit = d.vocab.stemOf(next)
	}
	switch {
	case percent:
		f.unit, f.to = "percent", f.to+1
	case mark != "":
		_, n := utf8.DecodeLastRuneInString(s[:f.from])
		f.from -= n
	case currencies[next] != "":
		mark, f.to = currencies[next], ps[j].end
	}
	if mark == "" {
		mark = currencies[unit]
	}
	var context []string
	hand, reach := "", 99
	for k := a; k < b; k++ {
		if k >= i && k < j {
			continue
		}
		w := strings.ToLower(ps[k].text)
		if englishStops.Has(w) && w != "without" || sayings.Has(w) || calendar.Has(ps[k].text) {
			continue
		}
		stem := d.vocab.stemOf(w)
		if t, ok := tolls[stem]; ok {
			if dist := distance(ps, i, j, k, stem); dist < reach {
				hand, reach = t, dist
			}
		}
		f.undone = f.undone || undoing.Has(stem)
		if c, ok := sameThing[stem]; ok {
			stem = c
		}
		if !ps[k].cap && !hasDigit(w) && !isSmallNumber(w) {
			context = append(context, stem)
		}
	}
	f.context = bagOf(context)
	if hand == "" && next == "lives" && (strings.HasPrefix(before, "claim") || strings.HasPrefix(before, "cost")) {
		hand = "dead"
	}
	f.where = townAfter(ps, j, b)
	if c, ok := sameThing[f.unit]; ok {
		f.unit = c
	}
	switch {
	case mark != "":
		f.unit = mark
		for w := range strings.FieldsSeq(strings.ToLower(s)) {
			if p := purses[d.vocab.stemOf(strings.Trim(w, ".,;:'\"-"))]; p != "" {
				f.kind = mark + ":" + p
				break
			}
		}
		if rest := s[ps[j-1].end:]; strings.Contains(rest, " a share") || strings.Contains(rest, " per share") || strings.Contains(rest, " each share") || strings.Contains(rest, " a day") {
			f.kind = mark + ":each"
		}
		if f.kind == "" {
			f.kind = "money"
		}
	case before == "magnitude" || unit == "magnitude" || next == "magnitude":
		if f.kind = "magnitude"; strings.Contains(strings.ToLower(s), "aftershock") {
			f.kind = "aftershock"
		}
	case strings.HasPrefix(f.unit, "year") || strings.HasPrefix(f.unit, "month"):
		for _, w := range [...]string{"sentenc", "prison", "jail", "bar"} {
			if f.context.has(w) {
				f.kind = "prison"
			}
		}
	case hand != "" && f.unit != "percent":
		if f.kind = hand; f.unit != "" && unit == "" && !counted.Has(next) && tolls[f.unit] == "" && unicode.IsLetter(firstRune(next)) && strings.HasSuffix(next, "s") || next == "children" || next == "women" || next == "men" || next == "sheep" || next == "cattle" || next == "livestock" {
			f.kind += ":" + f.unit
		}
	}
	return f, true
}

// distance is how far a word for what happened to people stands from a number
// that it may count: just before it, as a toll further before it, or after it
// with no other number between. 99 where it cannot.
func distance(ps []piece, i, j, k int, stem string) int {
	switch {
	case k >= j:
		for m := j; m < k; m++ {
			if v, _ := oneNumber(strings.ToLower(ps[m].text)); v > 0 {
				return 99
			}
		}
		if k-j > 9 {
			return 99
		}
		return 2 + k - j
	case stem == "toll" || stem == "death" && i > 0 && ps[i-1].text == "to":
		return 1
	case stem == "death":
		return 99
	}
	for m := k + 1; m < i; m++ { // "killed at least nine"
		switch strings.ToLower(ps[m].text) {
		case "at", "least", "about", "more", "than", "some", "nearly", "almost", "around", "up", "to", "as", "many", "all":
		default:
			return 99
		}
	}
	return 0
}

// townAfter returns the name after "in" that follows a number in its clause.
func townAfter(ps []piece, j, b int) string {
	for k := j; k+1 < b; k++ {
		if v, _ := oneNumber(strings.ToLower(ps[k].text)); v > 0 {
			return ""
		}
		if locatives.Has(strings.ToLower(ps[k].text)) && ps[k+1].cap && !calendar.Has(ps[k+1].text) {
			return strings.ToLower(ps[k+1].text)
		}
	}
	return ""
}

// sameSubject tells whether two figures count the same thing, so that the newer
// is a version of the older. theme holds the words that name the event.
func sameSubject(f, g *figure, theme theme) bool {
	if f.kind != g.kind || f.undone != g.undone {
		return false
	}
	if f.where != g.where && !(f.where == "" || theme.has(f.where)) || f.where != g.where && !(g.where == "" || theme.has(g.where)) {
		return false
	}
	head, class, _ := strings.Cut(f.kind, ":")
	switch {
	case f.kind == "magnitude" || f.kind == "aftershock":
		return true
	case f.kind == "score" || f.kind == "ballot":
		return shareNames(f.names, g.names, 2) || f.kind == "ballot" && shareNames(f.names, g.names, 1)
	case f.kind == "prison":
		return shareNames(f.names, g.names, 1)
	case class == "each":
		return f.unit == g.unit && alike(f.context, g.context, f.unit, 0.5)
	case f.kind == "money":
		return f.unit == g.unit && alike(f.context, g.context, f.unit, 0.6)
	case f.kind == "":
		return f.unit != "" && f.unit == g.unit && f.unit != "day" && f.unit != "year" && f.unit != "hour" && f.unit != "week" && f.unit != "month" && alike(f.context, g.context, f.unit, 0.5)
	case slices.Contains([]string{"dead", "injured", "missing", "arrested", "moved", "infected"}, head):
		return true
	}
	return f.unit == g.unit && shareNames(f.names, g.names, 1)
}

func shareNames(a, b bag, least int) bool {
	return a.common(b, func(string) bool { return true }) >= least
}

// alike tells contexts that share two words or more beside the unit, and that part
// of the shorter.
func alike(a, b bag, unit string, share float64) bool {
	n := a.common(b, func(w string) bool { return w != unit })
	x, y := len(a)-int(b2f(a.has(unit))), len(b)-int(b2f(b.has(unit)))
	return n >= 2 && float64(n) >= share*float64(min(x, y)) || n == 1 && min(x, y) <= 2
}
