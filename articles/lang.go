package articles

import (
	"strings"
	"unicode"

	"github.com/RadhiFadlillah/whatlanggo"
)

// languageSample bounds the text that the language is told from, in bytes.
const languageSample = 3 << 10

// Language tells the language of texts, ISO 639-1, where their letters are sure
// of it; "" means unknown.
func Language(texts []string) string { return language(texts, "") }

// language tells the language of a text, ISO 639-1. It trusts the letters over
// what the page declares, and the declaration only where the text is too short
// to be sure of. "" means unknown.
func language(paras []string, declared string) string {
	var b strings.Builder
	for _, p := range paras {
		if b.Len() > languageSample {
			break
		}
		b.WriteString(p[:min(len(p), languageSample)])
		b.WriteByte('\n')
	}
	info := whatlanggo.Detect(strings.ToValidUTF8(b.String(), ""))
	code := info.Lang.Iso6391()
	declared = primaryLanguage(declared)
	if code != "" && (info.IsReliable() || code == declared) {
		return code
	}
	return declared
}

// primaryLanguage reduces "en-US" to "en"; "" where it is no language code.
func primaryLanguage(tag string) string {
	tag, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(tag)), "-")
	tag, _, _ = strings.Cut(tag, "_")
	if len(tag) != 2 || tag[0] < 'a' || tag[0] > 'z' || tag[1] < 'a' || tag[1] > 'z' {
		return ""
	}
	return tag
}

// denseScript tells whether most letters of the text belong to scripts whose
// words are short or unspaced. go-trafilatura's thresholds count characters of
// Latin text and drop real paragraphs there; go-readability's hold.
func denseScript(paras []string) bool {
	dense, other := 0, 0
	for _, p := range paras {
		for _, r := range p {
			if !unicode.IsLetter(r) {
				continue
			}
			if r < 0x590 { // Latin, Greek, Cyrillic, Armenian
				other++
			} else {
				dense++
			}
		}
		if dense+other > 4000 {
			break
		}
	}
	return dense > other
}
