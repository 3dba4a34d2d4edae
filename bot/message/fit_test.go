package message_test

import (
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/rivo/uniseg"
	"pgregory.net/rapid"

	"newsdesk/bot/message"
)

// pieces are bits of text in 20 scripts, with what is hard to cut or dangerous
// to show between them.
var pieces = []string{
	"Latin words", "naïve façade", "Ελληνικά", "кириллица", "עברית", "العربية", "فارسی می\u200cشود", "देवनागरी क्षि", "বাংলা",
	"ગુજરાતી", "தமிழ்", "తెలుగు", "മലയാളം", "සිංහල ශ්\u200dරී", "ภาษาไทย", "ລາວ", "မြန်မာ", "ខ្មែរ", "한국어", "日本語の文章", "中文新闻",
	"ქართული", "Հայերեն", "አማርኛ", "👨‍👩‍👧‍👦", "🏳️‍🌈", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "👍🏽", "🇨🇱", "e\u0301", "a\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308",
	" ", "  ", "\n", "\r\n", "\t", "…", "@everyone", "@here", "<@123456789012345678>", "<@&123456789012345678>", "<#1>", "</help:1>",
	"<t:1700000000:R>", "[click](https://evil.example/a)", "[[1]](https://news.example/a-b_c?d=e)", "https://news.example/path(x)", "discord.gg/abc",
	"discord.com/invite/abc", "# ", "> ", "- ", "1. ", "```", "`", "||", "**", "__", "~~", `\`, "\u200b", "\u202e", "\u2066", "\x00", "\xff", "\xf0\x9f", "\ue000",
}

func texts() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		parts := rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(pieces), rapid.StringN(0, 6, -1)), 0, 12).Draw(t, "parts")
		return strings.Repeat(strings.Join(parts, ""), rapid.SampledFrom([]int{1, 1, 2, 40}).Draw(t, "times"))
	})
}

func messages() *rapid.Generator[message.Message] {
	return rapid.Custom(func(t *rapid.T) message.Message {
		text := func(what string) string { return texts().Draw(t, what) }
		url := func(what string) string {
			return rapid.SampledFrom([]string{"", "https://a.example/x", "http://b.example/(y", "javascript:alert(1)", "https://" + strings.Repeat("x", 3000)}).Draw(t, what)
		}
		count := func(what string, n int) int { return rapid.IntRange(0, n).Draw(t, what) }
		m := message.Message{Content: text("content"), Silent: rapid.Bool().Draw(t, "silent")}
		for range count("embeds", 12) {
			e := message.Embed{
				Author: text("author"), Title: text("title"), URL: url("url"), Description: text("description"),
				Color: rapid.Int().Draw(t, "color"), Image: url("image"), Footer: text("footer"),
			}
			if rapid.Bool().Draw(t, "time") {
				e.Timestamp = time.Unix(rapid.Int64().Draw(t, "unix"), 0)
			}
			for range count("fields", 3) {
				f := message.Field{Name: text("name"), Value: text("value")}
				for range rapid.SampledFrom([]int{1, 1, 1, 20}).Draw(t, "copies") {
					e.Fields = append(e.Fields, f)
				}
			}
			m.Embeds = append(m.Embeds, e)
		}
		for range count("rows", 7) {
			var r message.Row
			for range count("buttons", 7) {
				r.Buttons = append(r.Buttons, message.Button{
					Style: rapid.SampledFrom([]message.ButtonStyle{message.Primary, message.Secondary, message.Link, "odd", ""}).Draw(t, "style"),
					Label: text("label"), ID: text("id"), URL: url("button url"),
				})
			}
			if rapid.Bool().Draw(t, "menu") {
				r.Menu = &message.Menu{ID: text("id"), Placeholder: text("placeholder"), Most: rapid.IntRange(-1, 30).Draw(t, "most")}
				r.Menu.Kind = rapid.SampledFrom([]message.MenuKind{message.MenuOptions, message.MenuOptions, message.MenuRoles, message.MenuChannels, "odd"}).Draw(t, "kind")
				r.Menu.Selected = rapid.SliceOfN(rapid.SampledFrom([]string{"1", "2", "x", "", "123456789012345678"}), 0, 3).Draw(t, "selected")
				c := message.Choice{Name: text("option"), Value: text("value"), Description: text("about")}
				for i := range count("options", 30) {
					r.Menu.Options = append(r.Menu.Options, c)
					c.Value += strconv.Itoa(i % 20) // some are there twice
				}
			}
			m.Components = append(m.Components, r)
		}
		m.PingRoles = rapid.SliceOfN(rapid.SampledFrom([]string{"1", "2", "x", "", "123456789012345678"}), 0, 5).Draw(t, "roles")
		return m
	})
}

// M18: whatever is rendered, what is sent is within Discord's limits.
func TestFit_AlwaysLawful(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := messages().Draw(t, "message")
		once := message.Fit(m)
		if err := message.Validate(once); err != nil {
			t.Fatalf("Fit made an unlawful message: %v", err)
		}
		if diff := cmp.Diff(once, message.Fit(once)); diff != "" {
			t.Fatalf("a second Fit changed the message (-once +twice):\n%s", diff)
		}
		if message.Validate(m) == nil && !cmp.Equal(m, once, cmpopts.EquateEmpty()) {
			t.Fatalf("Fit changed a lawful message:\n%s", cmp.Diff(m, once))
		}
	})
}

func TestCut_Properties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s, n := texts().Draw(t, "text"), rapid.IntRange(0, 300).Draw(t, "n")
		got := message.Cut(s, n)
		if message.Len(got) > n {
			t.Fatalf("Cut(%q, %d) has %d units", s, n, message.Len(got))
		}
		if message.Len(s) <= n && got != s {
			t.Fatalf("Cut(%q, %d) = %q changed a text that fits", s, n, got)
		}
		if message.Len(s) <= n || n == 0 || !utf8.ValidString(s) {
			return
		}
		kept, ok := strings.CutSuffix(got, "…")
		if !ok || !strings.HasPrefix(s, kept) {
			t.Fatalf("Cut(%q, %d) = %q is not the beginning of the text and an ellipsis", s, n, got)
		}
		at := 0
		for g := uniseg.NewGraphemes(s); at < len(kept) && g.Next(); {
			_, at = g.Positions()
		}
		if at != len(kept) {
			t.Fatalf("Cut(%q, %d) = %q ends within a character", s, n, got)
		}
		if strings.Count(kept, "[[1]](")-strings.Count(kept, "[[1]](https://news.example/a-b_c?d=e)") > 0 {
			t.Fatalf("Cut(%q, %d) = %q ends within a link", s, n, got)
		}
	})
}

func TestFit_Table(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("word ", 2000)
	tests := []struct {
		name  string
		in    message.Message
		check func(message.Message) bool
	}{
		{"nothing becomes a line", message.Message{}, func(m message.Message) bool { return m.Content == "(nothing to show)" }},
		{
			"a blank content with an embed is left out",
			message.Message{Content: " \n", Embeds: []message.Embed{{Title: "x"}}},
			func(m message.Message) bool { return m.Content == "" && len(m.Embeds) == 1 },
		},
		{
			"6000 over all embeds",
			message.Message{Embeds: []message.Embed{{Description: long}, {Description: long}, {Description: long}}},
			func(m message.Message) bool {
				return len(m.Embeds) == 2 && message.EmbedLen(m.Embeds[0])+message.EmbedLen(m.Embeds[1]) > 5900
			},
		},
		{
			"one custom id, one button",
			message.Message{Content: "x", Components: []message.Row{{Buttons: []message.Button{
				{Style: message.Primary, Label: "a", ID: "same"}, {Style: message.Primary, Label: "b", ID: "same"},
			}}}},
			func(m message.Message) bool { return len(m.Components[0].Buttons) == 1 },
		},
		{
			"buttons and menu get a row each",
			message.Message{Content: "x", Components: []message.Row{{
				Buttons: []message.Button{{Label: "a", ID: "1"}}, Menu: &message.Menu{ID: "2", Options: []message.Choice{{Name: "n", Value: "v"}}},
			}}},
			func(m message.Message) bool { return len(m.Components) == 2 && m.Components[1].Menu != nil },
		},
		{
			"a link without a title goes",
			message.Message{Embeds: []message.Embed{{Description: "x", URL: "https://a.example"}}},
			func(m message.Message) bool { return m.Embeds[0].URL == "" },
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := message.Fit(tt.in)
			if err := message.Validate(got); err != nil {
				t.Fatal(err)
			}
			if !tt.check(got) {
				t.Fatalf("got %+v", got)
			}
		})
	}
}

func TestValidate_NamesEveryProblem(t *testing.T) {
	t.Parallel()
	m := message.Message{
		Content: strings.Repeat("x", 2001),
		Embeds:  []message.Embed{{Title: strings.Repeat("x", 257), Fields: []message.Field{{Name: "n"}}, Footer: strings.Repeat("é", 2049)}},
		Components: []message.Row{{}, {Buttons: []message.Button{
			{Style: message.Link, Label: "l", URL: "ftp://x"}, {Style: message.Primary, ID: "1"}, {Style: "odd", Label: "o"},
		}}},
	}
	err := message.Validate(m)
	if err == nil {
		t.Fatal("an unlawful message was accepted")
	}
	for _, want := range []string{"content has 2001", "title has 257", "field 1 value is blank", "footer has 2049", "row 1 must hold", "button link", "label is blank", `style "odd"`} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("Validate does not say %q:\n%v", want, err)
		}
	}
}

// FuzzFit builds messages of every shape from one text and checks that none
// breaks a limit.
func FuzzFit(f *testing.F) {
	f.Add(strings.Join(pieces, " "), 1, 1)
	f.Add(strings.Join(pieces, ""), 60, 11)
	for i, p := range pieces {
		f.Add(p, 1+i*20, i%13)
	}
	f.Fuzz(func(t *testing.T, s string, times, shape int) {
		times, shape = min(max(times, 0), 3000), min(max(shape, 0), 27)
		if len(s)*times > 1<<14 {
			t.Skip("longer than any page we render")
		}
		long := strings.Repeat(s, times)
		m := message.Message{Content: long}
		prose, link := message.Escape(long), message.MaskedLink(long, "https://x.example/"+s, 200)
		for i := range shape {
			e := message.Embed{Author: s, Title: long, URL: s, Description: prose, Footer: long, Image: "https://x.example/" + s}
			for range i {
				e.Fields = append(e.Fields, message.Field{Name: s, Value: link})
			}
			m.Embeds = append(m.Embeds, e)
			m.Components = append(m.Components, message.Row{
				Buttons: []message.Button{{Label: long, ID: s}, {Style: message.Link, Label: s, URL: message.LinkURL(s)}},
				Menu:    &message.Menu{ID: s + "m", Placeholder: long, Options: []message.Choice{{Name: s, Value: s, Description: long}}},
			})
		}
		got := message.Fit(m)
		if err := message.Validate(got); err != nil {
			t.Fatal(err)
		}
	})
}
