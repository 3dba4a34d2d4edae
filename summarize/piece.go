package summarize

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// piece is a run of characters between blanks, its punctuation taken off.
type piece struct {
	text       string
	start, end int
	cap        bool
	breaks     bool // punctuation after it ends a name
	opens      bool // punctuation before it ends a name
	possessive bool
}

func pieces(s string) []piece { return appendPieces(make([]piece, 0, len(s)/usualWord+2), s) }

// appendPieces adds the pieces of a text to those of others.
func appendPieces(out []piece, s string) []piece {
	others := len(out)
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if space(r) {
			i += n
			continue
		}
		j := i
		for j < len(s) {
			r, n := utf8.DecodeRuneInString(s[j:])
			if space(r) || r == '—' || r == '–' {
				break
			}
			j += n
			if r == ')' {
				break
			}
		}
		if j == i { // a dash of its own
			if len(out) > others {
				out[len(out)-1].breaks = true
			}
			i += n
			continue
		}
		p := piece{start: i, end: j}
		for p.start < p.end {
			r, n := utf8.DecodeRuneInString(s[p.start:p.end])
			if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '&' && j-i == 1 {
				break
			}
			p.start += n
			p.opens = true
		}
		for p.end > p.start {
			r, n := utf8.DecodeLastRuneInString(s[p.start:p.end])
			if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '&' && j-i == 1 {
				break
			}
			p.end -= n
			p.breaks = true
		}
		if p.breaks && p.end < len(s) && s[p.end] == '.' && p.end+1 == j {
			w := s[p.start:p.end]
			if never.Has(w) || titles.Has(w) || initials(w) || len(w) == 1 && w[0] >= 'A' && w[0] <= 'Z' || w == "Jr" || w == "Sr" || w == "St" {
				p.breaks = false
				if initials(w) {
					p.end++
				}
			}
		}
		for _, ending := range [...]string{"'s", "’s"} {
			if p.end == p.start || s[p.end-1] != 's' {
				break // as most
			}
			if w := s[p.start:p.end]; strings.HasSuffix(w, ending) {
				p.end -= len(ending)
				next, _, _ := strings.Cut(strings.TrimLeft(s[j:], " "), " ")
				_, place := places()[s[p.start:p.end]]
				joins := !p.breaks && !place && afterOwner.Has(strings.Trim(next, ".,;:")) // "Martha's Vineyard"
				p.breaks, p.possessive = !joins, true
			}
		}
		if p.end < len(s) && (s[p.end] == '\'' || strings.HasPrefix(s[p.end:], "’")) && p.end > p.start && s[p.end-1] == 's' {
			p.possessive = true
			if next, _, _ := strings.Cut(strings.TrimLeft(s[j:], " "), " "); orgEnds.Has(strings.Trim(next, ".,;:")) {
				p.breaks = false // "the Transport Workers' League"
			}
		}
		if p.text = s[p.start:p.end]; p.text != "" {
			p.cap = unicode.IsUpper(firstRune(p.text)) && !compound(p.text)
			out = append(out, p)
		} else if len(out) > others {
			out[len(out)-1].breaks = true
		}
		i = j
	}
	return out
}
