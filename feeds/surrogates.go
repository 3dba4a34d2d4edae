package feeds

import (
	"bytes"
	"regexp"
	"strconv"
	"sync"
	"unicode/utf16"
	"unicode/utf8"
)

// halves is a character that was written as the two halves of UTF-16, each a
// reference of its own, as JavaScript and Java count them: "&#55357;&#56832;".
var halves = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`&#(x[dD][89abAB][0-9a-fA-F]{2}|5[56][0-9]{3});&#(x[dD][c-fC-F][0-9a-fA-F]{2}|5[67][0-9]{3});`)
})

// paired writes such characters as what they are; XML knows no half ones.
func paired(doc []byte) []byte {
	if !bytes.Contains(doc, []byte("&#5")) && !bytes.Contains(doc, []byte("&#xd")) && !bytes.Contains(doc, []byte("&#xD")) {
		return doc
	}
	return halves().ReplaceAllFunc(doc, func(both []byte) []byte {
		m := halves().FindSubmatch(both)
		r := utf16.DecodeRune(half(m[1]), half(m[2]))
		if r == utf8.RuneError {
			return both
		}
		return utf8.AppendRune(nil, r)
	})
}

// half is the number of a character reference, decimal or with an x.
func half(digits []byte) rune {
	base := 10
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseInt(string(digits), base, 32)
	if err != nil {
		return utf8.RuneError
	}
	return rune(n)
}
