package verify

import (
	"strings"
	"unicode/utf8"
)

// each calls yield with the content units of a token: the stem of a word that
// carries meaning, or each pair of characters of a script that does not part
// words. Numbers have none: they are compared by value.
func (c *Checker) each(t token, yield func(string)) {
	switch {
	case c.carries(t):
		yield(c.stem(t.low))
	case t.kind == run:
		prev := ""
		for _, r := range t.low {
			now := string(r)
			if prev != "" {
				yield(prev + now)
			}
			prev = now
		}
		if utf8.RuneCountInString(t.low) == 1 {
			yield(t.low)
		}
	}
}

// carries says whether a token is a word that carries meaning.
func (c *Checker) carries(t token) bool {
	return t.kind == word && utf8.RuneCountInString(t.low) > 1 && !c.lex.stop.Has(t.low)
}

// stem returns a word without its ending, as far as its language is known.
func (c *Checker) stem(low string) string {
	if s, ok := c.stems[low]; ok {
		return s
	}
	s := low
	if c.lex.stem != nil {
		s = c.lex.stem(low)
	} else if n := utf8.RuneCountInString(low); n > 6 {
		s = prefix(low, max(5, n-3))
	}
	if len(c.stems) < 200_000 {
		c.stems[low] = s
	}
	return s
}

// prefix returns the first n characters.
func prefix(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

const (
	// freeWords is the share of a fact's content words that may be its
	// writer's own.
	freeWords = 0.2
	// freePairs is the same for pairs of characters, each of which a word
	// changes several.
	freePairs = 0.1
)

// content looks for the fact's content words. A few may be the writer's own,
// but not one that stands in the place of another word of the sentence, nor
// the contrary of one.
func (c *Checker) content(s *statement, w *window) Finding {
	wordsSeen, pairsSeen, pairsLost := 0, 0, 0
	var lost, changed, pair string
	lostWords := 0
	nums := s.nums
	for i, t := range s.tokens {
		for len(nums) > 0 && nums[0].hi <= i {
			nums = nums[1:]
		}
		if t.kind == mark || t.kind == digits || len(nums) > 0 && nums[0].lo <= i || units[t.low] != 0 || c.lex.week[t.low] != 0 || c.lex.month[t.low] != 0 {
			continue
		}
		if t.kind == run {
			c.each(t, func(unit string) {
				pairsSeen++
				if w.unit(unit) == 0 {
					pairsLost++
					pair = unit
				}
			})
			continue
		}
		if !c.carries(t) {
			continue
		}
		wordsSeen++
		if w.word(t.low) != 0 || w.unit(c.stem(t.low)) != 0 || t.cap && !c.lex.nouns && w.name(t.low) != 0 {
			continue
		}
		if t.cap && !t.head && !c.lex.nouns { // a name, which was looked for already
			continue
		}
		lost = t.low
		lostWords++
		if other := contraries[t.low]; other != "" && w.word(other)&inCited != 0 || c.lex.free[t.low] == 0 && w.replaced(s.tokens, i) {
			changed = t.low
		}
	}
	switch {
	case changed != "":
		return Finding{Words, changed}
	case float64(lostWords) > freeWords*float64(wordsSeen):
		return Finding{Words, lost}
	case float64(pairsLost) > freePairs*float64(pairsSeen):
		return Finding{Words, pair}
	}
	return Finding{}
}

// addWords notes between which words each word stands.
func addWords(out map[[2]string]bool, ts []token) {
	for i, t := range ts {
		if t.textual() {
			if b := beside(ts, i, i+1); b.near[0] && b.near[1] {
				out[[2]string{b.left, b.right}] = true
			}
		}
	}
}

// replaced says whether a word of the fact that the sentence does not have
// stands between two words that have another between them there, at least one
// of them telling.
func (w *window) replaced(ts []token, i int) bool {
	b := beside(ts, i, i+1)
	if !b.near[0] || !b.near[1] || common.Has(b.left) && common.Has(b.right) {
		return false
	}
	if w.between == nil {
		w.between = map[[2]string]bool{}
		w.parts(func(ts []token) { addWords(w.between, ts) })
	}
	return w.between[[2]string{b.left, b.right}]
}

// contraries are pairs of words of which one must not become the other.
var contraries = func() map[string]string {
	m := map[string]string{}
	f := strings.Fields(`rose fell rise fall rises falls rising falling risen fallen up down increase decrease increased decreased increases decreases gained lost gain loss
		gains losses won lost win lose wins loses more fewer higher lower high low above below before after opened closed open closed opens closes
		accepted rejected accept reject approved rejected approve reject supports opposes supported opposed support oppose hired fired bought sold buy sell
		allowed banned allow ban legal illegal guilty innocent alive dead first last best worst best least most north south east west northern southern eastern western
		import export imports exports arrived left started ended start end begins ends began ended strengthened weakened improved worsened
		acquitted convicted confirmed denied confirm deny confirms denies released arrested male female man woman men women boy girl son daughter
		brother sister husband wife father mother daily weekly monthly yearly million billion increase cut raised lowered raise lower raised cut`)
	for i := 0; i+1 < len(f); i += 2 {
		if m[f[i]] == "" {
			m[f[i]] = f[i+1]
		}
		if m[f[i+1]] == "" {
			m[f[i+1]] = f[i]
		}
	}
	return m
}()
