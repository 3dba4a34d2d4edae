package events

import (
	"cmp"
	"slices"
	"time"

	"newsdesk/news"
)

// Side is one of the two happenings that an event turned out to be.
type Side struct {
	Articles []news.ArticleID // all of them
	Read     []news.Article   // those that its summary is made of
	Sums     []news.Summary   // what each of those says by itself
	Summary  news.Summary     // what they say together
}

// has says whether an article is on the side.
func (s Side) has(id news.ArticleID) bool { return slices.Contains(s.Articles, id) }

// heads says whether a headline is from an article of the side.
func (s Side) heads(e news.Event) bool {
	return slices.ContainsFunc(s.Sums, func(sum news.Summary) bool { return sum.Headline == e.Headline }) ||
		slices.ContainsFunc(e.Sources, func(src news.Source) bool { return src.Title == e.Headline && s.has(src.Article) })
}

// Keeper says which side of an event keeps its number and its messages: the one
// that its headline is from, by which readers know it; else the one that more of
// its facts rest on; else the one that was reported first.
func Keeper(e news.Event, a, b Side) (stays, leaves Side) {
	ofA, ofB := 0, 0
	for _, f := range e.Facts {
		switch {
		case a.has(f.Article):
			ofA++
		case b.has(f.Article):
			ofB++
		}
	}
	first := slices.IndexFunc(e.Sources, func(s news.Source) bool { return a.has(s.Article) || b.has(s.Article) })
	switch headA, headB := a.heads(e), b.heads(e); {
	case headA != headB && headB, headA == headB && ofB > ofA, headA == headB && ofB == ofA && first >= 0 && b.has(e.Sources[first].Article):
		return b, a
	}
	return a, b
}

// Division is what becomes of an event that turned out to be two.
type Division struct {
	Stays  Change           // the event with the articles that stay
	Leaves Change           // the new event; its ID is 0
	Moved  []news.ArticleID // its articles
	Known  []news.Fact      // what readers were told of the event before the article that showed it
	By     news.ArticleID   // the article that showed it
	// Undone says that the article that showed it leaves: what its coming caused for
	// the event counts no more, which are the posts of later revisions than Until.
	Undone bool
	Until  int
	Since  time.Time // when the article came in that the new event's most important fact rests on; zero where unknown

	// Plan and Other are what channels get of the one and of the other. Their
	// verdicts on the one that stays, and Onward, count only in channels whose
	// separation is SeparateHand, whose posts of the one that stays do not.
	Plan, Other Plan
	Wants       map[news.ChannelID]Wants // of the channels that have its message
}

// Wants says which of two events a channel would get if it had a message of
// neither, its volume aside.
type Wants struct{ Stays, Leaves bool }

// Divide says what becomes of an event of which two sides turned out to be two
// happenings. by is the article that showed it, before the event as that found it,
// across how likely articles of both tell of one; at is the present. ok is false
// where one of them would have fewer than two articles, where the event has an
// article that is on neither side, or where nobody has seen the event.
//
// Of the side that stays readers go on seeing the headline and facts that they
// know, less what the article that showed it changed if that leaves; its class
// stays, or is again what it was before that article. The other side is an event like any new one.
func Divide(base, before news.Event, stays, leaves Side, by news.ArticleID, across float64, at time.Time) (d Division, ok bool) {
	d.Stays = Change{Base: base, Reason: ReasonParted, Visible: true}
	d.Leaves = Change{Reason: ReasonParted}
	ev := base
	ev.Version++
	ev.Revision++
	ev.Sources = nil
	var gone news.Event
	for _, s := range base.Sources {
		to := &ev
		if leaves.has(s.Article) {
			to = &gone
		}
		to.Sources = append(to.Sources, s)
	}
	if len(ev.Sources) < splitLeast || len(gone.Sources) < splitLeast || base.Revision == 0 ||
		slices.ContainsFunc(ev.Sources, func(s news.Source) bool { return !stays.has(s.Article) }) {
		return Division{}, false
	}
	d.Moved, d.Known, d.By = leaves.Articles, before.Facts, by
	d.Stays.Article, d.Leaves.Article = ev.Sources[len(ev.Sources)-1].Article, gone.Sources[len(gone.Sources)-1].Article
	ev.First, ev.Last = span(ev.Sources)
	gone.First, gone.Last = span(gone.Sources)

	sum := stays.Summary
	if leaves.has(by) && before.Revision > 0 {
		ev.Headline, ev.Method, ev.Facts = before.Headline, before.Method, before.Facts
		d.Undone, d.Until, d.Stays.Base.Class = true, before.Revision, before.Class
	}
	if !stays.heads(ev) && sum.Headline != "" {
		ev.Headline, ev.Method = sum.Headline, sum.Method
	}
	if ev.Facts = withoutSide(ev.Facts, leaves); len(ev.Facts) == 0 {
		ev.Facts = flagged(cited(sum.Facts, ev.Sources, 0), nil)
	}
	ev.Who, ev.Where, ev.When, ev.Checked, ev.Dropped = sum.Who, sum.Where, sum.When, sum.Checked, sum.Dropped
	ev.Topic = filed(base.Topic, ev.Sources)
	of := func(a news.Article) bool { return a.Image == base.Image }
	if !slices.ContainsFunc(stays.Read, of) && slices.ContainsFunc(leaves.Read, of) {
		ev.Image = picture(stays.Read)
	}

	sum = leaves.Summary
	gone.Version, gone.Headline, gone.Method = 1, cmp.Or(sum.Headline, gone.Sources[0].Title), sum.Method
	gone.Facts = flagged(cited(sum.Facts, gone.Sources, 0), nil)
	if i := slices.IndexFunc(leaves.Read, func(a news.Article) bool { return len(gone.Facts) > 0 && a.ID == gone.Facts[0].Article }); i >= 0 {
		d.Since = leaves.Read[i].Seen
	}
	gone.Who, gone.Where, gone.When, gone.Checked, gone.Dropped = sum.Who, sum.Where, sum.When, sum.Checked, sum.Dropped
	gone.Topic, gone.Image = filed(gone.Sources[0].Topic, gone.Sources), picture(leaves.Read)
	if slices.ContainsFunc(leaves.Read, func(a news.Article) bool { return !a.Quiet }) {
		d.Leaves.Visible, gone.Revision = true, 1
		read := newContents()
		defer read.close()
		d.Leaves.Novel = read.untold(base.Facts, gone.Facts)
	}

	topics := FiledUnder(base)
	for _, t := range base.Topics() {
		if !slices.Contains(topics, t) {
			topics = append(topics, t)
		}
	}
	parted := news.Parted{Topics: topics, At: at, By: by, Across: across}
	n := len(base.Parted)
	of1, of2 := parted, parted
	of1.Of, of1.Headline, of2.Event, of2.Headline = base.ID, gone.Headline, base.ID, ev.Headline
	ev.Parted, gone.Parted = append(base.Parted[:n:n], of1), append(base.Parted[:n:n], of2)
	d.Stays.Event, d.Leaves.Event = ev, gone
	return d, true
}

// withoutSide returns the facts of an event, as they are known, less those that
// rest on a side, and less what that side says in place of the others or
// as well.
func withoutSide(facts []news.Fact, s Side) []news.Fact {
	out := flagged(slices.DeleteFunc(slices.Clone(facts), func(f news.Fact) bool { return s.has(f.Article) }), nil)
	for i, f := range out {
		out[i].Differs = slices.DeleteFunc(slices.Clone(f.Differs), func(v news.Version) bool { return s.has(v.Article) })
		out[i].Also = slices.DeleteFunc(slices.Clone(f.Also), func(at news.Place) bool { return s.has(at.Article) })
		out[i].Was = news.Version{}
	}
	return out
}

// span returns when the first and the latest of some sources appeared.
func span(sources []news.Source) (first, last time.Time) {
	for _, s := range sources {
		if first.IsZero() || s.Published.Before(first) {
			first = s.Published
		}
		if s.Published.After(last) {
			last = s.Published
		}
	}
	return first, last
}

// picture is the first picture of some articles.
func picture(list []news.Article) string {
	for _, a := range list {
		if a.Image != "" {
			return a.Image
		}
	}
	return ""
}

// untold returns the facts that readers do not know who were shown others.
func (cs *contents) untold(shown, facts []news.Fact) []news.Fact {
	var known []content
	for _, f := range shown {
		known = append(known, cs.of(f.Text))
	}
	var out []news.Fact
	for _, f := range facts {
		same := func(o news.Fact) bool { return o.Article == f.Article && o.Text == f.Text }
		if !slices.ContainsFunc(shown, same) && novel(cs.of(f.Text), known) != notNovel {
			out = append(out, f)
		}
	}
	return out
}

// Told says whether readers who were shown some facts know what the new event is
// about: its most important fact is among them, and all that the article brought
// that showed it.
func (d Division) Told(shown []news.Fact) bool {
	facts := d.Leaves.Event.Facts
	if len(facts) == 0 {
		return false
	}
	asked := []news.Fact{facts[0]}
	for _, f := range facts[1:] {
		if f.Article == d.By {
			asked = append(asked, f)
		}
	}
	read := newContents()
	defer read.close()
	return len(read.untold(shown, asked)) == 0
}

// ToldIn says the same of readers whom a digest told of the event at a time.
func (d Division) ToldIn(at time.Time) bool { return d.Told(d.Known) && !at.Before(d.Since) }

// PartedFrom says whether two events, or events that were put into them, turned
// out to be two before: they are never put together again.
func PartedFrom(a, b news.Event) bool {
	return slices.ContainsFunc(a.Parted, func(p news.Parted) bool {
		return p.Event == b.ID || slices.ContainsFunc(b.Parted, func(q news.Parted) bool { return p.Of == q.Event && p.Event == q.Of })
	}) || slices.ContainsFunc(b.Parted, func(q news.Parted) bool { return q.Event == a.ID })
}

// Separation is what a channel makes of an event that turned out to be two.
type Separation string

// The separations. Where the channel has a message, it says with which other story
// it was told.
const (
	SeparateNew  Separation = "new"  // it has no message: the new event is to it as any other
	SeparatePost Separation = "post" // its message stays, and it gets the new event as any other
	SeparateSay  Separation = "say"  // its message stays, and says where the new event went, and that is all
	SeparateHand Separation = "hand" // its message is the new event's from now on
)

// Separate says what becomes of an event that turned out to be two in a channel
// that came so far with it. told says that its message told what the new one is
// about: nobody is told that twice. A message goes to the new event where that
// alone is what the channel wants.
func Separate(has Stand, wants Wants, told bool) Separation {
	switch {
	case has == StandNone:
		return SeparateNew
	case wants.Leaves && !wants.Stays:
		return SeparateHand
	case wants.Leaves && !told:
		return SeparatePost
	}
	return SeparateSay
}

// Routed is the division with what it causes in channels. Nothing notifies where
// the message stands already.
func (d Division) Routed(places []Place, at time.Time) Division {
	d.Wants = map[news.ChannelID]Wants{}
	stays, leaves := &subject{event: d.Stays.Event}, &subject{event: d.Leaves.Event}
	var had, all []Place
	var handed Plan
	for _, p := range places {
		fresh := p
		fresh.Alerted, fresh.Told = false, p.Told && d.ToldIn(p.ToldAt)
		if fresh.ToldAs = ""; fresh.Told {
			fresh.ToldAs = d.Leaves.Event.Class
		}
		all = append(all, fresh)
		if !p.Alerted {
			continue
		}
		had = append(had, p)
		outcome, detail := admit(stays, fresh)
		other, _ := admit(leaves, fresh)
		w := Wants{Stays: fresh.follows(d.Stays.Event) && outcome == news.OutcomePosted, Leaves: d.Leaves.Visible && fresh.follows(d.Leaves.Event) && other == news.OutcomePosted}
		d.Wants[p.ID] = w
		if w.Leaves && !w.Stays {
			handed.add(p, d.Leaves, news.PostEdit, "")
			if outcome != news.OutcomePosted {
				handed.Verdicts = append(handed.Verdicts, news.Verdict{At: at, Article: d.Stays.Article, Event: d.Stays.Event.ID, Channel: p.ID, Outcome: outcome, Detail: detail})
			}
		}
	}
	d.Plan = Route(d.Stays, had, at)
	d.Plan.Verdicts = handed.Verdicts
	d.Other = Route(d.Leaves, all, at)
	d.Other.Onward = handed.Posts
	if !d.Leaves.Visible {
		d.Other.Verdicts = nil
	}
	for i, p := range d.Other.Posts {
		if _, ok := d.Wants[p.Channel]; ok {
			d.Other.Posts[i].Loud, d.Other.Posts[i].Role = false, ""
		}
	}
	return d
}
