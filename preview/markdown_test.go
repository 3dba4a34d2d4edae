package preview

import (
	"regexp"
	"strings"
	"testing"
	"time"
)

var noon = time.Date(2026, 3, 3, 12, 0, 0, 0, time.UTC)

func TestMarkup(t *testing.T) {
	t.Parallel()
	r := rendering{now: noon, channels: map[string]string{"7": "world"}}
	for _, tc := range []struct{ name, in, want string }{
		{"text is escaped", `<b>&"x"`, `&lt;b&gt;&amp;&#34;x&#34;`},
		{"bold and italic", "**a *b* c**", "<strong>a <em>b</em> c</strong>"},
		{"a lone mark is text", "2 * 3 = 6", "2 * 3 = 6"},
		{"backslash escapes", `\*not bold\*`, "*not bold*"},
		{"masked link", "[1](https://a.example/x)", `<a href="https://a.example/x" target="_blank" rel="noopener noreferrer nofollow">1</a>`},
		{"masked link with pointed brackets", "[1](<https://a.example/x>)", `<a href="https://a.example/x" target="_blank" rel="noopener noreferrer nofollow">1</a>`},
		{"a citation keeps its brackets", "[[1]](https://a.example/x)", `<a href="https://a.example/x" target="_blank" rel="noopener noreferrer nofollow">[1]</a>`},
		{"no script in links", "[x](javascript:alert(1))", "[x](javascript:alert(1))"},
		{"timestamp", "<t:1772539140:R>", `<time datetime="2026-03-03T11:59:00Z" data-style="R">1 minute ago</time>`},
		{"known channel", "<#7> <#8>", `<span class="mention">#world</span> <span class="mention">#unknown</span>`},
		{"command mention", "</latest:12>", `<span class="mention">/latest</span>`},
		{"bullets", "a\n• b\n• c\nd", "a<br><ul><li>b</li><li>c</li></ul>d"},
		{"quote and small print", "> q\n-# s", "<blockquote>q</blockquote><small>s</small><br>"},
		{"code keeps marks", "`**a**`", "<code>**a**</code>"},
		{"a word with h", "the hall", "the hall"},
		{"bare link", "see https://a.example/b", `see <a href="https://a.example/b" target="_blank" rel="noopener noreferrer nofollow">https://a.example/b</a>`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if got := string(r.markup(tc.in)); got != tc.want {
				t.Errorf("markup(%q)\n got %s\nwant %s", tc.in, got, tc.want)
			}
		})
	}
}

// tag is every tag that markup may write; anything else in pointed brackets
// came from the text.
var tag = regexp.MustCompile(`</?(?:strong|em|u|s|code|ul|li|blockquote|small|p|span|a|time)>|<br>|<p class="h[123]">|<span class="mention">|` +
	`<time datetime="[-0-9:TZ]+" data-style="[a-zA-Z]?">|<a href="(?:https?://[^"<> ]*|about:blank)" target="_blank" rel="noopener noreferrer nofollow">`)

// M19: no text can bring markup of its own onto the page.
func FuzzMarkup(f *testing.F) {
	for _, s := range []string{"**[a](https://b)**", "<t:1:R><#1></x:1>", "# a\n> b\n• c", "\\", "[](", "https://\"onload=x", "\xff*\xfe*", "__a**b__c**"} {
		f.Add(s)
	}
	r := rendering{now: noon}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 4096 {
			return
		}
		rest := tag.ReplaceAllString(string(r.markup(s)), "")
		if strings.ContainsAny(rest, "<>\"") {
			t.Errorf("markup(%q) left %q", s, rest)
		}
	})
}

func BenchmarkMarkup(b *testing.B) {
	s := strings.Repeat("• **Fact** with a number [1](https://a.example/1) and <t:1772539140:R>\n", 20)
	r := rendering{now: noon}
	b.ReportAllocs()
	for b.Loop() {
		r.markup(s)
	}
}
