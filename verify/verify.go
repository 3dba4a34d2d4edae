// Package verify checks facts against the article that they cite, whoever
// wrote them. It shares no code with the summarizers: what it says of a fact is
// a second opinion.
//
// A fact rests on a sentence, the cited one, which its span tells. Everything
// in the fact that can be wrong by itself must be found there or beside it:
// numbers, names, dates, quotations, negations, and the words that carry the
// content. What the sentence says with reserve (may, reportedly), under a
// condition or in somebody's words must not become plain truth in the fact.
//
//	c := verify.New(article)
//	for _, f := range facts {
//		if got := c.Check(f); !got.Supported() {
//			// got.Reason says why, got.What names the word or number
//		}
//	}
//
// How each part is looked for:
//
//   - token.go, sentence.go: words, numbers and sentences of any script
//   - window.go: the cited sentence and the ones beside it
//   - number.go, figure.go: the values behind "2,500", "2.5 thousand", "eight", "1.2m"
//   - slot.go, frame.go: whether names, numbers or words changed places
//   - name.go, date.go, quote.go, content.go: what their names say
//   - claim.go: negation, hedge, condition and speaker
//
// Numbers, quotations and content words are checked in every script; names
// where there are capitals. Negations, hedges, conditions and speakers need a
// table of words, which there is for English and, smaller, for Spanish, French,
// German, Portuguese, Italian and Dutch (lexicon.go).
//
// The check is strict: it would rather drop a true fact in unusual words than
// let a false one pass. It reads words, not sense: a false fact made only of
// the sentence's own words, in their own order, passes.
//
// Everything here is pure, and takes time in proportion to the text.
package verify

import (
	"strings"
	"time"

	"newsdesk/news"
)

// Reason names why a fact is not supported; "" says that it is.
type Reason string

// The reasons, in the order in which they are looked for.
const (
	Supported Reason = ""
	Span      Reason = "span not in the article"
	Quotation Reason = "quotation not in the article's words"
	Number    Reason = "number not in the cited sentence"
	Date      Reason = "date not in the cited sentence"
	Name      Reason = "name not in the cited sentence"
	Words     Reason = "content words not found"
	Negation  Reason = "negation changed"
	Hedge     Reason = "hedge dropped"
	Condition Reason = "condition dropped"
	Speaker   Reason = "speaker dropped"
)

// Finding is what was found on one fact.
type Finding struct {
	Reason Reason
	What   string // the word, number or quotation that is to blame, as the fact or the sentence writes it
}

// Supported says whether everything in the fact was found.
func (f Finding) Supported() bool { return f.Reason == Supported }

// Drop is a fact that is not supported, and why.
type Drop struct {
	Fact    news.Fact
	Finding Finding
}

// Checker checks facts against one article. It remembers the sentences it has
// looked at: use it from one goroutine.
type Checker struct {
	text      string
	lang      string
	published time.Time

	lex     *lexicon // nil until a fact is no sentence as it stands
	tokens  []token
	starts  []int // index of the first token of each sentence
	stems   map[string]string
	called  *names             // nil until somebody's name is looked for
	written map[string]written // how the article writes its words, nil until that is asked
	windows map[news.Span]*window
	places  map[string][]int32 // by a content word: sentences, for Locate
}

// New returns the checker of an article: a.Body is what facts are checked against,
// a.Lang says in which language, and a.Published, where it is known, what
// "yesterday" means. The article is read when the first fact asks for it.
func New(a news.Article) *Checker {
	return &Checker{text: a.Body, lang: a.Lang, published: a.Published}
}

// ready parts the article into words and sentences, once.
func (c *Checker) ready() {
	if c.lex != nil {
		return
	}
	lang, _, _ := strings.Cut(strings.ToLower(c.lang), "-")
	if lang == "" {
		lang = guess(c.text)
	}
	c.lex = lexicons()[lang]
	if c.lex == nil {
		c.lex = &lexicon{}
	}
	c.tokens = tokenize(c.text, c.lex)
	c.starts = sentences(c.text, c.tokens, c.lex)
	c.stems, c.windows = map[string]string{}, map[news.Span]*window{}
}

// Facts checks facts of one article and parts them, in their order.
func Facts(a news.Article, facts []news.Fact) (kept []news.Fact, dropped []Drop) {
	if len(facts) == 0 {
		return nil, nil
	}
	c := New(a)
	for _, f := range facts {
		if got := c.Check(f); got.Supported() {
			kept = append(kept, f)
		} else {
			dropped = append(dropped, Drop{Fact: f, Finding: got})
		}
	}
	return kept, dropped
}

// Check looks for everything that the fact says in the sentence that it cites
// and the ones beside it.
func (c *Checker) Check(f news.Fact) Finding {
	if c.verbatim(f) {
		return Finding{}
	}
	c.ready()
	w := c.window(f.Span)
	if w == nil {
		return Finding{Reason: Span}
	}
	if strings.TrimSpace(f.Text) == "" {
		return Finding{Reason: Words}
	}
	if w.holds(f.Text) {
		return Finding{} // the sentence itself, or a run of whole clauses up to its end
	}
	w.read()
	s := c.statement(f.Text)
	for _, look := range [...]func(*statement, *window) Finding{
		c.quotations, c.numbers, c.dates, c.properNames, c.frames, c.content, c.negations, c.hedges, c.conditions, c.speakers,
	} {
		if got := look(s, w); !got.Supported() {
			return got
		}
	}
	return Finding{}
}

// statement is a fact's text, read.
type statement struct {
	text   string
	tokens []token
	nums   []number
	claims claims
}

func (c *Checker) statement(text string) *statement {
	s := &statement{text: text, tokens: tokenize(text, c.lex)}
	sentences(text, s.tokens, c.lex)
	s.nums = numbers(text, s.tokens, c.lex)
	s.claims = c.claims(s.tokens)
	return s
}
