package summarize

import (
	"iter"
	"maps"
	"slices"
	"strings"
	"time"

	"newsdesk/internal/wordset"
)

// monthNumbers maps the names of the months, in the languages treated apart
// and in small letters, to their numbers.
var monthNumbers = func() map[string]time.Month {
	m := make(map[string]time.Month)
	for _, l := range [...]string{
		"january february march april may june july august september october november december",
		"jan feb mar apr may jun jul aug sep oct nov dec",
		"jan feb march apr may june july aug sept oct nov dec",
		"enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
		"janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
		"januar februar märz april mai juni juli august september oktober november dezember",
		"janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
		"gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
		"januari februari maart april mei juni juli augustus september oktober november december",
	} {
		for i, n := range strings.Fields(l) {
			m[n] = time.Month(i + 1)
		}
	}
	return m
}()

// weekdays maps the names of the days of the week to themselves.
var weekdays = func() map[string]time.Weekday {
	m := make(map[string]time.Weekday)
	for _, l := range [...]string{
		"sunday monday tuesday wednesday thursday friday saturday",
		"domingo lunes martes miércoles jueves viernes sábado",
		"dimanche lundi mardi mercredi jeudi vendredi samedi",
		"sonntag montag dienstag mittwoch donnerstag freitag samstag",
		"domenica lunedì martedì mercoledì giovedì venerdì sabato",
		"zondag maandag dinsdag woensdag donderdag vrijdag zaterdag",
	} {
		for i, n := range strings.Fields(l) {
			m[n] = time.Weekday(i)
		}
	}
	return m
}()

// daysAgo maps words to the days between them and the day of publication.
var daysAgo = map[string]int{
	"today": 0, "tonight": 0, "yesterday": 1, "hoy": 0, "ayer": 1, "hier": 1, "aujourd'hui": 0, "heute": 0, "gestern": 1, "ontem": 1, "hoje": 0, "oggi": 0, "ieri": 1,
	"vandaag": 0, "gisteren": 1,
}

// datingWords are the words that a date is found by: hardly any word is one.
var datingWords = wordset.Made(func() iter.Seq[string] {
	return slices.Values(slices.Concat([]string{"night"}, slices.Collect(maps.Keys(monthNumbers)), slices.Collect(maps.Keys(weekdays)), slices.Collect(maps.Keys(daysAgo))))
})

// mayDate tells a text with a word that a date is found by.
func mayDate(text string) bool {
	found := false
	eachRun(text, func(start, end int, _ bool) {
		if !found {
			w := strings.ToLower(text[start:end])
			found = datingWords.Has(w) || w == lastNight
		}
	})
	return found
}

// lastNight is the one word behind which another is a date.
const lastNight = "anoche"

// notThen are words before a date that make it the bound of a period or a
// plan, not the day of the happening.
var notThen = wordset.Of(`since until till by before next through from after every each desde hasta antes seit bis depuis avant jusqu'au tot sinds vanaf entro da fino`)

// planned are words before a day of the week that make it a day to come.
var planned = wordset.Of(`will would shall due scheduled expected planned plans intends wird werden será serán sera seront sarà saranno zal zullen`)

const (
	plannedNear   = 8  // words between one of them and its day
	whenSentences = 4  // sentences in which a date is looked for
	whenReach     = 45 // days before publication that a report still speaks of as its day
)

// when returns the day of the happening: the first date of the opening
// sentences, counted from the time of the article, else that day itself. It is
// zero where neither is known.
func (d *document) when() time.Time {
	at := d.article.When()
	for i := range min(whenSentences, len(d.sents)) {
		text := d.sents[i].Text
		if text = text[:min(len(text), maxSentence)]; !mayDate(text) {
			continue
		}
		if t, ok := dateIn(plainWords(text), at); ok {
			return t
		}
	}
	return midnight(at)
}

func midnight(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	y, m, day := t.Date()
	return time.Date(y, m, day, 0, 0, 0, 0, t.Location())
}

// dateIn finds the first date among words that lies at or shortly before a
// time, or a date with its year where the time is zero.
func dateIn(ws []plainWord, at time.Time) (time.Time, bool) {
	for i, w := range ws {
		before := ""
		if i > 0 {
			before = ws[i-1].lower
		}
		if !datingWords.Has(w.lower) && before != lastNight || notThen.Has(before) || before == "on" && i > 1 && notThen.Has(ws[i-2].lower) {
			continue
		}
		var t time.Time
		if m, ok := monthNumbers[w.lower]; ok && (w.upper || len(w.lower) > 3) {
			t, ok = monthDay(ws, i, m, at)
			if !ok {
				continue
			}
		} else if at.IsZero() {
			continue
		} else if n, ok := daysAgo[w.lower]; ok {
			t = midnight(at).AddDate(0, 0, -n)
		} else if wd, ok := weekdays[w.lower]; ok && (w.upper || len(w.lower) > 4) {
			if slices.ContainsFunc(ws[max(0, i-plannedNear):i], func(x plainWord) bool { return planned.Has(x.lower) }) {
				continue
			}
			back := (int(at.Weekday()) - int(wd) + 7) % 7
			if back == 0 && before == "last" {
				back = 7
			}
			t = midnight(at).AddDate(0, 0, -back)
		} else if before == "last" && w.lower == "night" || before == lastNight {
			t = midnight(at).AddDate(0, 0, -1)
		} else {
			continue
		}
		if at.IsZero() || !t.After(at.AddDate(0, 0, 1)) && at.Sub(t) < whenReach*24*time.Hour {
			return t, true
		}
	}
	return time.Time{}, false
}

// monthDay reads the date of which word i is the month: "November 22, 2023",
// "22 de noviembre". Without a year it is the last such day before the time.
func monthDay(ws []plainWord, i int, m time.Month, at time.Time) (time.Time, bool) {
	day, year := 0, 0
	for j := i - 1; j >= max(0, i-2) && day == 0; j-- {
		day = number(ws[j].lower, 31)
		if day == 0 && ws[j].lower != "de" && ws[j].lower != "of" {
			break
		}
	}
	next := i + 1
	if day == 0 && next < len(ws) {
		day = number(ws[next].lower, 31)
		next++
	}
	if day == 0 {
		return time.Time{}, false
	}
	if next < len(ws) && (ws[next].lower == "de" || ws[next].lower == "of") {
		next++
	}
	if next < len(ws) && len(ws[next].lower) == 4 {
		year = number(ws[next].lower, 2200)
	}
	loc := time.UTC
	if !at.IsZero() {
		loc = at.Location()
	}
	if year < 1900 {
		if at.IsZero() {
			return time.Time{}, false
		}
		year = at.Year()
		if time.Date(year, m, day, 0, 0, 0, 0, loc).After(at.AddDate(0, 0, 7)) {
			year--
		}
	}
	t := time.Date(year, m, day, 0, 0, 0, 0, loc)
	return t, t.Day() == day
}

// number reads a whole number from 1 to a bound, with or without an English
// ordinal ending; 0 where there is none.
func number(w string, bound int) int {
	for _, end := range [...]string{"st", "nd", "rd", "th", "er"} {
		if s, ok := strings.CutSuffix(w, end); ok && digits(s) {
			w = s
		}
	}
	if !digits(w) || len(w) > 4 {
		return 0
	}
	n := 0
	for i := range len(w) {
		n = n*10 + int(w[i]-'0')
	}
	if n > bound {
		return 0
	}
	return n
}
