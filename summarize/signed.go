package summarize

import (
	"strings"

	"newsdesk/internal/pattern"
)

// signedReach is how far into a sentence a byline and its dateline may reach, in
// bytes.
const signedReach = 160

// brandHead is a dateline as some broadcasters write it: "New York CNN Business — ".
var brandHead = pattern.MustCompile(`^(?:\p{Lu}[\p{L}.'’-]*(?:,? \p{Lu}[\p{L}.'’-]*){0,4},? )?(?:CNN|AFP|AP|Reuters|BBC|NPR|Bloomberg|ABC News|NBC News|CBS News)(?: (?:Business|business|Travel|Sport|Sports|Style|Underscored|Opinion|News))? ?(?:—|–|--) `)

// signedHead is a byline that a page runs together with its dateline: "Ida Moe
// Associated Press HALDEN, Norvik — ".
var signedHead = pattern.MustCompile(`^(?:By )?(?:\p{Lu}[\p{L}'’./-]* |for |of |and |the |to ){2,14}\p{Lu}{3}[\p{Lu} ]*(?:, \p{Lu}[\p{L}.]+)?(?: \([A-Z]+\))? ?(?:—|–|--) `)

// signedFor is a byline of somebody who writes for an outlet: "Ida Moe Special to
// THE LEDGER ".
var signedFor = pattern.MustCompile(`^(?:By )?(?:\p{Lu}[\p{L}'’.-]+ ){2,4}Special to (?:the |The )?(?:\p{Lu}{2}[\p{Lu}.]* ){1,4}`)

// cutSigned removes a byline that a page ran together with the sentence after it,
// and a broadcaster's dateline.
func cutSigned(s string) (string, bool) {
	head := s[:min(len(s), signedReach)]
	var res []*pattern.Regexp
	if strings.Contains(head, "— ") || strings.Contains(head, "– ") || strings.Contains(head, "-- ") {
		res = append(res, brandHead, signedHead)
	}
	if strings.Contains(head, "Special to ") {
		res = append(res, signedFor)
	}
	for _, re := range res {
		if m := re.FindString(head); m != "" && len(s)-len(m) > 20 && startsSentence(s[len(m):]) {
			return s[len(m):], true
		}
	}
	return s, false
}
