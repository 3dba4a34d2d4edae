package summarize

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/news"
)

// Bounds that keep the time of one article small. News is told at the top:
// what lies beyond them is not looked at.
const (
	maxSentences = 400  // sentences weighed
	maxSentence  = 2000 // bytes of a sentence that is weighed
	maxQuotation = 5    // sentences after which a mark that never closes is taken for a slip
)

// word is a word of a sentence.
type word struct {
	start, end int    // bytes of the text it stands in
	lower      string // its small letters
	key        int    // number of its stem in the document; below zero that of a stop word
	upper      bool   // begins with a capital
	digit      bool   // begins with a digit
}

// vocabulary numbers the stems of a document, or of the documents of an event.
type vocabulary struct {
	stop  map[string]bool
	stem  func(string) string
	ids   map[string]int
	known map[string]int    // small-letter word to key
	stops int               // how many of them are stop words, which are numbered below zero
	stems map[string]string // small-letter word to stem, nil where stem remembers them
}

// newVocabulary returns an empty vocabulary of a language. The stems of English,
// which take time to work out, are looked for among those known, unless that is nil.
func newVocabulary(lang string, known *knownStems) *vocabulary {
	v := &vocabulary{stop: stopWords[lang], stem: stemmer(lang), ids: make(map[string]int)}
	if work := v.stem; lang == "en" && known != nil {
		v.stem = func(w string) string { return known.of(w, work) }
	} else {
		v.stems = make(map[string]string)
	}
	v.known = make(map[string]int)
	return v
}

func (v *vocabulary) key(lower string) int {
	if k, ok := v.known[lower]; ok {
		return k
	}
	var k int
	if v.stop[lower] {
		v.stops++
		k = -v.stops
	} else {
		k = v.id(v.stemOf(lower))
	}
	v.known[lower] = k
	return k
}

// id numbers a stem.
func (v *vocabulary) id(stem string) int {
	id, ok := v.ids[stem]
	if !ok {
		id = len(v.ids)
		v.ids[stem] = id
	}
	return id
}

// forget lets go of what only saves time.
func (v *vocabulary) forget() {
	v.known = make(map[string]int)
	if v.stems != nil {
		v.stems = make(map[string]string)
	}
}

// find is key of a word that may be unknown: below zero where no text has its stem.
func (v *vocabulary) find(lower string) int {
	if k, ok := v.known[lower]; ok {
		return k
	}
	if id, ok := v.ids[v.stemOf(lower)]; ok && !v.stop[lower] {
		return id
	}
	return -1
}

// stemOf returns the stem of a small-letter word.
func (v *vocabulary) stemOf(lower string) string {
	if v.stems == nil {
		return v.stem(lower)
	}
	if s, ok := v.stems[lower]; ok {
		return s
	}
	s := v.stem(lower)
	v.stems[lower] = s
	return s
}

// words parts a text into words: runs of letters and digits; where a script
// has no blanks, pairs of characters.
func (v *vocabulary) words(text string) []word {
	out := make([]word, 0, len(text)/usualWord+1)
	v.each(text, func(w word) { out = append(out, w) })
	return out
}

// usualWord is fewer bytes than most words take with the blank behind them.
const usualWord = 5

// each calls a function with each word of a text, as words parts it.
func (v *vocabulary) each(text string, add func(word)) {
	start := -1
	flush := func(end int) {
		if start >= 0 {
			w := text[start:end]
			r, _ := utf8.DecodeRuneInString(w)
			lower := strings.ToLower(w)
			add(word{start: start, end: end, lower: lower, key: v.key(lower), upper: unicode.IsUpper(r), digit: unicode.IsDigit(r)})
			start = -1
		}
	}
	prev := -1 // start of the character before, in a script without blanks
	for i, r := range text {
		switch {
		case unspaced(r):
			flush(i)
			end := i + utf8.RuneLen(r)
			if prev >= 0 {
				w := text[prev:end]
				add(word{start: prev, end: end, lower: w, key: v.key(w)})
			}
			prev = i
			continue
		case r < utf8.RuneSelf && (r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'),
			r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)):
			if start < 0 {
				start = i
			}
		case (r == '.' || r == ',') && start >= 0 && i+1 < len(text) && isDigit(text[i-1]) && isDigit(text[i+1]): // 2,500 and 3.5 are one
		default:
			flush(i)
		}
		prev = -1
	}
	flush(len(text))
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// sentence is a sentence of an article with what is known about it.
type sentence struct {
	Sentence
	index  int
	words  []word
	keys   []int  // its stems, each once, in order
	quoted bool   // lies in a quotation that began before it or goes on after it
	opens  bool   // a quotation begins in it and goes on after it
	shuts  bool   // a quotation that began before ends in it
	single bool   // that quotation stands in single marks
	names  []name // names in it, in order
	clean  string // what clean makes of it, once it was asked
}

// document is an article made ready for weighing.
type document struct {
	article news.Article
	lang    string
	vocab   *vocabulary
	sents   []sentence
	title   map[int]bool // stems of the title
	count   []int        // how often each stem occurs
	maxim   int          // the largest of them
	lower   map[string]bool
	spaced  bool              // most of it is written with blanks
	full    map[string]string // last name to full name
	verbs   map[string]bool   // stems of verbs, while a headline is made

	dateline place // where the report was filed, as far as the gazetteer has it
}

func newDocument(a news.Article, vocab *vocabulary, lang string) *document {
	d := &document{article: a, lang: lang, vocab: vocab, title: make(map[int]bool), lower: make(map[string]bool)}
	split := Sentences(a.Body)
	if len(split) > maxSentences {
		split = split[:maxSentences]
	}
	d.sents = make([]sentence, len(split))
	par := -1
	double, single := marks{follow: quotation, signs: "\"“”«»"}, marks{follow: singleQuotation}
	unsp, all := 0, 0
	words := make([]word, 0, len(a.Body)/usualWord)
	for i, s := range split {
		if s.Paragraph != par {
			double.open, single.open = false, false
		}
		x := sentence{Sentence: s, index: i}
		par = s.Paragraph
		text := s.Text
		if len(text) > maxSentence {
			text = text[:maxSentence]
		}
		for _, r := range text {
			if unspaced(r) {
				unsp++
			}
			all++
		}
		x.quoted, x.opens, x.shuts = double.next(text)
		if quoted, opens, shuts := single.next(text); quoted && !x.quoted && lang == "en" {
			x.quoted, x.opens, x.shuts, x.single = true, opens, shuts, true
		}
		from := len(words)
		vocab.each(text, func(w word) { words = append(words, w) })
		x.words = slices.Clip(words[from:])
		d.sents[i] = x
	}
	d.spaced = unsp*3 < all
	for _, k := range vocab.keysOf(a.Title) {
		d.title[k] = true
	}
	d.count = make([]int, len(vocab.ids))
	last := make([]int, len(vocab.ids)) // the sentence that had a stem last, counted from 1
	keys := make([]int, 0, len(words))
	for i := range d.sents {
		s := &d.sents[i]
		from := len(keys)
		for _, w := range s.words {
			if !w.upper {
				d.lower[w.lower] = true
			}
			if w.key < 0 {
				continue
			}
			if d.count[w.key]++; d.count[w.key] > d.maxim {
				d.maxim = d.count[w.key]
			}
			if last[w.key] != i+1 {
				last[w.key] = i + 1
				keys = append(keys, w.key)
			}
		}
		s.keys = slices.Clip(keys[from:])
	}
	d.nameAll()
	d.learnNames()
	return d
}
