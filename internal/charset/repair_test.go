package charset

import (
	"strings"
	"testing"
)

// ASCII is passed over eight bytes at a time: what lies beyond it is found wherever it
// stands among them.
func TestTallyUTF8_FindsWhatLiesBeyondASCII(t *testing.T) {
	t.Parallel()
	for at := range 24 {
		for tail := range 24 {
			around := func(s string) []byte { return []byte(strings.Repeat("a", at) + s + strings.Repeat("b", tail)) }
			if got := tallyUTF8(around("é")); got != (tally{good: 1}) {
				t.Errorf("a letter behind %d bytes, before %d: %+v", at, tail, got)
			}
			if got := tallyUTF8(around("\xe9")); got != (tally{bad: 1}) {
				t.Errorf("a byte of Latin-1 behind %d bytes, before %d: %+v", at, tail, got)
			}
		}
	}
}
