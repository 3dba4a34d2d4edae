package summarize

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"newsdesk/internal/pattern"
	"newsdesk/internal/wordset"
)

// claim is a value that a sentence states of something, made ready to be set
// against what another sentence states.
type claim struct {
	figure
	text    string
	hedge   hedge
	words   bag    // stems of the sentence's small-letter words and its first one, its speaker left out
	all     bag    // words, and the stems of names
	key     string // of an age: whose; of a date: nothing
	moved   bool   // the sentence says that the value changed, or is the one of now
	revised bool   // the sentence or its article's title says that another value was wrong
}

// hedge says how near to its number a claim means to be.
type hedge byte

const (
	exact  hedge = iota
	around       // about 60
	least        // at least, more than 60
	most         // up to, nearly 60
)

var hedgeWords = map[string]hedge{
	"about": around, "around": around, "some": around, "roughly": around, "approximately": around, "estimated": around, "almost": most, "nearly": most,
	"over": least, "least": least, "than": least,
}

var (
	// movedWords say that a value is not what it was.
	movedWords = pattern.MustCompile(`(?i)\b(now|still|so far|remains?|remained|stands at|latest|updated?|upgraded|downgraded|lowered|postponed|delayed|extended|sweetened|brought forward|put back)\b|` +
		`\b(rose|rises?|risen|raises?|raised|climb(s|ed)?|grows?|grew|grown|f[ae]lls?|fallen|drop(s|ped)?|increased?|decreased?|reduced?|cuts?)\b( [^,;]{0,40})? (to|by|from)\b`)
	// revisedWords say that a value was wrong.
	revisedWords = pattern.MustCompile(`(?i)\b(corrected|correction|corrects|revised (down|up|upwards?|downwards?|to|from|its|the|their)|revises|retracted|retracts|recount(ed)?|counted twice|miscounted|misstated|mistaken(ly)?|had been wrong|was wrong|were wrong|in error|earlier version|clarification|clarified)\b`)
	// closeSpeaker is who says it, at the end of a sentence.
	closeSpeaker = pattern.MustCompile(`, ([^,]{2,60} (said|says|say|told [^,]{2,30}|showed|announced|found|suggested|estimated|reported)|(said|says|according to) [^,]{2,60})( (on|of|late|early) [^,]{2,40})?\.?$`)
	openSpeaker  = pattern.MustCompile(`^(?:[A-Z][^,]{2,50} (?:said|says|say|found|showed|suggested|estimated|reported) (?:that )?|According to [^,]{2,50}, )`)
	// change is how much a value changed, not what it is.
	change = pattern.MustCompile(`(?i)\b(by|rose|rises?|rising|climbed|grew|gained?|f[ae]lls?|falling|dropped|dropping|lost|added|adding|jumped|slipped|increase of|decrease of|rise of|fall of|drop of)( about| around| some| nearly| almost| more than| at least)? [$€£¥₹]?$`)
	// part is a number of some of those counted before, or of all that they are of.
	part = pattern.MustCompile(`(?i)\b(including|includes|with|among them|of them|of whom|of the|of its|of all)( at least| about)? [$€£¥₹]?$`)
	// spanBefore and spanAfter tell a number that bounds others: "12 to 15".
	spanBefore = pattern.MustCompile(`(?i)\b(between|\d{1,2} (to|and|or)|\d{1,2}-) ?$`)
	spanAfter  = pattern.MustCompile(`(?i)^ (to|or|and) \d{1,2}\b[^,%]`)
	percents   = pattern.MustCompile(`\b(\d{1,3}(?:\.\d+)?)(?:%| percent\b| per cent\b)`)
	described  = pattern.MustCompile(`^ [a-z]{3,}ed ([a-z]{3,}s)\b`) // "85 burned houses" are houses
	monthDot   = pattern.MustCompile(`\b(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\. $`)
	magnitude  = pattern.MustCompile(`\b(\d\.\d)[- ]magnitude\b`)
	ballots    = pattern.MustCompile(`\b(\d{1,3})(?: votes)? (?:to|against) (\d{1,3})\b`)
	voting     = pattern.MustCompile(`(?i)\b(vot(e|es|ed|ing)|ballots?)\b`)
)

// sameUnit brings units to one name each.
var sameUnit = map[string]string{"kilometr": "km", "kilomet": "km", "kms": "km", "metr": "meter", "m": "meter", "passeng": "peopl", "resid": "peopl", "person": "peopl", "post": "job", "demonstr": "protest"}

// sameWord brings stems for one thing together, beside sameThing and tolls.
var sameWord = map[string]string{
	"approv": "pass", "pass": "pass", "bought": "buy", "acquir": "buy", "takeov": "buy", "purchas": "buy", "jail": "prison", "earthquak": "quak", "tremor": "quak", "epicentr": "centr", "epicent": "centr",
	"cost": "spend", "goe": "begin", "start": "begin", "open": "begin", "trial": "trial", "elect": "elect", "voter": "elect", "presidenti": "presid", "profit": "profit", "close": "end", "job": "job", "post": "job",
	"driver": "driver", "rubbl": "wreck",
	"loan": "lend", "borrow": "lend", "injuri": "injured", "burn": "burn", "shut": "close", "get": "receiv",
}

// claims returns what a sentence states, one for each number that can be
// compared, from English texts only.
func (d *document) claims(s string) []claim {
	if d.lang != "en" || !countable(s) {
		return nil
	}
	ps := pieces(s)
	return d.claimsIn(nil, s, ps, bagOf(capitals(nil, ps)))
}

// countable tells a text with a number, in digits or in words.
func countable(s string) bool { return hasDigit(s) || spelled(s) }

// claimsIn adds to others the claims of an English text with a number, whose pieces and
// names are known.
func (d *document) claimsIn(out []claim, s string, ps []piece, named bag) []claim {
	if earlierOn.MatchString(s) {
		return out
	}
	var base claim // what all have in common
	others := len(out)
	taken := make(map[int]bool) // bytes of numbers that are part of a date, an age or a ballot
	add := func(f figure, key string, h hedge) {
		if len(out) == others { // else it is not worth the work
			base = d.claimOf(s, ps, named)
		}
		c := base
		f.names = base.names
		c.figure, c.key, c.hedge, c.text = f, key, h, s[f.from:f.to]
		if u, ok := sameUnit[c.unit]; ok {
			c.unit = u
		}
		out = append(out, c)
	}
	for _, f := range d.ages(ps) {
		taken[f.from] = true
		add(f.figure, f.key, exact)
	}
	for _, m := range agedAfter.FindAllStringSubmatchIndex(s, -1) {
		if v, ok := oneNumber(s[m[4]:m[5]]); ok && v > 0 && v <= 120 && !taken[m[4]] {
			taken[m[4]] = true
			add(figure{value: v, kind: "age", unit: "age", from: m[4], to: m[5]}, strings.ToLower(s[m[2]:m[3]]), exact)
		}
	}
	for _, f := range dates(s, ps) {
		if bygone.MatchString(s) {
			break
		}
		taken[f.from], taken[f.to] = true, true
		add(f, "", exact)
	}
	for _, m := range magnitude.FindAllStringSubmatchIndex(s, -1) {
		v, _ := strconv.ParseFloat(s[m[2]:m[3]], 64)
		kind := "magnitude"
		if strings.Contains(strings.ToLower(s), "aftershock") {
			kind = "aftershock"
		}
		taken[m[2]] = true
		add(figure{value: v, kind: kind, unit: kind, from: m[2], to: m[3]}, "", exact)
	}
	if voting.MatchString(s) {
		for _, m := range ballots.FindAllStringSubmatchIndex(s, -1) {
			x, _ := strconv.Atoi(s[m[2]:m[3]])
			y, _ := strconv.Atoi(s[m[4]:m[5]])
			taken[m[2]], taken[m[4]] = true, true
			add(figure{value: float64(x)*1e3 + float64(y), kind: "ballot", unit: "ballot", from: m[2], to: m[5]}, "", exact)
		}
	}
	figs := d.figuresIn(s, ps, named)
	if !past(s) {
		for _, m := range percents.FindAllStringSubmatchIndex(s, -1) { // also of a whole, which figures leaves out
			v, err := strconv.ParseFloat(s[m[2]:m[3]], 64)
			if err == nil && !slices.ContainsFunc(figs, func(f figure) bool { return f.from == m[2] }) {
				figs = append(figs, figure{value: v, unit: "percent", from: m[2], to: m[1]})
			}
		}
	}
	told := d.reckoned(s)
	meant := maps.Clone(told)
	for _, f := range figs {
		delete(meant, f.from)
	}
	for _, at := range slices.Sorted(maps.Keys(meant)) {
		if f := meant[at]; f.kind != "loss" && !taken[at] {
			add(f, "", hedgeBefore(s, at))
			taken[at] = true
		}
	}
	for _, f := range figs {
		before, after := nearEnd(s[:f.from]), s[f.to:]
		small := f.value <= 100 && f.unit != "percent"
		if taken[f.from] || taken[f.to] || f.unit == "old" || part.MatchString(before) && !strings.HasSuffix(before, " away with ") && !(f.unit == "percent" && strings.HasSuffix(before, "with ")) || monthDot.MatchString(before) ||
			small && (spanBefore.MatchString(before) || spanAfter.MatchString(after)) {
			continue
		}
		if f.kind == "" && strings.HasSuffix(before, "magnitude of ") {
			if f.kind = "magnitude"; strings.Contains(strings.ToLower(s), "aftershock") {
				f.kind = "aftershock"
			}
		}
		if m := described.FindStringSubmatch(after); m != nil && f.kind == "" {
			f.unit = d.canon(m[1])
		}
		at := f.from
		if len(s) > at && !isDigit(s[at]) && f.unit != "" && strings.ContainsRune("$€£¥₹", firstRune(s[at:])) {
			at += len(string(firstRune(s[at:])))
		}
		t, known := told[at]
		if known {
			if t.kind == "loss" {
				f.kind = f.unit + ":loss"
				names := f.names
				add(f, "", hedgeBefore(s, f.from))
				if names != nil {
					out[len(out)-1].names = names
				}
				continue
			}
			if f.kind == "" || t.kind != "" {
				f.kind = t.kind
			}
			if t.unit != "" && f.kind == "" {
				f.unit = t.unit
			}
			f.undone = f.undone && t.kind != "missing" // "rescue teams"
		}
		if !known && change.MatchString(before) {
			if f.unit != "percent" {
				continue
			}
			f.kind += "±"
		}
		add(f, "", hedgeBefore(s, f.from))
	}
	return out
}

// claimOf is what all claims of a sentence have in common.
func (d *document) claimOf(s string, ps []piece, named bag) claim {
	c := claim{words: d.content(s, ps), revised: revisedWords.MatchString(s), moved: movedWords.MatchString(strings.ReplaceAll(s, "cut off", "isolated"))}
	c.names = slices.DeleteFunc(slices.Clone(named), func(n string) bool { return ofKin(ps, n) })
	all := append(make([]string, 0, len(c.words)+len(c.names)), c.words...)
	for _, n := range c.names {
		all = append(all, d.canon(n))
	}
	c.all = bagOf(all)
	return c
}

// maxNear is more bytes than any pattern that looks at what stands before a
// number can match.
const maxNear = 160

// nearEnd returns the end of a text.
func nearEnd(s string) string {
	if len(s) <= maxNear {
		return s
	}
	at := len(s) - maxNear
	for !utf8.RuneStart(s[at]) {
		at++
	}
	return s[at:]
}

// spelled tells a text with a number in words.
func spelled(s string) bool {
	for w := range strings.FieldsSeq(s) {
		if w = bare(w, `.,;:()"'“”`); w == "" || !opensNumber(w[0]) {
			continue
		}
		head, _, _ := strings.Cut(strings.ToLower(w), "-")
		if isSmallNumber(head) {
			return true
		}
	}
	return false
}

// opensNumber tells the bytes that a number in words begins with.
func opensNumber(c byte) bool {
	switch c | 0x20 {
	case 't', 'f', 's', 'e', 'n', 'd':
		return true
	}
	return false
}

// opensFigure tells the bytes that a number begins with, in digits or in words.
func opensFigure(c byte) bool { return isDigit(c) || opensNumber(c) }

// isSmallNumber tells a small-letter word that is one of smallNumbers.
func isSmallNumber(w string) bool { return w != "" && opensNumber(w[0]) && smallNumbers[w] > 0 }

// mostHedge is how many words before a number are looked at.
const mostHedge = 3

// hedgeBefore reads the words before a number.
func hedgeBefore(s string, from int) hedge {
	f := make([]string, 0, mostHedge)
	for rest := nearEnd(s[:from]); len(f) < mostHedge; {
		before, w := lastField(rest)
		if w == "" {
			break
		}
		f, rest = append(f, strings.ToLower(w)), before
	}
	slices.Reverse(f)
	n := len(f)
	if n == 0 {
		return exact
	}
	last := strings.TrimRight(f[n-1], "$€£¥₹")
	if last == "" && n > 1 {
		last = f[n-2]
	}
	switch {
	case n > 1 && (f[n-2] == "fewer" || f[n-2] == "less") && last == "than", n > 1 && f[n-2] == "up" && last == "to", n > 2 && f[n-2] == "many" && last == "as":
		return most
	case last == "than" && (n < 2 || f[n-2] != "more"):
		return exact
	}
	return hedgeWords[last]
}

// content returns the stems of what a sentence says in small letters, without
// who says it. ps are its pieces.
func (d *document) content(s string, ps []piece) bag {
	if said := openSpeaker.ReplaceAllString(closeSpeaker.ReplaceAllString(s, ""), ""); said != s {
		ps = pieces(said)
	}
	out := make([]string, 0, len(ps))
	for i, p := range ps {
		if p.cap && i > 0 {
			continue
		}
		w := strings.ToLower(p.text)
		if englishStops.Has(w) || sayings.Has(w) || calendar.Has(p.text) || hasDigit(w) || isSmallNumber(w) || multiples[w] > 0 || hedgeWords[w] != exact || len(w) < 3 || adverbs.Has(w) {
			continue
		}
		out = append(out, d.canon(w))
	}
	return bagOf(out)
}

// adverbs carry no matter of a claim.
var adverbs = wordset.Of(`early nearly recently only reportedly allegedly apparently finally really likely daily former`)

// canon returns a word's stem, or the one that stands for its group.
func (d *document) canon(w string) string {
	st := d.vocab.stemOf(w)
	if c, ok := sameWord[st]; ok {
		return c
	}
	if c, ok := sameThing[st]; ok {
		return c
	}
	if c, ok := tolls[st]; ok {
		return c
	}
	return st
}

// capitals adds the words with capitals among pieces to others, in small letters.
func capitals(out []string, ps []piece) []string {
	for i, p := range ps {
		if p.cap && !calendar.Has(p.text) && !(i == 0 && openers.Has(p.text)) {
			out = append(out, strings.ToLower(p.text))
		}
	}
	return out
}
