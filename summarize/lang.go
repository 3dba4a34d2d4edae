package summarize

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kljensen/snowball/english"
	"github.com/kljensen/snowball/french"
	"github.com/kljensen/snowball/spanish"

	"newsdesk/internal/wordset"
)

// stopWords are the words of each language that carry no matter of their own.
// They are left out of every comparison, and they tell the language of a text
// that comes without one.
var stopWords = map[string]*wordset.Set{
	"en": wordset.Of(`a an the of to in on at by for with from as is are was were be been being am it its this that these those
		and or but he she they we i you his her their our my your him them me us who whom whose which what when where why how
		has have had do does did done will would can could may might shall should must not no nor than then so if into over about
		after before up down out off also said says say saying told tell there here just more most other some such only very own
		same too because while during between through against under again each both few all any been being having n't s t re ve ll d`),
	"es": wordset.Of(`el la los las un una unos unas de del al a en por para con sin sobre entre y e o u que se su sus lo le les es son
		fue era ha han había ser está están como más pero no ya este esta estos estas ese esa esos esas muy también desde hasta
		cuando donde porque según tras ante nos me mi yo él ella ellos`),
	"fr": wordset.Of(`le la les un une des de du au aux à en dans par pour avec sans sur entre et ou que qui se sa son ses ce cette ces
		il elle ils elles on nous vous je est sont a ont été était être avoir plus mais ne pas aussi comme où dont leur leurs l d
		qu c s n j y selon après avant depuis`),
	"de": wordset.Of(`der die das den dem des ein eine einen einem einer eines und oder aber in im an am auf aus bei beim mit nach von
		vom vor zu zum zur für über unter durch ist sind war waren wird werden wurde wurden hat haben hatte nicht auch als wie
		dass sich er sie es wir ihr sein seine ihre noch nur so um bis seit`),
	"pt": wordset.Of(`o a os as um uma uns umas de do da dos das em no na nos nas por pelo pela para com sem sobre entre e ou que se
		seu sua seus suas é são foi era ser está estão tem têm como mais mas não já este esta esse essa isso muito também até
		desde quando onde porque segundo após ao à aos às ele ela eles`),
	"it": wordset.Of(`il lo la i gli le un uno una di del dello della dei degli delle a al alla ai alle da dal dalla in nel nella nei
		con su sul sulla per tra fra e o ma che si suo sua suoi sue è sono era ha hanno essere stato stata non più anche come
		questo questa quello quella dove quando perché dopo secondo l d un' ed`),
	"nl": wordset.Of(`de het een en of maar van in op aan bij met naar voor over onder door uit te tot is zijn was waren wordt worden
		werd werden heeft hebben had niet ook als dat die dit deze er hij zij ze wij we hun haar om nog meer dan toen volgens`),
}

// englishStops are those of English.
var englishStops = stopWords["en"]

// languages are those of stopWords, of two that are as likely the first.
var languages = [...]string{"en", "es", "fr", "de", "pt", "it", "nl"}

// stopLanguages tells of which languages each stop word is: a bit for each, in the
// order of languages.
var stopLanguages = func() map[string]uint8 {
	out := make(map[string]uint8)
	for i, lang := range languages {
		for w := range stopWords[lang].All() {
			out[w] |= 1 << i
		}
	}
	return out
}()

// language returns the language of a text as far as this package treats it
// apart: the one given where it is known, else that whose stop words are the
// most frequent near the beginning, else "" (no stop words, no stems).
func language(given, text string) string {
	if given = strings.ToLower(given); len(given) >= 2 {
		given, _, _ = strings.Cut(strings.ReplaceAll(given, "_", "-"), "-")
		if given != "" {
			return given
		}
	}
	if len(text) > 4000 {
		text = text[:4000]
	}
	best, most, all := "", 0, 0
	var counts [len(languages)]int
	for w := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		all++
		for in, l := stopLanguages[strings.ToLower(w)], 0; in != 0; in, l = in>>1, l+1 {
			counts[l] += int(in & 1)
		}
	}
	for i, l := range languages {
		if counts[i] > most {
			best, most = l, counts[i]
		}
	}
	if most*8 < all {
		return ""
	}
	return best
}

// stemmer returns the function that maps lower-case words of a language to the
// key under which its forms are counted as one.
func stemmer(lang string) func(string) string {
	switch lang {
	case "en":
		return func(w string) string { return english.Stem(w, false) }
	case "es":
		return func(w string) string { return spanish.Stem(w, false) }
	case "fr":
		return func(w string) string { return french.Stem(w, false) }
	case "de", "pt", "it", "nl":
		// No stemmer here: the ending is cut, which serves for counting.
		return func(w string) string {
			if n := utf8.RuneCountInString(w); n > 6 {
				r := []rune(w)
				return string(r[:max(5, n-2)])
			}
			return w
		}
	}
	return func(w string) string { return w }
}

// unspaced tells scripts that put no blanks between words. The marks of all scripts,
// which are asked for far more often, have numbers between theirs.
func unspaced(r rune) bool {
	return r >= 0x0E00 && (r < 0x2000 || r >= 0x2E80) && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// space is unicode.IsSpace, for texts nearly all of which is ASCII.
func space(r rune) bool {
	if r < utf8.RuneSelf {
		return r == ' ' || r >= '\t' && r <= '\r'
	}
	return unicode.IsSpace(r)
}

// bare takes characters off both ends of a word; letters and digits of ASCII are none
// of them.
func bare(w, cutset string) string {
	if w == "" {
		return ""
	}
	if a, b := w[0], w[len(w)-1]; a < utf8.RuneSelf && b < utf8.RuneSelf && alphanumeric[a] && alphanumeric[b] {
		return w // as most words
	}
	return strings.Trim(w, cutset)
}

// countWords counts words as a reader does: runs between blanks, and in
// scripts without blanks two characters for a word.
func countWords(s string) int {
	n, within := 0, false
	for i := 0; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			if r, size = utf8.DecodeRuneInString(s[i:]); unspaced(r) {
				return countUnspaced(s)
			}
		}
		blank := space(r)
		if !blank && !within {
			n++
		}
		within = !blank
		i += size
	}
	return n
}

// countUnspaced is countWords of a text that has scripts without blanks.
func countUnspaced(s string) int {
	n := 0
	for f := range strings.FieldsSeq(s) {
		k := 0
		for _, r := range f {
			if unspaced(r) {
				k++
			}
		}
		n += max(1, (k+1)/2)
	}
	return n
}
