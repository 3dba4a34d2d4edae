package llm

import (
	"strings"
	"testing"

	"newsdesk/news"
)

// What an article costs beside the model: the paragraphs that are looked through,
// and the facts that are checked.
func BenchmarkCheck(b *testing.B) {
	long := strike
	long.Body = strings.Repeat(strike.Body+"\n\n", 12)
	for name, a := range map[string]news.Article{"short": strike, "long": long} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c := newChecker(a)
				for range askFacts {
					c.fact("Tram drivers in Arden voted to walk out for three days from Monday, the Transport Workers' League said.")
				}
			}
		})
	}
}
