package feeds

import (
	"bytes"
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/internal/wordset"
)

// c1 maps the C1 control characters, which nobody means, to what windows-1252
// has in their place: quotes, dashes, the euro sign (WHATWG Encoding Standard,
// index windows-1252; 0 where it has nothing).
var c1 = [32]rune{
	'€', 0, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0, 'Ž', 0,
	0, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0, 'ž', 'Ÿ',
}

// blocks are the elements that part paragraphs when HTML becomes text; br parts
// lines.
var blocks = wordset.Of(`p div br li ul ol h1 h2 h3 h4 h5 h6 blockquote pre table tr td th section article figure hr figcaption header footer aside
	dl dt dd`)

// silent are the elements whose content is not text.
var silent = wordset.Of(`script style noscript iframe template svg`)

func unescape(s string) string {
	if strings.IndexByte(s, '&') < 0 {
		return s
	}
	return html.UnescapeString(s)
}

// formats are the elements that titles hold as markup. Whatever else stands in
// angle brackets there is text: "Vec<T>", "The <dialog> element".
var formats = wordset.Of(`a abbr acronym b bdi bdo big br center cite code del dfn div em font h1 h2 h3 h4 h5 h6 i img ins kbd li mark nobr p q s script
	small span strike strong style sub sup td time tt u ul var wbr`)

// plainTitle makes one line of plain text of a title as HTML: markup gone,
// entities resolved, blanks folded. Many feeds escape twice, so entities that are
// left are resolved once more, and markup that appears then goes where it is
// closed: a title that speaks of "<b>" keeps it.
func plainTitle(s string) string {
	if strings.IndexByte(s, '<') >= 0 {
		s = stripTitle(s)
	}
	if strings.IndexByte(s, '&') >= 0 {
		if s = unescape(unescape(s)); strings.Contains(s, "</") {
			s = stripTitle(s)
		}
	}
	return fold(s)
}

// stripTitle removes markup from a title.
func stripTitle(s string) string {
	s = strip(s, " ", tagGap, formats)
	for _, p := range [...]string{",", ".", ":", ";", "!", "?", ")", "’", "'", "”", "&rsquo;", "&#8217;", "&#x2019;"} { // "<i>Titanic</i>’s"
		s = strings.ReplaceAll(s, tagGap+p, p)
	}
	return strings.ReplaceAll(s, tagGap, " ")
}

// plainText makes plain text of HTML, with paragraphs parted by a blank line.
func plainText(s string) string {
	s = strings.TrimSpace(s)
	if s == "" {
		return ""
	}
	if strings.IndexByte(s, '<') < 0 && strings.Contains(s, "&lt;") {
		s = unescape(s) // escaped once more than the format asks for
	}
	if strings.IndexByte(s, '<') < 0 {
		return fold(unescape(s))
	}
	s = unescape(strip(s, "\x00", "", nil))
	if strings.Contains(s, "&#") || strings.Contains(s, "&amp;") || strings.Contains(s, "&quot;") || strings.Contains(s, "&nbsp;") {
		s = unescape(s)
	}
	var out strings.Builder
	for para := range strings.SplitSeq(s, "\x00") {
		if para = fold(para); para == "" {
			continue
		}
		if out.Len() > 0 {
			out.WriteString("\n\n")
		}
		out.WriteString(para)
	}
	return out.String()
}

// tagGap stands for an inline tag in a title until it is known what follows. It
// is a character that no text has (fold removes it).
const tagGap = "\x01"

// strip removes tags, comments and the content of silent elements from HTML.
// Tags of blocks become sep, others gap; where known is not nil, tags that it has
// not are text.
func strip(s, sep, gap string, known *wordset.Set) string {
	var out strings.Builder
	out.Grow(len(s))
	b := []byte(s)
	sc := scanner{doc: b}
	var unclosed map[string]bool
	for {
		t, ok := sc.next()
		if !ok {
			return out.String()
		}
		switch t.kind {
		case kindText:
			out.Write(b[t.start:t.end])
		case kindCDATA:
			out.Write(b[min(t.start+len(cdataOpen), t.end):max(t.end-len(cdataClose), min(t.start+len(cdataOpen), t.end))])
		case kindStart, kindEnd:
			name := strings.ToLower(string(t.name))
			switch {
			case t.cut && t.kind == kindStart && !strings.ContainsAny(string(b[t.start:t.end]), "= "):
				out.Write(b[t.start:t.end]) // "a<b" is no tag
			case known != nil && !known.Has(name):
				out.Write(b[t.start:t.end])
			case blocks.Has(name):
				out.WriteString(sep)
			case silent.Has(name) && t.kind == kindStart && !t.empty && !unclosed[name]:
				if !skipTo(&sc, name) { // looked for once: the search is to the end of the text
					if unclosed == nil {
						unclosed = make(map[string]bool)
					}
					unclosed[name] = true
				}
			default:
				out.WriteString(gap)
			}
		default:
		}
	}
}

// skipTo moves before the end tag of a silent element and says whether there
// is one; without one nothing is skipped.
func skipTo(sc *scanner, name string) bool {
	for i := sc.pos; ; {
		j := bytes.Index(sc.doc[i:], []byte("</"))
		if j < 0 {
			return false
		}
		i += j + 2
		if strings.EqualFold(string(tagName(sc.doc[i:])), name) {
			sc.pos = i - 2
			return true
		}
	}
}

// fold makes one line: runs of blanks become one space, control characters go,
// C1 characters become what was meant.
func fold(s string) string {
	if s = strings.Trim(s, " \t\r\n"); tidy(s) {
		return s
	}
	var out strings.Builder
	out.Grow(len(s))
	blank := false
	for _, r := range s {
		switch {
		case r >= 0x80 && r <= 0x9f:
			if r = c1[r-0x80]; r == 0 {
				continue
			}
		case unicode.IsSpace(r):
			blank = true
			continue
		case r < 0x20 || r == 0x7f || r == 0xfeff:
			continue
		}
		if blank && out.Len() > 0 {
			out.WriteByte(' ')
		}
		blank = false
		out.WriteRune(r)
	}
	return out.String()
}

// tidy says whether fold would change nothing; most titles are so.
func tidy(s string) bool {
	blank := true // no blank at the start
	for i := range len(s) {
		c := s[i]
		switch {
		case c == ' ':
			if blank {
				return false
			}
			blank = true
			continue
		case c < 0x20, c >= 0x7f:
			return false
		}
		blank = false
	}
	return !blank || s == ""
}

// cut shortens text to at most n runes, at a blank where one is near, and
// marks the cut.
func cut(s string, n int) string {
	if len(s) <= n || utf8.RuneCountInString(s) <= n {
		return s
	}
	end, runes := 0, 0
	for i := range s {
		if runes == n-1 {
			end = i
			break
		}
		runes++
	}
	head := s[:end]
	if i := strings.LastIndexAny(head, " \n"); i > len(head)*4/5 {
		head = head[:i]
	}
	return strings.TrimRightFunc(head, unicode.IsSpace) + "…"
}

// cutBytes shortens to at most n bytes between two runes.
func cutBytes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// firstUpper returns the first letter of a text as a capital, and its length
// in bytes before.
func firstUpper(s string) (string, int) {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)), n
}
