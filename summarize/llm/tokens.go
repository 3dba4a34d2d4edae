package llm

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a word of a text as the check sees it.
type token struct {
	lower  string
	key    string // what must agree with the article: a stem, or a number's digits
	kind   kind
	class  string // of a mark
	turns  bool   // its clause says something else without it
	number bool
	sent   int      // counts the sentences of a window
	colon  bool     // its clause stands after a colon
	clause int      // counts the stretches between commas, dashes and the like
	gov    []string // of content: the marks that stand before it, after the content before it
}

type kind int

const (
	content kind = iota // must stand in the article
	glue                // says nothing by itself
	mark                // changes what follows it
	speech              // says that someone says it
)

// tokens parts a text into words.
func (x *lexicon) tokens(text string) []token {
	var out []token
	clause, colon := 0, false
	add := func(w string) {
		t := x.token(strings.ToLower(w), clause)
		t.colon = colon
		out = append(out, t)
	}
	start := -1
	for i, r := range text {
		next, _ := utf8.DecodeRuneInString(text[i+utf8.RuneLen(r):])
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			if start < 0 {
				start = i
			}
			continue
		case start >= 0 && (r == '.' || r == ',') && isDigit(text[i-1]) && unicode.IsDigit(next): // 2,500 and 3.5 are one word
			continue
		case start >= 0 && (r == '\'' || r == '’') && unicode.IsLetter(next): // don't, Iraq's
			continue
		}
		if start >= 0 {
			add(text[start:i])
			start = -1
		}
		switch r {
		case '%':
			add("percent")
		case '$', '€', '£', '¥':
			out = append(out, token{lower: string(r), key: string(r), clause: clause})
		case ',', ';', ':', '(', ')', '–', '—', '.', '!', '?':
			clause, colon = clause+1, r == ':'
		}
	}
	if start >= 0 {
		add(text[start:])
	}
	return govern(out)
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// token tells what a small-letter word is.
func (x *lexicon) token(w string, clause int) token {
	w = strings.ReplaceAll(w, "’", "'")
	if strings.HasSuffix(w, "n't") {
		return token{lower: w, kind: mark, class: markNot, clause: clause}
	}
	if i := strings.IndexByte(w, '\''); i >= 0 { // Iraq's; l'eau, dell'acqua
		if i <= 5 && len(w)-i > 3 {
			w = w[i+1:]
		} else {
			w = w[:i]
		}
	}
	t := token{lower: w, key: w, clause: clause}
	first, _ := utf8.DecodeRuneInString(w)
	switch {
	case unicode.IsDigit(first):
		t.number, t.key = true, strings.ReplaceAll(w, ",", "")
	case x.numbers[w] != "":
		t.number, t.key = true, x.numbers[w]
	case w == "percent" || w == "cent":
		t.key = "percent"
	case x.speech.Has(w):
		t.kind = speech
	case x.marks[w] != "":
		t.kind, t.class = mark, x.marks[w]
	case x.glue.Has(w):
		t.kind = glue
	default:
		t.key, t.turns = x.stemOf(w), x.turns(w)
	}
	return t
}

// govern notes before each content word the marks that stand between it and the
// content before it. Adverbs let them through: "did not immediately say".
func govern(ts []token) []token {
	var marks []string
	for i := range ts {
		switch t := &ts[i]; {
		case i > 0 && ts[i-1].clause != t.clause:
			marks = nil
			fallthrough
		default:
			switch t.kind {
			case mark:
				marks = append(marks, t.class)
			case content:
				t.gov = marks
				if !strings.HasSuffix(t.lower, "ly") {
					marks = nil
				}
			case glue, speech:
			}
		}
	}
	return ts
}

// contents returns the indexes of the content words.
func contents(ts []token) []int {
	var out []int
	for i := range ts {
		if ts[i].kind == content {
			out = append(out, i)
		}
	}
	return out
}
