package verify_test

import (
	"fmt"
	"strings"
	"testing"

	"newsdesk/news"
	"newsdesk/verify"
)

// report is an article of about 650 words, and five facts of it.
func report() (news.Article, []news.Fact) {
	var b strings.Builder
	var facts []news.Fact
	for i := range 30 {
		start := b.Len()
		fmt.Fprintf(&b, "Governor Ida Moe said on Tuesday that %d families in the northern district of Halden would move before the river Tesa rises again, which may happen in May.", 100+i)
		if i%6 == 2 {
			facts = append(facts, news.Fact{
				Text: fmt.Sprintf("Ida Moe said that %d families in Halden would move before the river Tesa rises again, which may happen in May.", 100+i),
				Span: news.Span{Start: start, End: b.Len()},
			})
		}
		b.WriteString(" ")
		if i%4 == 3 {
			b.WriteString("\n\n")
		}
	}
	return news.Article{ID: 1, Body: b.String()}, facts
}

func BenchmarkFacts(b *testing.B) {
	a, facts := report()
	b.Run("typical", func(b *testing.B) { run(b, a, facts) })
	for _, n := range []int{1, 2, 4} {
		long := news.Article{Body: strings.Repeat(a.Body, 80*n)}
		b.Run(fmt.Sprintf("%d sentences", 30*80*n), func(b *testing.B) { run(b, long, facts) })
		line := news.Article{Body: strings.Repeat("Moe 7 not may \"Tesa, (said if ", 20_000*n)}
		at := news.Fact{Text: line.Body[:900*n], Span: news.Span{Start: 0, End: 15_000}}
		b.Run(fmt.Sprintf("%d KB without a stop", len(line.Body)>>10), func(b *testing.B) { run(b, line, []news.Fact{at}) })
	}
}

func run(b *testing.B, a news.Article, facts []news.Fact) {
	b.Helper()
	b.ReportAllocs()
	b.SetBytes(int64(len(a.Body)))
	for b.Loop() {
		verify.Facts(a, facts)
	}
}
