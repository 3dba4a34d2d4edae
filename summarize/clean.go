package summarize

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/internal/pattern"
	"newsdesk/internal/wordset"
)

var (
	bullets    = pattern.MustCompile(`^(?:[•‣▪●*»>|·–—-]+ *|\(?\d{1,2}[.)] +)+`)
	bylines    = pattern.MustCompile(`^(?:By|BY) [\p{Lu}][\p{L}.'’-]+(?: [\p{Lu}][\p{L}.'’-]+){1,3}(?:, [\p{Lu}][\p{L} ]{1,30}?)?(?: [|•·–—-] | for [\p{Lu}][\p{L}]+ | \. |, )`)
	stamps     = pattern.MustCompile(`^(?i:updated|published|posted|last updated)(?: on| at)?:? [^.]{4,60}?\b(?:19|20)\d\d(?:,? \d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?)?(?: [A-Z]{2,4}\b)?[ .|:-]*`)
	clocks     = pattern.MustCompile(`^(?:\d{1,2}:\d\d|\d{1,2}[:.]\d\d ?[ap]\.?m\.?)(?: [A-Z]{2,4})?[ :|–—-]+`)
	headCredit = pattern.MustCompile(`^(?:\((?:[^()]{2,60}/[^()]{2,60}|(?i:photo|image|credit|picture|file)\b[^()]{0,80})\)\s*)+`)
	credits    = pattern.MustCompile(`\s*\([^()]*(?:/[^()]*(?:Post|Times|Images|AP|AFP|Reuters|Press|EPA|News)|Getty Images|Reuters|AFP|EPA|Photo|AP|(?:Photo|Image|Credit|Picture)(?: by)?: ?[^()]*)\)`)
	spaceDots  = pattern.MustCompile(` +([.,;:!?])`)
)

// connectives open a sentence and point at the one before; without them it
// says the same. Those that a comma must follow to be one stand in the second
// list.
var (
	bareConnectives  = []string{"But", "And", "Yet", "Pero", "Mais", "Aber", "Mas", "Ma", "Maar", "Und", "Doch", "En"}
	commaConnectives = []string{
		"However", "Not surprisingly", "Meanwhile", "Moreover", "Furthermore", "Also", "Instead", "Still", "Yet", "Nevertheless", "Nonetheless", "Besides",
		"Additionally", "In addition", "For example", "For instance", "Similarly", "Likewise", "Indeed", "In fact", "Of course", "Well",
		"And", "But", "So", "In turn", "On the other hand", "On the contrary", "By contrast", "In contrast", "To be sure", "That said",
		"Elsewhere", "Separately", "At the same time", "In the meantime", "What's more", "After all", "Plus", "Too", "Therefore", "Thus",
		"Consequently", "As a result", "Accordingly", "Overall",
		"Sin embargo", "Además", "Mientras tanto", "Por otra parte", "Por su parte", "Por otro lado", "Asimismo", "No obstante", "En tanto", "Así", "Por tanto",
		"Cependant", "Toutefois", "Pourtant", "Par ailleurs", "De plus", "En outre", "Néanmoins", "Ainsi", "En effet",
		"Allerdings", "Außerdem", "Zudem", "Dennoch", "No entanto", "Além disso", "Porém", "Enquanto isso", "Contudo", "Tuttavia", "Inoltre", "Intanto", "Però",
		"Bovendien", "Echter", "Daarnaast", "Intussen",
	}
)

// connectives are those of both lists.
var connectives = newPhrases(slices.Concat(bareConnectives, commaConnectives))

// tidy folds white space and repairs stops that stand apart.
func tidy(s string) string {
	s = strings.ToValidUTF8(s, "")
	single, apart := spacing(s)
	if !single {
		s = strings.Join(strings.Fields(s), " ")
		_, apart = spacing(s)
	}
	if apart {
		s = spaceDots.ReplaceAllString(s, "$1")
	}
	if strings.Contains(s, "''") {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "''", `"`), "``", `"`)
	}
	if strings.Contains(s, "?") {
		s = mendMarks(s)
	}
	return s
}

// spacing tells a text with one blank, and no other white space, between its words and
// none around them, and one in which a full stop or a comma stands apart.
func spacing(s string) (single, apart bool) {
	blank := true
	single = true
	for i, r := range s {
		switch {
		case r == ' ':
			single = single && !blank
		case space(r):
			single = false
		case r == '.', r == ',':
			apart = apart || blank && i > 0
		}
		blank = r == ' '
	}
	return single && !blank, apart
}

// lostMark tells a question mark at i that stands inside a sentence for
// another mark, lost in a change of character sets: "top notch? time".
func lostMark(s string, i int) bool {
	if i == 0 || i+2 >= len(s) || s[i+1] != ' ' {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i+2:])
	return (unicode.IsLetter(before) || before == ',') && unicode.IsLower(after)
}

// mendMarks puts back quotation marks and apostrophes of which a change of
// character sets left question marks: I?ve, "top notch? time.
func mendMarks(s string) string {
	b := []byte(s)
	open := false
	for i := range b {
		switch b[i] {
		case '"':
			open = !open
		case '?':
			inWord := i > 0 && i+1 < len(b) && isLetterByte(b[i-1]) && b[i+1] >= 'a' && b[i+1] <= 'z'
			switch {
			case inWord:
				b[i] = '\''
			case open && lostMark(s, i):
				b[i], open = '"', false
			}
		}
	}
	return string(b)
}

func isLetterByte(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// clean takes from a sentence what belongs to its place in the article and not
// to its meaning: list marks, byline, dateline, leading connectives, asides in
// brackets.
func clean(s string, early bool) string {
	s = tidy(s)
	if m := bullets.FindString(s); m != "" && len(m) < len(s) {
		s = s[len(m):]
	}
	if m := clocks.FindString(s); m != "" && startsSentence(s[len(m):]) && !strings.HasPrefix(s[len(m):], "Uhr") { // of an entry of a running account
		s = s[len(m):]
	}
	if early {
		for _, re := range [...]*pattern.Regexp{bylines, stamps} {
			if m := re.FindString(s); m != "" && len(s)-len(m) > 20 {
				s = s[len(m):]
			}
		}
	}
	if strings.HasPrefix(s, "(") {
		s = headCredit.ReplaceAllString(s, "")
	}
	s = cutButtons(cutRunIn(s, early))
	if early {
		s = cutCaption(cutCredited(s))
	}
	s = cutDateline(s)
	if strings.Contains(s, "(") {
		s = credits.ReplaceAllString(s, "")
	}
	s = cutTurns(cutAsides(s))
	for range 2 {
		rest, ok := cutConnective(s)
		if !ok {
			break
		}
		s = rest
	}
	return finish(s)
}

// agencies are what stands in the bracket of a dateline.
var agencies = wordset.Of(`AP CNN Reuters REUTERS AFP UPI dpa DPA EFE ots ANSA Xinhua Bloomberg PTI IANS ANI TASS KUNA CNNMoney BBC NPR WAM SPA KYODO Kyodo Lusa Belga ANP Efe`)

// wireHead is a dateline with its day as agencies write it, with the headline
// and the byline that pages run together with it: "Court frees two By Ana Ruiz
// LIMA, Nov 6 (Reuters) - ".
var wireHead = pattern.MustCompile(`^.*?\b\p{Lu}{3}[\p{Lu} /]*, (?:Jan|Feb|March|April|May|June|July|Aug|Sept?|Oct|Nov|Dec)[a-z.]* \d{1,2}(?: \([A-Za-z]+\))? ?[-–—]+ `)

// cutDateline removes "BAGHDAD (AP) —", "(CNN)", "NEW DELHI:" and the like.
func cutDateline(s string) string {
	if wire := s[:min(len(s), runInReach)]; strings.Contains(wire, "- ") || strings.Contains(wire, "– ") || strings.Contains(wire, "— ") {
		if m := wireHead.FindStringIndex(wire); m != nil && len(s)-m[1] > 20 && startsSentence(s[m[1]:]) {
			return s[m[1]:]
		}
	}
	if rest, ok := cutSigned(s); ok {
		return rest
	}
	const reach = 60 // bytes within which a dateline ends
	head := s[:min(len(s), reach)]
	if i := strings.IndexByte(head, '('); i >= 0 {
		if j := strings.IndexByte(head[i:], ')'); j > 1 {
			agency, place := head[i+1:i+j], strings.Trim(head[:i], " ,")
			rest := strings.TrimLeft(s[i+j+1:], " ")
			body := strings.TrimLeft(rest, "—–-: ")
			first, _, _ := strings.Cut(agency, " ")
			known := agencies.Has(first)
			glued := body == s[i+j+1:] && placeLike(agency) && startsSentence(body) // "(The Harbour Post)The skies"
			if len(body) > 20 && (place == "" && (known || glued || len(body) < len(rest)) || placeLike(place) && (known || len(body) < len(rest))) {
				return body
			}
		}
	}
	for _, mark := range [...]string{" — ", " – ", " -- ", " - ", ": ", "—"} {
		at := strings.Index(s[:min(len(s), reach+len(mark))], mark)
		if at <= 0 {
			continue
		}
		place, rest := s[:at], s[at+len(mark):]
		if len(rest) < 20 {
			continue
		}
		place = strings.TrimPrefix(strings.TrimSpace(place), "Photo ") // a label that a page ran into it
		_, isPlace := places()[place]
		city, _, _ := strings.Cut(place, ",")
		if !isPlace {
			_, isPlace = places()[titleCase(city)]
		}
		shout := len(city) > 3 && strings.ToUpper(city) == city && strings.IndexFunc(city, unicode.IsLetter) >= 0 && countWords(city) <= 4 && !hasDigit(city)
		if isPlace && mark != ": " && !strings.Contains(rest, mark) || shout && (mark == ": " || isPlace || !strings.Contains(rest, mark)) {
			return rest
		}
	}
	return s
}

// cutCaption removes what was run together with the dateline of a report:
// "Ana Ruiz in May (Photo: Ed Lee) WASHINGTON -- The".
func cutCaption(s string) string {
	for _, mark := range [...]string{" — ", " -- ", " – "} {
		i := strings.Index(s, mark)
		if i < 0 || i > 300 || len(s)-i < 40 {
			continue
		}
		j := strings.LastIndexByte(s[:i], ' ')
		if j < 0 || !strings.ContainsAny(s[j-1:j], ")].") && !strings.HasSuffix(s[:j], "Images") {
			continue
		}
		if w := s[j+1 : i]; len(w) > 3 && strings.ToUpper(w) == w {
			if _, ok := places()[titleCase(w)]; ok {
				return s[j+1:]
			}
		}
	}
	return s
}

// buttons are labels of a page's buttons that are run into the sentence after
// them; the name of one service follows each.
var buttons = [...]string{"Click to share on ", "Share on ", "Click to email this to ", "Follow us on "}

// cutButtons removes such labels and what stands before them.
func cutButtons(s string) string {
	for _, b := range buttons {
		i := lastIndex(s, b)
		if i < 0 {
			continue
		}
		if _, rest, found := strings.Cut(s[i+len(b):], " "); found && len(rest) > 40 {
			s = capital(rest)
		}
	}
	return s
}

// placeLike tells a short run of capitalised words: "LONDON, England".
func placeLike(s string) bool {
	n := 0
	for w := range strings.FieldsSeq(s) {
		if n++; n > 6 || !unicode.IsUpper(firstRune(w)) && !hasDigit(w) && len(w) > 3 {
			return false
		}
	}
	return n > 0
}

// titleCase writes a shouted name as names are written: "NEW DELHI".
func titleCase(s string) string {
	var b strings.Builder
	prev := ' '
	for _, r := range s {
		if unicode.IsLetter(prev) {
			r = unicode.ToLower(r)
		}
		b.WriteRune(r)
		prev = r
	}
	return b.String()
}

func firstRune(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r }
func lastRune(s string) rune  { r, _ := utf8.DecodeLastRuneInString(s); return r }

// cutAsides removes bracketed asides that neither limit nor number what is
// said.
func cutAsides(s string) string {
	if !strings.ContainsAny(s, "([") {
		return s
	}
	var b strings.Builder
	depth, from, quote := 0, 0, false
	last := 0
	for i, r := range s {
		switch r {
		case '"', '“', '”':
			if depth == 0 {
				quote = r == '“' || r == '"' && !quote
			}
		case '(', '[':
			if depth++; depth == 1 {
				from = i
			}
		case ')', ']':
			if depth == 0 {
				continue
			}
			if depth--; depth > 0 {
				continue
			}
			aside := s[from+1 : i]
			attached := from > 0 && s[from-1] != ' ' || i+1 < len(s) && isLetterAt(s, i+1) // [w]ord, group(s)
			if quote || attached || !droppable(aside) || hasDigit(aside) || countWords(aside) > 25 {
				continue
			}
			b.WriteString(strings.TrimRight(s[last:from], " "))
			last = i + 1
		}
	}
	if last == 0 {
		return s
	}
	b.WriteString(s[last:])
	return strings.TrimSpace(spaceDots.ReplaceAllString(b.String(), "$1"))
}

func isLetterAt(s string, i int) bool {
	r, _ := utf8.DecodeRuneInString(s[i:])
	return unicode.IsLetter(r)
}

func hasDigit(s string) bool {
	for i := range len(s) {
		if isDigit(s[i]) {
			return true
		}
	}
	return false
}

func cutConnective(s string) (string, bool) {
	if !connectives.open(s) {
		return s, false
	}
	for _, c := range bareConnectives {
		if rest, ok := cutWord(s, c, " "); ok && len(rest) > 20 {
			r := firstRune(rest)
			if c == "En" || c == "Ma" || c == "Mas" || c == "Yet" {
				continue
			}
			if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("\"“'‘", r) {
				return capital(rest), true
			}
		}
	}
	for _, c := range commaConnectives {
		rest, ok := cutWord(s, c, ",")
		if rest = strings.TrimPrefix(rest, " "); ok && len(rest) > 20 && !isDigit(rest[0]) {
			return capital(rest), true
		}
	}
	if rest, ok := strings.CutPrefix(s, "Also "); ok && len(rest) > 20 && unicode.IsUpper(firstRune(rest)) {
		return rest, true
	}
	return s, false
}

// cutWord cuts off a beginning and what must follow it.
func cutWord(s, word, end string) (rest string, ok bool) {
	if rest, ok = strings.CutPrefix(s, word); ok {
		rest, ok = strings.CutPrefix(rest, end)
	}
	return rest, ok
}

// capital makes the first letter a capital one.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if strings.ContainsRune("\"“'‘¿¡(", r) {
		r2, n2 := utf8.DecodeRuneInString(s[n:])
		if unicode.IsLower(r2) {
			return s[:n] + string(unicode.ToUpper(r2)) + s[n+n2:]
		}
		return s
	}
	if unicode.IsLower(r) {
		word, _, _ := strings.Cut(s, " ")
		if strings.IndexFunc(word, unicode.IsUpper) > 0 { // iPhone, eBay
			return s
		}
		return string(unicode.ToUpper(r)) + s[n:]
	}
	return s
}

// finish gives the text the form of a sentence: a capital and a full stop.
func finish(s string) string {
	s = strings.TrimSpace(s)
	s = strings.TrimRight(s, " ,;:–—-")
	if s == "" {
		return ""
	}
	s = capital(s)
	end := strings.TrimRight(s, `"'”’»)]」』`)
	if end == "" {
		return ""
	}
	r := lastRune(end)
	if strings.ContainsRune(".!?…؟", r) || fullStops[r] || unspaced(r) || !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("%$€£)", r) {
		return s
	}
	return s + "."
}
