package events

import (
	"slices"

	"newsdesk/news"
)

// moveVoices is how many independent outlets must file an event under another
// topic before it moves there.
const moveVoices = 2

// Vote is how many independent outlets file an event under a topic.
type Vote struct {
	Topic  string
	Voices int
}

// Votes counts the outlets' topics, each owner's first report once; copies and
// opinion do not count. Most voices first, of equal ones the earlier.
func Votes(sources []news.Source) []Vote {
	var out []Vote
	seen := map[string]bool{}
	for _, s := range sources {
		if s.Topic == "" || s.CopyOf != 0 || seen[s.Voice()] || kindOf(s.Kind, s.Title) == kindOpinion {
			continue
		}
		seen[s.Voice()] = true
		i := slices.IndexFunc(out, func(v Vote) bool { return v.Topic == s.Topic })
		if i < 0 {
			i = len(out)
			out = append(out, Vote{Topic: s.Topic})
		}
		out[i].Voices++
	}
	slices.SortStableFunc(out, func(a, b Vote) int { return b.Voices - a.Voices })
	return out
}

// filed returns the topic of an event that was filed under one before: it moves
// where more independent outlets than stand by its topic agree on another.
func filed(topic string, sources []news.Source) string {
	votes := Votes(sources)
	if len(votes) == 0 || votes[0].Voices < moveVoices {
		return topic
	}
	for _, v := range votes {
		if v.Topic == topic && v.Voices == votes[0].Voices {
			return topic
		}
	}
	return votes[0].Topic
}

// FiledUnder returns the topics that an event, and those that turned out to be the
// same, are and were filed under, the present one first: channels that follow one
// of them may have a message of it.
func FiledUnder(e news.Event) []string {
	out := []string{e.Topic}
	was := ""
	for i, s := range e.Sources {
		if was == "" {
			was = s.Topic
		}
		if was = filed(was, e.Sources[:i+1]); was != "" && !slices.Contains(out, was) {
			out = append(out, was)
		}
	}
	for _, gone := range e.Absorbed {
		for _, t := range gone.Topics {
			if !slices.Contains(out, t) {
				out = append(out, t)
			}
		}
	}
	return out
}

// refile moves an event to another topic where its sources ask for it. Channels
// that follow the new one are to get it, so the change is shown; a quiet article
// moves nothing.
func refile(ch Change) Change {
	ev := &ch.Event
	to := filed(ch.Base.Topic, ev.Sources)
	if ch.Quiet || to == ch.Base.Topic {
		return ch
	}
	ev.Topic = to
	if ch.Base.Revision > 0 && !ch.Visible {
		ch.Visible, ch.Reason = true, ReasonRefiled
		ev.Facts = flagged(ev.Facts, nil)
		ev.Revision++
	}
	return ch
}
