package articles

import (
	"strings"
	"unicode"

	"github.com/RadhiFadlillah/whatlanggo"

	"newsdesk/internal/wordset"
)

// Bounds of the text that the language is told from, in bytes: a few sentences
// where they bear out what the page declares, by their commonest words or by their
// letters, else more.
const (
	languageGlance = 1 << 10
	languageSample = 3 << 10
)

// Language tells the language of texts, ISO 639-1, where their letters are sure
// of it; "" means unknown.
func Language(texts []string) string { return language(texts, "") }

// language tells the language of a text, ISO 639-1. It trusts the letters over
// what the page declares, and the declaration only where the text is too short
// to be sure of. "" means unknown.
func language(paras []string, declared string) string {
	declared = primaryLanguage(declared)
	if declared != "" {
		glance := sample(paras, languageGlance)
		if speaks(declared, glance) {
			return declared
		}
		if info := whatlanggo.Detect(glance); info.Lang.Iso6391() == declared {
			return declared
		}
	}
	info := whatlanggo.Detect(sample(paras, languageSample))
	code := info.Lang.Iso6391()
	if code != "" && (info.IsReliable() || code == declared) {
		return code
	}
	return declared
}

// common are the commonest words of languages, without those that the languages
// next to them write the same.
var common = map[string]*wordset.Set{
	"de": wordset.Of("der die und das den von zu mit ist des nicht ein eine auf für im dem auch sich"),
	"en": wordset.Of("the of and to in for that is was on with he it as by at from"),
	"es": wordset.Of("el los las del y una con su es se al lo como más pero"),
	"fr": wordset.Of("les des et est dans une du le pour pas qui au sur par ce"),
	"it": wordset.Of("di il che è del della per sono nel alla gli anche dei ha"),
	"nl": wordset.Of("het een van zijn niet met dat voor aan er ook op te wordt"),
	"pt": wordset.Of("não do da em um os uma no na ao dos das é são também"),
}

// leastCommon is the share of such words above which a text is in their language.
// In English pages of the development set 16 to 26 % are, in texts of other
// languages no more than 7 % of any.
const leastCommon = 0.12

// leastSpoken is the number of words from which such a share tells anything.
const leastSpoken = 40

// speaks tells whether a text is surely in a language.
func speaks(lang, text string) bool {
	words, hits := 0, 0
	of := common[lang]
	if of == nil {
		return false
	}
	for w := range strings.FieldsSeq(text) {
		words++
		if of.Has(w) {
			hits++
		}
	}
	return words >= leastSpoken && float64(hits) >= leastCommon*float64(words)
}

// sample returns the beginning of a text.
func sample(paras []string, size int) string {
	var b strings.Builder
	b.Grow(size + 1)
	for _, p := range paras {
		if b.Len() >= size {
			break
		}
		b.WriteString(p[:min(len(p), size-b.Len())])
		b.WriteByte('\n')
	}
	return strings.ToValidUTF8(b.String(), "")
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
