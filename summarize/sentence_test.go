package summarize_test

import (
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"newsdesk/summarize"
)

func texts(s string) []string {
	var out []string
	for _, x := range summarize.Sentences(s) {
		out = append(out, x.Text)
	}
	return out
}

func TestSentences(t *testing.T) {
	t.Parallel()
	// Each want is the text with "|" where a sentence ends.
	for name, want := range map[string]string{
		"abbreviations":           `The U.S. said on Tuesday that Mr. Hall, of Acme Inc., left at 9 a.m. on Jan. 5.|He saw Dr. Low.`,
		"initials":                `J.K. Lund met A. B. Moe in Oslo.|Plan B.|The trip was long.`,
		"country at the end":      `He went to the U.S.|The trip was long.`,
		"decimals":                `He paid $3.5 million for No. 5 of 12.|It rose 0.4 percent.`,
		"no as a word":            `No.|That is wrong.`,
		"quotation goes on":       `"Why?" Ana Ruiz asked.|"Stop!" he said.|Nobody moved.`,
		"quotation parts":         `"We go.|We win," said Ida Moe.`,
		"quotation ends":          `He said: "We won't go."|The minister left.`,
		"ellipsis":                `He waited... and then left.|Then came the rain...|She stayed.`,
		"missing blank, initials": `(CNN)A.J. Lund has died.|The band wept.`,
		"missing blank":           `(CNN)The search is over.|That is the message from Indonesia.|Rescuers left.`,
		"exclamation in name":     `Shares of Yahoo! rose on Monday.|Traders cheered!|Why?`,
		"web address":             `He works for example.com and visits www.example.org daily.|It pays.`,
		"spanish":                 `El Sr. López viaja a EE. UU. mañana.|¿Qué hará allí?|Nadie lo sabe.`,
		"german":                  `Am 3. Mai kam Dr. Meier nach Köln.|Das kostet z.B. 5,3 Mio. Euro.|Er ging.`,
		"french":                  `M. Dupont a dit oui.|Il part à 10 h.|C'est fini !`,
		"portuguese and dutch":    `A Sra. Lima chegou.|Dhr. de Wit kwam ook.|Klaar.`,
		"italian":                 `Il dott. Neri è a Roma.|Costa 3.500 euro.|Fine.`,
		"arabic":                  `هل تعلم؟|نعم.|ذهب الرجل.`,
		"russian":                 `Он приехал в Москву.|А. С. Иванов ждал.|Зачем?`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(texts(strings.ReplaceAll(want, "|", " ")), strings.Split(want, "|")); diff != "" {
				t.Errorf("sentences (-got +want):\n%s", diff)
			}
		})
	}
}

func TestSentences_WithoutBlanks(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"japanese": `今日は晴れです。|明日は「雨です。」と言った。|本当に？|はい！`,
		"chinese":  `经济增长了百分之五。|专家说：“这是好消息。”|真的吗？`,
		"hindi":    `भारत जीता।|सब खुश हैं।`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(texts(strings.ReplaceAll(want, "|", "")), strings.Split(want, "|")); diff != "" {
				t.Errorf("sentences (-got +want):\n%s", diff)
			}
		})
	}
	thai := strings.Repeat("ประเทศไทยมีฝนตกหนักในหลายพื้นที่เมื่อวานนี้ ", 3)
	if got := len(texts(thai)); got != 3 {
		t.Errorf("Thai phrases of 40 letters: got %d sentences, want 3", got)
	}
}

func TestSentences_Lines(t *testing.T) {
	t.Parallel()
	text := "A heading\nFirst one. Second one.\n\n- an item\n- another item\n1. A numbered line\n\nThe last\none goes on."
	type line struct {
		Text      string
		Paragraph int
	}
	var got []line
	for _, s := range summarize.Sentences(text) {
		got = append(got, line{s.Text, s.Paragraph})
	}
	want := []line{
		{"A heading", 0},
		{"First one.", 1},
		{"Second one.", 1},
		{"- an item", 2},
		{"- another item", 3},
		{"1. A numbered line", 4},
		{"The last\none goes on.", 5},
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("lines (-got +want):\n%s", diff)
	}
}

func TestSentences_WrappedText(t *testing.T) {
	t.Parallel()
	text := "The council of the harbour town voted on Monday night to\nBuild a second bridge over the river Tesa near the market\nSquare, which has been closed to cars since the flood of the\nSpring. Work begins in May."
	if got := len(summarize.Sentences(text)); got != 2 {
		t.Errorf("got %d sentences, want 2: %q", got, texts(text))
	}
}

// What has no stop of its own runs into nothing: headings, items, headlines one a
// line, cells, however long the lines are.
func TestSentences_KeepsLinesApart(t *testing.T) {
	t.Parallel()
	for name, want := range map[string][]string{
		"a heading before a paragraph": {"What the council decided", "\n\n", "The bridge stays shut until May."},
		"a paragraph without a stop":   {"The bridge stays shut until May", "\n\n", "the ferry runs all night."},
		"items in small letters":       {"- the bridge stays shut", "\n", "- the ferry runs all night", "\n\n", "Work begins in May."},
		"bullets":                      {"• the bridge stays shut", "\n", "• the ferry runs all night", "\n", "Work begins in May."},
		"headlines of a list": {
			"Harwick votes for a second bridge after eleven years of quarrel", "\n", "Ferry to Saltby runs all night from the first of May", "\n",
			"Council of Halden raises the rent of all the market stalls by a third", "\n", "Two men rescued from the river Elm near the old mill", "\n",
			"County tests mud for metals before it is carried north of the town",
		},
		"rows of a table": {"Harwick | 12 | 4", "\n", "Saltby | 7 | 9", "\n", "Halden | 3 | 1"},
	} {
		var lines []string
		for i, s := range want {
			if i%2 == 0 {
				lines = append(lines, s)
			}
		}
		if diff := cmp.Diff(texts(strings.Join(want, "")), lines); diff != "" {
			t.Errorf("%s (-got +want):\n%s", name, diff)
		}
	}
}

// checkSentences fails unless the sentences tile the text but for blanks.
func checkSentences(t interface{ Fatalf(string, ...any) }, text string) {
	end := 0
	for i, s := range summarize.Sentences(text) {
		if s.Span.Start < end || s.Span.End <= s.Span.Start || s.Span.End > len(text) {
			t.Fatalf("sentence %d: span %v after %d of %d", i, s.Span, end, len(text))
		}
		if text[s.Span.Start:s.Span.End] != s.Text {
			t.Fatalf("sentence %d: text is not that of its span", i)
		}
		if gap := text[end:s.Span.Start]; strings.TrimFunc(gap, unicode.IsSpace) != "" {
			t.Fatalf("sentence %d: %q lost before it", i, gap)
		}
		end = s.Span.End
	}
	if rest := text[end:]; strings.TrimFunc(rest, unicode.IsSpace) != "" {
		t.Fatalf("%q lost at the end", rest)
	}
}

func TestSentences_LoseNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(rapid.SampledFrom([]string{
			"The U.S.", " ", "\n", "\n\n", ".", "?\"", "\"", "“No", "”", "Mr.", "3.5", "word", "Word", "。", "ไทย", "...", "(", ")", "5.", "\xff", "•", "-", "\r\n", "\u2028",
		}), 0, 60).Draw(t, "parts")
		checkSentences(t, strings.Join(parts, ""))
	})
}

func FuzzSentences(f *testing.F) {
	f.Add("The U.S. won. \"Why?\" he asked.")
	f.Add("今日は。\n\n- a\n- b")
	f.Add("a.b.c. D\"\"..\u2029?!…")
	f.Fuzz(func(t *testing.T, text string) { checkSentences(t, text) })
}

func BenchmarkSentences(b *testing.B) {
	long := strings.Repeat("word and more ", 5<<20/14)
	many := strings.Repeat("The mayor of Oslo said on Jan. 5 that 3.5 percent left. ", 10_000)
	for name, text := range map[string]string{"10000 sentences": many, "5 MB of one line": long, "5 MB of stops": strings.Repeat(". ", 5<<19)} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				summarize.Sentences(text)
			}
		})
	}
}

func TestSentences_MissingBlank(t *testing.T) {
	t.Parallel()
	for in, want := range map[string][]string{
		`He may be "sent back to jail".A bench of judges met.`:   {`He may be "sent back to jail".`, `A bench of judges met.`},
		`The search is over.The rescuers left.`:                  {`The search is over.`, `The rescuers left.`},
		`He went back to the BJP.Talking to reporters, he wept.`: {`He went back to the BJP.`, `Talking to reporters, he wept.`},
		`It is shown on TV.In May it ends.`:                      {`It is shown on TV.`, `In May it ends.`},
		`It was built in 1998.The mayor left.`:                   {`It was built in 1998.`, `The mayor left.`},
		`Turnout rose by 4%.Every third voter is new.`:           {`Turnout rose by 4%.`, `Every third voter is new.`},
		`She leads the Corps (SVC).The dogs bark.`:               {`She leads the Corps (SVC).`, `The dogs bark.`},
		`They plan new attacks.DOGS WANTED The corps is small.`:  {`They plan new attacks.`, `DOGS WANTED The corps is small.`},
		`We want to win!The mayor left.`:                         {`We want to win!`, `The mayor left.`},
		`DR.Smith met GEN.Moe and J.K.Lund of the U.S.Army.`:     {`DR.Smith met GEN.Moe and J.K.Lund of the U.S.Army.`},
		`It works with ASP.NET and Node.JS on Yahoo!Finance.`:    {`It works with ASP.NET and Node.JS on Yahoo!Finance.`},
		`Version 10.Beta of No.5 costs 1.500.000 at E.ON.`:       {`Version 10.Beta of No.5 costs 1.500.000 at E.ON.`},
	} {
		if diff := cmp.Diff(texts(in), want); diff != "" {
			t.Errorf("sentences of %q (-got +want):\n%s", in, diff)
		}
	}
}
