package articles

import (
	"fmt"
	"strings"
)

// minWords is the length below which a text is taken for a teaser or a wall.
// In scripts without blanks each letter counts as half a word.
const minWords = 60

// judge decides whether a text of n words can be trusted to be the article. It returns a
// quality from 0 to 1 that rises with length and with the words shared with
// the feed's title, or the reason why not.
func judge(paras []string, n int, feedTitle, pageTitle string) (float64, error) {
	if len(paras) == 0 {
		return 0, &NoArticleError{Reason: "the page holds no article"}
	}
	if screen(paras, n) {
		return 0, &NoArticleError{Reason: whyScreen}
	}
	if n < minWords {
		words := "words"
		if n == 1 {
			words = "word"
		}
		return 0, &NoArticleError{Reason: fmt.Sprintf("the page holds no article: %d %s", n, words)}
	}
	shared := 1.0
	if feedTitle != "" {
		if shared = overlap(feedTitle, paras); shared == 0 {
			// The page may tell the feed's story under other words; its own
			// title then still shares some with the feed's.
			if alike(feedTitle, pageTitle) < 0.3 {
				return 0, &NoArticleError{Reason: "the page's text shares no words with the title"}
			}
		}
	} else if pageTitle != "" {
		shared = overlap(pageTitle, paras)
	}
	length := min(float64(n)/300, 1)
	return 0.3 + 0.4*length + 0.3*shared, nil
}

// countOf counts the words of a text; letters of scripts without blanks are half words.
func countOf(paras []string) int {
	n, half := 0, 0
	for _, p := range paras {
		inside := false
		for _, r := range p {
			switch {
			case unspaced(r):
				half++
				inside = false
			case inWord(r, inside):
				if !inside {
					n++
				}
				inside = true
			default:
				inside = false
			}
		}
	}
	return n + half/2
}

// overlap is the share of a title's telling words that occur in the text. Words
// are compared by their first five letters, so that endings don't matter; 1
// where the title has no telling words.
func overlap(title string, paras []string) float64 {
	var telling []string
	have := make(map[string]bool) // stems of the title, true where the text has them
	for _, w := range words(title) {
		r := []rune(w)
		if len(r) < 4 && (len(r) != 1 || !unspaced(r[0])) && !digits(w) {
			continue
		}
		telling = append(telling, stem(w))
		have[stem(w)] = false
	}
	if len(telling) == 0 {
		return 1
	}
	missing := len(have)
	for _, p := range paras {
		if missing == 0 {
			break
		}
		for w := range wordsIn(p) {
			st := strings.ToLower(stem(w))
			if had, asked := have[st]; asked && !had {
				have[st] = true
				missing--
			}
		}
	}
	hit := 0
	for _, st := range telling {
		if have[st] {
			hit++
		}
	}
	return float64(hit) / float64(len(telling))
}

func stem(w string) string {
	n := 0
	for i := range w {
		if n == 5 {
			return w[:i]
		}
		n++
	}
	return w
}

func digits(w string) bool { return w != "" && strings.Trim(w, "0123456789") == "" }
