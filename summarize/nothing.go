package summarize

import (
	"strings"

	"newsdesk/internal/pattern"
)

// nothingSaid is a statement that nothing was said, at the end of a sentence: somebody
// declined to comment, could not be reached, or gave no more details.
var nothingSaid = pattern.MustCompile(`(?i)(?:` +
	`\b(?:declin|refus)(?:ed|es|ing) to (?:elaborate|say more|give (?:any )?(?:more|further|other|additional) (?:details|information)|provide (?:any )?(?:more|further|other|additional) (?:details|information)|discuss (?:it|the (?:matter|case|report|details))|answer questions)` +
	`|\b(?:gave|giving|offered|offering|provided|providing|released|had) no (?:more|further|other|additional) (?:details?|information|comment)` +
	`|\b(?:did|has|have|had) not (?:immediately|yet|initially) (?:respond|reply|comment|answer)(?:ed)?(?: to (?:[\p{L}-]+ ){0,3}(?:calls?|messages?|emails?|requests?|questions?|inquir(?:y|ies)|enquir(?:y|ies)))?` +
	`|\b(?:did|has|have|had) not (?:respond|reply|return|answer)(?:ed)?(?: to)? (?:[\p{L}-]+ ){0,3}(?:calls?|messages?|emails?|requests?|questions?|inquir(?:y|ies)|enquir(?:y|ies))` +
	`|\bcould not (?:immediately )?be reached for comment` +
	`|\b(?:was|were) not (?:immediately |yet )?available (?:for comment|to comment|to answer questions)` +
	`|\b(?:calls?|messages?|emails?|requests?|questions?) (?:[\p{L}’'-]+ ){0,6}(?:was|were) not (?:immediately )?(?:returned|answered)` +
	`|\bno (?:more|further|other|additional) (?:details|information) (?:was|were|is|are) (?:immediately )?(?:given|released|available|provided)` +
	`)(?: (?:for comment|to comment|to answer questions|further|on the (?:matter|case|report|figures|allegations?|claims?)|about (?:it|the (?:matter|case|report|allegations?|claims?))` +
	`|when (?:contacted|asked|approached|reached)(?: by [\p{L}. ]{1,30})?|(?:late |early )?on \p{L}{3,6}day|(?:at|by) [\p{L} ]{1,20}))*[.!]?["”]?$`)

// noComment is a refusal to comment, whatever on.
var noComment = pattern.MustCompile(`(?i)\b(?:declin|refus)(?:ed|es|ing) to comment\b`)

// longestNothing is the most bytes of a sentence that says no more than that: in a
// longer one it stands behind what is told.
const longestNothing = 150

// saysNothing tells such a sentence. What follows a refusal to comment is on what,
// and why, unless another clause begins.
func saysNothing(s string) bool {
	if len(s) > longestNothing {
		return false
	}
	if nothingSaid.MatchString(s) {
		return true
	}
	m := noComment.FindStringIndex(s)
	return m != nil && !strings.ContainsAny(s[m[1]:], ",;:") && !strings.Contains(s[m[1]:], " and ") && !strings.Contains(s[m[1]:], " but ")
}
