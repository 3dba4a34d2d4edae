// Package gomoji stands in for github.com/forPelevin/gomoji, of which go-trafilatura
// uses one function, for the names of authors. The real one has a table of 5,000
// characters with their names and groups, which it makes when the program starts,
// used or not: 5 ms and 1 MB. The go.mod of Newsdesk replaces it by this package,
// which knows them by the blocks of Unicode they stand in.
package gomoji

import (
	"strings"
	"unicode"
)

// RemoveEmojis returns the text without pictures, what joins and colours them,
// and blanks around it. The joiner is part of a picture only behind one: some
// scripts write it within words.
func RemoveEmojis(s string) string {
	behind := false
	s = strings.Map(func(r rune) rune {
		behind = unicode.Is(pictures, r) || behind && r == '\u200d'
		if behind {
			return -1
		}
		return r
	}, s)
	return strings.TrimFunc(s, func(r rune) bool { return !unicode.IsPrint(r) || unicode.IsSpace(r) })
}

// pictures are the blocks of pictures, the mark of a key, the choice of form, and the letters
// of flags.
var pictures = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x20e3, Hi: 0x20e3, Stride: 1},
		{Lo: 0x231a, Hi: 0x231b, Stride: 1},
		{Lo: 0x23e9, Hi: 0x23fa, Stride: 1},
		{Lo: 0x2600, Hi: 0x27bf, Stride: 1},
		{Lo: 0x2b05, Hi: 0x2b07, Stride: 1},
		{Lo: 0x2b1b, Hi: 0x2b1c, Stride: 1},
		{Lo: 0x2b50, Hi: 0x2b55, Stride: 5},
		{Lo: 0xfe0e, Hi: 0xfe0f, Stride: 1},
	},
	R32: []unicode.Range32{
		{Lo: 0x1f000, Hi: 0x1faff, Stride: 1},
		{Lo: 0xe0020, Hi: 0xe007f, Stride: 1},
	},
}
