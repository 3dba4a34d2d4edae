package verify

import (
	"strconv"
	"time"
)

// dates says where days of the week, or months, stand, by their number from 1.
type dates map[int]place

// datesIn finds the days and months of a window.
func datesIn(w *window, lex *lexicon) (days, months dates) {
	days, months = dates{}, dates{}
	for i := range w.tokens {
		d, m := dateAt(w.tokens, i, lex)
		if d != 0 {
			days[d] |= w.at(i)
		}
		if m != 0 {
			months[m] |= w.at(i)
		}
	}
	return days, months
}

// dateAt returns the weekday (1 is Monday) or the month that token i names, 0
// where it names none.
func dateAt(ts []token, i int, lex *lexicon) (day, month int) {
	t := ts[i]
	if t.kind != word || lex.dateCaps && !t.cap {
		return 0, 0
	}
	day, month = lex.week[t.low], lex.month[t.low]
	if month != 0 && lex.verbs.Has(t.low) && t.head && lowAt(ts, i+1) != "" && ts[i+1].kind != digits {
		return day, 0 // "May he rest", "March for peace"
	}
	return day, month
}

// dates looks for the fact's weekdays and months.
func (c *Checker) dates(s *statement, w *window) Finding {
	var resolved dates
	for i := range s.tokens {
		d, m := dateAt(s.tokens, i, c.lex)
		if d == 0 && m == 0 {
			continue
		}
		if days, months := w.days(); within(days, d) || within(months, m) {
			continue
		}
		if resolved == nil {
			resolved = c.resolvedDays(w)
		}
		if d != 0 && resolved[weekKey+d] != 0 || m != 0 && resolved[monthKey+m] != 0 {
			continue
		}
		return Finding{Date, s.text[s.tokens[i].start:s.tokens[i].end]}
	}
	return Finding{}
}

// within says whether a day or month is the cited sentence's, or, where that
// has none, its neighbours'.
func within(have dates, n int) bool {
	if n == 0 {
		return false
	}
	if have[n]&inCited != 0 {
		return true
	}
	for _, at := range have {
		if at&inCited != 0 {
			return false
		}
	}
	return have[n] != 0
}

// Keys of resolved dates: weekdays, months, days of the month, and years as
// they are.
const (
	weekKey  = 10_000
	monthKey = 20_000
	dayKey   = 30_000
)

// resolvedDays returns the days that the cited sentence names by their
// distance from the day of publication: "yesterday", "on Tuesday". It is empty
// where that is not known.
func (c *Checker) resolvedDays(w *window) dates {
	out := dates{}
	if c.published.IsZero() {
		return out
	}
	add := func(t time.Time) {
		day := int(t.Weekday())
		if day == 0 {
			day = 7
		}
		out[weekKey+day], out[monthKey+int(t.Month())], out[dayKey+t.Day()], out[t.Year()] = inCited, inCited, inCited, inCited
	}
	for i := w.cited; i < w.after; i++ {
		t := w.tokens[i]
		if n, ok := c.lex.relative[t.low]; ok {
			add(c.published.AddDate(0, 0, n))
		}
		d, m := dateAt(w.tokens, i, c.lex)
		if d != 0 {
			back := (int(c.published.Weekday()) + 7 - d%7) % 7
			add(c.published.AddDate(0, 0, -back))
			add(c.published.AddDate(0, 0, 7-back))
			if back == 0 {
				add(c.published.AddDate(0, 0, -7))
			}
		}
		if m == 0 {
			continue
		}
		for _, at := range [...]int{i - 1, i + 1} { // 3 June, June 3
			if at >= 0 && at < len(w.tokens) && w.tokens[at].kind == digits {
				if n, err := strconv.Atoi(w.tokens[at].low); err == nil && n >= 1 && n <= 31 {
					add(time.Date(c.published.Year(), time.Month(m), n, 0, 0, 0, 0, time.UTC))
				}
			}
		}
	}
	return out
}

// allows says whether a number of the fact is the day or the year of a date
// that was resolved: it stands beside a month.
func (d dates) allows(ts []token, n number, lex *lexicon) bool {
	if len(d) == 0 {
		return false
	}
	months := 0
	for i := max(0, n.lo-3); i < min(len(ts), n.hi+2); i++ {
		if _, m := dateAt(ts, i, lex); m != 0 {
			months++
		}
	}
	v, err := strconv.Atoi(ts[n.lo].low)
	return months > 0 && err == nil && (d[dayKey+v] != 0 && v <= 31 || d[v] != 0 && v > 31)
}
