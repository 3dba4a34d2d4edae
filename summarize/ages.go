package summarize

import (
	"strings"
	"unicode"
)

// aged is an age with whose it is.
type aged struct {
	figure
	key string
}

// ages reads "Joren Halde, 44," and "the 44-year-old driver, Joren Halde".
func (d *document) ages(ps []piece) []aged {
	var out []aged
	for i, p := range ps {
		if !opensFigure(p.text[0]) {
			continue
		}
		head, tail, _ := strings.Cut(strings.ToLower(p.text), "-")
		v, ok := oneNumber(head)
		if !ok || v < 1 || v > 120 || v != float64(int(v)) {
			continue
		}
		f := figure{value: v, kind: "age", unit: "age", from: p.start, to: p.start + len(head)}
		switch {
		case tail == "year-old" || tail == "year-olds":
			key := ""
			for _, q := range ps[i+1 : min(len(ps), i+6)] {
				name := q.cap && !calendar.Has(q.text)
				named := key != "" && unicode.IsUpper(firstRune(key))
				switch {
				case name && named:
					key += " " + q.text
				case name:
					key = q.text
				case named:
				case key == "" && !englishStops.Has(q.text):
					key = q.text
				}
				if named && !name || name && q.breaks {
					break
				}
			}
			if key != "" {
				out = append(out, aged{f, strings.ToLower(key)})
			}
		case tail == "" && p.breaks && i > 0 && ps[i-1].breaks && ps[i-1].cap && !calendar.Has(ps[i-1].text):
			key := strings.ToLower(ps[i-1].text)
			if i > 1 && ps[i-2].cap && !ps[i-2].breaks && !titles.Has(ps[i-2].text) {
				key = strings.ToLower(ps[i-2].text) + " " + key
			}
			out = append(out, aged{f, key})
		}
	}
	return out
}

// dates reads "March 3" and "3 March" as days of a year: the month by a
// hundred, and the day.
func dates(s string, ps []piece) []figure {
	var out []figure
	for i, p := range ps {
		if !p.cap {
			continue
		}
		m := monthNumbers[strings.ToLower(p.text)]
		if m == 0 {
			continue
		}
		for _, j := range [...]int{i + 1, i - 1} {
			if j < 0 || j >= len(ps) || j > i && p.breaks || j < i && ps[j].breaks {
				continue
			}
			if a := min(i, j); a > 0 && notThen.Has(strings.ToLower(ps[a-1].text)) {
				if b := max(i, j) + 1; !strings.EqualFold(ps[a-1].text, "from") || b < len(ps) && strings.EqualFold(ps[b].text, "to") {
					continue
				}
			}
			if day := number(strings.ToLower(ps[j].text), 31); day > 0 {
				a, b := min(i, j), max(i, j)
				if strings.Contains(s[ps[a].end:ps[b].start], ",") {
					continue
				}
				out = append(out, figure{value: float64(int(m)*100 + day), kind: "date", unit: "date", from: ps[a].start, to: ps[b].end})
				break
			}
		}
	}
	return out
}
