package ask

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"newsdesk/internal/pattern"
)

// Since is a question for what changed in a story after a time.
type Since struct {
	Story string    // the question's words on the story; "" where it has none
	Time  time.Time // from when
}

var (
	asksForNews = pattern.MustCompile(`(?i)^\W*(?:so\W+|and\W+|please\W+|tell me\W+|show me\W+|can you tell me\W+)*(?:` +
		`(?:what|what's|whats|what’s)\b(?:\W+(?:has|have|had|is|was|did|are|were|else))*\W+(?:been\W+)?(?:chang(?:ed?|es)|new|different|happen(?:ed|ing)?|develop(?:ed|ments?)|the\W+(?:latest|news|changes|updates?)|news|updates?)` +
		`|(?:has|have|did|is)\W+(?:anything|something|there\W+(?:been\W+)?(?:anything|any))\W+(?:chang(?:ed?|es)|new|news|happen(?:ed)?|updates?|developments?)` +
		`|(?:anything|any)\W+(?:new|news|changes?|updates?|developments?)` +
		`|(?:the\W+)?(?:changes|updates|news|developments|latest))\b`)
	sinceWhen = pattern.MustCompile(`(?i)\b(?:since|after|from)\W+((?:last\W+|this\W+)?(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|yesterday|today|noon|week|month|night|morning|midnight)(?:\W+(?:morning|noon|evening|night|afternoon))?` +
		`|\d{1,2}(?:st|nd|rd|th)?\W+(?:of\W+)?(?:` + monthPattern + `)|(?:` + monthPattern + `)\W+\d{1,2}(?:st|nd|rd|th)?|\d{4}-\d{2}-\d{2}` +
		`|(?:\d{1,3}|a|an|one|two|three|four|five|six|seven)\W+(?:hours?|days?|weeks?)\W+ago)\b`)
	inTheLast = pattern.MustCompile(`(?i)\b(?:in|over|during|within|for)\W+the\W+(?:last|past)\W+(?:(\d{1,3}|two|three|four|five|six|seven)\W+)?(hours?|days?|weeks?)\b`)
	untelling = pattern.MustCompile(`(?i)^\W*(?:(?:in|on|about|with|to|for|of|at|regarding|concerning|the story|this story|story|the news|news|the case|there|it|please|and|the|a)\b\W*)+`)
)

const monthPattern = `jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?`

// ReadSince reads a question such as "What changed in the Velmora quake since
// Monday?", asked at now, in whose zone its days are days. It is false for every
// other question, which Answer is for. A weekday is the last one before today.
func ReadSince(question string, now time.Time) (Since, bool) {
	if len(question) > maxQuestion {
		return Since{}, false
	}
	lead := asksForNews.FindStringIndex(question)
	if lead == nil {
		return Since{}, false
	}
	rest := question[lead[1]:]
	var at time.Time
	if m := sinceWhen.FindStringSubmatchIndex(rest); m != nil {
		at = moment(strings.ToLower(rest[m[2]:m[3]]), now)
		rest = rest[:m[0]] + " " + rest[m[1]:]
	} else if m := inTheLast.FindStringSubmatchIndex(rest); m != nil {
		n := "1"
		if m[2] >= 0 {
			n = strings.ToLower(rest[m[2]:m[3]])
		}
		at = now.Add(-length(n, strings.ToLower(rest[m[4]:m[5]])))
		rest = rest[:m[0]] + " " + rest[m[1]:]
	}
	if at.IsZero() || at.After(now) {
		return Since{}, false
	}
	f := strings.Fields(rest)
	for i := range f {
		f[i] = strings.Trim(f[i], `?!.,;:"“”`)
	}
	rest = strings.Join(slices.DeleteFunc(f, func(w string) bool { return w == "" || strings.EqualFold(w, "please") }), " ")
	return Since{Story: strings.TrimSpace(untelling.ReplaceAllString(rest, "")), Time: at}, true
}

// length is a number of hours, days or weeks.
func length(n, unit string) time.Duration {
	words := map[string]int{"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
	k, ok := words[n]
	if !ok {
		k, _ = strconv.Atoi(n) // the pattern lets only digits through
	}
	switch unit[0] {
	case 'h':
		return time.Duration(k) * time.Hour
	case 'd':
		return time.Duration(k) * 24 * time.Hour
	}
	return time.Duration(k) * 7 * 24 * time.Hour
}

// moment returns the time that words such as "monday evening", "3 march" and
// "two days ago" name, zero where they name none.
func moment(words string, now time.Time) time.Time {
	f := strings.FieldsFunc(words, func(r rune) bool { return r == ' ' || r == ',' || r == '\t' || r == '\n' })
	if len(f) == 3 && f[2] == "ago" {
		return now.Add(-length(f[0], f[1]))
	}
	y, mon, d := now.Date()
	today := time.Date(y, mon, d, 0, 0, 0, 0, now.Location())
	if t, err := time.ParseInLocation(time.DateOnly, words, now.Location()); err == nil {
		return t
	}
	day, found := today, false
	hour := 0
	for i, w := range f {
		switch w {
		case "yesterday":
			day, found = today.AddDate(0, 0, -1), true
		case "today", "this", "midnight":
			found = true
		case "week":
			day, found = today.AddDate(0, 0, -7), true
		case "month":
			day, found = today.AddDate(0, -1, 0), true
		case "morning":
			hour, found = 6, true
		case "noon", "afternoon":
			hour, found = 12, true
		case "evening":
			hour, found = 18, true
		case "night":
			hour, found = 20, true
			if i > 0 && f[i-1] == "last" {
				day = today.AddDate(0, 0, -1)
			}
		}
		for n := range 7 {
			if wd := today.AddDate(0, 0, -1-n); w == strings.ToLower(wd.Weekday().String()) {
				day, found = wd, true
			}
		}
		if m, ok := monthNumbers[w[:min(3, len(w))]]; ok && len(w) >= 3 {
			if n := dayOf(f); n > 0 {
				day, found = time.Date(y, m, n, 0, 0, 0, 0, now.Location()), true
				if day.After(now) {
					day = day.AddDate(-1, 0, 0)
				}
			}
		}
	}
	if !found {
		return time.Time{}
	}
	return day.Add(time.Duration(hour) * time.Hour)
}

var monthNumbers = map[string]time.Month{
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}

// dayOf finds a day of a month among words.
func dayOf(f []string) int {
	for _, w := range f {
		if n, err := strconv.Atoi(strings.TrimRight(w, "stndrh")); err == nil && n >= 1 && n <= 31 {
			return n
		}
	}
	return 0
}
