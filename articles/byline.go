package articles

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/internal/pattern"
)

var (
	bylineLead = pattern.MustCompile(`(?i)^(?:(?:(?:this )?(?:post|article|story) )?(?:was )?(?:written|authored|posted|published|reported|story|text|words|article)\s+)?(?:by|von|par|por|di|door|av|af|autor(?:in)?|author|redacción)\b\s*:?\s*`)
	// The same before a colon, in scripts whose words RE2 sees no end of.
	bylineSays = pattern.MustCompile(`(?i)^(?:автори?|текст|автор текста|аўтар|tekst|autorzy|autore?s?|auteurs?|verfasser|szerző|kirjoittaja|skribent|yazar|haber|yazan|συντάκτης|συγγραφέας|作者|文|記者|기자)\s*[:：]\s*`)
	writtenBy  = pattern.MustCompile(`(?i)^.{0,20}\bwritten by\s`)
	bylineLink = pattern.MustCompile(`(?i)^(?:view (?:all )?(?:posts|articles|stories) (?:by|from)|(?:read )?more (?:posts |articles |stories )?(?:about|by|from)|.{0,20}\bwritten by)\s+`)
	// What follows a name of two words at least, where the page parts it from the
	// name by its looks alone: the beginning of "Last updated" and of "Co-founder".
	bylineRole = pattern.MustCompile(`(?i)^((?:\S+\s+){1,3}?\S+)\s+(?:last|co|(?:senior |junior |staff |freelance |managing |associate |content |digital |marketing |copy |news )*(?:writer|editor|reporter|journalist|contributor|correspondent|coordinator|specialist|strategist|columnist))$`)
	bylineTail = pattern.MustCompile(`(?i)\s*(?:(?:(?-i:Last)\s+)?(?:[,|•·–—-]\s*)?\b(?:updated|published|posted|on)\b.*|[,;|•·–—-]\s*(?:staff writer|staff reporter|contributor|correspondent|senior (?:editor|writer|reporter)|editor|reporter|head of|md|phd|rn|m\.?d\.?|ph\.?d\.?)\b.*|@\w+.*)$`)
	bylineNo   = pattern.MustCompile(`(?i)^(?:admin(?:istrator)?|editor(?:s|ial)?|staff|web ?master|guest|author|anonymous|unknown|user|root|none|null|news ?desk|redakce|redaktion|redacci[oó]n|redazione|contributor|team|blog|home|us|about|contact|follow|share|more|read more|subscribe)\b\.?$|https?:|www\.|@|\.(?:com|org|net|co|io)\b|\buniversity\b|[{}<>\[\]=_]|\d{4}|\$`)
	bylineDate = pattern.MustCompile(`(?i)^(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|(?:mon|tues|wednes|thurs|fri|satur|sun)day|human|admin|today|yesterday)\b\.?$`)
	bylineOrg  = pattern.MustCompile(`(?i)\b(?:editorial|team|staff|inc|llc|ltd|gmbh|media|magazine|newsroom|desk|department|university|institute|foundation|company|group|association|agency|marketing|support|store|shop|blog|official|admin|posts?|view all|min(?:ute)?s? read|comments?|privacy|cookie)\b`)
)

// maxBylineWords is above what names run to: longer texts are sentences.
const maxBylineWords = 6

// byline picks the author's name from candidates, the most trusted first, and
// returns "" rather than the outlet's own name, an account's name or an address.
func byline(site, host string, candidates ...string) string {
	for _, c := range candidates {
		if b := personName(c, site, host); b != "" {
			return b
		}
	}
	return ""
}

func personName(s, site, host string) string {
	s = fold(s)
	said := writtenBy.MatchString(s) // outright: the site may be named after its writer
	s = bylineLink.ReplaceAllString(s, "")
	s = bylineLead.ReplaceAllString(bylineSays.ReplaceAllString(s, ""), "")
	s = strings.TrimSpace(bylineTail.ReplaceAllString(s, ""))
	s = bylineRole.ReplaceAllString(strings.Trim(s, " ,;|•·-–—:"), "$1")
	if s == "" || len(s) > 120 || bylineNo.MatchString(s) || bylineDate.MatchString(s) {
		return ""
	}
	n := len(strings.Fields(s))
	several := strings.ContainsAny(s, ",;&") || strings.Contains(s, " and ")
	if n > maxBylineWords && (!several || n > 16) {
		return ""
	}
	if !several && bylineOrg.MatchString(s) && n < 3 {
		return ""
	}
	sq := squeeze(s)
	if sq == "" || sq == squeeze(site) && !said || site != "" && strings.HasPrefix(sq, squeeze(site)) && bylineOrg.MatchString(s) {
		return ""
	}
	// "example.com" by "Example" is the site; by "Ann Example" it is her own.
	if n < 2 && len(sq) > 3 && strings.Contains(squeeze(host), sq) {
		return ""
	}
	letters := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	if letters < 2 || letters*2 < len([]rune(s)) {
		return ""
	}
	return s
}

// unglued parts a name from what the page shows right behind it, in a line or a box
// of its own: "Ann ExampleWriter". names are what the page says elsewhere.
func unglued(s string, names []string) string {
	for _, n := range names {
		if _, behind, ok := strings.Cut(s, n); ok && fullName.MatchString(n) {
			if r, _ := utf8.DecodeRuneInString(behind); unicode.IsLetter(r) {
				return n
			}
		}
	}
	return s
}
