package summarize

import (
	"strings"

	"newsdesk/internal/pattern"
	"newsdesk/internal/wordset"
)

// A number that stands by no noun of its own, or by one that does not say what
// it counts, is read by the turn of phrase that it stands in.

const (
	aNumber   = `((?:\d[\d,]*\d|\d|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-(?:one|two|three|four|five|six|seven|eight|nine))?)(?: (?:hundred|thousand|million|billion))?)`
	someHedge = `(?:(?:about|around|some|nearly|almost|more than|at least|up to) )?`
)

// turn is a turn of phrase with a number in it.
type turn struct {
	re   *pattern.Regexp
	at   int // its group with the number
	noun int // its group with the noun that it counts, 0 for none
	kind string
	unit string // where no group has it
}

var reckonings = [...]turn{
	{re: pattern.MustCompile(`(?i)\b(?:quake|earthquake|tremor|temblor)s?\b[^.;,]{0,60}? (?:measured|measuring|registered|registering|of) (\d\.\d)\b`), at: 1, kind: "magnitude", unit: "magnitude"},
	{re: pattern.MustCompile(`(?i)\b(\d\.\d) (?:quake|earthquake|tremor|temblor)\b`), at: 1, kind: "magnitude", unit: "magnitude"},
	{re: pattern.MustCompile(`(?i)\b(?:looking|searching|search|hunt|hunting) for ` + someHedge + aNumber + ` (?:people|persons|men|women|children|passengers|sailors|fishermen|climbers|hikers|miners|skiers|workers|crew|others|missing)\b`), at: 1, kind: "missing"},
	{re: pattern.MustCompile(`(?i)\b(?:searching|search|hunt|hunting) for ` + someHedge + aNumber + ` (?:missing )?[a-z]{3,}s\b`), at: 1, kind: "missing"},
	{re: pattern.MustCompile(`(?i)\b` + aNumber + ` (?:[a-z]+ ){0,3}(?:are|were|is|was|remain|remained) (?:still )?unaccounted for\b`), at: 1, kind: "missing"},
	{re: pattern.MustCompile(`(?i)\b` + aNumber + ` [a-z]+ (?:were |was |had to be )?(?:taken|sent|rushed|brought|flown|admitted) to (?:the |a )?hospitals?\b`), at: 1, kind: "injured"},
	{re: pattern.MustCompile(`(?i)\b(?:sent|put) ` + someHedge + aNumber + ` [a-z]+ (?:to|in|into) (?:the |a )?hospitals?\b`), at: 1, kind: "injured"},
	{re: pattern.MustCompile(`(?i)\b(?:attended|watched|seen|joined) by ` + someHedge + aNumber + `(?:[.,]|$| (?:people|spectators|fans|on|at|in)\b)`), at: 1, unit: "peopl"},
	{re: pattern.MustCompile(`(?i)\b` + aNumber + ` (?:people|spectators|fans) (?:watched|attended|came|saw|joined)\b`), at: 1, unit: "peopl"},
	{re: pattern.MustCompile(`(?i)\b` + aNumber + ` (?:watched|attended) `), at: 1, unit: "peopl"},
	{re: pattern.MustCompile(`(?i)\b(?:drew|attracted) ` + someHedge + aNumber + ` (?:people|spectators|fans|visitors)\b`), at: 1, unit: "peopl"},
	{re: pattern.MustCompile(`(?i)\bnumber of (?:the )?([a-z]{4,})\b[^,.;]{0,70}? (?:at|was|is|reached) ` + someHedge + aNumber + `(?:[.,]|$)`), at: 2, noun: 1},
	{re: pattern.MustCompile(`(?i)\b` + aNumber + ` of (?:its|their) ([a-z]{4,}s)\b`), at: 1, noun: 2},
	{re: pattern.MustCompile(`(?i)\b(?:counted|reported|recorded) ` + someHedge + aNumber + ` (?:arrests|detentions)\b`), at: 1, kind: "arrested"},
}

// agedAfter finds an age behind a name or a calling: "Ilse Brandt, who was 55,", "the
// pilot, aged 68,".
var agedAfter = pattern.MustCompile(`\b((?:[A-Z][\p{L}'-]+ )?[A-Z][\p{L}'-]+|[a-z]{4,}), (?:who (?:is|was)|aged|is) (\d{1,3})(?:[.,]|$)`)

// lostMoney finds a loss over a time.
var lostMoney = pattern.MustCompile(`(?i)\b(?:lost|loss of) ` + someHedge + `[$€£¥₹]?(\d[\d.,]*)[^.;]{0,40}\b(?:quarter|half|year)\b`)

// earlierOn tells a sentence on what had been before the happening.
var earlierOn = pattern.MustCompile(`\bhad [^.;]{1,60} (?:in|on) (?:January|February|March|April|May|June|July|August|September|October|November|December|spring|summer|autumn|winter)\b`)

// bygone tells a sentence on another year.
var bygone = pattern.MustCompile(`(?i)\b(last year|years? ago|the year before)\b`)

// kin are words for somebody by another: what is said of them is not said of the
// one named first.
var kin = wordset.Of(`brother sister son daughter father mother wife husband widow cousin uncle aunt nephew niece partner aide deputy`)

// ofKin says whether a name stands in a sentence only to tell whose kin is
// spoken of: "Emre Solt's brother Tarik".
func ofKin(ps []piece, name string) bool {
	at, found := -1, false
	for i, p := range ps {
		if !strings.EqualFold(p.text, name) {
			continue
		}
		if at = i; found {
			return false
		}
		found = true
	}
	for at >= 0 && at+1 < len(ps) && ps[at].cap && !ps[at].possessive && !ps[at].breaks {
		at++
	}
	return found && at+1 < len(ps) && ps[at].possessive && kin.Has(strings.ToLower(ps[at+1].text))
}

// reckoned returns what the numbers of a sentence count by the turns of phrase
// that they stand in, by where they stand.
func (d *document) reckoned(s string) map[int]figure {
	out := make(map[int]figure)
	if past(s) {
		return out
	}
	put := func(from, to int, kind, unit string) {
		ps := pieces(s[from:to])
		if len(ps) == 0 {
			return
		}
		v, n, _ := quantity(ps)
		if n == 0 {
			return
		}
		if _, taken := out[from]; !taken {
			out[from] = figure{value: v, kind: kind, unit: unit, from: from, to: to}
		}
	}
	for _, p := range reckonings {
		for _, m := range p.re.FindAllStringSubmatchIndex(s, -1) {
			unit := p.unit
			if p.noun > 0 {
				unit = d.canon(strings.ToLower(s[m[2*p.noun]:m[2*p.noun+1]]))
			}
			kind := p.kind
			if kind == "magnitude" && strings.Contains(strings.ToLower(s), "aftershock") {
				kind = "aftershock"
			}
			put(m[2*p.at], m[2*p.at+1], kind, unit)
		}
	}
	for _, m := range lostMoney.FindAllStringSubmatchIndex(s, -1) {
		put(m[2], m[3], "loss", "")
	}
	return out
}
