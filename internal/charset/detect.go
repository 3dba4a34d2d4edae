package charset

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/saintfish/chardet"
	"golang.org/x/text/encoding/charmap"
)

// sampleSize bounds what the detector looks at, in bytes.
const sampleSize = 16 << 10

// detect names the most likely legacy encoding of body: by the shape of
// double-byte text first, since that needs few characters, then by letter
// groups (chardet, a port of ICU's detector), else windows-1252.
func detect(body []byte) string {
	s := sample(body)
	if len(s) == 0 {
		return nameLatin1
	}
	if name := doubleByte(s); name != "" {
		return name
	}
	if thai(s) {
		return "windows-874"
	}
	if len(s) < 16 { // too little for letter groups
		return nameLatin1
	}
	results, err := chardet.NewTextDetector().DetectAll(s)
	if err != nil {
		return nameLatin1
	}
	// The detector runs its recognizers at once and returns ties in any order.
	slices.SortStableFunc(results, func(a, b chardet.Result) int {
		return cmp.Or(cmp.Compare(b.Confidence, a.Confidence), cmp.Compare(a.Charset, b.Charset))
	})
	for _, r := range results {
		if r.Confidence < 10 {
			break
		}
		name := canonical(r.Charset)
		switch {
		case name == nameLatin1:
			return centralEuropean(s)
		case strings.HasPrefix(name, "iso-8859-8"):
			return "windows-1255" // its superset, which is what sites write
		case name == "", name == nameUTF8, strings.HasPrefix(name, "gb"), name == "big5",
			name == "shift_jis", name == "euc-jp", name == "euc-kr":
			continue // asked before, by stricter rules
		}
		return name
	}
	return nameLatin1
}

// centralEuropean corrects the detector, which takes Polish and Czech for
// Western: there their letters ł, ż, š, ž would be signs (³, ¿, ¹, ¾) in the
// middle of words. It returns the encoding with the fewest of those.
func centralEuropean(s []byte) string {
	if caronsOf1250(s) {
		return "windows-1250"
	}
	best, signs := nameLatin1, signsInWords(charmap.Windows1252, s)
	if signs < 3 {
		return best
	}
	for _, c := range []struct {
		name string
		enc  *charmap.Charmap
	}{{"iso-8859-2", charmap.ISO8859_2}, {"windows-1250", charmap.Windows1250}} {
		if n := signsInWords(c.enc, s); n*4 <= signs && n < signs {
			best, signs = c.name, n
		}
	}
	if best == "iso-8859-2" && bytes.IndexByte(s, 0xB3) >= 0 && bytes.IndexByte(s, 0xB9) >= 0 && bytes.IndexByte(s, 0xB1) < 0 {
		return "windows-1250" // Polish has ł and ą, but no š, which ą would be
	}
	return best
}

// caronsOf1250 tells Czech and Slovak in windows-1250, whose letters are all letters
// of windows-1252 as well: č would be the è of France and ř the ø of the North, which
// has å or æ besides, and š and ž, which have one place in both, are of names there.
func caronsOf1250(s []byte) bool {
	var n [256]int
	high := 0
	for _, b := range s {
		n[b]++
		if b >= 0x80 {
			high++
		}
	}
	carons, north := n[0x8A]+n[0x9A]+n[0x8E]+n[0x9E], n[0xE5]+n[0xE6]
	return carons >= 2 && carons*20 >= high && n[0xE8] > 0 && n[0xF8]+n[0xBE]+n[0x9D] > 0 && north == 0
}

// signsInWords counts characters outside ASCII that touch a letter though they
// are neither letters nor the punctuation of ordinary text.
func signsInWords(enc *charmap.Charmap, s []byte) int {
	n := 0
	letter := func(i int) bool { return i >= 0 && i < len(s) && unicode.IsLetter(enc.DecodeByte(s[i])) }
	for i, b := range s {
		if b < 0x80 || !letter(i-1) && !letter(i+1) {
			continue
		}
		r := enc.DecodeByte(b)
		if r < 0xA0 || r == 0xFFFD || !unicode.IsLetter(r) && r != 0xA0 && r != 0xAD && !unicode.IsPunct(r) {
			n++
		}
	}
	return n
}

// sample gathers the runs of text between tags that hold bytes outside ASCII.
func sample(body []byte) []byte {
	out := make([]byte, 0, min(len(body), sampleSize))
	for len(body) > 0 && len(out) < sampleSize {
		run := body
		if i := bytes.IndexByte(body, '<'); i >= 0 {
			run, body = body[:i], body[i:]
			if j := bytes.IndexByte(body, '>'); j >= 0 {
				body = body[j+1:]
			} else {
				body = nil
			}
		} else {
			body = nil
		}
		if bytes.HasPrefix(run, []byte("![CDATA[")) {
			run = run[len("![CDATA["):]
		}
		if bytes.ContainsFunc(run, func(r rune) bool { return r >= 0x80 }) {
			out = append(out, run[:min(len(run), sampleSize-len(out))]...)
			out = append(out, ' ')
		}
	}
	return out
}

// doubleByte tells the five double-byte encodings of East Asia from each other
// and from single-byte text, by where their common characters lie: kana in rows
// A4 and A5 of EUC-JP, 82 and 83 of Shift_JIS; Hangul in rows B0 to C8 of
// EUC-KR; the common ideographs in rows B0 to D7 of GB 2312 and A4 to C6 of
// Big5. It returns "" where the bytes fit none of them.
func doubleByte(s []byte) string {
	type score struct{ pairs, errors, home, low, kana int }
	read := func(lead func(byte) bool, trail func(byte) bool, home, kana func(lead, trail byte) bool) score {
		var c score
		for i := 0; i < len(s); i++ {
			b := s[i]
			if b < 0x80 || !lead(b) {
				if b >= 0x80 {
					c.errors++
				}
				continue
			}
			if i+1 >= len(s) || !trail(s[i+1]) {
				c.errors++
				continue
			}
			t := s[i+1]
			i++
			c.pairs++
			if t < 0x80 {
				c.low++
			}
			if home(b, t) {
				c.home++
			}
			if kana(b, t) {
				c.kana++
			}
		}
		return c
	}
	within := func(lo, hi byte) func(byte) bool { return func(b byte) bool { return b >= lo && b <= hi } }
	rows := func(lo, hi byte) func(byte, byte) bool {
		return func(b, _ byte) bool { return b >= lo && b <= hi }
	}
	share := func(n, of int) float64 { return float64(n) / float64(max(of, 1)) }
	clean := func(c score) bool { return c.pairs >= 3 && c.errors*50 <= c.pairs }

	sjis := read(func(b byte) bool { return b >= 0x81 && b <= 0x9F || b >= 0xE0 && b <= 0xFC },
		func(b byte) bool { return b >= 0x40 && b <= 0xFC && b != 0x7F }, rows(0x88, 0x97),
		func(b, t byte) bool { return b == 0x82 && t >= 0x9F && t <= 0xF1 || b == 0x83 && t <= 0x96 })
	if clean(sjis) && share(sjis.kana, sjis.pairs) > 0.2 && share(sjis.kana+sjis.home, sjis.pairs) > 0.6 {
		return "shift_jis"
	}
	euc := read(within(0xA1, 0xFE), within(0xA1, 0xFE), rows(0xB0, 0xD7), rows(0xA4, 0xA5))
	if clean(euc) {
		hangul := 0
		for i := 0; i+1 < len(s); i++ {
			if s[i] >= 0xA1 {
				if s[i] >= 0xB0 && s[i] <= 0xC8 {
					hangul++
				}
				i++
			}
		}
		switch {
		case share(euc.kana, euc.pairs) > 0.2:
			return "euc-jp"
		case share(hangul, euc.pairs) > 0.9: // half the letters of Thai lie elsewhere
			return "euc-kr"
		case thai(s):
			return ""
		case share(euc.home, euc.pairs) > 0.6:
			return "gb18030"
		}
	}
	big := read(within(0xA1, 0xF9), func(b byte) bool { return b >= 0x40 && b <= 0x7E || b >= 0xA1 && b <= 0xFE },
		rows(0xA4, 0xC6), rows(0xA1, 0xA3))
	if clean(big) && share(big.home+big.kana, big.pairs) > 0.85 && share(big.low, big.pairs) > 0.15 {
		return "big5"
	}
	gbk := read(within(0x81, 0xFE), func(b byte) bool { return b >= 0x40 && b <= 0xFE && b != 0x7F }, rows(0xB0, 0xD7), rows(0xA1, 0xA9))
	if clean(gbk) && share(gbk.home, gbk.pairs) > 0.6 && share(gbk.low, gbk.pairs) < 0.2 {
		return "gb18030"
	}
	return ""
}

// thai recognizes windows-874 (TIS-620): long runs of letters in A1 to DA and
// never a byte of the gaps DB to DE and FC to FF. In Polish, whose letters lie there
// too, they stand alone between those of ASCII.
func thai(s []byte) bool {
	high, letters, runs := 0, 0, 0
	for i, b := range s {
		if b >= 0x80 && (i == 0 || s[i-1] < 0x80) {
			runs++
		}
		switch {
		case b < 0x80:
			continue
		case b >= 0xDB && b <= 0xDE, b >= 0xFC:
			return false
		case b >= 0xA1 && b <= 0xDA:
			letters++
		}
		high++
	}
	return high >= 60 && letters*10 >= high*6 && high >= 3*runs
}
