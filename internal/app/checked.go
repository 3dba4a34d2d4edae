package app

import (
	"context"
	"log/slog"
	"slices"

	"newsdesk/news"
	"newsdesk/verify"
)

// verdicts remembers whether the articles of an event say a fact, so that none
// is looked for again each time an article joins.
type verdicts map[claimed]bool

// claimed is a fact without what changes from one summary to the next.
type claimed struct {
	article news.ArticleID
	span    news.Span
	text    string
	model   bool
}

func claimOf(f news.Fact) claimed { return claimed{f.Article, f.Span, f.Text, f.Model} }

// checkers are the articles that facts were looked for in, made ready.
type checkers map[news.ArticleID]*verify.Checker

// of returns the checker of an article among arts. Of one that is not there,
// nothing is supported.
func (cs checkers) of(id news.ArticleID, arts []news.Article) *verify.Checker {
	c := cs[id]
	if c == nil {
		var a news.Article
		if i := slices.IndexFunc(arts, func(a news.Article) bool { return a.ID == id }); i >= 0 {
			a = arts[i]
		}
		c = verify.New(a)
		cs[id] = c
	}
	return c
}

// checked returns a summary without the facts that its articles do not say,
// whoever wrote them, and counts what was looked at. A summary that was checked
// already is returned as it is. known and cs are read and added to.
func (p *Pipeline) checked(ctx context.Context, s news.Summary, known verdicts, cs checkers, arts ...news.Article) news.Summary {
	if s.Checked > 0 || len(s.Facts) == 0 {
		return s
	}
	check := func(f news.Fact) bool {
		if ok, seen := known[claimOf(f)]; seen {
			return ok
		}
		got := cs.of(f.Article, arts).Check(f)
		if !got.Supported() {
			p.log.DebugContext(ctx, "fact dropped", "article", int64(f.Article), "reason", string(got.Reason),
				slog.Group("fact", "text", f.Text, "what", got.What))
		}
		known[claimOf(f)] = got.Supported()
		return got.Supported()
	}
	kept := make([]news.Fact, 0, len(s.Facts))
	for _, f := range s.Facts {
		if check(f) {
			kept = append(kept, f)
		}
	}
	s.Checked, s.Dropped = len(s.Facts), len(s.Facts)-len(kept)
	s.Facts = kept
	p.factsChecked.Add(int64(s.Checked))
	p.factsDropped.Add(int64(s.Dropped))
	return s
}
