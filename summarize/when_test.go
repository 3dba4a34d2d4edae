package summarize

import (
	"strings"
	"testing"
	"time"
)

// A text in which no word is one that dates are found by has no date.
func TestMayDate_WhereverADateIsFound(t *testing.T) {
	t.Parallel()
	at := time.Date(2025, 3, 12, 9, 0, 0, 0, time.UTC)
	for text, want := range map[string]bool{
		"The dam broke on MONDAY.":             true,
		"The dam broke on 3 March.":            true,
		"El dique se rompió anoche en Oslo.":   true,
		"The dam broke last night.":            true,
		"Le barrage s'est rompu le 3 février.": true,
		"The dam broke at dawn.":               false,
		"":                                     false,
	} {
		if got := mayDate(text); got != want {
			t.Errorf("mayDate(%q) is %v, want %v", text, got, want)
		}
		if _, found := dateIn(plainWords(text), at); found != want {
			t.Errorf("a date in %q: %v, want %v", text, found, want)
		}
	}
}

// Those of the calendar that a capital makes are known by their small letters.
func TestDayWords_AreThoseThatACapitalMakes(t *testing.T) {
	t.Parallel()
	for lower, want := range map[string]bool{"monday": true, "january": true, "may": true, "gmt": false, "Monday": false, "mon": false, "oslo": false} {
		if got := dayWords.Has(lower); got != want {
			t.Errorf("%q is a day or month: %v, want %v", lower, got, want)
		}
		if got := calendar.Has(capital(lower)); lower == strings.ToLower(lower) && got != want {
			t.Errorf("%q is of the calendar with a capital: %v, want %v", lower, got, want)
		}
	}
}
