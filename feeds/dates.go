package feeds

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// maxDate is the longest text, in bytes, that is taken for a date.
const maxDate = 100

// parseDate reads a date as feeds write it: RFC 3339, RFC 822 and what people
// make of them, months by name in twenty languages, numbers in any common
// order. A date without a zone is taken as UTC, one without a time as midnight,
// "3/4/2020" as the third of April unless it says am or pm. The result is in
// UTC. It is false where day, month and year are not all there.
func parseDate(s string) (time.Time, bool) {
	s = strings.TrimSpace(s)
	if len(s) < 6 || len(s) > maxDate {
		return time.Time{}, false
	}
	if t, ok := usualDate(s); ok {
		return sane(t)
	}
	r := dateReader{text: prepared(s), month: -1, day: -1, year: -1, hour: -1}
	if !r.read() {
		return time.Time{}, false
	}
	return r.date()
}

// usualDate reads the two forms that nearly all dates have without taking
// memory: "Mon, 02 Jan 2006 15:04:05 +0000" (or GMT) and
// "2006-01-02T15:04:05Z" (or an offset).
func usualDate(s string) (time.Time, bool) {
	layout := time.RFC3339
	if len(s) > 4 && s[3] == ',' {
		layout = time.RFC1123Z
		if rest, ok := strings.CutSuffix(s, " GMT"); ok {
			s, layout = rest, "Mon, 02 Jan 2006 15:04:05"
		}
	} else if len(s) < 20 || s[4] != '-' || s[10] != 'T' {
		return time.Time{}, false
	}
	t, err := time.Parse(layout, s)
	return t.UTC(), err == nil
}

// dateWords brings foreign ways to part a date to those that are read.
var dateWords = strings.NewReplacer("a.m.", "am", "p.m.", "pm", "a. m.", "am", "p. m.", "pm",
	"年", "-", "月", "-", "日", " ", "년 ", "-", "월 ", "-", "일", " ", "년", "-", "월", "-",
	"時", ":", "分", " ", "上午", " am ", "下午", " pm ", "오전", " am ", "오후", " pm ",
	"–", "-", "−", "-", "ª", "", "º", "", "\u00a0", " ", "\u202f", " ", "\u200e", "", "\u200f", "",
)

// prepared brings a date to lower case with blanks between its parts.
func prepared(s string) string {
	s = strings.ToLower(s)
	s = dateWords.Replace(s)
	return strings.Map(func(c rune) rune {
		switch {
		case c >= '٠' && c <= '٩': // Arabic-Indic digits
			return c - '٠' + '0'
		case c >= '۰' && c <= '۹': // and the Persian ones
			return c - '۰' + '0'
		}
		return c
	}, s)
}

// dateReader takes a date apart, part by part; -1 stands for "not yet".
type dateReader struct {
	text             string
	pos              int
	year, month, day int
	hour, min, sec   int
	nano             int
	pm, am           bool
	offset           int
	zoned            bool
	slashed          [2]int // the first two numbers of "a/b/yyyy"
	unknown          int    // words that mean nothing here
}

func (r *dateReader) read() bool {
	for r.pos < len(r.text) {
		c := r.text[r.pos]
		switch {
		case c >= '0' && c <= '9':
			if !r.numbers() {
				return false
			}
		case (c == '+' || c == '-') && r.hour >= 0 && !r.zoned && r.digitAt(r.pos+1):
			r.zone(c == '-')
		case c < utf8.RuneSelf && !unicode.IsLetter(rune(c)):
			r.pos++
		default:
			r.word()
		}
		if r.unknown > 4 {
			return false
		}
	}
	return true
}

func (r *dateReader) digitAt(i int) bool {
	return i < len(r.text) && r.text[i] >= '0' && r.text[i] <= '9'
}

// number reads digits and returns their value and count.
func (r *dateReader) number() (n, digits int) {
	for r.digitAt(r.pos) {
		if digits++; digits > 14 {
			return 0, digits
		}
		n = n*10 + int(r.text[r.pos]-'0')
		r.pos++
	}
	return n, digits
}

// numbers reads what begins with a digit: a time, a date in numbers, a year or
// a day.
func (r *dateReader) numbers() bool {
	n, digits := r.number()
	sep := byte(0)
	if r.pos < len(r.text) {
		sep = r.text[r.pos]
	}
	switch {
	case digits == 14 || digits == 8 && r.year < 0 && sep != '-' && sep != '/' && sep != '.':
		return r.compact(n, digits)
	case (digits == 10 || digits == 13) && r.year < 0 && r.pos == len(r.text) && r.day < 0:
		return r.unix(n, digits)
	case sep == ':' && digits <= 2 && r.digitAt(r.pos+1):
		r.clock(n, ':')
	case sep == 'h' && digits <= 2 && r.hour < 0 && (r.day > 0 || r.year > 0):
		r.clock(n, 'h')
	case sep == '.' && digits <= 2 && r.year >= 0 && r.day >= 0 && r.hour < 0 && r.digitAt(r.pos+1):
		r.clock(n, '.')
	case (sep == '-' || sep == '/' || sep == '.') && r.day < 0 && r.month < 0 && r.digitAt(r.pos+1):
		return r.triple(n, digits, sep)
	case digits == 4 && r.year < 0:
		r.year = n
	case digits <= 2 && r.day < 0:
		r.day = n
	case digits <= 2 && r.year < 0:
		r.year = century(n)
	case digits == 2 && r.hour >= 0: // a stray "00" for the zone
	case digits <= 2 && r.hour < 0:
		r.hour = n // "Mon, 02 Jan 2006 15 -0700"
	default:
		return false
	}
	return true
}

// triple reads the rest of a date of three numbers, of which the first is read.
func (r *dateReader) triple(a, digits int, sep byte) bool {
	r.pos++
	b, _ := r.number()
	c, last := -1, 0
	if r.pos < len(r.text) && r.text[r.pos] == sep {
		r.pos++
		if r.digitAt(r.pos) {
			c, last = r.number()
		}
	}
	switch {
	case c < 0 && digits == 4: // "2006-01" says no day
		return false
	case c < 0: // "24.9." and the year elsewhere
		r.day, r.month = a, b
	case digits == 4:
		r.year, r.month, r.day = a, b, c
	case last == 4 || last == 2 && sep != '-' || last == 2 && a <= 31:
		r.year, r.day, r.month = c, a, b
		if last == 2 {
			r.year = century(c)
		}
		if sep == '/' && b <= 12 {
			r.slashed = [2]int{a, b}
		}
		if b > 12 {
			r.day, r.month = b, a
		}
	default:
		return false
	}
	if r.pos < len(r.text) && r.text[r.pos] == 't' {
		r.pos++
	}
	return true
}

func century(n int) int {
	switch {
	case n < 70:
		return 2000 + n
	case n < 100:
		return 1900 + n
	}
	return n
}

// compact reads "20060102" and "20060102150405".
func (r *dateReader) compact(n, digits int) bool {
	if digits == 14 {
		r.hour, r.min, r.sec = n/10000%100, n/100%100, n%100
		n /= 1_000_000
	}
	r.year, r.month, r.day = n/10000, n/100%100, n%100
	if r.pos < len(r.text) && r.text[r.pos] == 't' && r.digitAt(r.pos+1) { // "20060102T150405"
		r.pos++
		n, digits := r.number()
		switch digits {
		case 6:
			r.hour, r.min, r.sec = n/10000, n/100%100, n%100
		case 4:
			r.hour, r.min = n/100, n%100
		default:
			return false
		}
	}
	return true
}

// unix reads seconds or milliseconds since 1970.
func (r *dateReader) unix(n, digits int) bool {
	if digits == 13 {
		n /= 1000
	}
	t := time.Unix(int64(n), 0).UTC()
	r.year, r.month, r.day = t.Year(), int(t.Month()), t.Day()
	r.hour, r.min, r.sec = t.Hour(), t.Minute(), t.Second()
	return true
}

// clock reads the rest of a time of which the hour is read.
func (r *dateReader) clock(hour int, sep byte) {
	r.hour = hour
	r.pos++
	r.min, _ = r.number()
	if sep == 'h' || r.pos >= len(r.text) || r.text[r.pos] != sep || !r.digitAt(r.pos+1) {
		return
	}
	r.pos++
	r.sec, _ = r.number()
	if r.pos < len(r.text) && (r.text[r.pos] == '.' || r.text[r.pos] == ',') && r.digitAt(r.pos+1) {
		r.pos++
		n, digits := r.number()
		for r.digitAt(r.pos) {
			r.pos++
		}
		for ; digits < 9; digits++ {
			n *= 10
		}
		for ; digits > 9; digits-- {
			n /= 10
		}
		r.nano = n
	}
}

// zone reads "+0200", "+02:00", "+2" after a time.
func (r *dateReader) zone(west bool) {
	r.pos++
	n, digits := r.number()
	hours, minutes := n, 0
	if digits >= 3 {
		hours, minutes = n/100, n%100
	} else if r.pos < len(r.text) && r.text[r.pos] == ':' && r.digitAt(r.pos+1) {
		r.pos++
		minutes, _ = r.number()
	}
	if hours > 15 || minutes > 59 {
		return
	}
	if r.offset = hours*3600 + minutes*60; west {
		r.offset = -r.offset
	}
	r.zoned = true
}

// word reads a word: a month, am or pm, a zone, or something to skip.
func (r *dateReader) word() {
	start := r.pos
	for r.pos < len(r.text) {
		c, n := utf8.DecodeRuneInString(r.text[r.pos:])
		if !unicode.IsLetter(c) && !unicode.Is(unicode.Mn, c) {
			break
		}
		r.pos += n
	}
	if r.pos == start { // neither letter nor digit: a sign
		_, n := utf8.DecodeRuneInString(r.text[r.pos:])
		r.pos += n
		return
	}
	w := r.text[start:r.pos]
	if m, ok := months[w]; ok {
		// A later name wins: "mar, 16 nov" begins with a Tuesday. A month that
		// was given as a number stays.
		r.month = int(m)
		return
	}
	if off, ok := zones[w]; ok && r.hour >= 0 {
		// "GMT+0200" goes on with the offset that counts
		if next := r.pos; next < len(r.text) && (r.text[next] == '+' || r.text[next] == '-') && r.digitAt(next+1) {
			return
		}
		if !r.zoned {
			r.offset, r.zoned = off, true
		}
		return
	}
	switch w {
	case "am":
		r.am = true
	case "pm", "uhr", "klo", "kl", "um", "de", "of", "at", "om", "à", "t", "st", "nd", "rd", "th", "er", "г", "года", "в":
		r.pm = r.pm || w == "pm"
	default:
		r.unknown++
	}
}

// date puts the parts together.
func (r *dateReader) date() (time.Time, bool) {
	if (r.am || r.pm) && r.slashed[0] != 0 && r.slashed[0] <= 12 { // the American order
		r.month, r.day = r.slashed[0], r.slashed[1]
	}
	if r.year < 0 || r.month < 1 || r.month > 12 || r.day < 1 || r.day > daysIn(r.year, r.month) {
		return time.Time{}, false
	}
	if r.hour < 0 {
		r.hour = 0
	}
	if r.pm && r.hour < 12 {
		r.hour += 12
	} else if r.am && r.hour == 12 {
		r.hour = 0
	}
	if r.hour > 24 || r.min > 59 || r.sec > 60 {
		return time.Time{}, false
	}
	t := time.Date(r.year, time.Month(r.month), r.day, r.hour, r.min, r.sec, r.nano, time.UTC)
	return sane(t.Add(-time.Duration(r.offset) * time.Second))
}

// sane refuses years that no feed means.
func sane(t time.Time) (time.Time, bool) {
	if y := t.Year(); y < 1970 || y > 2200 {
		return time.Time{}, false
	}
	return t, true
}

func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}
