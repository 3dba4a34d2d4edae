package charset

import (
	"encoding/binary"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// tally says how far bytes are UTF-8.
type tally struct {
	good int // valid characters of more than one byte
	bad  int // bytes that belong to none
}

// utf8 tells whether the bytes are UTF-8 that holds more than ASCII.
func (t tally) utf8() bool { return t.bad == 0 && t.good > 0 }

// beyondASCII are the bits of eight bytes of which none is set in ASCII.
const beyondASCII = 0x8080808080808080

func tallyUTF8(b []byte) tally {
	var t tally
	for len(b) > 0 {
		if b[0] < utf8.RuneSelf {
			for len(b) >= 8 && binary.NativeEndian.Uint64(b)&beyondASCII == 0 { // most of most documents
				b = b[8:]
			}
			for len(b) > 0 && b[0] < utf8.RuneSelf {
				b = b[1:]
			}
			continue
		}
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n == 1 {
			t.bad++
		} else {
			t.good++
		}
		b = b[n:]
	}
	return t
}

// dropCutRune removes the beginning of a character at the very end, which is
// what a body cut off by a limit or a broken connection leaves.
func dropCutRune(b []byte) []byte {
	for i := len(b) - 1; i >= 0 && i >= len(b)-3; i-- {
		if !utf8.RuneStart(b[i]) {
			continue
		}
		// Only in text that was UTF-8 up to there, and not ASCII: in other
		// encodings the last bytes are whole letters.
		if b[i] >= utf8.RuneSelf && !utf8.FullRune(b[i:]) && tallyUTF8(b[:i]).utf8() {
			return b[:i]
		}
		return b
	}
	return b
}

// repair replaces the bad bytes of UTF-8 text. A byte that stands alone is
// nearly always windows-1252 that was pasted in (quotes, dashes, é), so it is
// read as that; the stump of a longer character becomes one U+FFFD.
func repair(b []byte) []byte {
	if utf8.Valid(b) {
		return b
	}
	out := make([]byte, 0, len(b)+len(b)/16+8)
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if r != utf8.RuneError || n > 1 {
			out = append(out, b[:n]...)
			b = b[n:]
			continue
		}
		if stump := stumpLen(b); stump > 1 {
			out = utf8.AppendRune(out, utf8.RuneError)
			b = b[stump:]
			continue
		}
		r = charmap.Windows1252.DecodeByte(b[0])
		if r < 0xA0 { // one of the five bytes that windows-1252 leaves open
			r = utf8.RuneError
		}
		out = utf8.AppendRune(out, r)
		b = b[1:]
	}
	return out
}

// stumpLen returns how many bytes at the start of b are a lead byte with some,
// but not all, of its continuation bytes.
func stumpLen(b []byte) int {
	var want int
	switch {
	case b[0] >= 0xE0 && b[0] <= 0xEF:
		want = 3
	case b[0] >= 0xF0 && b[0] <= 0xF4:
		want = 4
	default:
		return 1
	}
	n := 1
	for n < want && n < len(b) && b[n] >= 0x80 && b[n] <= 0xBF {
		n++
	}
	return n
}
