package events

import (
	"slices"
	"strings"
	"time"

	"newsdesk/news"
)

// Revise says what another reading of an article does to its event, which has
// the article among its sources already. own is the summary of the article as it
// is now, with all that it states, and merged that of all the event's articles;
// at is the present.
//
// Readers see what they did not know, as Develop has it, and what was changed in
// the facts that they were shown from the article: another value in the place of
// one is told as what it is, a correction or news. A fact that the article no
// longer has is taken out. A sentence that was merely put in other words takes
// the place of the old one and changes nothing that readers see.
//
// In Was and Differs of the facts given, the article as it was goes by [Former].
func Revise(base news.Event, a news.Article, own, merged news.Summary, at time.Time) Change {
	ch := Change{Base: base, Article: a.ID, Quiet: a.Quiet, Revised: at, Reason: ReasonRepeats}
	ev := base
	ev.Version++
	src := slices.IndexFunc(base.Sources, func(s news.Source) bool { return s.Article == a.ID })
	if src < 0 {
		ch.Event = ev
		return ch
	}
	ev.Sources = slices.Clone(base.Sources)
	ev.Sources[src].Title = a.Title
	ev.Sources[src].Opinion = opines(ev.Sources[src])
	if !a.Updated.IsZero() {
		ev.Sources[src].Updated = a.Updated
	}
	if ev.Sources[src].CopyOf != 0 || kindOf(a.Kind, a.Title) == kindRoundup {
		ch.Event = ev
		return ch
	}
	own.Facts, merged.Facts = current(own.Facts, a.ID), current(merged.Facts, a.ID)
	read := newContents()
	defer read.close()
	kept, changed, gone := read.compared(base, a, own.Facts)
	facts := cited(merged.Facts, ev.Sources, 0)
	front := changed
	for _, f := range read.development(base, a, own.Facts, facts, false) {
		if !slices.ContainsFunc(front, func(o news.Fact) bool { return o.Span == f.Span }) {
			front = append(front, f)
		}
	}
	ch.Novel = append(slices.Clone(front), read.brought(base, a.ID, led(front, facts)[min(len(front), MaxFacts):], front, false)...)
	ch.Novel = current(corrections(formerly(base, a.ID), a, ch.Novel), a.ID)
	if !ch.Quiet && base.Revision > 0 {
		switch {
		case len(ch.Novel) > 0:
			ch.Reason, ch.Visible = reasonOf(ch.Novel), true
		case gone:
			ch.Reason, ch.Visible = ReasonRevised, true
		}
	}
	switch {
	case ch.Visible:
		ev.Headline = headline(base, merged.Headline, ch.Novel)
		if ev.Headline == merged.Headline {
			ev.Method = merged.Method
		}
		if h := recounted(base.Headline, ch.Novel, merged.Headline, own.Headline); h != "" && ev.Headline == base.Headline && kindOf(a.Kind, a.Title) == kindNews {
			ev.Headline, ev.Method = h, methodOf(h, merged, own)
		}
		ev.Facts = flagged(led(front, facts), ch.Novel)
		ev.Checked, ev.Dropped = merged.Checked, merged.Dropped
		ev.Who, ev.Where = either(merged.Who, base.Who), either(merged.Where, base.Where)
		if !merged.When.IsZero() {
			ev.When = merged.When
		}
		ev.Revision++
		ev.Last = at
	case base.Revision == 0: // nobody saw it
		ev.Facts = flagged(facts, nil)
		ch.Novel = nil
		if merged.Headline != "" {
			ev.Headline, ev.Method = merged.Headline, merged.Method
		}
	default:
		ev.Facts, ch.Novel = kept, nil
	}
	ch.Event = ev
	return ch
}

// compared sets the facts that an event shows from an article against what it
// states now. It returns the event's facts with their places in the new text, the
// statements that give another value for one of them, and whether one has
// nothing in its place.
func (cs *contents) compared(base news.Event, a news.Article, own []news.Fact) (kept, changed []news.Fact, gone bool) {
	kept = slices.Clone(base.Facts)
	for i, f := range base.Facts {
		if f.Article != a.ID {
			continue
		}
		if at := slices.IndexFunc(own, func(o news.Fact) bool { return o.Text == f.Text }); at >= 0 {
			kept[i].Span, kept[i].Sentence = own[at].Span, own[at].Sentence
			continue
		}
		c := cs.of(f.Text)
		best, near := -1, relatedShare
		for j, o := range own {
			if share := (c.held(cs.of(o.Text)) + cs.of(o.Text).held(c)) / 2; share > near {
				best, near = j, share
			}
		}
		switch {
		case best < 0:
			gone = gone || !strings.Contains(a.Body, f.Text)
		case cs.of(own[best].Text).differs(c) || own[best].Was != (news.Version{}):
			if !slices.ContainsFunc(changed, func(o news.Fact) bool { return o.Text == own[best].Text }) {
				changed = append(changed, own[best])
			}
		case near >= knownShare:
			own[best].New = f.New
			kept[i] = own[best]
		default:
			gone = gone || !strings.Contains(a.Body, f.Text)
		}
	}
	return kept, changed[:min(len(changed), newsFacts)], gone
}

// Former is what an article as it was goes by, beside the article as it is.
func Former(id news.ArticleID) news.ArticleID { return -id }

// current names an article where the facts name its former state: what that
// said is what the article said. It is no other side of a disagreement.
func current(facts []news.Fact, id news.ArticleID) []news.Fact {
	out := slices.Clone(facts)
	for i := range out {
		if out[i].Was.Article == Former(id) {
			out[i].Was.Article = id
		}
		out[i].Differs = slices.DeleteFunc(slices.Clone(out[i].Differs), func(v news.Version) bool { return v.Article == Former(id) })
		if len(out[i].Differs) == 0 {
			out[i].Differs = nil
		}
	}
	return out
}

// formerly is an event with one source, an article in its former state: what the
// article says of a mistake speaks of that, and not of other sources.
func formerly(base news.Event, id news.ArticleID) news.Event {
	for _, s := range base.Sources {
		if s.Article == id {
			s.Article = Former(id)
			base.Sources = []news.Source{s}
			return base
		}
	}
	return base
}
