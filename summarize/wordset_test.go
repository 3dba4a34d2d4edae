package summarize

import (
	"strings"
	"testing"
)

func TestWordSet(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("long", 20)
	set := words("the The über é 12 " + long)
	for w, want := range map[string]bool{
		"the": true, "The": true, "über": true, "é": true, "12": true, long: true,
		"": false, "tha": false, "they": false, "THE": false, "uber": false, "13": false, long[32:]: false, "4he": false,
	} {
		if got := set.has(w); got != want {
			t.Errorf("has(%q) is %v, want %v", w, got, want)
		}
	}
	if none := stopWords["xx"]; none.has("the") {
		t.Error("a language without stop words has one")
	}
}

func TestDayWords_AreThoseThatACapitalMakes(t *testing.T) {
	t.Parallel()
	for lower, want := range map[string]bool{"monday": true, "january": true, "may": true, "gmt": false, "Monday": false, "mon": false, "oslo": false} {
		if got := dayWords.has(lower); got != want {
			t.Errorf("%q is a day or month: %v, want %v", lower, got, want)
		}
		if got := calendar.has(capital(lower)); lower == strings.ToLower(lower) && got != want {
			t.Errorf("%q is of the calendar with a capital: %v, want %v", lower, got, want)
		}
	}
}
