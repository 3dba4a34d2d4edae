package summarize

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// signs are the signs of currencies, as texts write them before a number.
var signs = [...]string{"₹", "Rs. ", "Rs ", "Rs.", "Rs", "$", "€", "£"}

// withSigns gives numbers of a title the sign of their currency back where a
// quotation mark that nothing closes took its place on the way between character
// sets: "Bridge of \"40 crore opens". The sign is that which the text has before
// the number; where it has none the mark goes.
func withSigns(title, text string) string {
	var open []int // quotation marks that nothing has closed
	for i := range len(title) {
		if title[i] != '"' {
			continue
		}
		if before, _ := utf8.DecodeLastRuneInString(title[:i]); i == 0 || unicode.IsSpace(before) || strings.ContainsRune("([-–—", before) {
			open = append(open, i)
		} else if len(open) > 0 {
			open = open[:len(open)-1]
		} else {
			return title
		}
	}
	for _, i := range open {
		if numberAt(title[i+1:]) == "" {
			return title
		}
	}
	for _, i := range slices.Backward(open) {
		title = title[:i] + signBefore(numberAt(title[i+1:]), text) + title[i+1:]
	}
	return title
}

// numberAt is the number that a text begins with, "" where that is none.
func numberAt(s string) string {
	n := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsDigit(r) && r != ',' && r != '.' })
	if n < 0 {
		n = len(s)
	}
	return strings.TrimRight(s[:n], ",.")
}

// signBefore is the sign that a text has before a number, "" where it has none.
func signBefore(number, text string) string {
	for _, sign := range signs {
		for rest := text; ; {
			_, after, found := strings.Cut(rest, sign+number)
			if !found {
				break
			}
			if numberAt(number+after) == number {
				return sign
			}
			rest = after
		}
	}
	return ""
}
