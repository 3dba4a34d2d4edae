package app

import (
	"context"
	"log/slog"

	"newsdesk/news"
	"newsdesk/verify"
)

// checked returns a summary without the facts that its articles do not say,
// whoever wrote them, and counts what was looked at. A summary that was checked
// already is returned as it is.
func (p *Pipeline) checked(ctx context.Context, s news.Summary, arts ...news.Article) news.Summary {
	if s.Checked > 0 || len(s.Facts) == 0 {
		return s
	}
	checkers := make(map[news.ArticleID]*verify.Checker, len(arts))
	byID := make(map[news.ArticleID]news.Article, len(arts))
	for _, a := range arts {
		byID[a.ID] = a
	}
	kept := make([]news.Fact, 0, len(s.Facts))
	for _, f := range s.Facts {
		c := checkers[f.Article]
		if c == nil {
			c = verify.New(byID[f.Article]) // of an article that is not there, nothing is supported
			checkers[f.Article] = c
		}
		got := c.Check(f)
		if got.Supported() {
			kept = append(kept, f)
			continue
		}
		p.log.DebugContext(ctx, "fact dropped", "article", int64(f.Article), "reason", string(got.Reason),
			slog.Group("fact", "text", f.Text, "what", got.What))
	}
	s.Checked, s.Dropped = len(s.Facts), len(s.Facts)-len(kept)
	s.Facts = kept
	p.factsChecked.Add(int64(s.Checked))
	p.factsDropped.Add(int64(s.Dropped))
	return s
}
