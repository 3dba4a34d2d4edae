package events

import "newsdesk/news"

// Rehearse says what a channel with the given settings would have made of
// events, each as it stands now, in their order: those of topics that it does
// not follow are left out. It decides as Route does, so a channel that had been
// set this way would have got a message of each that is posted here.
func Rehearse(list []news.Event, p Place) []news.Verdict {
	p.Alerted = false
	if p.Compiled == nil {
		p.Compiled = NewFilters(p.Filters)
	}
	var out []news.Verdict
	for _, e := range list {
		if !p.follows(e.Topic) {
			continue
		}
		v := news.Verdict{At: e.First, Event: e.ID, Channel: p.ID}
		v.Outcome, v.Detail = admit(&subject{event: e}, p)
		out = append(out, v)
	}
	return out
}
