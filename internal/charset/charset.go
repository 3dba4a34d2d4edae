// Package charset turns the bytes of web pages and feeds into UTF-8.
//
// UTF8 is the only entry. It believes, in this order: a byte order mark, the
// zero bytes of UTF-16 and UTF-32 text, the Content-Type header, the
// document's own declaration (XML prolog or meta element within the first
// 4 KB), the bytes themselves when they are valid UTF-8, a detector, and in
// the end windows-1252. A declaration is a claim, not a fact: it is dropped
// when the bytes contradict it, that is
//
//   - valid UTF-8 beats a wrong legacy declaration;
//   - "utf-8" over bytes that are mostly something else is ignored, while a few
//     bad bytes in real UTF-8 are repaired one by one;
//   - a declaration that decodes to replacement or control characters is
//     ignored;
//   - a header's Latin-1, which many servers send by default, gives way to
//     another encoding that the document names itself.
//
// The byte order mark is not part of the text returned. The text still holds
// its old declaration ("encoding='koi8-r'"): a parser of the result has to
// take it as UTF-8 whatever it says.
package charset

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

const (
	nameUTF8   = "utf-8"
	nameLatin1 = "windows-1252" // what browsers read for iso-8859-1 and ascii
)

// UTF8 decodes a page or feed. contentType is the value of the Content-Type
// header, "" where there is none. It returns the text, always valid UTF-8 and
// at most four times as long as body, and the name of the encoding it was read
// as, in the WHATWG's spelling ("utf-8", "windows-1251", "shift_jis") or
// "utf-32le"/"utf-32be". It reads body only; the result may share its memory.
// Work is linear in len(body); bounding that length is the caller's part.
func UTF8(body []byte, contentType string) (text []byte, name string) {
	if text, name, ok := marked(body); ok {
		return text, name
	}
	if enc, name := wide(body); enc != nil {
		text, _ := decode(enc, body)
		return text, name
	}

	names := declared(body, contentType)
	body = dropCutRune(body)
	tally := tallyUTF8(body)
	switch {
	case tally.bad == 0 && tally.good == 0 && escaped(body):
		names = []string{"iso-2022-jp"} // whatever it is called
	case tally.bad == 0 && !trustLegacy(body, names, tally):
		return body, nameUTF8
	}

	var best []byte
	bestName, bestBad := "", -1
	for _, n := range names {
		if n == nameUTF8 {
			if tally.bad <= tally.good {
				return repair(body), nameUTF8
			}
			continue
		}
		enc, _ := charset.Lookup(n)
		if enc == nil {
			continue
		}
		out, q := decode(enc, body)
		if q.plausible(n) {
			return out, n
		}
		if bestBad < 0 || q.bad < bestBad {
			best, bestName, bestBad = out, n, q.bad
		}
	}
	if tally.bad*5 <= tally.good {
		return repair(body), nameUTF8
	}
	found := detect(body)
	enc, _ := charset.Lookup(found)
	if enc == nil {
		enc, found = latin1(), nameLatin1
	}
	out, q := decode(enc, body)
	if found == nameLatin1 && bestBad >= 0 && bestBad < q.bad {
		return best, bestName
	}
	return out, found
}

func latin1() encoding.Encoding {
	enc, _ := charset.Lookup(nameLatin1)
	return enc
}

// marked reads a body that begins with a byte order mark. UTF-32's little
// endian mark begins with UTF-16's, so it is asked first.
func marked(body []byte) (text []byte, name string, ok bool) {
	s := string(body[:min(len(body), 4)])
	for _, m := range []struct {
		mark, name string
		enc        encoding.Encoding
	}{
		{"\xff\xfe\x00\x00", "utf-32le", utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)},
		{"\x00\x00\xfe\xff", "utf-32be", utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)},
		{"\xff\xfe", "utf-16le", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)},
		{"\xfe\xff", "utf-16be", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)},
	} {
		if strings.HasPrefix(s, m.mark) {
			text, _ = decode(m.enc, body[len(m.mark):])
			return text, m.name, true
		}
	}
	if !strings.HasPrefix(s, "\xef\xbb\xbf") {
		return nil, "", false
	}
	for bytes.HasPrefix(body, []byte("\xef\xbb\xbf")) { // some files carry it twice
		body = body[3:]
	}
	body = dropCutRune(body)
	if t := tallyUTF8(body); t.bad > t.good && t.bad > 3 {
		// A mark pasted before legacy text: the rest must speak for itself.
		text, name = UTF8(body, "")
		return text, name, true
	}
	return repair(body), nameUTF8, true
}

// wide recognizes UTF-16 and UTF-32 without a mark by the zero bytes that
// their ASCII letters and markup carry.
func wide(body []byte) (encoding.Encoding, string) {
	head := body[:min(len(body), 4096)&^3]
	if len(body) < 8 {
		head = body[:len(body)&^1]
	}
	if len(head) < 4 {
		return nil, ""
	}
	var zero [4]int
	for i, b := range head {
		if b == 0 {
			zero[i&3]++
		}
	}
	quarter := len(head) / 4
	most, few := quarter*9/10, quarter/10
	switch {
	case len(head) >= 8 && zero[2] >= most && zero[3] >= most && zero[0] <= few:
		return utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM), "utf-32le"
	case len(head) >= 8 && zero[0] >= most && zero[1] >= most && zero[3] <= few:
		return utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM), "utf-32be"
	}
	even, odd, half := zero[0]+zero[2], zero[1]+zero[3], max(len(head)/2, 1)
	switch {
	case odd*100 >= half*20 && even*20 <= odd || odd >= 2 && even == 0 && head[0] == '<' && head[1] == 0:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "utf-16le"
	case even*100 >= half*20 && odd*20 <= even || even >= 2 && odd == 0 && head[0] == 0 && head[1] == '<':
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), "utf-16be"
	}
	return nil, ""
}

// escaped tells ISO-2022-JP, whose characters are ASCII between escapes that lead to
// JIS X 0208 and back.
func escaped(body []byte) bool {
	head := body[:min(len(body), 1<<16)]
	i := bytes.Index(head, []byte("\x1b$"))
	return i >= 0 && i+2 < len(head) && (head[i+2] == 'B' || head[i+2] == '@') && bytes.Contains(head[i:], []byte("\x1b("))
}

// trustLegacy tells whether bytes that happen to be valid UTF-8 are still to
// be read as declared: a handful of double-byte characters can look like UTF-8 by
// chance.
func trustLegacy(body []byte, names []string, t tally) bool {
	if len(names) == 0 {
		return false
	}
	switch names[0] {
	case "gbk", "gb18030", "big5", "euc-jp", "euc-kr", "shift_jis":
		if t.good == 0 || t.good > 3 {
			return false
		}
		enc, _ := charset.Lookup(names[0])
		_, q := decode(enc, body)
		return q.bad == 0
	}
	return false
}

// quality counts what a decoder made of the bytes outside ASCII.
type quality struct {
	bad    int // replacement characters and C1 controls
	good   int // other characters outside ASCII
	latin  int // letters À to ÿ among the good ones
	letter int // ASCII letters
}

// plausible tells whether the text can be what was declared: at most 5 % of
// its characters are broken, and text called Western is not made of accented
// letters only, as Cyrillic or Greek read as windows-1252 is.
func (q quality) plausible(name string) bool {
	if q.bad*20 > q.good {
		return false
	}
	return name != nameLatin1 || q.latin < 12 || q.latin <= q.letter
}

// decode reads body with enc and rates the outcome. Decoders of x/text put
// U+FFFD for what they can't read and never fail; should one fail all the
// same, what it read so far is kept.
func decode(enc encoding.Encoding, body []byte) ([]byte, quality) {
	out, err := enc.NewDecoder().Bytes(body)
	if err != nil || !utf8.Valid(out) {
		out = []byte(strings.ToValidUTF8(string(out), "\uFFFD"))
	}
	var q quality
	inTag := false
	for _, r := range string(out) {
		switch {
		case r == '<':
			inTag = true
		case r == '>':
			inTag = false
		case r < 0x80:
			if !inTag && (r|0x20) >= 'a' && (r|0x20) <= 'z' {
				q.letter++
			}
		case r == utf8.RuneError || r < 0xA0:
			q.bad++
		default:
			q.good++
			if r >= 0xC0 && r <= 0xFF {
				q.latin++
			}
		}
	}
	return out, q
}
