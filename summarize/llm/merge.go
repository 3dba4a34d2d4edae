package llm

import (
	"slices"
	"strings"

	"newsdesk/news"
)

// Prefer brings the model's wording into the summary of an event. The built-in
// summarizer chose the facts, by how many articles support them; where a model
// worded a fact that rests on the same sentence of the same article, its wording
// takes the place. sums are the summaries of the event's articles. What no model
// worded stays as it is, so that an event may hold facts of both kinds.
func Prefer(merged news.Summary, sums []news.Summary) news.Summary {
	type place struct {
		article  news.ArticleID
		sentence int
	}
	worded := map[place][]news.Fact{}
	for _, s := range sums {
		if s.Headline == merged.Headline && strings.HasPrefix(s.Method, news.ModelMethod) {
			merged.Method = s.Method
		}
		for _, f := range s.Facts {
			if f.Model {
				p := place{f.Article, f.Sentence}
				worded[p] = append(worded[p], f)
			}
		}
	}
	if len(worded) == 0 {
		return merged
	}
	var out []news.Fact
	taken := map[place]string{}
	for _, f := range merged.Facts {
		p := place{f.Article, f.Sentence}
		switch ws := worded[p]; {
		case f.Model:
		case len(ws) > 0:
			f.Text, f.Model, taken[p] = ws[0].Text, true, taken[p]+" "+ws[0].Text
			worded[p] = ws[1:]
		case within(f.Text, taken[p]): // another clause of it, said already
			continue
		}
		out = append(out, f)
	}
	merged.Facts = out
	return merged
}

// within reports whether a text has all the words of another.
func within(part, whole string) bool {
	have := strings.Fields(bare(whole))
	for w := range strings.FieldsSeq(bare(part)) {
		if !slices.Contains(have, w) {
			return false
		}
	}
	return true
}
