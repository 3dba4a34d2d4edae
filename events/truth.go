package events

import (
	"slices"
	"time"

	"newsdesk/news"

	"newsdesk/internal/pattern"
)

// correcting tells a sentence that takes back what a report had said.
var correcting = pattern.MustCompile(`(?i)\b(corrected|retract(s|ed|ion)|revised (down|up)|counted twice|miscounted|misstated|an earlier version of)\b|^(correction|clarification):|` +
	`\b(figures?|numbers?|tolls?|reports?|story|stories|accounts?|counts?|posts?|articles?)( [^.,;]{0,60})? (was|were|had been|is|are) (wrong|untrue|false|incorrect|mistaken|fake)\b|` +
	`\b(reports?|articles?|story|stories|claims?|posts?|figures?|statements?) (was|were|has been|have been|had been) (withdrawn|retracted|deleted|corrected)\b|` +
	`\b(withdr[ae]w[ns]?|withdrawn|deleted|apologi[sz]ed for) (its|the|a|an|his|her|their|that)( [a-z]+)? (report|story|article|claim|post|figure|statement)\b`)

// contested returns the facts shown that an article made doubtful or took
// back: those that readers know, with another value that they do not know.
func contested(base news.Event, id news.ArticleID, facts []news.Fact) []news.Fact {
	var out []news.Fact
	for _, f := range facts {
		at := slices.IndexFunc(base.Facts, func(k news.Fact) bool { return k.Article == f.Article && k.Text == f.Text })
		if at < 0 {
			continue
		}
		for _, v := range f.Differs {
			if v.Article == id && !slices.ContainsFunc(base.Facts[at].Differs, func(k news.Version) bool { return k.Value == v.Value }) {
				out = append(out, f)
				break
			}
		}
	}
	return out
}

// correctingTitle tells the title of an article that exists to correct another.
// That of another language is a label with a colon or a dash behind it.
var correctingTitle = pattern.MustCompile(`(?i)^(correction|clarification|corrected|retraction)\b|` +
	`^(corrección|rectificación|fe de errores|rectificatif|erratum|korrektur|berichtigung|richtigstellung|correção|errata) ?[:|–—-]`)

// corrections marks the facts of an article that take back what a report had
// said without giving another value for it: readers are told which report came
// last before, the outlet's own where it has one. Of an article that is headed as
// a correction it is the first fact, where none says so itself. What is taken
// back is told first.
func corrections(base news.Event, a news.Article, novel []news.Fact) []news.Fact {
	before := news.ArticleID(0)
	for _, s := range base.Sources {
		if s.CopyOf == 0 && s.Article != a.ID && (before == 0 || s.Outlet == a.Outlet || !reportedBy(base, a.Outlet)) {
			before = s.Article
		}
	}
	if before == 0 {
		return novel
	}
	marked := false
	for i, f := range novel {
		if f.Article == a.ID && f.Was == (news.Version{}) && correcting.MatchString(f.Text) {
			novel[i].Was = news.Version{Article: before}
		}
		marked = marked || novel[i].Was != (news.Version{})
	}
	if !marked && len(novel) > 0 && novel[0].Article == a.ID && correctingTitle.MatchString(a.Title) {
		novel[0].Was = news.Version{Article: before}
	}
	slices.SortStableFunc(novel, func(a, b news.Fact) int { return rank(a) - rank(b) })
	return novel
}

// retractionShown is how long a message says that a report was taken back, however
// often it changes: who read the report should see it.
const retractionShown = time.Hour

// withRetraction keeps, behind the front, the fact of those shown before by which a
// report was taken back without another value for what it said, for a time after
// the article that tells it. A value is told by the newest facts.
func withRetraction(ev news.Event, shown, front, facts []news.Fact, at time.Time) []news.Fact {
	read := newContents()
	defer read.close()
	for _, f := range shown {
		n := ev.Citation(f.Article)
		if n == 0 || f.Was == (news.Version{}) || f.Was.Value != "" || len(read.of(f.Text).numbers) > 0 {
			continue
		}
		if s := ev.Sources[n-1]; at.Sub(s.Published) >= retractionShown && at.Sub(s.Updated) >= retractionShown {
			continue
		}
		facts = slices.DeleteFunc(slices.Clone(facts), func(o news.Fact) bool { return o.Article == f.Article && o.Text == f.Text })
		facts = slices.Insert(facts, min(len(front), len(facts)), f)
		return facts[:min(len(facts), MaxFacts)]
	}
	return facts
}

// reportedBy says whether an outlet is among an event's sources.
func reportedBy(ev news.Event, outlet string) bool {
	return slices.ContainsFunc(ev.Sources, func(s news.Source) bool { return s.Outlet == outlet })
}

// rank orders facts for the one line that is told of a change.
func rank(f news.Fact) int {
	if f.Was != (news.Version{}) {
		return 0
	}
	return 1
}

// reasonOf names the reason of a change by the facts that it brings.
func reasonOf(novel []news.Fact) Reason {
	switch {
	case slices.ContainsFunc(novel, func(f news.Fact) bool { return f.Was != (news.Version{}) }):
		return ReasonCorrected
	case slices.ContainsFunc(novel, func(f news.Fact) bool { return len(f.Differs) > 0 }):
		return ReasonDisputed
	}
	return ReasonNewFacts
}
