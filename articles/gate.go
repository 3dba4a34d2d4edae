package articles

import (
	"fmt"
	"strings"

	"newsdesk/internal/pattern"
)

// minWords is the length below which a text is taken for a teaser or a wall.
// In scripts without blanks each letter counts as half a word.
const minWords = 60

// wall matches what sites show instead of the article: consent and cookie
// screens, logins, paywalls, bot checks, demands for JavaScript.
var wall = pattern.MustCompile(`(?i)` + strings.Join([]string{
	`(?:enable|activate|turn on) java ?script`, `java ?script (?:is|must be|seems to be) (?:disabled|enabled|required)`,
	`checking (?:if the site connection is secure|your browser)`, `verify(?:ing)? (?:that )?you are (?:a )?human`, `are you a robot`, `unusual (?:traffic|activity) from your`,
	`access (?:to this page has been |is )?denied`, `(?:please )?complete the (?:captcha|security check)`, `your browser (?:is (?:out of date|not supported|outdated)|does not support)`,
	`before you continue to`, `we (?:and our (?:\d+ )?partners )?(?:use|store|value) (?:cookies|your privacy)`, `(?:accept|manage) (?:all )?cookies`, `we use cookies and`,
	`(?:subscribe|log ?in|sign ?in|register) (?:now )?(?:to|and) (?:continue|keep|read|unlock|access)`, `to (?:continue|keep) reading`, `this (?:article|content|story) is (?:for|only available to|reserved for|exclusive to) (?:our )?(?:paying )?(?:subscribers|members)`,
	`you have (?:reached|read) your (?:limit|last)`, `already a (?:subscriber|member)`, `create (?:a free|an) account`, `forgot (?:your )?password`,
	`(?:the )?page (?:you (?:are looking for|requested)|can ?not be found|not found)`, `ad ?blocker? (?:detected|is on)`, `disable your ad ?blocker`,
	`bitte (?:aktivieren|stimmen) sie`, `veuillez activer`, `accepter les cookies`, `weiterlesen mit`,
}, `|`))

// maxWallWords is the length above which wall phrases are taken for part of a
// real article, such as one about cookies.
const maxWallWords = 250

// judge decides whether a text can be trusted to be the article. It returns a
// quality from 0 to 1 that rises with length and with the words shared with
// the feed's title, or the reason why not.
func judge(paras []string, feedTitle, pageTitle string) (float64, error) {
	if len(paras) == 0 {
		return 0, &NoArticleError{Reason: "the page holds no article"}
	}
	text := strings.Join(paras, "\n")
	all := words(text)
	n := countWords(all)
	if n < maxWallWords {
		hits := len(wall.FindAllStringIndex(text, 4))
		if hits >= 2 || hits == 1 && n < 120 {
			return 0, &NoArticleError{Reason: "the page shows a consent, login or bot check instead of the article"}
		}
	}
	if n < minWords {
		return 0, &NoArticleError{Reason: fmt.Sprintf("the page holds no article: %d words", n)}
	}
	shared := 1.0
	if feedTitle != "" {
		if shared = overlap(feedTitle, all); shared == 0 {
			// The page may tell the feed's story under other words; its own
			// title then still shares some with the feed's.
			if alike(feedTitle, pageTitle) < 0.3 {
				return 0, &NoArticleError{Reason: "the page's text shares no words with the title"}
			}
		}
	} else if pageTitle != "" {
		shared = overlap(pageTitle, all)
	}
	length := min(float64(n)/300, 1)
	return 0.3 + 0.4*length + 0.3*shared, nil
}

// countWords counts words; letters of scripts without blanks are half words.
func countWords(all []string) int {
	half := 0
	for _, w := range all {
		if r := []rune(w); len(r) == 1 && unspaced(r[0]) {
			half++
		}
	}
	return len(all) - half + half/2
}

// overlap is the share of a title's telling words that occur in the text. Words
// are compared by their first five letters, so that endings don't matter; 1
// where the title has no telling words.
func overlap(title string, all []string) float64 {
	have := make(map[string]bool, len(all))
	for _, w := range all {
		have[stem(w)] = true
	}
	n, hit := 0, 0
	for _, w := range words(title) {
		r := []rune(w)
		if len(r) < 4 && (len(r) != 1 || !unspaced(r[0])) && !digits(w) {
			continue
		}
		n++
		if have[stem(w)] {
			hit++
		}
	}
	if n == 0 {
		return 1
	}
	return float64(hit) / float64(n)
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
