package summarize

import (
	"slices"
	"strings"
	"unicode"

	"newsdesk/internal/pattern"
	"newsdesk/internal/wordset"
)

// credited are names, written in capitals, with which pages mark whose picture
// a caption belongs to.
var credited = wordset.Of(`REUTERS TWITTER GETTY FACEBOOK INSTAGRAM YOUTUBE ALAMY REX SWNS SPLASH PA AP AFP EPA PHOTO PICTURE IMAGE VIDEO CREDIT SHUTTERSTOCK`)

// stamped is a text that opens with its day, as captions and posts do.
var stamped = pattern.MustCompile(`^(?:Jan|Feb|March|April|May|June|July|Aug|Sept?|Oct|Nov|Dec)[a-z.]* \d{1,2}, (?:19|20)\d\d \p{Lu}`)

// dated is a caption as news agencies write them: what somebody does, in the
// present, on a day with its year.
var dated = pattern.MustCompile(`^\p{Lu}.{5,200}? (?:speaks?|holds?|hold|walks?|stands?|looks?|waves?|arrives?|gestures?|listens?|poses?|attends?|sits?|carry|carries|watch|watches|hug|hugs|react|reacts|celebrates?|leaves?|departs?|is seen|are seen|gathers?|pass|passes|prays?|smiles?|shakes?|ride|rides|works?) .{3,200}?\b(?:Jan|Feb|March|April|May|June|July|Aug|Sept?|Oct|Nov|Dec)[a-z.]* \d{1,2}, (?:19|20)\d\d\b[^,]{0,60}\.?$`)

// posed is a caption without a year: what somebody does before a camera, in the
// present, in a month or on a day that is told before the occasion.
var posed = pattern.MustCompile(`^\p{Lu}[^"“”]{3,120}? (?:speaks?|poses?|gestures?|waves?|looks? on|listens?|smiles?|embraces?|hugs?) ([^"“”]{0,60} )?(?:in (?:January|February|March|April|May|June|July|August|September|October|November|December)|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day) (?:during|before|after|outside|beside|inside|following|ahead of) `)

// post is a text that holds the end of a post on a social network as pages embed
// it, the account and the day: "— Harwick Council (@harwick) March 3, 2026".
var post = pattern.MustCompile(`@\w{2,40}\)?[,:·|]?\s+(?:(?:on|am|le|el|il|em)\s+)?(?:\p{L}{3,10}\.? \d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\d\d|\d{1,2}\.? (?:de )?\p{L}{3,10}\.?,? (?:de )?(?:19|20)\d\d|\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d)`)

// caption tells a sentence that describes a picture: a credit in brackets
// closes it or follows it, or it opens with the credit or with a day, and no
// dash sets that apart as it would a dateline.
func (d *document) caption(i int) bool {
	s := d.sents[i].Text
	if j := strings.LastIndexByte(s, '('); j > 0 && headCredit.MatchString(s[j:]) && cutCredited(s) == s {
		return true
	}
	if i+1 < len(d.sents) && d.sents[i+1].Paragraph == d.sents[i].Paragraph && headCredit.MatchString(d.sents[i+1].Text) {
		return true
	}
	if stamped.MatchString(s) || dated.MatchString(s) {
		return true
	}
	if m := posed.FindStringSubmatch(s); m != nil && !verbIn(m[1]) {
		return true
	}
	w, rest, _ := strings.Cut(s, " ")
	return credited.Has(w) && unicode.IsUpper(firstRune(rest))
}

// cutCredited removes a caption with the credit of its picture, in brackets,
// that a page ran together with the sentence after it.
func cutCredited(s string) string {
	head := s[:min(len(s), runInReach)]
	for at := strings.LastIndexByte(head, '('); at > 0; at = strings.LastIndexByte(head[:at], '(') {
		m := headCredit.FindString(s[at:])
		if rest := s[at+len(m):]; m != "" && startsSentence(rest) && countWords(rest) >= leastAfterCredit && endsWhole(rest) {
			return rest
		}
	}
	return s
}

// leastAfterCredit is the number of words that tell a sentence behind a caption
// from the rest of the caption.
const leastAfterCredit = 8

// signedPost is the end of a post on a social network that runs into what
// follows: the account's name and the day, "Ana Ruiz November 8, 2016 Off my
// list now".
var signedPost = pattern.MustCompile(`^((?:[\p{L}\p{N}_.#@'’-]+ ){0,4})(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}, (?:19|20)\d\d [^,\s]*\p{L}`)

// followsPost tells a text that opens with the end of such a post, and not with
// a day of its own: "On November 8, 2016 the court".
func followsPost(s string) bool {
	m := signedPost.FindStringSubmatch(s)
	return m != nil && !slices.ContainsFunc(strings.Fields(m[1]), func(w string) bool { return englishStops.Has(strings.ToLower(w)) })
}
