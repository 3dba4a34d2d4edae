// Package events decides which articles tell of one happening, what is new in
// the latest of them, and which channels hear of it. It is pure: values go in,
// values come out; it reads no clock, no network and no disk.
//
// The steps, in the order in which the pipeline takes them:
//
//	g := events.New(events.Default())
//	d := g.Decide(doc)                         // which event, or a copy of what
//	ch := events.Develop(base, article, own, merged, d, now)
//	ch = events.Rank(ch, bars)
//	plan := events.Route(ch, places, now)
//	// ... commit all of it in one transaction ...
//	g.Add(doc, int64(event), d.DuplicateOf)
//
// Articles in several languages meet by names, numbers and the words of a table
// of our own; an event is told in the language of most outlets.
//
// A [Grouper] holds the recent articles as sparse vectors in an inverted index
// and compares a newcomer with the nearest of them. It groups in one pass: what
// was decided stays, until a newcomer, or an article that was changed and is put in
// its place by Replace, shows that two events are one or that one is two
// (Union, Split). Nothing depends on the order of a map, so the same stream
// gives the same events every time.
//
// [Duplicate] tells whether two articles are one text, printed twice.
package events

import (
	"time"

	"newsdesk/news"
)

// Doc is an article as the grouper sees it. Only ID and Title are needed: a
// document without text is grouped by its title, one without a date counts as
// published with the one before it.
type Doc struct {
	ID     int64  // the caller's own, never zero
	Title  string // plain text
	Text   string // plain text, "" where only the title is known
	Source string // the outlet; sentences that recur in a source's items are not compared
	URL    string
	Lang   string // ISO 639-1, "" counts as English
	Kind   news.Kind

	Published time.Time // midnight UTC counts as "some time that day"
}

// Decision says where an article belongs.
type Decision struct {
	Event       int64   // the event it joins, 0 where it starts one
	DuplicateOf int64   // the article whose text it repeats, 0 where it is its own
	Score       float64 // likelihood, 0 to 1, that it tells of the nearest event
}
