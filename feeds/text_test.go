package feeds

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestPlainTitle(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":                                  "",
		"Plain words":                       "Plain words",
		" two  blanks\u00a0\n":              "two blanks",
		"Don&#8217;t &amp;amp; won&rsquo;t": "Don’t & won’t",
		"<b>Bold</b> words":                 "Bold words",
		"<i>Titanic</i>’s return":           "Titanic’s return",
		"one<br/>two<p>three":               "one two three",
		"3 < 5 and a<b":                     "3 < 5 and a<b",
		"Tom & Jerry; R&D":                  "Tom & Jerry; R&D",
		"\u0093Quoted\u0094 \u0085":         "“Quoted” …",
		"bell\x07 and \x00 nul":             "bell and nul",
		"<script>alert(1)</script>After":    "After",
		"<style>p{}":                        "p{}",
		"x<!-- hidden -->y":                 "xy",
		"zero\ufeffwidth":                   "zerowidth",
	} {
		if got := plainTitle(in); got != want {
			t.Errorf("%q = %q, want %q", in, got, want)
		}
	}
}

func TestPlainText(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":                                     "",
		"no  markup &amp; one line":            "no markup & one line",
		"<p>One</p>\n<p>Two<br>lines</p>":      "One\n\nTwo\n\nlines",
		"in<b>line</b> <a href='x>y'>link</a>": "inline link",
		"&lt;p&gt;escaped&lt;/p&gt; &amp;amp;": "escaped\n\n&",
		"<ul><li>a<li>b</ul>":                  "a\n\nb",
		"<p>1 &lt; 2</p>":                      "1 < 2",
		"<![CDATA[kept]]> text":                "kept text",
		"<script>x</script><p>y":               "y",
	} {
		if got := plainText(in); got != want {
			t.Errorf("%q = %q, want %q", in, got, want)
		}
	}
}

func TestCut(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "text")
		n := rapid.IntRange(1, 40).Draw(t, "runes")
		got := cut(s, n)
		if utf8.RuneCountInString(got) > n {
			t.Fatalf("%q has more than %d runes", got, n)
		}
		if got != s && !strings.HasPrefix(s, strings.TrimSuffix(got, "…")) {
			t.Fatalf("%q is no beginning of %q", got, s)
		}
	})
	if got := cut("the ferry runs again from Monday", 17); got != "the ferry runs…" {
		t.Errorf("cut = %q", got)
	}
	if got := cutBytes("añb", 2); got != "a" {
		t.Errorf("cutBytes = %q", got)
	}
}

// Titles are one clean line, and cleaning them again changes nothing.
func TestFold_IsOneLine(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		got := fold(rapid.String().Draw(t, "text"))
		if strings.ContainsAny(got, "\n\r\t\x00") || strings.Contains(got, "  ") || strings.TrimSpace(got) != got {
			t.Fatalf("%q is no clean line", got)
		}
		if again := fold(got); again != got {
			t.Fatalf("%q becomes %q", got, again)
		}
	})
}
