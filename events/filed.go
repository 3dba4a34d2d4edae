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
	var b ballot
	for _, s := range sources {
		b.add(s)
	}
	slices.SortStableFunc(b.votes, func(a, b Vote) int { return b.Voices - a.Voices })
	return b.votes
}

// ballot counts votes source by source.
type ballot struct {
	votes []Vote // in the order in which the topics came up
	seen  map[string]bool
}

func (b *ballot) add(s news.Source) {
	if s.Topic == "" || s.CopyOf != 0 || b.seen[s.Voice()] || opines(s) {
		return
	}
	if b.seen == nil {
		b.seen = make(map[string]bool)
	}
	b.seen[s.Voice()] = true
	i := slices.IndexFunc(b.votes, func(v Vote) bool { return v.Topic == s.Topic })
	if i < 0 {
		i = len(b.votes)
		b.votes = append(b.votes, Vote{Topic: s.Topic})
	}
	b.votes[i].Voices++
}

// filed returns the topic of an event that was filed under one before: it moves
// where more independent outlets than stand by its topic agree on another.
func (b *ballot) filed(topic string) string {
	var most Vote
	for _, v := range b.votes {
		if v.Voices > most.Voices {
			most = v
		}
	}
	if most.Voices < moveVoices || slices.Contains(b.votes, Vote{Topic: topic, Voices: most.Voices}) {
		return topic
	}
	return most.Topic
}

// filed is filed of a ballot of the sources.
func filed(topic string, sources []news.Source) string {
	var b ballot
	for _, s := range sources {
		b.add(s)
	}
	return b.filed(topic)
}

// FiledUnder returns the topics that an event, those that turned out to be the
// same, and what it was parted from, are and were filed under, the present one
// first: channels that follow one of them may have a message of it.
func FiledUnder(e news.Event) []string {
	out := []string{e.Topic}
	was := ""
	var b ballot
	for _, s := range e.Sources {
		if was == "" {
			was = s.Topic
		}
		b.add(s)
		if was = b.filed(was); was != "" && !slices.Contains(out, was) {
			out = append(out, was)
		}
	}
	var others []string
	for _, gone := range e.Absorbed {
		others = append(others, gone.Topics...)
	}
	for _, parted := range e.Parted {
		others = append(others, parted.Topics...)
	}
	for _, t := range others {
		if !slices.Contains(out, t) {
			out = append(out, t)
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
