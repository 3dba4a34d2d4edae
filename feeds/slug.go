package feeds

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// maxSlug is the longest name of a topic, in characters; internal/config takes as
// many.
const maxSlug = 40

// plainLetters are Latin letters that no mark makes of another one.
var plainLetters = strings.NewReplacer("ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "ı", "i")

// slug makes "Middle East" into "middle-east", "Économie" into "economie" and
// "Política y Мир" into "politica-y-мир"; "" where nothing is left. Marks are
// taken off Latin letters only: in other scripts they are vowels, or make another
// letter.
func slug(s string) string {
	s = plainLetters.Replace(strings.ToLower(norm.NFKD.String(s)))
	var b strings.Builder
	latin, inside := false, false // the last letter is Latin; a word has begun
	for _, r := range s {
		switch {
		case unicode.Is(unicode.M, r):
			if inside && !latin {
				b.WriteRune(r)
			}
		case unicode.In(r, unicode.Ll, unicode.Lo, unicode.Lm, unicode.N):
			if !inside && b.Len() > 0 {
				b.WriteByte('-')
			}
			b.WriteRune(r)
			latin, inside = r < unicode.MaxASCII || unicode.Is(unicode.Latin, r), true
		default:
			inside = false
		}
	}
	s = norm.NFC.String(b.String())
	if letters := []rune(s); len(letters) > maxSlug {
		s = strings.TrimRight(string(letters[:maxSlug]), "-")
	}
	if s == "all" { // stands for every topic
		return ""
	}
	return s
}
