package events

import (
	"regexp"
	"slices"

	"newsdesk/news"
)

// correcting tells a sentence that takes back what a report had said.
var correcting = regexp.MustCompile(`(?i)\b(corrected|correction:|retract(s|ed|ion)|revised (down|up)|counted twice|miscounted|misstated|an earlier version of|clarification:)\b|` +
	`\b(figures?|numbers?|tolls?|reports?|story|stories|statements?|accounts?|claims?|names?|counts?|posts?|articles?)( [^.,;]{0,30})? (was|were|had been|is|are) (wrong|untrue|false|incorrect|mistaken|fake)\b|` +
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

// corrections marks the facts of an article that take back what a report had
// said without giving another value for it: readers are told which report came
// last before. What is taken back is told first.
func corrections(base news.Event, id news.ArticleID, novel []news.Fact) []news.Fact {
	for i, f := range novel {
		if f.Article != id || f.Was != (news.Version{}) || !correcting.MatchString(f.Text) {
			continue
		}
		for _, s := range slices.Backward(base.Sources) {
			if s.CopyOf == 0 && s.Article != id {
				novel[i].Was = news.Version{Article: s.Article}
				break
			}
		}
	}
	slices.SortStableFunc(novel, func(a, b news.Fact) int { return rank(a) - rank(b) })
	return novel
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
