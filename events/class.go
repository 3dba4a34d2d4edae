package events

import (
	"slices"
	"time"

	"newsdesk/news"
)

// Bars are the weights from which on an event is major, and breaking.
type Bars struct {
	Major    float64
	Breaking float64
}

// DefaultBars are the bars of a desk that has no day behind it.
func DefaultBars() Bars { return Bars{Major: 0.28, Breaking: 0.39} }

// leastBars are how low bars may sink where little happens: below them an event
// has neither a second owner nor anything grave to it.
var leastBars = Bars{Major: 0.15, Breaking: 0.34}

const (
	// fallsBelow is how far under its bar an event must come to lose its class.
	fallsBelow = 0.08
	// breakingOwners is how many independent owners must tell of an event
	// before it is breaking.
	breakingOwners = 2
	// majorADay and breakingADay are how many events of all topics shall have
	// a class in a day; a breaking one counts as major as well.
	majorADay    = 5
	breakingADay = 1
	// weightStep is the least difference between two weights.
	weightStep = 0.001
	// spare is how many events more than the days give may have a class, so
	// that the first day, and a day on which much happens, have theirs.
	spare = 1
)

// BarsFor returns the bars of a desk by the weights of the events of its recent
// past, which lasted for span: as high as it takes for no more than about five
// events a day to be major and one to be breaking, however many feeds there are,
// and as low as they may be where few events weigh anything. What lasted for
// less than a day lowers no bar.
func BarsFor(weights []float64, span time.Duration) Bars {
	least, days := leastBars, span.Hours()/24
	if days < 1 {
		least, days = DefaultBars(), 1
	}
	sorted := slices.Clone(weights)
	slices.Sort(sorted)
	slices.Reverse(sorted)
	above := func(perDay float64) float64 { // the first that is too many
		if k := int(perDay*days) + spare; k < len(sorted) {
			return sorted[k] + weightStep
		}
		return 0
	}
	return Bars{Major: max(least.Major, above(majorADay)), Breaking: max(least.Breaking, above(breakingADay))}
}

// TermBar begins the name of the term that gives no weight and says from which
// weight on an event has its class.
const TermBar = "bar for "

// Rank weighs the event of a change and gives it its class. A class is gained
// at once, and lost only well below its bar; one that readers have seen is
// never lost. Breaking takes two independent owners. Where a rise is all that is
// new of an event that readers have seen, the change becomes visible with
// ReasonRaised; a quiet article raises nothing that they have seen.
func Rank(ch Change, bars Bars) Change {
	base, ev := ch.Base, ch.Event
	seen := base.Revision > 0
	ev.Weight, ev.Terms = weigh(ev)
	owners, _, _ := spread(reportsOf(ev.Sources))
	if gone := ch.Absorbed; gone.Revision > 0 && gone.Class.Rank() > base.Class.Rank() {
		base.Class = gone.Class // readers have seen that one, too
	}
	ev.Class = classOf(ev.Weight, base.Class, bars, owners)
	if seen && (ev.Class.Rank() < base.Class.Rank() || ch.Quiet) {
		ev.Class = base.Class
	}
	ev.Terms = append(ev.Terms, barTerm(ev.Class, bars))
	if seen && !ch.Visible && !ch.Quiet && ev.Class.Rank() > base.Class.Rank() {
		ch.Visible, ch.Reason = true, ReasonRaised
		ev.Facts = flagged(ev.Facts, nil)
		ev.Revision++
	}
	ch.Event = ev
	return ch
}

// classOf returns the class of a weight, for an event that had the class was.
func classOf(weight float64, was news.Class, bars Bars, owners int) news.Class {
	reaches := func(c news.Class, bar float64) bool {
		return weight >= bar || was.Rank() >= c.Rank() && weight > bar-fallsBelow
	}
	switch {
	case owners >= breakingOwners && reaches(news.ClassBreaking, bars.Breaking):
		return news.ClassBreaking
	case reaches(news.ClassMajor, bars.Major):
		return news.ClassMajor
	}
	return news.ClassNormal
}

// unconfirmed reports whether an event is grave enough to be major and cannot be
// breaking before a second owner tells of it.
func unconfirmed(e news.Event) bool {
	if e.Class != news.ClassMajor {
		return false
	}
	owners, _, _ := spread(reportsOf(e.Sources))
	return owners < breakingOwners
}

// barTerm tells of the bar that an event reached, or of the first one that it
// did not.
func barTerm(c news.Class, bars Bars) news.Term {
	if c == news.ClassBreaking {
		return news.Term{Name: TermBar + string(news.ClassBreaking), Value: bars.Breaking}
	}
	return news.Term{Name: TermBar + string(news.ClassMajor), Value: bars.Major}
}
