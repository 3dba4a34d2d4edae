package message_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"newsdesk/bot/message"
)

// M19: feed text cannot ping, forge links or break markdown.
func TestEscape(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, in, want string }{
		{"everyone", "hi @everyone and @here", "hi @\u200beveryone and @\u200bhere"},
		{"hidden characters cannot rejoin a mention", "@\u200beveryone @\u2060here", "@\u200beveryone @\u200bhere"},
		{"user", "<@123>", `\<\@123\>`},
		{"role", "<@&123>", `\<\@&123\>`},
		{"channel", "<#123>", `\<\#123\>`},
		{"command", "</help:1>", `\</help:1\>`},
		{"time", "<t:1:R>", `\<t:1:R\>`},
		{"masked link", "[bank](https://evil.example)", `\[bank\](https\://evil.example)`},
		{"bare link", "see https://evil.example now", `see https\://evil.example now`},
		{"invitation", "join discord.gg/abc or DISCORDAPP.com/invite/x", `join discord\.gg/abc or DISCORDAPP\.com/invite/x`},
		{"heading", "# big", `\# big`},
		{"subtext", "-# small", `\-# small`},
		{"list", "- a", `\- a`},
		{"numbered list", "1. a", `1\. a`},
		{"year", "In 2024. And", "In 2024. And"},
		{"quotation", ">>> all", `\>\>\> all`},
		{"code fence", "```go", "\\`\\`\\`go"},
		{"spoiler", "||x||", `\|\|x\|\|`},
		{"bold, italic, struck out", "**a** _b_ ~~c~~", `\*\*a\*\* \_b\_ \~\~c\~\~`},
		{"backslash", `\*a`, `\\\*a`},
		{"lines become one, so nothing starts a line", "a\n# b\r\n> c\u2028- d", `a # b \> c - d`},
		{"bidi override", "gpj.\u202eexe", "gpj.exe"},
		{"bidi isolate and marks", "\u2066a\u2069\u200f\u200eb", "ab"},
		{"zero width", "a\u200bb\ufeffc\u00add", "abcd"},
		{"controls", "a\x00\x1b[31mb", `a\[31mb`},
		{"blanks", "a\u00a0\u3000\t b ", "a b"},
		{"persian keeps its joiner", "می\u200cشود", "می\u200cشود"},
		{"latin does not", "Auf\u200clage", "Auflage"},
		{"sinhala keeps its joiner", "ශ්\u200dරී", "ශ්\u200dරී"},
		{"emoji family", "👨‍👩‍👧‍👦 🏳️‍🌈", "👨‍👩‍👧‍👦 🏳️‍🌈"},
		{"flag of England", "🏴󠁧󠁢󠁥󠁮󠁧󠁿 win", "🏴󠁧󠁢󠁥󠁮󠁧󠁿 win"},
		{"hidden tag text", "a\U000E0068\U000E0069", "a"},
		{"tower of marks", "a" + strings.Repeat("\u0301", 50), "a" + strings.Repeat("\u0301", 6)},
		{"invalid utf-8", "a\xffb", "a\uFFFDb"},
		{"ordinary news", "Rates cut to 3.5% — 1st since 2020 (ECB)", "Rates cut to 3.5% — 1st since 2020 (ECB)"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := message.Escape(tt.in); got != tt.want {
				t.Errorf("Escape(%q)\n got %q\nwant %q", tt.in, got, tt.want)
			}
		})
	}
}

// shown is what Discord shows of a text whose markup is all escaped.
func shown(s string) string {
	return regexp.MustCompile(`\\([^0-9A-Za-z\s])`).ReplaceAllString(s, "$1")
}

// live matches markup that no backslash disarms. Each escaped pair is taken
// out first.
var (
	escaped = regexp.MustCompile(`\\[^0-9A-Za-z\s]`)
	live    = regexp.MustCompile("[*_~`|<>\\[\\]\\\\]|https?://|(?i)@(everyone|here)|(?i)discord(app)?\\.|^[#-]|^\\d{1,9}[.)]|\n")
)

// M19
func TestEscape_Inert(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := texts().Draw(t, "text")
		got := message.Escape(s)
		if m := live.FindString(escaped.ReplaceAllString(got, "\uFFFD")); m != "" {
			t.Fatalf("Escape(%q) = %q leaves %q alive", s, got, m)
		}
		if shown(got) != message.Plain(s) {
			t.Fatalf("Escape(%q) = %q is not shown as %q", s, got, message.Plain(s))
		}
		if !utf8.ValidString(got) {
			t.Fatalf("Escape(%q) = %q is not valid", s, got)
		}
		for _, r := range strings.ReplaceAll(got, "@\u200b", "@") {
			if unicode.Is(unicode.Bidi_Control, r) || r == '\u200b' || r == '\ufeff' || unicode.Is(unicode.Cc, r) {
				t.Fatalf("Escape(%q) = %q holds %U", s, got, r)
			}
		}
		if twice := message.Plain(message.Plain(s)); twice != message.Plain(s) {
			t.Fatalf("Plain is not stable: %q, then %q", message.Plain(s), twice)
		}
	})
}

func TestEscapeTo_Fits(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s, n := texts().Draw(t, "text"), rapid.IntRange(0, 200).Draw(t, "n")
		got := message.EscapeTo(s, n)
		if message.Len(got) > n {
			t.Fatalf("EscapeTo(%q, %d) = %q", s, n, got)
		}
		if n > 2 && got == "" && message.Plain(s) != "" {
			t.Fatalf("EscapeTo(%q, %d) is empty", s, n)
		}
	})
}

func TestCut(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, in string
		n        int
		want     string
	}{
		{"fits", "short", 5, "short"},
		{"at a word", "Magnitude quake strikes Chile", 20, "Magnitude quake…"},
		{"no comma before the ellipsis", "Dozens hurt, many missing", 15, "Dozens hurt…"},
		{"one long word", "Donaudampfschifffahrt", 10, "Donaudamp…"},
		{"no blanks", "日本語の文章は長い", 5, "日本語の…"},
		{"emoji family stays whole", "ab 👨‍👩‍👧‍👦 cd", 10, "ab…"},
		{"link stays whole", "x [[1]](https://a.example/long)", 20, "x…"},
		{"bare link stays whole", "see now https://a.example/very/long/path", 24, "see now…"},
		{"time stays whole", "at <t:1700000000:R> or so", 14, "at…"},
		{"an escape is not halved", `aaaaaa\*bbbb`, 8, "aaaaaa…"},
		{"one unit", "abc", 1, "…"},
		{"none", "abc", 0, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := message.Cut(tt.in, tt.n); got != tt.want {
				t.Errorf("Cut(%q, %d) = %q, want %q", tt.in, tt.n, got, tt.want)
			}
		})
	}
}

func TestLinkURL(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, in, want string }{
		{"plain", "https://news.example/a?b=c#d", "https://news.example/a?b=c#d"},
		{"parentheses", "https://a.example/x(y)z", "https://a.example/x%28y%29z"},
		{"blank", "https://a.example/x y", "https://a.example/x%20y"},
		{"breaks out", "https://a.example/x) [y](https://b.example", "https://a.example/x%29%20%5By%5D%28https://b.example"},
		{"name and password", "https://bank.example@evil.example/", "https://evil.example/"},
		{"script", "javascript:alert(1)", ""},
		{"data", "data:text/html,x", ""},
		{"ftp", "ftp://a.example", ""},
		{"no host", "https:///x", ""},
		{"opaque", "https:a.example", ""},
		{"relative", "/x", ""},
		{"line break", "https://a.example/\nx", ""},
		{"other script in the host", "https://аpple.example/", ""},
		{"too long", "https://a.example/" + strings.Repeat("x", 2048), ""},
		{"path in another script", "https://a.example/é", "https://a.example/%C3%A9"},
		{"local", "http://127.0.0.1:8080/a", "http://127.0.0.1:8080/a"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := message.LinkURL(tt.in)
			if got != tt.want {
				t.Errorf("LinkURL(%q) = %q, want %q", tt.in, got, tt.want)
			}
			if again := message.LinkURL(got); again != got {
				t.Errorf("LinkURL is not stable: %q, then %q", got, again)
			}
		})
	}
}

func TestMaskedLink(t *testing.T) {
	t.Parallel()
	got := message.MaskedLink("a](https://evil.example) [b", "https://a.example/(x)", 80)
	if want := `[a)(https\://evil.example) (b](https://a.example/%28x%29)`; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := message.MaskedLink("x", "javascript:1", 80); got != "x" {
		t.Errorf("a refused address was linked: %q", got)
	}
}

func FuzzEscape(f *testing.F) {
	for _, p := range pieces {
		f.Add(p)
	}
	f.Add(strings.Join(pieces, ""))
	f.Fuzz(func(t *testing.T, s string) {
		got := message.Escape(s)
		if m := live.FindString(escaped.ReplaceAllString(got, "\uFFFD")); m != "" {
			t.Fatalf("Escape(%q) = %q leaves %q alive", s, got, m)
		}
		if shown(got) != message.Plain(s) {
			t.Fatalf("Escape(%q) = %q is not shown as %q", s, got, message.Plain(s))
		}
		if u := message.LinkURL(s); u != "" && (strings.ContainsAny(u, "()[]<> \n") || message.LinkURL(u) != u) {
			t.Fatalf("LinkURL(%q) = %q can be broken out of", s, u)
		}
	})
}
