package articles

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// maxLine is the length in bytes above which a line is taken for prose and not
// compared with the tables: furniture is short.
const maxLine = 700

// clean drops what is not the article from its paragraphs: the headline where
// it is repeated at the start and what stands around it, lines of page
// furniture, paragraphs told twice, and everything from a closing heading
// ("Related", "Comments") on. titles are the headlines the article goes by.
// judged remembers which lines are furniture, for the next reading of the same
// page; it may be nil.
func clean(paras []string, judged map[string]bool, titles ...string) []string {
	paras = dropFurniture(paras, judged)
	paras = dropStart(paras, titles)
	return dropEnd(paras)
}

// dropFurniture removes lines of page furniture and paragraphs that were told
// before.
func dropFurniture(paras []string, judged map[string]bool) []string {
	isFurniture := func(line string) bool {
		is, known := judged[line]
		if !known {
			is = isFurniture(line)
			if judged != nil {
				judged[line] = is
			}
		}
		return is
	}
	out := make([]string, 0, len(paras))
	seen := make(map[string]bool, len(paras))
	for _, p := range paras {
		if strings.Contains(p, "\n") {
			var lines []string
			for line := range strings.SplitSeq(p, "\n") {
				if !isFurniture(line) {
					lines = append(lines, line)
				}
			}
			p = strings.Join(lines, "\n")
		} else if isFurniture(p) {
			continue
		}
		if p == "" || len(p) > 60 && seen[p] {
			continue
		}
		seen[p] = true
		out = append(out, p)
	}
	return out
}

func isFurniture(line string) bool {
	if len(line) > maxLine {
		return false
	}
	return furniture.match(line) || notices.MatchString(line)
}

// maxStart is how many paragraphs at the start may be headline and masthead.
const maxStart = 8

// dropStart removes the repeated headline with what stands before it, then the
// date, names and section that follow it.
func dropStart(paras []string, titles []string) []string {
	from := 0
	known := knownTitles(titles)
	for i := range min(len(paras), maxStart) {
		if isTitle(paras[i], known) {
			from = i + 1
			break
		}
		if utf8.RuneCountInString(paras[i]) > 200 {
			break
		}
	}
	for from < min(len(paras), maxStart) && len(paras[from]) <= 160 && !isSentence(paras[from]) && masthead.MatchString(paras[from]) {
		from++
	}
	if from+1 < len(paras) && repeats(paras[from+1], paras[from]) {
		from++
	}
	if from >= len(paras) {
		return paras
	}
	return paras[from:]
}

// repeats tells whether a paragraph begins with all that the one before it says, as
// with a standfirst that was taken from it.
func repeats(p, before string) bool {
	before = strings.TrimRight(before, ".… ")
	return len(before) > 60 && strings.HasPrefix(p, before)
}

// isSentence tells whether a line ends as sentences do, other than with "a.m.".
func isSentence(p string) bool {
	p = strings.TrimRight(p, "\"'”’»)] ")
	if strings.HasSuffix(p, ".m.") {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(p)
	return strings.ContainsRune(".!?。！？।؟…", last)
}

// knownTitle is a headline that an article goes by, in the forms in which it is
// compared.
type knownTitle struct {
	squeezed string
	words    wordSet
}

func knownTitles(titles []string) []knownTitle {
	out := make([]knownTitle, 0, len(titles))
	for i, t := range titles {
		if t != "" && !slices.Contains(titles[:i], t) {
			out = append(out, knownTitle{squeeze(t), wordSetOf(t)})
		}
	}
	return out
}

// isTitle tells whether a paragraph is one of the headlines, give or take a
// word or the site's name.
func isTitle(p string, known []knownTitle) bool {
	if len(p) > 400 {
		return false
	}
	s := squeeze(p)
	return slices.ContainsFunc(known, func(t knownTitle) bool {
		return s == t.squeezed || t.words.nearly(p) || len(s) > 30 && strings.Contains(t.squeezed, s)
	})
}

// dropEnd removes what stands under closing headings. Under "Comments" and "About
// the author" all that follows goes; under "Related" and "Don't miss" the
// teasers that follow go, and all the rest where it holds next to no prose.
func dropEnd(paras []string) []string {
	total := size2(paras)
	var out []string
	before := 0 // bytes kept
	for i := 0; i < len(paras); i++ {
		p := paras[i]
		first, _, _ := strings.Cut(p, "\n")
		if before < 300 || len(first) > 90 || !lastWords.MatchString(first) {
			out = append(out, p)
			before += len(p)
			continue
		}
		rest := paras[i+1:]
		after := size2(paras[i:])
		switch {
		case notes.MatchString(first) && after*3 <= total, comments.MatchString(first) && after*4 <= total*3, prose(rest)*5 <= size2(rest):
			return out
		case comments.MatchString(first), notes.MatchString(first):
			out = append(out, p) // a section of the article that happens to be called so
			before += len(p)
		default:
			for i+1 < len(paras) && !isProse(paras[i+1]) {
				i++
			}
		}
	}
	return out
}

// leastSaid is the length of the shortest paragraph that is prose, in bytes.
const leastSaid = 90

// isProse tells whether a paragraph is written text and not a teaser, a name or
// a list of links: it is long enough and ends as sentences do.
func isProse(p string) bool {
	if len(p) < leastSaid || strings.HasPrefix(p, "- ") {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(p, "\"'”’»)] "))
	return strings.ContainsRune(".!?:;。！？।؟…", last) || len(p) > 400
}

// prose counts the bytes of paragraphs that are prose.
func prose(paras []string) int {
	n := 0
	for _, p := range paras {
		if isProse(p) {
			n += len(p)
		}
	}
	return n
}
