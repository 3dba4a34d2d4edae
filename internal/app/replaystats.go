package app

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"newsdesk/news"
)

// ReplayStats says what a recorded day gave.
type ReplayStats struct {
	Articles int            `json:"articles"` // published
	Messages int            `json:"messages"` // in all channels
	Channels map[string]int `json:"channels"` // messages, by channel
	Foretold int            `json:"-"`        // messages that a rehearsal on the stored events gives
	Edits    int            `json:"edits"`    // of messages
	Merged   int            `json:"merged"`   // messages that say in which other one their story goes on
	Lines    int            `json:"lines"`    // in threads
	Digests  int            `json:"digests"`  // of what was not posted at once
	Facts    int            `json:"facts"`    // posted
	Cited    int            `json:"cited"`    // facts with a source in their message
	// Delay is from an event's first article to its message, in minutes.
	DelayMedian float64 `json:"delay_median_min"`
	DelayMax    float64 `json:"delay_max_min"`
	// Labelled are the happenings that the recording names. Duplicates are
	// messages on one of them beyond the first in a channel; Mixed are messages
	// whose articles, shown or not, tell of more than one; Missing are happenings
	// that no message is mainly on.
	Labelled   int `json:"labelled"`
	Duplicates int `json:"duplicates"`
	Mixed      int `json:"mixed"`
	Missing    int `json:"missing"`
	// Breaking and Major are the events with a message that have that class at
	// the end.
	Breaking int `json:"breaking"`
	Major    int `json:"major"`
	Loud     int `json:"loud"` // messages that came with a notification
}

// stats counts what was sent.
func (r *replay) stats() ReplayStats {
	s := ReplayStats{Articles: len(r.opts.Articles), Foretold: r.foretold, Channels: map[string]int{}}
	happenings := map[string]bool{}
	for _, label := range r.labels {
		happenings[label] = true
	}
	s.Labelled = len(happenings)
	var delays []time.Duration
	last := map[placeKey]news.Event{} // as its message shows it at the end
	for _, p := range r.sent {
		if p.Loud {
			s.Loud++
		}
		place := placeKey{p.Channel, p.message}
		if p.Event.Into != 0 {
			if p.Kind == news.PostEdit {
				s.Merged++
			}
			delete(last, place)
			continue
		}
		switch p.Kind {
		case news.PostAlert:
			s.Messages++
			s.Channels[string(p.Channel)[len(previewPrefix):]]++
			delays = append(delays, p.at.Sub(p.Event.First))
			last[place] = p.Event
		case news.PostEdit:
			s.Edits++
			last[place] = p.Event
		case news.PostLine:
			s.Lines++
		case news.PostDigest:
			s.Digests++
		}
	}
	var told int
	s.Duplicates, s.Mixed, told = r.judge(last)
	s.Missing = s.Labelled - told
	classes := map[news.EventID]news.Class{} // an event may be in several channels
	for _, e := range last {
		classes[e.ID] = e.Class
		for _, f := range e.Facts {
			s.Facts++
			if e.Citation(f.Article) > 0 {
				s.Cited++
			}
		}
	}
	for _, c := range classes {
		switch c {
		case news.ClassBreaking:
			s.Breaking++
		case news.ClassMajor:
			s.Major++
		}
	}
	if len(delays) > 0 {
		slices.Sort(delays)
		s.DelayMedian, s.DelayMax = delays[len(delays)/2].Minutes(), delays[len(delays)-1].Minutes()
	}
	return s
}

// placeKey is a message in a channel.
type placeKey struct {
	channel news.ChannelID
	message string
}

// judge counts, by the labels, the messages that repeat a happening, those that
// mix several, and the happenings that have a message. A message counts for the
// happening that most of its event's articles tell of.
func (r *replay) judge(last map[placeKey]news.Event) (duplicates, mixed, told int) {
	type shown struct {
		channel   news.ChannelID
		happening string
	}
	seen, happenings := map[shown]bool{}, map[string]bool{}
	for _, place := range slices.SortedFunc(maps.Keys(last), func(a, b placeKey) int {
		return cmp.Or(cmp.Compare(a.channel, b.channel), cmp.Compare(a.message, b.message))
	}) {
		votes := map[string]int{}
		for _, src := range r.members[last[place].ID] {
			if label := r.labels[labelKey{src.Outlet, src.Title}]; label != "" {
				votes[label]++
			}
		}
		if len(votes) == 0 {
			continue
		}
		if len(votes) > 1 {
			mixed++
		}
		most := slices.MaxFunc(slices.Sorted(maps.Keys(votes)), func(a, b string) int { return cmp.Compare(votes[a], votes[b]) })
		at := shown{place.channel, most}
		if seen[at] {
			duplicates++
		}
		seen[at], happenings[most] = true, true
	}
	return duplicates, mixed, len(happenings)
}
