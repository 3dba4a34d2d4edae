package summarize

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/news"
)

// Sentence is a sentence of a text, or a heading or list line that stands for
// one.
type Sentence struct {
	Text      string    // text[Span.Start:Span.End], inner line breaks and all
	Span      news.Span // bytes of the text
	Paragraph int       // counts from 0
}

// Sentences splits a text into its sentences, in order. Blank lines, and line
// ends in a text that is not wrapped, end a sentence too. The spans are exact
// and do not overlap; between them stands nothing but white space. It takes
// time in proportion to the text, which need be neither valid UTF-8 nor
// language.
func Sentences(text string) []Sentence {
	s := splitter{text: text, wrapped: hardWrapped(text)}
	s.run()
	return s.out
}

// usualSentence is fewer bytes than most sentences take.
const usualSentence = 100

// maxToken bounds how far back the word before a full stop is looked for.
const maxToken = 24

type splitter struct {
	text    string
	wrapped bool // lines are broken at a width: a line end is a blank
	out     []Sentence
	start   int // where the sentence at hand begins
	par     int
	open    bool // inside straight quotation marks, as far as can be told
	thai    int  // Thai letters since the sentence began
}

// hardWrapped tells texts whose lines are broken at a fixed width: lines of like
// length of which most stop in mid-sentence, and none of which had room for the
// first word of the next. A list of headlines is ragged.
func hardWrapped(text string) bool {
	lines, long := 0, 0
	var widths, wanted []int // of lines that go on, and with the next one's first word
	for len(text) > 0 {
		line, rest, found := strings.Cut(text, "\n")
		next := strings.TrimLeft(rest, " \t\r")
		if line = strings.TrimSpace(line); found && line != "" && next != "" && next[0] != '\n' {
			n := utf8.RuneCountInString(line)
			if n > 120 {
				return false
			}
			lines++
			word, _, _ := strings.Cut(next[:min(len(next), 2*maxToken)], " ")
			word, _, _ = strings.Cut(word, "\n")
			widths, wanted = append(widths, n), append(wanted, n+1+utf8.RuneCountInString(word))
			last := line[len(line)-1]
			if n >= 45 && !strings.ContainsRune(".!?:\"", rune(last)) {
				long++
			}
		}
		text = rest
	}
	if lines < 3 || long*3 < lines*2 {
		return false
	}
	slices.Sort(widths)
	width, full := widths[(len(widths)-1)*9/10], 0
	for _, n := range wanted {
		if n >= width {
			full++
		}
	}
	return full*5 >= lines*4
}

func (s *splitter) cut(end int) {
	a, b := s.start, end
	for a < b {
		r, n := utf8.DecodeRuneInString(s.text[a:b])
		if !unicode.IsSpace(r) {
			break
		}
		a += n
	}
	for a < b {
		r, n := utf8.DecodeLastRuneInString(s.text[a:b])
		if !unicode.IsSpace(r) {
			break
		}
		b -= n
	}
	if a < b {
		if s.out == nil {
			s.out = make([]Sentence, 0, len(s.text)/usualSentence+1)
		}
		s.out = append(s.out, Sentence{Text: s.text[a:b], Span: news.Span{Start: a, End: b}, Paragraph: s.par})
	}
	s.start, s.thai = end, 0
}

func (s *splitter) run() {
	t := s.text
	for i := 0; i < len(t); {
		r, n := rune(t[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(t[i:])
		}
		switch {
		case r == '\n' || r == '\u2029' || r == '\u2028':
			i = s.newline(i, n)
			continue
		case r == '"':
			s.quote(i)
		case r == '•' || r == '‣' || r == '▪' || r == '●':
			if i > s.start && i > 0 && t[i-1] == ' ' {
				s.cut(i)
			}
		case r == '.' || r == '!' || r == '?' || r == '…' || r == '؟':
			i = s.stop(i, r)
			continue
		case r >= utf8.RuneSelf && fullStops[r]:
			end := s.absorb(i + n)
			if end == i+n || !strings.HasPrefix(t[end:], "と") && !strings.HasPrefix(t[end:], "って") {
				s.cut(end)
			}
			i = end
			continue
		case r >= 0x0E00 && r < 0x0E80:
			s.thai++
		case r == ' ' && s.thai >= 40:
			if nr, _ := utf8.DecodeRuneInString(t[i+1:]); unicode.Is(unicode.Thai, nr) {
				s.cut(i)
			}
		}
		i += n
	}
	s.cut(len(t))
}

// fullStops end a sentence whatever follows: CJK, Devanagari, Urdu, Armenian,
// Ethiopic, Burmese, Khmer, Tibetan.
var fullStops = map[rune]bool{
	'。': true, '！': true, '？': true, '｡': true, '．': true, '।': true, '॥': true, '۔': true, '։': true, '።': true, '။': true, '។': true, '༎': true,
}

// quote follows straight quotation marks: one after a blank opens, one before
// a blank closes.
func (s *splitter) quote(i int) {
	before := i == 0 || strings.IndexByte(" \n\t(", s.text[i-1]) >= 0
	after := i+1 >= len(s.text) || strings.IndexByte(" \n\t.,;:)", s.text[i+1]) >= 0
	switch {
	case before && !after:
		s.open = true
	case after && !before:
		s.open = false
	default:
		s.open = !s.open
	}
}

// newline ends the paragraph at a blank line, and the sentence at a line end
// where lines are not merely wrapped. It returns where reading goes on.
func (s *splitter) newline(i, n int) int {
	j, breaks := i+n, 1
	for j < len(s.text) {
		r, m := utf8.DecodeRuneInString(s.text[j:])
		if !unicode.IsSpace(r) && r != '\u2028' {
			break
		}
		if r == '\n' || r == '\u2029' {
			breaks++
		}
		j += m
	}
	next, _ := utf8.DecodeRuneInString(s.text[j:])
	bullet := strings.HasPrefix(s.text[j:], "- ") || strings.HasPrefix(s.text[j:], "* ") || next == '•'
	switch {
	case breaks > 1 || j >= len(s.text):
		s.cut(i)
		s.par++
		s.open = false
	case bullet, !s.wrapped && !unicode.IsLower(next):
		s.cut(i)
		s.par++
	}
	return j
}

// absorb takes what closes a sentence after its stop: more stops, quotation
// marks and brackets.
func (s *splitter) absorb(i int) int {
	for i < len(s.text) {
		r, n := utf8.DecodeRuneInString(s.text[i:])
		switch {
		case strings.ContainsRune("”’»)]」』）】》", r), r >= utf8.RuneSelf && fullStops[r], r == '!' || r == '?' || r == '؟':
		case r == '"' || r == '\'':
			if r == '"' {
				s.open = false
			}
		default:
			return i
		}
		i += n
	}
	return i
}

// stop decides at a stop, question or exclamation mark whether the sentence
// ends there, and returns where reading goes on.
func (s *splitter) stop(i int, mark rune) int {
	t := s.text
	end := i + utf8.RuneLen(mark)
	for end < len(t) && (t[end] == '.' || t[end] == '!' || t[end] == '?') {
		end++
	}
	dots := end-i > 1 && mark == '.' || mark == '…'
	// A straight mark right after the stop closes a quotation that is open,
	// and where none is open and a blank or a capital follows it is an opening
	// one.
	if end+1 < len(t) && t[end] == '"' && !s.open && (t[end+1] == ' ' || t[end+1] >= 'A' && t[end+1] <= 'Z') && mark == '.' {
		s.cut(end)
		s.open = true
		return end + 1
	}
	if mark == '?' && s.open && lostMark(t, i) {
		s.open = false
	}
	after := s.absorb(end)
	quoted := after > end
	next, _ := utf8.DecodeRuneInString(t[after:])
	if after >= len(t) || next == '\n' {
		s.cut(after)
		return after
	}
	if !unicode.IsSpace(next) {
		if s.joined(i, after, next, mark, quoted) {
			s.cut(after)
		}
		return after
	}
	k := after
	for k < len(t) && (t[k] == ' ' || t[k] == '\t' || t[k] == '\r') {
		k++
	}
	for range 4 {
		r, n := utf8.DecodeRuneInString(t[k:])
		if !unicode.IsSpace(r) || r == '\n' || n == 0 {
			break
		}
		k += n
	}
	first, _ := utf8.DecodeRuneInString(t[k:])
	if first == '\n' {
		return after // the line end decides
	}
	if s.ends(i, k, mark, dots, quoted, after == end) {
		s.cut(after)
	}
	return after
}

// joined decides where no blank follows the stop: "the day.Police said".
func (s *splitter) joined(i, after int, next, mark rune, quoted bool) bool {
	if mark == '?' && unicode.IsDigit(next) && shouted(token(s.text, s.start, i)) {
		return true // a heading: "A HIT COMBINATION?52-year-old"
	}
	if !unicode.IsUpper(next) && next != '“' {
		return false
	}
	if quoted || mark == '!' || mark == '?' {
		return quoted || lowerWord(token(s.text, s.start, i))
	}
	r, n := utf8.DecodeRuneInString(s.text[after:])
	follow, _ := utf8.DecodeRuneInString(s.text[after+n:])
	opens := r == '“' || unicode.IsLower(follow) || follow == ' '
	if i > s.start {
		switch s.text[i-1] {
		case ')', ']', '%': // "the Corps (SVC).The dogs"
			return opens
		case '"': // "sent back to jail".A bench
			i--
		}
	}
	tok := token(s.text, s.start, i)
	if shouted(tok) { // "back to the BJP.Talking to reporters"
		return unicode.IsLower(follow) && !never.Has(titleCase(tok)) && !closing.Has(titleCase(tok))
	}
	if len(tok) < 4 || !lowerWord(tok[1:]) || never.Has(tok) || closing.Has(tok) {
		return false
	}
	heading, _, _ := strings.Cut(nextWord(s.text, after), "-") // "stage attacks.DOGS WANTED"
	return opens || len(heading) >= 4 && shouted(heading)
}

// shouted tells a word of capitals, two at least, or a number of three figures and
// more.
func shouted(w string) bool {
	letters, figures := 0, 0
	for _, r := range w {
		switch {
		case unicode.IsUpper(r):
			letters++
		case r >= '0' && r <= '9':
			figures++
		default:
			return false
		}
	}
	return letters >= 2 || letters == 0 && figures >= 3
}

// lowerWord tells ordinary words of three letters and more.
func lowerWord(w string) bool {
	n := 0
	for _, r := range w {
		if !unicode.IsLower(r) {
			return false
		}
		n++
	}
	return n >= 3
}

// token returns the word that ends at i, not reaching before start.
func token(t string, start, i int) string {
	j := i
	for j > start && i-j < maxToken {
		r, n := utf8.DecodeLastRuneInString(t[start:j])
		if unicode.IsSpace(r) || strings.ContainsRune("()\"“‘[—–/", r) {
			break
		}
		j -= n
	}
	return t[j:i]
}

// ends decides where a blank follows the stop at i; the next word begins at k.
func (s *splitter) ends(i, k int, mark rune, dots, quoted, bare bool) bool {
	t := s.text
	word := nextWord(t, k)
	first, size := utf8.DecodeRuneInString(word)
	if strings.ContainsRune("\"'“‘«([¿¡-–—", first) {
		word = nextWord(t, k+size)
		if r, n := utf8.DecodeRuneInString(word); strings.ContainsRune("\"'“‘«([¿¡", r) {
			word = word[n:]
		}
	}
	head, _ := utf8.DecodeRuneInString(word)
	if unicode.IsLower(head) {
		return false // "Stop!" he said; and a word with a small letter opens no sentence
	}
	if quoted && mark != '.' {
		return !s.saidNext(k)
	}
	if mark != '.' || dots {
		return unicode.IsLetter(head) || unicode.IsDigit(head) || first == '"' || first == '“'
	}
	if !bare {
		return true
	}
	tok := token(t, s.start, i)
	return !s.abbreviation(i, tok, word, head)
}

// saidNext tells a quotation that goes on after its mark: "Why?" Ana Ruiz asked.
func (s *splitter) saidNext(k int) bool {
	n := 0
	for w := range strings.FieldsSeq(s.text[k:min(len(s.text), k+60)]) {
		if n++; n > 4 {
			return false
		}
		if speech.Has(strings.TrimRight(w, ".,:;")) {
			return n > 1
		}
		if strings.HasSuffix(w, ".") || strings.HasSuffix(w, ",") {
			return false
		}
	}
	return false
}
