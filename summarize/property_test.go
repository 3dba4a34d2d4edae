package summarize_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"newsdesk/news"
	"newsdesk/summarize"
)

// checkSummary fails unless a summary keeps every promise made of facts.
func checkSummary(t interface{ Fatalf(string, ...any) }, o summarize.Options, a news.Article, s news.Summary) {
	words := 0
	sents := summarize.Sentences(a.Body)
	for i, f := range s.Facts {
		words += len(strings.Fields(f.Text))
		switch {
		case !utf8.ValidString(f.Text) || strings.TrimSpace(f.Text) == "":
			t.Fatalf("fact %d: %q is no text", i, f.Text)
		case f.Sentence < 0 || f.Sentence >= len(sents) || sents[f.Sentence].Span != f.Span:
			t.Fatalf("fact %d: span %v is not that of sentence %d", i, f.Span, f.Sentence)
		case f.Article != a.ID:
			t.Fatalf("fact %d: article %d, want %d", i, f.Article, a.ID)
		case o.MaxFactRunes > 0 && utf8.RuneCountInString(f.Text) > o.MaxFactRunes:
			t.Fatalf("fact %d: %d characters", i, utf8.RuneCountInString(f.Text))
		case strings.Count(f.Text, `"`)%2 == 1:
			t.Fatalf("fact %d: unclosed quotation: %q", i, f.Text)
		case i > 0 && f.Score > s.Facts[i-1].Score:
			t.Fatalf("fact %d: more important than the one before", i)
		}
	}
	if o.Words > 0 && words > o.Words {
		t.Fatalf("%d words, budget %d", words, o.Words)
	}
	if o.MaxFacts > 0 && len(s.Facts) > o.MaxFacts {
		t.Fatalf("%d facts, at most %d", len(s.Facts), o.MaxFacts)
	}
	if n := utf8.RuneCountInString(s.Headline); n > 120 {
		t.Fatalf("headline of %d characters", n)
	}
}

var vocabulary = []string{
	"The mayor of Oslo said on Tuesday", "that 40 people", "were killed", "in a fire", ", which broke out at 5 a.m.,", "She", "Ida Moe", "However,", "\"We won,\"",
	"according to police", "may", "not", "if the court agrees", "(about 3 percent)", "killing two", ", and left", "by Jan. 3", "U.S. forces", ". ", ".\n\n", "? ", ": ",
	"the former minister", "“", "”", "-- a first --", "told reporters", "attacks carried out by rebels", "These attacks", "after a long trial", "東京で地震。", "El gobierno",
}

func drawArticle(t *rapid.T, id news.ArticleID) news.Article {
	return news.Article{
		ID:        id,
		Title:     strings.Join(rapid.SliceOfN(rapid.SampledFrom(vocabulary), 0, 5).Draw(t, "title"), " "),
		Body:      strings.Join(rapid.SliceOfN(rapid.SampledFrom(vocabulary), 0, 120).Draw(t, "body"), " "),
		Lang:      rapid.SampledFrom([]string{"", "en", "es", "de", "ja"}).Draw(t, "lang"),
		Published: time.Date(2025, 3, 3, 12, 0, 0, 0, time.UTC),
	}
}

func drawOptions(t *rapid.T) summarize.Options {
	return summarize.Options{
		Words:        rapid.SampledFrom([]int{0, 20, 60}).Draw(t, "words"),
		MaxFacts:     rapid.IntRange(0, 5).Draw(t, "facts"),
		MaxFactRunes: rapid.SampledFrom([]int{1, 40, 160}).Draw(t, "runes"),
	}
}

// M9: every fact rests on a sentence of its article, within all bounds.
func TestArticle_KeepsItsPromises(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, o := drawArticle(t, 7), drawOptions(t)
		s := summarize.New(o)
		got := s.Article(a)
		checkSummary(t, o, a, got)
		if again := s.Article(a); !reflect.DeepEqual(got, again) {
			t.Fatalf("differs the second time:\n%v\n%v", got, again)
		}
	})
}

func TestMerge_KeepsItsPromises(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		o := drawOptions(t)
		s := summarize.New(o)
		var arts []news.Article
		var sums []news.Summary
		for i := range rapid.IntRange(0, 4).Draw(t, "articles") {
			a := drawArticle(t, news.ArticleID(i+1))
			arts, sums = append(arts, a), append(sums, s.Article(a))
		}
		got := s.Merge(arts, sums)
		d := s.Dossier()
		for i := range arts { // joined one by one, and then one fewer
			d.Merge(arts[:i+1], sums[:i+1])
		}
		d.Merge(arts[len(arts)/2:], sums[len(sums)/2:])
		d.Merge(arts, sums)
		words := 0
		for _, f := range got.Facts {
			a := arts[f.Article-1]
			checkSummary(t, summarize.Options{MaxFactRunes: o.MaxFactRunes}, a, news.Summary{Facts: []news.Fact{f}})
			words += len(strings.Fields(f.Text))
		}
		if o.Words > 0 && words > o.Words || o.MaxFacts > 0 && len(got.Facts) > o.MaxFacts {
			t.Fatalf("%d facts of %d words over the bounds %+v", len(got.Facts), words, o)
		}
		if again := s.Merge(arts, sums); !reflect.DeepEqual(got, again) {
			t.Fatalf("differs the second time:\n%v\n%v", got, again)
		}
	})
}

func FuzzArticle(f *testing.F) {
	f.Add("Fire in Oslo", "OSLO (AP) — A fire killed 3 people on Monday, police said. He left. \"No,\" said Ida Moe, the mayor.", 60, 160)
	f.Add("“x", "„a“ «b» (c [d\n\n• e. f", 0, 1)
	f.Add("", "東京で地震。死者は三人。", 10, 20)
	f.Fuzz(func(t *testing.T, title, body string, words, runes int) {
		o := summarize.Options{Words: max(0, words), MaxFacts: 5, MaxFactRunes: max(0, runes)}
		a := news.Article{ID: 1, Title: title, Body: body}
		checkSummary(t, o, a, summarize.New(o).Article(a))
	})
}

// report is an article of about 650 words.
func report() news.Article {
	var b strings.Builder
	for i := range 30 {
		fmt.Fprintf(&b, "Governor Ida Moe said on Tuesday that %d families in the northern district of Halden would move before the river Tesa rises again, which may happen in May. ", 100+i)
		if i%4 == 3 {
			b.WriteString("\n\n")
		}
	}
	return news.Article{ID: 1, Title: "Families in Halden to move before the river rises", Body: b.String(), Published: time.Date(2025, 3, 3, 12, 0, 0, 0, time.UTC)}
}

func BenchmarkArticle(b *testing.B) {
	typical := report()
	many := typical
	many.Body = strings.Repeat(typical.Body, 10_000/30)
	line := typical
	line.Body = strings.Repeat("word and more of it ", 5<<20/20)
	for name, a := range map[string]news.Article{"typical": typical, "10000 sentences": many, "5 MB of one line": line} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			s := summarize.New(summarize.Default)
			for b.Loop() {
				s.Article(a)
			}
		})
	}
}

func BenchmarkMerge(b *testing.B) {
	b.ReportAllocs()
	s := summarize.New(summarize.Default)
	arts := make([]news.Article, 20)
	sums := make([]news.Summary, len(arts))
	for i := range arts {
		arts[i] = report()
		arts[i].ID = news.ArticleID(i + 1)
		arts[i].Body = strings.ReplaceAll(arts[i].Body, "families", fmt.Sprintf("households of type %d", i))
		sums[i] = s.Article(arts[i])
	}
	for b.Loop() {
		s.Merge(arts, sums)
	}
}
