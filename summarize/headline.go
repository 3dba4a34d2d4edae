package summarize

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Lengths of a headline in characters.
const (
	headlineWant = 70  // a headline is shortened to this where that is safe
	headlineMost = 120 // and never longer than this
	headlineLess = 15  // what is shorter says nothing
)

// shouts are labels before a headline. That an article corrects another is said by
// the mark of the fact that takes something back.
var shouts = [...]string{
	"breaking news", "breaking", "exclusive", "watch", "video", "live updates", "live", "update", "updated", "just in", "developing", "read", "photos", "opinion", "analysis",
	"última hora", "urgente", "eilmeldung", "en direct", "alerte info",
	"correction", "corrected", "clarification", "retraction", "corrección", "rectificación", "fe de errores", "rectificatif", "erratum",
	"korrektur", "berichtigung", "richtigstellung", "correção", "errata",
}

// headline returns a plain statement of what happened: the outlet's own where
// it is one, else the best fact, shortened where that is safe.
func (d *document) headline(facts []string) string {
	own := withSigns(plainTitle(d.article.Title, d.article.Outlet), d.article.Body)
	if d.lang == "en" {
		own = wholeTitle(cutDateline(own))
		if t := plainLabel(own); utf8.RuneCountInString(t) <= headlineWant || utf8.RuneCountInString(own) > headlineWant {
			own = t
		}
	}
	if d.lang == "en" && teases(own, d.lang) {
		if t := d.unteased(own); t != "" {
			own = t
		}
	}
	n := utf8.RuneCountInString(own)
	plain := n >= headlineLess && !teases(own, d.lang) && balanced(own)
	if plain && n <= headlineWant {
		return own
	}
	d.learnVerbs()
	defer func() { d.verbs = nil }()
	if plain {
		if s := d.shortOwn(own, headlineWant); s != "" {
			return s
		}
		if s := d.statement(own, facts, titleTold, true); s != "" {
			return s
		}
		if n <= headlineMost {
			return own
		}
		if s := d.shortOwn(own, headlineMost); s != "" {
			return s
		}
		return clip(own, headlineMost)
	}
	if s := d.statement(d.article.Title, facts[:min(1, len(facts))], teaseTold, false); s != "" {
		return s
	}
	for i, f := range facts[:min(ledeFacts, len(facts))] {
		f = bareStatement(f)
		for _, limit := range [...]int{headlineWant, headlineMost} {
			if i > 1 && limit == headlineWant {
				continue // no fact so far down is the news
			}
			if utf8.RuneCountInString(f) <= limit {
				return f
			}
			if s := d.shortHeadline(f, limit); s != "" {
				return s
			}
		}
	}
	switch {
	case len(facts) > 0:
		return clip(bareStatement(facts[0]), headlineMost)
	case own != "":
		return clip(own, headlineMost)
	}
	for i := range d.sents { // nothing stands alone: the first words there are
		if s := clean(d.sents[i].Text, true); s != "" && !boilerplate(s) {
			return clip(bareStatement(s), headlineWant)
		}
	}
	return ""
}

// shortOwn shortens the outlet's title, as a sentence or else as a title.
func (d *document) shortOwn(own string, limit int) string {
	s := d.shortHeadline(own, limit)
	if s == "" && d.lang == "en" {
		s = d.shortTitle(own, limit)
	}
	return s
}

func bareStatement(s string) string {
	if strings.HasSuffix(s, "...") || initials(token(s, 0, len(s)-1)) {
		return s
	}
	return strings.TrimRight(s, ".。 ")
}

// plainTitle takes from a title what the outlet added: its own name, labels,
// and quotation marks around the whole.
func plainTitle(title, outlet string) string {
	s := tidy(clip(title, 4*headlineMost))
	if m := wireMarks.FindString(s); len(s)-len(m) >= headlineLess {
		s = s[len(m):]
	}
	if label, rest, found := strings.Cut(s, " - "); found && strings.HasPrefix(rest, label+" ") {
		s = rest // "Ida Moe - Ida Moe opens bridge"
	}
	for range 2 {
		s = cutOutlet(s, outlet)
	}
	if m := aids.FindStringIndex(s); m != nil && m[0] >= headlineLess {
		s = s[:m[0]]
	}
	for again := true; again; {
		again = false
		for _, l := range shouts {
			if len(s) <= len(l)+1 || !strings.EqualFold(s[:len(l)], l) {
				continue
			}
			rest := s[len(l):]
			label := strings.TrimLeft(rest, " ")
			if r := firstRune(label); strings.ContainsRune(":|-–—", r) {
				if body := strings.TrimLeft(label, ":|-–— "); len(body) >= headlineLess {
					s, again = body, true
				}
			}
		}
	}
	for _, q := range [...][2]string{{`"`, `"`}, {"“", "”"}, {"'", "'"}, {"‘", "’"}} {
		if strings.HasPrefix(s, q[0]) && strings.HasSuffix(s, q[1]) && strings.Count(s, q[0]) == 1+strings.Count(q[0]+q[1], q[0])-1 && len(s) > 2 {
			inner := strings.TrimSuffix(strings.TrimPrefix(s, q[0]), q[1])
			if !strings.Contains(inner, q[0]) {
				s = inner
			}
		}
	}
	s = capital(strings.TrimSpace(s))
	if strings.HasSuffix(s, ".") && !strings.HasSuffix(s, "..") && !initials(token(s, 0, len(s)-1)) {
		s = strings.TrimSuffix(s, ".")
	}
	return s
}

// cutOutlet removes "| Example News" and " - Example News" at the end.
func cutOutlet(s, outlet string) string {
	for _, mark := range [...]string{" | ", " - ", " – ", " — ", " · ", " » ", " :: "} {
		i := strings.LastIndex(s, mark)
		if i < headlineLess {
			continue
		}
		tail := strings.TrimSpace(s[i+len(mark):])
		known := outlet != "" && strings.EqualFold(tail, outlet)
		bar := mark == " | " || mark == " :: " || mark == " · " || mark == " » "
		if known || bar && countWords(tail) <= 4 || outletLike(tail) {
			return strings.TrimSpace(s[:i])
		}
	}
	return s
}

// outletLike tells names that newspapers and stations bear.
func outletLike(s string) bool {
	if countWords(s) > 4 {
		return false
	}
	last := s[strings.LastIndexByte(s, ' ')+1:]
	switch strings.ToLower(last) {
	case "news", "times", "post", "herald", "tribune", "guardian", "telegraph", "journal", "mail", "express", "chronicle", "observer", "gazette", "today", "cnn", "bbc", "reuters", "online",
		"independent", "mirror", "standard", "press", "magazine", "network", "politico", "axios", "nbc", "cbs", "abc", "npr", "afp":
		return true
	}
	return strings.Contains(last, ".com") || strings.Contains(last, ".co.") || strings.HasSuffix(last, ".net") || strings.HasSuffix(last, ".org")
}

// teases tells a title that asks, promises or lists in place of stating.
func teases(s, lang string) bool {
	lower := strings.ToLower(strings.ReplaceAll(s, "’", "'"))
	if strings.ContainsAny(s, "?？") || strings.HasSuffix(s, "...") || strings.HasSuffix(s, "…") || strings.HasSuffix(s, ":") {
		return true
	}
	if lang != "en" && lang != "" {
		return false
	}
	w := firstWord(lower)
	if strings.HasPrefix(s, "WHO ") && strings.ToUpper(s) != s {
		w = "" // the World Health Organization
	}
	switch w {
	case "why", "how", "what", "when", "where", "who", "which", "here's", "here", "this", "these", "watch", "meet", "you", "your", "i", "can", "should", "will", "is", "are", "does", "do":
		return true
	}
	if hasDigit(w) || w == "five" || w == "ten" || w == "seven" || w == "three" {
		rest := strings.Fields(lower)
		for _, x := range rest[1:min(4, len(rest))] {
			switch x {
			case "things", "ways", "reasons", "takeaways", "facts", "tips", "photos", "questions", "lessons":
				return true
			}
		}
	}
	for _, p := range [...]string{"you won't believe", "you need to know", "what happened next", "things to know", "this is why", "here's why", "here's what", "live updates", "live blog", "as it happened"} {
		if strings.Contains(lower, p) {
			return true
		}
	}
	return false
}

// shortHeadline returns the longest safe shortening of a statement that fits,
// "" where there is none.
func (d *document) shortHeadline(s string, limit int) string {
	if d.lang != "en" {
		return ""
	}
	for _, f := range shortened(finish(s)) {
		f = bareStatement(f)
		if n := utf8.RuneCountInString(f); n <= limit && n >= 30 && balanced(f) && !dangling(f, d.lang) {
			return f
		}
	}
	// "Statement: more" and "Statement; more" keep the statement.
	for _, mark := range [...]string{"; ", " – ", " — ", " -- "} {
		head, rest, found := strings.Cut(s, mark)
		if found && utf8.RuneCountInString(head) <= limit && countWords(head) >= 5 && verbIn(strings.ToLower(head)) && droppable(rest) && !namesSource(rest) && balanced(head) {
			return strings.TrimFunc(head, unicode.IsSpace)
		}
	}
	return ""
}

// namesSource tells what follows a dash in a title where that is who says it, or
// takes it back: "CDC", "it is time to open: doctor", "but not all".
func namesSource(rest string) bool {
	_, tail, found := strings.Cut(rest, ": ")
	return countWords(rest) < 4 || firstWord(rest) == "but" || found && countWords(tail) < 4
}

// clip cuts a text at a word so that it has at most n characters, the mark of
// omission among them.
func clip(s string, n int) string {
	if n <= 0 || utf8.RuneCountInString(s) <= n {
		return s
	}
	r := []rune(s)[:n-1]
	for i := len(r) - 1; i > n/2; i-- {
		if unicode.IsSpace(r[i]) {
			r = r[:i]
			break
		}
	}
	return strings.TrimRight(string(r), " ,;:–—-") + "…"
}
