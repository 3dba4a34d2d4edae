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
