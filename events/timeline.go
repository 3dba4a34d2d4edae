package events

import (
	"slices"

	"newsdesk/news"
)

// timelineFacts is how many facts of one change its event's timeline keeps.
const timelineFacts = 3

// Moments returns what a change adds to the timeline of its event: the facts
// that readers learned from it, most important first. A change that nobody sees
// adds nothing, nor does one that only confirms. At is the time of the article
// that tells a fact, or when it was found changed. The ids of a new event are 0.
func Moments(ch Change) []news.Moment {
	if !ch.Visible {
		return nil
	}
	var out []news.Moment
	for _, f := range ch.Novel {
		i := slices.IndexFunc(ch.Event.Sources, func(s news.Source) bool { return s.Article == f.Article })
		if i < 0 || f.Text == "" {
			continue
		}
		if len(out) == timelineFacts || len(out) == 1 && (ch.Reason == ReasonNew || ch.Reason == ReasonParted) {
			break
		}
		s := ch.Event.Sources[i]
		if !ch.Revised.IsZero() {
			s.Published = ch.Revised
		}
		out = append(out, news.Moment{
			Event: ch.Event.ID, Revision: ch.Event.Revision, At: s.Published, Day: f.Day, Reason: string(ch.Reason),
			Text: f.Text, Was: f.Was.Value, Article: f.Article, Outlet: s.Outlet, URL: s.URL,
		})
	}
	return out
}
