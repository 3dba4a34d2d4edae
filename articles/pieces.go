package articles

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/internal/pattern"
	"newsdesk/internal/wordset"
)

// Bounds for telling the kind of a text from its form.
const (
	leastEntries = 5 // entries of a running account, pieces of a list
	maxPieces    = 60
	headingRunes = 80 // longest line that heads what follows
	pieceBytes   = 60 // shortest line that tells something
)

// clock begins an entry of a running account: "14:32", "2.05 pm", "20h15".
var clock = pattern.MustCompile(`^(?:- )?(\d{1,2})[:.h](\d{2})(?: ?([ap])\.?m\.?)?(?:\s|$|[-–—:|,])`)

// ticking tells whether a text is a running account: entries under times of
// day of which the newest stands first. In a timeline the oldest does.
func ticking(paras []string) bool {
	n, falls, last := 0, 0, -1
	for _, p := range paras {
		for line := range strings.SplitSeq(p, "\n") {
			m := clock.FindStringSubmatch(line)
			if m == nil {
				continue
			}
			at := 60*number(m[1]) + number(m[2])
			if m[3] != "" {
				at %= 12 * 60
			}
			if strings.EqualFold(m[3], "p") {
				at += 12 * 60
			}
			if n++; last >= 0 && at <= last {
				falls++
			}
			last = at
		}
	}
	return n >= leastEntries && 5*falls >= 4*(n-1)-1 && 2*n >= len(paras)/2
}

func number(digits string) int {
	n := 0
	for _, d := range digits {
		n = 10*n + int(d-'0')
	}
	return n
}

// scattered tells whether a text is a list of happenings: a row of pieces, each
// under a heading of its own or an item of a list, none of which speaks of what
// another does. A report on one happening names its people and places again and
// again. marked says that something else speaks for a list; the pieces then may
// be plain paragraphs.
func scattered(paras []string, marked bool, titles ...string) bool {
	all := pieces(paras)
	if len(all) < leastEntries && marked {
		all = paras[:min(len(paras), maxPieces)]
	}
	if len(all) < leastEntries {
		return false
	}
	in := map[string]int{}
	nameless := 0
	for _, p := range all {
		own := properNames(p)
		if len(own) == 0 {
			nameless++
		}
		for n := range own {
			in[n]++
		}
	}
	if 3*nameless > len(all) && !marked {
		return false // nothing to tell by
	}
	for _, n := range in {
		if n > 2 && 4*n > len(all) {
			return false
		}
	}
	// The subject need not be a name: a word that the title has and a third of
	// the pieces is one.
	for _, t := range titles {
		for _, w := range words(t) {
			if utf8.RuneCountInString(w) < 5 {
				continue
			}
			n, st := 0, stem(w)
			for _, p := range all {
				if hasStem(p, st) {
					n++
				}
			}
			if n > 2 && 3*n > len(all) {
				return false
			}
		}
	}
	return true
}

// hasStem tells whether a text has a word that begins so.
func hasStem(text, st string) bool {
	for w := range wordsIn(text) {
		if strings.ToLower(stem(w)) == st {
			return true
		}
	}
	return false
}

// pieces cuts a text at its headings, or into the items of its list, where
// nearly all of it is of such a form; else there are none.
func pieces(paras []string) []string {
	var items []string
	var sections [][]string // the paragraphs of each
	from, size := 0, 0      // of the section
	listed, total := 0, 0
	headed := false
	for i, p := range paras {
		for line := range strings.SplitSeq(p, "\n") {
			total += len(line)
			if strings.HasPrefix(line, "- ") && len(line) >= pieceBytes/2 {
				items = append(items, line)
				listed += len(line)
			}
		}
		if isHeading(p) {
			if size >= pieceBytes && headed {
				sections = append(sections, paras[from:i])
			}
			from, size = i, 0
			headed = true
		}
		size += len(p) + len("\n")
	}
	if size >= pieceBytes && headed {
		sections = append(sections, paras[from:])
	}
	switch {
	case 10*listed >= 7*total:
		return items[:min(len(items), maxPieces)]
	case len(sections) >= leastEntries && len(paras) <= 4*len(sections):
		out := make([]string, min(len(sections), maxPieces))
		for i := range out {
			out[i] = strings.Join(sections[i], "\n")
		}
		return out
	}
	return nil
}

// isHeading tells a line that heads what follows: short, and no sentence.
func isHeading(p string) bool {
	return len(p) <= utf8.UTFMax*headingRunes && utf8.RuneCountInString(p) <= headingRunes && !strings.Contains(p, "\n") && !isSentence(p) && !strings.HasPrefix(p, "- ")
}

// properNames returns the words that a piece writes with a capital other than at
// the beginning of a sentence, in the form in which they are compared.
func properNames(piece string) map[string]bool {
	out := map[string]bool{}
	for line := range strings.SplitSeq(piece, "\n") {
		begins := true
		for w := range strings.FieldsSeq(line) {
			word := strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
			r, _ := utf8.DecodeRuneInString(word)
			if !begins && unicode.IsUpper(r) && utf8.RuneCountInString(word) >= 3 && !dayName.Has(strings.ToLower(word)) {
				out[stem(strings.ToLower(word))] = true
			}
			begins = word == "" || isSentence(w) || strings.HasSuffix(w, ":")
		}
	}
	return out
}

// dayName holds what every piece of news may name.
var dayName = wordset.Of(`monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october
	november december montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag januar februar märz mai juni juli oktober dezember uhr jahr jahre jahren`)
