package summarize_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"newsdesk/news"
	"newsdesk/summarize"
)

// strike are reports of one happening that say much the same in other words.
func strike() []news.Article {
	var out []news.Article
	for i, b := range []string{
		"Ferry crews of the Tesa Line walked off the job over pay at midnight. Ferry crews of the Tesa Line said pay was the reason. " +
			"Some 4,000 travellers were stranded on three islands, the harbour master said. The line offered a rise of 3 percent last week.",
		"Crews of the Tesa Line walked off the job on Thursday in Varde, a dispute over pay that has lasted a year. " +
			"Hospitals on the islands have medicine for nine days. The Tesa Line called the walkout by its ferry crews reckless.",
		"A walkout by ferry crews of the Tesa Line over pay has stranded about 4,000 travellers on three islands. " +
			"Fishermen took the sick to the mainland in small boats. Mediators invited both sides to talks at the town hall.",
	} {
		out = append(out, news.Article{
			ID: news.ArticleID(i + 1), Lang: "en", Body: b, Published: time.Date(2025, 5, 8, 9, i, 0, 0, time.UTC),
			Title: []string{"Tesa Line ferry crews walk out over pay", "Ferry walkout at the Tesa Line", "Thousands stranded by ferry walkout"}[i],
		})
	}
	return out
}

// M9: two facts of an event share at most a quarter of the shorter one's words,
// the names of the event included, and there is still more than one.
func TestMerge_FactsRepeatLittle(t *testing.T) {
	t.Parallel()
	small := strings.Fields("a an the of to in on at by for from has have that was were is are its over some about with both and said")
	matter := func(s string) []string {
		ws := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyz0123456789", r) })
		return slices.DeleteFunc(ws, func(w string) bool { return slices.Contains(small, w) })
	}
	for name, o := range map[string]summarize.Options{"words": {Words: 60}, "facts": summarize.Default} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := factTexts(merged(o, strike()).Facts)
			if len(got) < 3 {
				t.Fatalf("only %d facts: %q", len(got), got)
			}
			for i, a := range got {
				for j, b := range got {
					n, as, bs := 0, matter(a), matter(b)
					for _, w := range as {
						if slices.Contains(bs, w) {
							n++
						}
					}
					if i != j && 4*n > len(as) {
						t.Errorf("%d of %d words of %q stand in %q", n, len(as), a, b)
					}
				}
			}
		})
	}
}

// M9: of what reports tell alike, the wording with the day and the place is
// taken, though another has more of the event's words for its length.
func TestMerge_TellsWhenAndWhere(t *testing.T) {
	t.Parallel()
	arts := strike()
	for i := range arts {
		arts[i].Body = strings.ReplaceAll(arts[i].Body, "Varde", "Norway")
	}
	if got := strings.Join(factTexts(merged(summarize.Options{Words: 45}, arts).Facts), " "); !strings.Contains(got, "Thursday") || !strings.Contains(got, "Norway") {
		t.Errorf("neither when nor where: %q", got)
	}
}

func factTexts(fs []news.Fact) []string {
	var out []string
	for _, f := range fs {
		out = append(out, f.Text)
	}
	return out
}
