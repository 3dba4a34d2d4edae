package events

import "newsdesk/news"

// Course is an event as it began and as it stands now.
type Course struct {
	Began, Now news.Event
}

// Begun returns the course of an event whose first article had a summary. How
// important the event was then is not known any more.
func Begun(now news.Event, first news.Summary) Course {
	began := now
	began.Headline, began.Facts, began.Who, began.Where, began.Class = first.Headline, first.Facts, first.Who, first.Where, ""
	began.Sources = nil
	if n := now.Citation(first.Article); n > 0 {
		began.Sources = now.Sources[n-1 : n : n]
	}
	return Course{began, now}
}

// Rehearse says what a channel with the given settings would have made of
// events, in their order: those of topics that it does not follow are left out,
// and lists of many happenings, which are never posted.
// It decides as Route does. Only the beginning and the end of an event are
// looked at: what let it in, or kept it out, for a time between them is not
// seen.
func Rehearse(list []Course, p Place) []news.Verdict {
	p.Alerted = false
	if p.Compiled == nil {
		p.Compiled = NewFilters(p.Filters)
	}
	var out []news.Verdict
	for _, e := range list {
		if !p.follows(e.Now) && !p.followed(e.Now) || Lists(e.Now) {
			continue
		}
		v := news.Verdict{At: e.Now.First, Event: e.Now.ID, Channel: p.ID}
		if v.Outcome, v.Detail = admit(&subject{event: e.Began}, p); v.Outcome != news.OutcomePosted {
			v.Outcome, v.Detail = admit(&subject{event: e.Now}, p)
		}
		out = append(out, v)
	}
	return out
}
