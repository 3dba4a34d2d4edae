package articles

import (
	"strings"

	"golang.org/x/net/html"

	"newsdesk/internal/pattern"
)

// Bounds within which go-readability's text is taken as it is, as shares of the
// bytes of its prose. On the development pages 61 and 65 % of the articles are within
// them. F1 of either set moves by less than 0.001 with half and with twice each, but
// for maxLoose: twice as much costs 0.002 where captions stand in the text.
const (
	leastProse = 600  // bytes
	maxLead    = 0.05 // lines before its first sentence
	maxLoose   = 0.08 // lines between its sentences that are no headings or items of a list
	maxTail    = 0.05 // such lines behind its last
	maxLinked  = 0.12 // text of links
	maxGapText = 0.02 // prose that the page has between its paragraphs
	maxMissed  = 0.20 // prose that the page has before and behind them
	maxOne     = 0.60 // the longest line, where it is longer than a paragraph
	longLine   = 800  // bytes
)

// signs are what tells whether a reading of a page can be trusted, in bytes.
type signs struct {
	prose, longest     int
	lead, loose, tail  int // lines that tell nothing, by where they stand
	linked             int // text of links
	before, gap, after int // the page's prose that the reading lacks, by where it stands
	tells              []line
}

// sure tells whether a reading is the article and all of it.
func (s *signs) sure() bool {
	few := func(n int, most float64) bool { return float64(n) <= most*float64(s.prose) }
	return s.prose >= leastProse && (s.longest <= longLine || few(s.longest, maxOne)) && few(s.lead, maxLead) && few(s.loose, maxLoose) && few(s.tail, maxTail) &&
		few(s.linked, maxLinked) && few(s.gap, maxGapText) && few(s.before+s.after, maxMissed)
}

// chosen returns the article's paragraphs where go-readability's reading is surely
// the article. node is what it found in doc and wide its cleaned text. Its
// faults are paragraphs run together, menus, captions and names between and before the sentences, teasers,
// which are links, and sections that it leaves out: a reading that shows none of
// them is better than what comes of reconciling it with go-trafilatura's.
func chosen(doc, node *html.Node, wide []string) ([]string, bool) {
	if node == nil {
		return nil, false
	}
	lines := toLines(wide)
	s, known := signsOf(node, lines)
	if !s.sure() { // the rest costs a walk over the page
		return nil, false
	}
	if s.missed(doc, known); !s.sure() {
		return nil, false
	}
	return toParas(s.tells), true
}

// signsOf gathers what a reading tells by itself, and its prose.
func signsOf(node *html.Node, lines []line) (s signs, known map[string]bool) {
	headings, links := make(map[string]bool), make(map[string]bool)
	visit(node, func(n *html.Node) bool {
		switch n.Data {
		case "h2", "h3", "h4", "h5", "h6":
			headings[textOf(n)] = true
		case "a":
			s.linked += textSize(n)
			links[textOf(n)] = true
		}
		return true
	})
	known = make(map[string]bool, len(lines))
	open := 0 // bytes of lines that tell nothing since the last that does
	for _, l := range lines {
		isItem := strings.HasPrefix(l.text, "- ")
		switch {
		case isProse(l.text):
			known[l.text] = true
			s.prose += len(l.text)
			s.longest = max(s.longest, len(l.text))
		case headings[l.text], isSentence(l.text), isItem && len(s.tells) > 0:
		default:
			open += len(l.text)
			if len(s.tells) > 0 && !links[l.text] {
				s.tells = append(s.tells, l)
			}
			continue
		}
		if len(s.tells) == 0 {
			s.lead, l.first = open, true
		} else {
			s.loose += open
		}
		open = 0
		s.tells = append(s.tells, l)
	}
	s.tail = open
	return s, known
}

// missed counts the page's prose that a reading lacks.
func (s *signs) missed(doc *html.Node, known map[string]bool) {
	found, since := false, 0
	around := surroundings{}
	r := renderer{each: func(line []byte, at *html.Node) {
		if len(line) < leastSaid {
			return
		}
		text := string(line)
		switch {
		case !isProse(text):
		case known[text]:
			if found {
				s.gap += since
			} else {
				s.before = since
			}
			found, since = true, 0
		case !around.besides(at, len(text)) && !isFurniture(text):
			since += len(text)
		}
	}}
	r.node(doc)
	r.endPara()
	s.after = since
}

// elsewhere matches the names of parts of a page that are not its article.
var elsewhere = pattern.MustCompile(`(?i)comment|disqus|related|recommend|more-|teaser|trending|popular|read-?next|sidebar|widget|newsletter|subscribe|signup|promo|banner|outbrain|taboola|cookie|consent|popup|modal|bio\b|share|breadcrumb|menu|navbar|footer`)

// surroundings remembers which elements of a page stand beside its article: a
// page may nest them deeply and name them at length.
type surroundings map[*html.Node]bool

// besides tells whether a text of a size stands in a part of the page that is not
// its article, by the elements around it, or is a link.
func (s surroundings) besides(n *html.Node, size int) bool {
	for a := n; a != nil; a = a.Parent {
		if a.Data == "a" && a.Type == html.ElementNode {
			if 2*textSize(a) >= size {
				return true
			}
			break // links hold no links
		}
	}
	return s.isBeside(n)
}

func (s surroundings) isBeside(n *html.Node) bool {
	if n == nil || n.Type != html.ElementNode {
		return false
	}
	is, known := s[n]
	if known {
		return is
	}
	switch n.Data {
	case "nav", "aside", "footer", "form", "figure", "noscript", "dialog":
		is = true
	case "body", "main", "article", "html":
	default:
		is = hidden(n) || elsewhere.MatchString(attr(n, "class")) || elsewhere.MatchString(attr(n, "id"))
	}
	is = is || s.isBeside(n.Parent)
	s[n] = is
	return is
}

// textSize is the length of the text below n.
func textSize(n *html.Node) int {
	size := 0
	if n.Type == html.TextNode {
		size = len(n.Data)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		size += textSize(c)
	}
	return size
}
