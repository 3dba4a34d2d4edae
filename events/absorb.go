package events

import (
	"slices"
	"time"

	"newsdesk/news"
)

// Survivor says which of two events that are one happening goes on and which is
// put into it: the one that channels have messages of, of which the numbers are
// given, before one that none has; else the one that was reported first.
func Survivor(a, b news.Event, ofA, ofB int) (kept, gone news.Event) {
	switch {
	case ofA > 0 && ofB == 0 || ofA == 0 && ofB > 0:
		if ofB > 0 {
			return b, a
		}
	case (a.Revision > 0) != (b.Revision > 0):
		if b.Revision > 0 {
			return b, a
		}
	case b.First.Before(a.First) || b.First.Equal(a.First) && b.ID < a.ID:
		return b, a
	}
	return a, b
}

// Absorb says what becomes of an event when another one turns out to be the same
// happening. merged is the summary of the articles of both, by the article that
// showed it, with what that has in common with gone; at is the present.
//
// Readers see it where they saw both: facts that the event did not have are new
// in it. What channels were told of either is not told again, and a class that
// readers have seen of either stays.
func Absorb(base, gone news.Event, merged news.Summary, by news.ArticleID, grouping news.Grouping, at time.Time) Change {
	ch := Change{Base: base, Absorbed: gone, Article: by, Reason: ReasonMerged, Visible: base.Revision > 0 && gone.Revision > 0}
	ev := base
	ev.Version++
	ev.Sources = slices.Clone(base.Sources)
	for _, s := range gone.Sources {
		if len(ev.Sources) < MaxSources && ev.Citation(s.Article) == 0 {
			ev.Sources = append(ev.Sources, s)
		}
	}
	if !gone.First.IsZero() && gone.First.Before(ev.First) || ev.First.IsZero() {
		ev.First = gone.First
	}
	if gone.Last.After(ev.Last) {
		ev.Last = gone.Last
	}
	if ev.Image == "" {
		ev.Image = gone.Image
	}
	ev.Absorbed = append(slices.Clone(base.Absorbed), gone.Absorbed...)
	ev.Absorbed = append(ev.Absorbed, news.Absorbed{Event: gone.ID, Headline: gone.Headline, Topics: FiledUnder(gone), At: at, By: by, Grouping: grouping})
	if ch.Visible || base.Revision == 0 {
		read := newContents()
		defer read.close()
		facts := read.withHeadline(ev, base.Facts, nil, cited(merged.Facts, ev.Sources, 0))
		ch.Novel = read.others(base, facts)
		ev.Headline = headline(base, merged.Headline, ch.Novel)
		if ev.Headline == merged.Headline {
			ev.Method = merged.Method
		}
		ev.Facts = flagged(facts, ch.Novel)
		ev.Checked, ev.Dropped = merged.Checked, merged.Dropped
		ev.Who, ev.Where = either(merged.Who, base.Who), either(merged.Where, base.Where)
		if !merged.When.IsZero() {
			ev.When = merged.When
		}
	}
	if ch.Visible {
		ev.Revision++
	} else {
		ev.Facts, ch.Novel = flagged(ev.Facts, nil), nil
	}
	ev.Topic = filed(base.Topic, ev.Sources)
	ev.Parted = append(slices.Clone(base.Parted), gone.Parted...) // neither is put together with what it was parted from
	ch.Event = ev
	return ch
}

// others returns the facts that an event did not have, from articles that are not
// its own.
func (cs *contents) others(base news.Event, facts []news.Fact) []news.Fact {
	own := slices.DeleteFunc(slices.Clone(facts), func(f news.Fact) bool { return base.Citation(f.Article) == 0 })
	known := cs.knownTo(base, own, 0)
	var out []news.Fact
	for _, f := range facts {
		if c := cs.of(f.Text); base.Citation(f.Article) == 0 && novel(c, known) != notNovel {
			out = append(out, f)
			known = append(known, c)
		}
	}
	return out
}

// Stand is how far an event came in a channel.
type Stand int

// The stands, in their order.
const (
	StandNone    Stand = iota // the channel got nothing of it
	StandWaiting              // its message waits, and was never handed over
	StandHanded               // its message was handed over, and may have arrived
	StandShown                // its message stands there
)

// Settlement is what a channel makes of two events that are one.
type Settlement string

// The settlements.
const (
	SettleNothing Settlement = "nothing" // the channel got nothing of the one that is gone
	SettleAdopt   Settlement = "adopt"   // its message is the other's from now on; one of the other that waits is taken back
	SettleDrop    Settlement = "drop"    // its message waits, and is taken back
	SettleRetire  Settlement = "retire"  // its message says where it went
)

// Settle says what becomes of the message of an event that is gone, in a channel
// that came so far with it and with the one that it was put into. Of both no more
// than one message is new.
func Settle(kept, gone Stand) Settlement {
	switch {
	case gone == StandNone:
		return SettleNothing
	case kept == StandNone, kept == StandWaiting && gone > StandWaiting:
		return SettleAdopt
	case gone == StandWaiting:
		return SettleDrop
	}
	return SettleRetire
}
