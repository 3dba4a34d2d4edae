package bot_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"newsdesk/bot"
	"newsdesk/news"
)

// addresses are the links behind citations.
var addresses = regexp.MustCompile(`\[(\[\d+\])\]\([^)]*\)`)

// alertLines are the fact lines of an event's alert, addresses left out.
func alertLines(e news.Event) []string {
	var out []string
	for line := range strings.SplitSeq(bot.Alert(e, bot.AlertOptions{Changed: true}).Embeds[0].Description, "\n") {
		if strings.HasPrefix(line, "•") {
			out = append(out, addresses.ReplaceAllString(line, "$1"))
		}
	}
	return out
}

// Values that sources disagree on stand side by side, each with its source, and
// a correction says what was wrong. // B3, B4
func TestAlert_Versions(t *testing.T) {
	t.Parallel()
	power := news.Fact{Text: "Some 32,000 homes in Tarapacá are without power.", Article: 14}
	long := news.Fact{Text: strings.Repeat("word ", 28) + "32,000 homes are without power.", Article: 14}
	tests := []struct {
		name string
		fact news.Fact
		want string
	}{
		{"another source", with(power, news.Version{Value: "28,000", Article: 15, Instead: "32,000"}), "• Some 32,000 homes in Tarapacá are without power. [4] — another source says 28,000 [5] ⚠"},
		{
			"two others", with(power, news.Version{Value: "28,000", Article: 15, Instead: "32,000"}, news.Version{Value: "25,000", Article: 16, Instead: "32,000"}),
			"• Some 32,000 homes in Tarapacá are without power. [4] — other sources say 28,000 [5], 25,000 [6] ⚠",
		},
		{"a source that is none of the event's", with(power, news.Version{Value: "28,000", Article: 77, Instead: "32,000"}), "• Some 32,000 homes in Tarapacá are without power. [4]"},
		{
			"the value had to be cut off", with(long, news.Version{Value: "28,000", Article: 15, Instead: "32,000"}),
			"• " + strings.Repeat("word ", 28) + "32,000 homes are… [4]",
		},
		{"a hostile value", with(power, news.Version{Value: "[x](https://evil.example) @everyone", Article: 15, Instead: "32,000"}), "• Some 32,000 homes in Tarapacá are without power. [4] — another source says \\[x\\](https\\://evil.example) @\u200beveryone [5] ⚠"},
		{
			"corrected", func() news.Fact {
				f := power
				f.Was = news.Version{Value: "38,000", Article: 11, Instead: "32,000"}
				return f
			}(),
			"• ✏️ corrected: Some 32,000 homes in Tarapacá are without power, not 38,000 [4]",
		},
		{
			"corrected by a text that says what was wrong", func() news.Fact {
				f := power
				f.Text = "Some 32,000 homes in Tarapacá are without power, not 38,000 as reported, the ministry said."
				f.Was = news.Version{Value: "38,000", Article: 11, Instead: "32,000"}
				return f
			}(),
			"• ✏️ corrected: Some 32,000 homes in Tarapacá are without power, not 38,000 as reported, the ministry said [4]",
		},
		{
			"corrected by a text that has to be cut", func() news.Fact {
				f := power
				f.Text = "Some 32,000 homes in Tarapacá are without power " + strings.Repeat("word ", 28) + "138,000."
				f.Was = news.Version{Value: "38,000", Article: 11, Instead: "32,000"}
				return f
			}(),
			"• ✏️ corrected: Some 32,000 homes in Tarapacá are without power " + strings.Repeat("word ", 16) + "word… (not 38,000) [4]",
		},
		{
			"corrected without a value",
			news.Fact{Text: "The report of a second quake was wrong, the centre said.", Article: 14, Was: news.Version{Article: 11}},
			"• ✏️ corrected: The report of a second quake was wrong, the centre said [4]",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			e := quake()
			e.Facts = []news.Fact{tt.fact}
			if got := alertLines(e); len(got) != 1 || got[0] != tt.want {
				t.Errorf("\n got %q\nwant %q", got, tt.want)
			}
		})
	}
}

func with(f news.Fact, others ...news.Version) news.Fact {
	f.Differs = others
	return f
}

// The thread line and the status word say that something was corrected. // B4
func TestLine_Corrected(t *testing.T) {
	t.Parallel()
	e := quake()
	e.Facts = []news.Fact{{Text: "28,000 homes are without power.", Article: 14, New: true, Was: news.Version{Value: "32,000", Article: 11, Instead: "28,000"}}}
	if got, want := addresses.ReplaceAllString(bot.Line(news.Post{Event: e}, noon), "$1"), "✏️ <t:1773487800:t> corrected: 28,000 homes are without power, not 32,000 [4] · 5 sources in all"; got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
	if footer := bot.Alert(e, bot.AlertOptions{}).Embeds[0].Footer; !strings.HasPrefix(footer, "corrected · ") {
		t.Errorf("footer %q", footer)
	}
	e.Facts[0].New = false // an earlier revision's
	if footer := bot.Alert(e, bot.AlertOptions{}).Embeds[0].Footer; !strings.HasPrefix(footer, "updated · ") {
		t.Errorf("footer %q", footer)
	}
}

// A line that takes a report back says what that told, unless its own words do, and
// what is reported now. // B4
func TestLine_TakenBack(t *testing.T) {
	t.Parallel()
	const told = "Shark attacks swimmer off Penvarra beach, bathers flee"
	sources := func(titles ...string) (out []news.Source) {
		for i, title := range titles {
			out = append(out, news.Source{Article: news.ArticleID(i + 1), Outlet: "Quayside News", Title: title})
			if title == "" {
				out[i].Outlet, out[i].Title = "Radio Kessa", "Penvarra beach closed"
			}
		}
		return out
	}
	for _, tt := range []struct {
		name     string
		sources  []news.Source // the fact is from the last of Quayside News
		headline string
		fact     string
		was      news.ArticleID
		want     string
	}{
		{
			"withdrawn", sources(told, "", "No shark at Penvarra"), "Shark at Penvarra was a hoax", "The original article has been withdrawn.", 1,
			"corrected: “" + told + "” — the original article has been withdrawn [3] · now reported: Shark at Penvarra was a hoax",
		},
		{
			"the headline stands", sources(told, "", "No shark at Penvarra"), "Shark attacks swimmer off Penvarra beach", "The original article has been withdrawn.", 1,
			"corrected: “" + told + "” — the original article has been withdrawn [3] · 2 sources in all",
		},
		{
			"it says itself what was wrong", sources(told, "", "No shark at Penvarra"), "Shark at Penvarra was a hoax", "The report of a shark was wrong.", 1,
			"corrected: The report of a shark was wrong [3] · 2 sources in all",
		},
		{
			"it may be either of two", sources(told, "Swimmer in hospital", "No shark at Penvarra"), "Shark at Penvarra was a hoax", "The original article has been withdrawn.", 2,
			"corrected: The original article has been withdrawn [3]",
		},
		{
			"another outlet's", sources(told, "", "No shark at Penvarra"), "Shark at Penvarra was a hoax", "The original article has been withdrawn.", 2,
			"corrected: The original article has been withdrawn [3] · 2 sources in all",
		},
		{
			"a long title", sources(strings.Repeat("word ", 30), "", "No shark at Penvarra"), "Shark at Penvarra was a hoax", "Quayside has withdrawn " + strings.Repeat("much ", 30), 1,
			"corrected: “" + strings.Repeat("word ", 15) + "word…” — Quayside has withdrawn " + strings.Repeat("much ", 6) + "much… [3] · now reported: Shark at Penvarra was a hoax",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			e := news.Event{ID: 1, Revision: 2, Headline: tt.headline, Sources: tt.sources}
			e.Facts = []news.Fact{{Text: tt.fact, Article: 3, New: true, Was: news.Version{Article: tt.was}}}
			p := news.Post{Event: e, Line: tt.fact}
			if got := strings.NewReplacer(`\[`, "[", `\]`, "]").Replace(bot.Line(p, noon)); got != "✏️ <t:1773489600:t> "+tt.want {
				t.Errorf("\n got %s\nwant %s", got, tt.want)
			}
		})
	}
}

// However long its parts, a line keeps its bound. // B3, B4, M9
func TestAlert_VersionsKeepTheirBound(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		e := quake()
		text := rapid.StringOfN(rapid.RuneFrom([]rune("abé 1,9 日")), 0, 300, -1)
		version := rapid.Custom(func(t *rapid.T) news.Version {
			return news.Version{Value: rapid.StringOfN(rapid.RuneFrom([]rune("1,9 é")), 0, 80, -1).Draw(t, "value"), Article: news.ArticleID(rapid.IntRange(10, 17).Draw(t, "article"))}
		})
		f := with(news.Fact{Text: "a" + text.Draw(t, "text"), Article: 14, New: true}, rapid.SliceOfN(version, 0, 2).Draw(t, "others")...)
		if rapid.Bool().Draw(t, "corrected") {
			f.Was = version.Draw(t, "was")
		}
		e.Facts = []news.Fact{f}
		for _, line := range alertLines(e) {
			line = strings.TrimPrefix(strings.TrimPrefix(regexp.MustCompile(` ?\[\d\]`).ReplaceAllString(line, ""), "• "), "▲ ")
			if n := utf8.RuneCountInString(line); n > 160 {
				t.Fatalf("%d characters: %q", n, line)
			}
		}
	})
}
