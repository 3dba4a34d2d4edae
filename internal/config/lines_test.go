package config

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2/unstable"
)

func TestBreaks_CountAsTheParserDoes(t *testing.T) {
	t.Parallel()
	example, err := os.ReadFile("../../config.example.toml")
	if err != nil {
		t.Fatal(err)
	}
	for name, doc := range map[string]string{
		"example":        string(example),
		"several a line": "a = 1\n\n[b]\r\nc = \"\"\"two\nlines\"\"\"\nd = [\n1,\n2]\n[[e]]\nf.g = 1",
	} {
		at, keys := breaksOf([]byte(doc)), 0
		var p unstable.Parser
		p.Reset([]byte(doc))
		for p.NextExpression() {
			for it := p.Expression().Key(); it.Next(); keys++ {
				raw := it.Node().Raw
				if got, want := at.line(raw), p.Shape(raw).Start.Line; got != want {
					t.Errorf("%s: key at byte %d stands on line %d, the parser says %d", name, raw.Offset, got, want)
				}
			}
		}
		if keys < 5 {
			t.Errorf("%s: only %d keys seen", name, keys)
		}
	}
}

func BenchmarkParse_FiveThousandFeeds(b *testing.B) {
	var doc strings.Builder
	doc.WriteString("discord.token = \"x\"\n")
	for i := range 5000 {
		fmt.Fprintf(&doc, "[[feeds]]\nurl = \"https://feed%d.example/rss\"\ntopic = \"world\"\n", i)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse("bench.toml", []byte(doc.String()), func(string) string { return "" }); err != nil {
			b.Fatal(err)
		}
	}
}
