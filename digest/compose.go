package digest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"newsdesk/events"
	"newsdesk/news"
)

// What a digest shows at most.
const (
	MaxEntries    = 10 // events
	MaxMore       = 15 // further events that it names, to be opened
	maxDeveloping = 3  // of the entries, events that were told before
	maxCorrected  = 3  // of the entries, events in which something told before was wrong
	maxTopic      = 4  // of the entries, events of one topic, where there are several
)

// floor is the least weight of an event in a digest: that of one that a second
// independent source reported some time after the first. An event that waited
// for the digest needs none: it would have been posted.
const floor = 0.12

// fewEntries is the number below which a digest says that the day was quiet.
const fewEntries = 4

// Candidate is an event that a digest may tell.
type Candidate struct {
	Event  news.Event
	Held   news.Outcome // why it waited for the digest, "" where it did not
	Posted bool         // the channel has a message of it
	Told   bool         // an earlier digest told it
	// Began says that it began for us since the last digest, and Came which of its
	// reports came in since, though they are dated before.
	Began bool
	Came  []news.ArticleID
}

// known reports whether the event is from before a time.
func (c Candidate) known(since time.Time) bool {
	return c.Told || c.Event.First.Before(since) && !c.Began
}

// Material is what a digest is chosen from.
type Material struct {
	Candidates []Candidate
	Articles   int // of the topics and the period
	Events     int // the same, whether among the candidates or not
	Feeds      int // of the topics
	Failing    int // of those, whose last poll failed
}

// CatchUp returns when a catch-up that could come at a time comes: not in quiet
// hours.
func CatchUp(s news.Settings, at time.Time) time.Time {
	if end, quiet := events.QuietEnd(s.Quiet, at, ZoneOr(s.Zone)); quiet {
		return end
	}
	return at
}

// Key is the unique key of a digest's post: one that is made twice is stored,
// and sent, once.
func Key(d news.DueDigest) string {
	return fmt.Sprintf("%s:%s:%d", d.Channel, d.Kind, d.Due.UnixMilli())
}

// filtered returns the events that a channel's filters keep out. What waited for
// the digest was let in.
func filtered(s news.Settings, list []Candidate) map[news.EventID]bool {
	if len(s.Filters) == 0 {
		return nil
	}
	place := events.Place{Channel: news.Channel{Settings: news.Settings{Filters: s.Filters}}}
	var all []events.Course
	for _, c := range list {
		if !slices.Contains(place.Topics, c.Event.Topic) {
			place.Topics = append(place.Topics, c.Event.Topic)
		}
		if c.Held == "" {
			all = append(all, events.Course{Began: c.Event, Now: c.Event})
		}
	}
	out := map[news.EventID]bool{}
	for _, v := range events.Rehearse(all, place) {
		out[v.Event] = v.Outcome == news.OutcomeFiltered
	}
	return out
}

// Compose chooses what a digest tells. Of a planned one that is the events of
// most weight above a floor, by topic, at most four of one topic where there
// are several; then what was told before and has developed since; then what was
// told before and turned out to be wrong, however little it weighs. Events that
// the channel's filters keep out are left out. A channel that gets nothing
// but its digest is told of smaller events as well on a quiet day. A catch-up
// tells what waited. Both say how much they leave out, and why they are short.
func Compose(due news.DueDigest, s news.Settings, topics []string, to time.Time, m Material) news.Digest {
	d := news.Digest{
		Kind: due.Kind, Topics: topics, From: due.Since, To: to, Zone: s.Zone,
		Articles: m.Articles, Events: m.Events, Feeds: m.Feeds, Failing: m.Failing,
	}
	if due.Kind == news.DigestPlanned {
		d.Every = s.Digest.Every
	}
	var fresh, developing, corrected, small []Candidate
	shared, above, let := 0, 0, 0
	unwanted := filtered(s, m.Candidates)
	for _, c := range m.Candidates {
		if unwanted[c.Event.ID] {
			continue
		}
		let++
		if c.Held != "" {
			if d.Held == nil {
				d.Held = map[news.Outcome]int{}
			}
			d.Held[c.Held]++
		}
		if c.Event.Outlets() > 1 {
			shared++
		}
		before := c.Held == "" && (c.Posted || c.known(due.Since))
		if _, ok := correction(c, due.Since); ok && before {
			corrected = append(corrected, c)
			continue
		}
		if !passes(c) {
			if fills(c, s, due) {
				small = append(small, c)
			}
			continue
		}
		above++
		if c.Held == "" && c.known(due.Since) {
			developing = append(developing, c)
		} else {
			fresh = append(fresh, c)
		}
	}
	most := maxTopic
	if due.Kind == news.DigestCatchUp {
		most = MaxEntries
	}
	slices.SortStableFunc(fresh, heavier)
	slices.SortStableFunc(developing, heavier)
	slices.SortStableFunc(corrected, heavier)
	developing = developing[:min(len(developing), maxDeveloping)]
	corrected = corrected[:min(len(corrected), maxCorrected)]
	slices.SortStableFunc(small, heavier)
	small = small[:max(0, min(len(small), fewEntries-len(fresh)-len(developing)-len(corrected)))]
	fresh = append(fresh, small...)
	shown, rest := spread(fresh, MaxEntries-len(developing)-len(corrected), most)
	for _, c := range byTopic(shown) {
		d.Entries = append(d.Entries, entry(c, news.SectionNew, due.Since))
	}
	for _, c := range developing {
		d.Entries = append(d.Entries, entry(c, news.SectionDeveloping, due.Since))
	}
	for _, c := range corrected {
		d.Entries = append(d.Entries, entry(c, news.SectionCorrected, due.Since))
	}
	for _, c := range rest {
		if c.Held == "" {
			continue
		}
		d.Unshown++
		if len(d.More) < MaxMore {
			d.More = append(d.More, entry(c, news.SectionNew, due.Since))
		}
	}
	if d.Note = note(d, shared, above, let == 0 && len(m.Candidates) > 0); len(small) > 0 {
		d.Note = news.NoteFew
	}
	return d
}

// fills reports whether an event below the floor may fill up a digest that would
// tell next to nothing: that of a channel which gets nothing else.
func fills(c Candidate, s news.Settings, due news.DueDigest) bool {
	return s.DigestOnly && due.Kind == news.DigestPlanned && !c.Posted && !c.known(due.Since) && c.Event.Class.Rank() >= s.Least.Rank()
}

// passes reports whether an event is worth a digest.
func passes(c Candidate) bool {
	e := c.Event
	switch {
	case c.Held != "" || e.Class.Rank() >= news.ClassMajor.Rank():
		return true
	case e.Outlets() < 2:
		return false
	}
	return len(e.Terms) == 0 || e.Weight >= floor // an event from before events were weighed has no terms
}

// heavier orders events by what matters most.
func heavier(a, b Candidate) int {
	return cmp.Or(
		cmp.Compare(b.Event.Class.Rank(), a.Event.Class.Rank()),
		cmp.Compare(b.Event.Weight, a.Event.Weight),
		cmp.Compare(b.Event.Outlets(), a.Event.Outlets()),
		b.Event.Last.Compare(a.Event.Last),
		cmp.Compare(b.Event.ID, a.Event.ID),
	)
}

// spread takes the first events, at most most of one topic where there are
// several.
func spread(list []Candidate, room, most int) (shown, rest []Candidate) {
	topics := map[string]int{}
	for _, c := range list {
		topics[c.Event.Topic] = 0
	}
	if len(topics) == 1 {
		most = room
	}
	for _, c := range list {
		if t := c.Event.Topic; len(shown) < room && topics[t] < most {
			topics[t]++
			shown = append(shown, c)
		} else {
			rest = append(rest, c)
		}
	}
	return shown, rest
}

// byTopic puts the events of a topic together, the topic of the first first.
func byTopic(list []Candidate) []Candidate {
	place := map[string]int{}
	for _, c := range list {
		if _, seen := place[c.Event.Topic]; !seen {
			place[c.Event.Topic] = len(place)
		}
	}
	out := slices.Clone(list)
	slices.SortStableFunc(out, func(a, b Candidate) int { return cmp.Compare(place[a.Event.Topic], place[b.Event.Topic]) })
	return out
}

// note says why a digest is short; "" where it is not. shared and above count the
// events of several sources and those that matter, none says that the channel's
// filters let in no event.
func note(d news.Digest, shared, above int, none bool) news.DigestNote {
	switch {
	case len(d.Entries) >= fewEntries || len(d.Entries) > 0 && d.Kind == news.DigestCatchUp:
		return ""
	case len(d.Entries) > 0:
		return news.NoteFew
	case d.Feeds > 0 && d.Failing == d.Feeds:
		return news.NoteFeedsDown
	case d.Articles == 0:
		return news.NoteNothing
	case none:
		return news.NoteFiltered
	case shared == 0 && above == 0:
		return news.NoteSingle
	}
	return news.NoteBelow
}

// entry is an event as a digest shows it.
func entry(c Candidate, section news.DigestSection, since time.Time) news.DigestEntry {
	e := c.Event
	out := news.DigestEntry{
		Section: section, Event: e.ID, Topic: e.Topic, Class: e.Class, Headline: e.Headline,
		Outlets: max(1, e.Outlets()), Last: e.Last, Posted: c.Posted,
	}
	for _, s := range e.Sources {
		if s.URL != "" && (out.Link == "" || s.CopyOf == 0 && !s.Published.IsZero()) {
			out.Link = s.URL
			if s.CopyOf == 0 {
				break
			}
		}
	}
	f, ok := telling(e, section)
	if section == news.SectionCorrected {
		f, ok = correction(c, since)
		out.Was = f.Was.Value
	}
	if ok {
		n := e.Citation(f.Article)
		out.Fact, out.Citation, out.Cited = f.Text, n, e.Sources[n-1].URL
	}
	return out
}

// correction is the fact by which a source took back, since a time, what had
// been told; ok is false where there is none.
func correction(c Candidate, since time.Time) (f news.Fact, ok bool) {
	e := c.Event
	i := slices.IndexFunc(e.Facts, func(f news.Fact) bool {
		n := e.Citation(f.Article)
		return f.Was != (news.Version{}) && n > 0 && (!e.Sources[n-1].Published.Before(since) || slices.Contains(c.Came, f.Article))
	})
	if i < 0 {
		return news.Fact{}, false
	}
	return e.Facts[i], true
}

// factsDeep is how far down an event's facts one with a number is looked for.
const factsDeep = 3

// telling is the fact that a digest tells of an event: in what was told before,
// what is new; the first with a number among the most important; else the most
// important.
func telling(e news.Event, section news.DigestSection) (news.Fact, bool) {
	var facts []news.Fact
	for _, f := range e.Facts {
		if e.Citation(f.Article) > 0 && strings.TrimSpace(f.Text) != "" {
			facts = append(facts, f)
		}
	}
	if section == news.SectionDeveloping {
		if i := slices.IndexFunc(facts, func(f news.Fact) bool { return f.New }); i >= 0 {
			return facts[i], true
		}
	}
	if len(facts) == 0 {
		return news.Fact{}, false
	}
	for _, f := range facts[:min(len(facts), factsDeep)] {
		if strings.ContainsFunc(f.Text, unicode.IsDigit) {
			return f, true
		}
	}
	return facts[0], true
}
