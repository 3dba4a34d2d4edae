package events

import (
	"slices"
	"time"

	"newsdesk/news"

	"newsdesk/internal/pattern"
)

// Bounds of an event as it is stored and shown.
const (
	MaxSources = 50 // sources that an event keeps
	MaxFacts   = 5  // facts that an event shows
)

// patience is how many visible revisions an event may have before it takes
// more than a further fact to show another: each one takes a place off the
// ranks from which a fact still counts, down to the first.
const patience = 6

// Develop says what an article does to its event. Base is the event as stored,
// zero for a new one; own is the article's summary and merged that of all its
// articles, the new one included; at is the present.
//
// Readers see a new event, its first confirmation by a second owner's outlet, and facts
// they did not know: something not said before, or another number for something
// that was. Only facts that this article brought count, and a copy of a known
// article confirms nothing. A fact that readers know is shown as changed where an
// article gives another value for it. An article that only repeats changes the list of
// sources and nothing that readers see. A quiet article is never shown.
func Develop(base news.Event, a news.Article, own, merged news.Summary, d Decision, at time.Time) Change {
	ch := Change{Base: base, Article: a.ID, Quiet: a.Quiet, CopyOf: news.ArticleID(d.DuplicateOf)}
	if ch.CopyOf == a.ID {
		ch.CopyOf = 0
	}
	ev := base
	ev.Version++
	if base.Citation(a.ID) > 0 { // the step is run again
		ch.Event, ch.Reason = ev, ReasonRepeats
		return ch
	}
	when := a.When()
	if when.IsZero() || when.After(at) {
		when = at
	}
	if base.ID == 0 {
		return begin(ch, a, merged, when)
	}
	facts := cited(merged.Facts, base.Sources, a.ID)
	read := newContents()
	defer read.close()
	var front []news.Fact
	if ch.CopyOf == 0 && !a.Quiet {
		if front = read.development(base, a, own.Facts, facts, false); len(front) == 0 && len(read.brought(base, a.ID, facts, nil, false)) > 0 {
			front = read.development(base, a, own.Facts, facts, true)
		}
	}
	developed := len(front) > 0
	ch.Novel = append(slices.Clone(front), read.brought(base, a.ID, led(front, facts)[len(front):], front, ch.CopyOf != 0)...)
	if ch.CopyOf == 0 {
		ch.Novel = append(ch.Novel, contested(base, a.ID, facts)...)
		ch.Novel = corrections(base, a, ch.Novel)
	}
	ch.Reason, ch.Visible = judge(base, a, ch)
	if !ch.Visible {
		ch.Novel = nil
	}

	facts = led(front, facts)
	ev.Sources = withSource(base.Sources, sourceFrom(a, ch.CopyOf, when), facts, ch.Visible)
	if when.Before(ev.First) || ev.First.IsZero() {
		ev.First = when
	}
	if when.After(ev.Last) {
		ev.Last = when
	}
	if ev.Image == "" {
		ev.Image = a.Image
	}
	if ch.Visible || base.Revision == 0 {
		ev.Headline = headline(base, merged.Headline, ch.Novel)
		if merged.Headline != "" && Foreign(Language(base.Sources), Language(ev.Sources)) {
			ev.Headline = merged.Headline // most tell it in another language now
		}
		if ev.Headline == merged.Headline {
			ev.Method = merged.Method
		}
		if h := recounted(base.Headline, ch.Novel, merged.Headline, own.Headline); h != "" && ev.Headline == base.Headline && kindOf(a.Kind, a.Title) == kindNews {
			ev.Headline, ev.Method = h, methodOf(h, merged, own)
		}
		if developed && ev.Headline == base.Headline && own.Headline != "" && (outdated(base.Headline, a.Title) || belied(base.Headline, front)) {
			ev.Headline, ev.Method = own.Headline, own.Method
		}
		facts = withRetraction(ev, base.Facts, front, led(front, cited(merged.Facts, ev.Sources, 0)), when)
		facts = read.withHeadline(ev, base.Facts, front, facts)
		ev.Facts = flagged(facts, ch.Novel)
		ev.Checked, ev.Dropped = merged.Checked, merged.Dropped
		if base.Revision == 0 { // nobody saw it before: nothing in it is a change
			ev.Facts = flagged(facts, nil)
		}
		ev.Who, ev.Where, ev.When = either(merged.Who, base.Who), either(merged.Where, base.Where), merged.When
		if ev.When.IsZero() {
			ev.When = base.When
		}
	}
	if ch.Visible {
		ev.Revision++
	}
	ch.Event = ev
	return refile(ch)
}

// begin makes a new event.
func begin(ch Change, a news.Article, merged news.Summary, when time.Time) Change {
	ev := news.Event{
		Version: ch.Base.Version + 1, Topic: a.Topic, Headline: merged.Headline, Method: merged.Method, First: when, Last: when,
		Sources: []news.Source{sourceFrom(a, ch.CopyOf, when)}, Who: merged.Who, Where: merged.Where, When: merged.When, Image: a.Image,
		Checked: merged.Checked, Dropped: merged.Dropped,
	}
	if ev.Headline == "" {
		ev.Headline = a.Title
	}
	ev.Facts = flagged(cited(merged.Facts, nil, a.ID), nil)
	ch.Novel = slices.Clone(ev.Facts)
	switch {
	case a.Quiet:
		ch.Reason = ReasonQuiet
	case kindOf(a.Kind, a.Title) == kindRoundup:
		ch.Reason = ReasonRoundup
	default:
		ch.Reason, ch.Visible, ev.Revision = ReasonNew, true, 1
	}
	ch.Event = ev
	return ch
}

// methodOf is the method of the summary that a headline is from.
func methodOf(headline string, merged, own news.Summary) string {
	if headline == merged.Headline {
		return merged.Method
	}
	return own.Method
}

// judge names the reason of a change to an event that exists, and says whether
// readers should see it.
func judge(base news.Event, a news.Article, ch Change) (Reason, bool) {
	switch told, again := tellers(base, sourceFrom(a, 0, time.Time{}).Voice()); {
	case a.Quiet:
		return ReasonQuiet, false
	case opines(sourceFrom(a, 0, time.Time{})):
		return ReasonOpinion, false
	case kindOf(a.Kind, a.Title) == kindRoundup:
		return ReasonRoundup, false
	case len(ch.Novel) > 0:
		return reasonOf(ch.Novel), true
	case ch.CopyOf == 0 && told == 1 && !again:
		return ReasonCorroborated, true
	case ch.CopyOf != 0:
		return ReasonCopy, false
	}
	return ReasonRepeats, false
}

// tellers counts the owners whose outlets reported an event in their own words,
// and says whether one of them is voice. Opinion is no report.
func tellers(ev news.Event, voice string) (n int, among bool) {
	seen := make(map[string]bool, len(ev.Sources))
	for _, s := range ev.Sources {
		if s.CopyOf == 0 && !opines(s) {
			seen[s.Voice()] = true
		}
	}
	return len(seen), seen[voice]
}

// brought returns the facts of an article that the event did not have, beside
// those that are told of it already. The
// longer an event has been running, the more important a fact must be; a copy
// brings a fact only where it changes a number.
func (cs *contents) brought(base news.Event, id news.ArticleID, facts, told []news.Fact, isCopy bool) []news.Fact {
	known := cs.knownTo(base, facts, id)
	for _, f := range told {
		known = append(known, cs.of(f.Text))
	}
	ranks := max(1, patience-base.Revision)
	var out []news.Fact
	for rank, f := range facts {
		if f.Article != id {
			continue
		}
		c := cs.of(f.Text)
		if before(f.Text) && f.Was == (news.Version{}) && !c.turns(known) {
			continue
		}
		rank += len(told)
		n := novel(c, known)
		if n == novelNumber && rank < max(2, ranks) || n == novelFact && rank < ranks && !isCopy {
			out = append(out, f)
			known = append(known, c)
		}
	}
	return out
}

// cited returns the most important facts that rest on a source of the event or
// on the newcomer, so that each can be shown with its source.
func cited(facts []news.Fact, sources []news.Source, newcomer news.ArticleID) []news.Fact {
	out := make([]news.Fact, 0, MaxFacts)
	for _, f := range facts {
		if len(out) == MaxFacts {
			break
		}
		known := newcomer != 0 && f.Article == newcomer || slices.ContainsFunc(sources, func(s news.Source) bool { return s.Article == f.Article })
		if known && f.Text != "" {
			out = append(out, f)
		}
	}
	return out
}

// flagged returns the facts with New set on those of novel, and on no others.
func flagged(facts, novel []news.Fact) []news.Fact {
	out := slices.Clone(facts)
	for i := range out {
		at := slices.IndexFunc(novel, func(n news.Fact) bool { return n.Article == out[i].Article && n.Text == out[i].Text })
		if out[i].New = at >= 0; out[i].New {
			out[i].Was = novel[at].Was
		}
	}
	return out
}

func sourceFrom(a news.Article, copyOf news.ArticleID, when time.Time) news.Source {
	s := news.Source{Article: a.ID, Feed: a.Feed, Outlet: a.Outlet, Title: a.Title, URL: a.URL, Published: when, Updated: a.Updated, CopyOf: copyOf, Topic: a.Topic, Lang: a.Lang, Kind: a.Kind, Publisher: a.Publisher}
	s.Opinion = opines(s)
	return s
}

// withSource appends a source. A full list takes another only for a change that
// readers see, in place of the latest source that no fact rests on, copies
// first; earlier sources keep their numbers.
func withSource(sources []news.Source, s news.Source, facts []news.Fact, visible bool) []news.Source {
	out := slices.Clone(sources)
	if len(out) < MaxSources {
		return append(out, s)
	}
	if !visible {
		return out
	}
	drop := -1
	for i := len(out) - 1; i > 0; i-- {
		if slices.ContainsFunc(facts, func(f news.Fact) bool { return f.Article == out[i].Article }) {
			continue
		}
		if out[i].CopyOf != 0 {
			drop = i
			break
		}
		if drop < 0 {
			drop = i
		}
	}
	return append(slices.Delete(out, max(drop, 1), max(drop, 1)+1), s)
}

func either(a, b []string) []string {
	if len(a) > 0 {
		return a
	}
	return b
}

var teaseTitle = pattern.MustCompile(`(?i)\?|^(why|how|what|who|where|when|watch|see|here's|here is|this is|these|meet|inside|live)\b|` +
	`\b(here's (why|how|what)|what (we|you need to) know|you (won't|need to|should)|find out|revealed:|explained)\b|(\.\.\.|…)$`)

// tease says whether a headline holds back what happened.
func tease(headline string) bool { return headline == "" || teaseTitle.MatchString(headline) }

var noneHurt = pattern.MustCompile(`(?i)\b(no|without) (known |reported |immediate )?(deaths?|dead|casualties|victims|injur(y|ies)|one (was )?(hurt|killed)|damage)\b|\bunhurt\b|\bunharmed\b`)

// overtaken says whether facts have made a headline untrue: it gives a number
// and they give another for the same thing, or it says that nobody was hurt and
// they tell of the dead and injured.
func overtaken(headline string, novel []news.Fact) bool {
	read := newContents()
	defer read.close()
	h, dead := read.of(headline), toll(headline)
	none := noneHurt.MatchString(headline)
	for _, f := range novel {
		if dead > 0 && toll(f.Text) > dead {
			return true
		}
		c := read.of(f.Text)
		if len(h.numbers) > 0 && h.held(c) >= knownShare && h.differs(c) && c.differs(h) {
			return true
		}
		if none && !noneHurt.MatchString(f.Text) && (c.has("die") || c.has("hurt")) {
			return true
		}
	}
	return false
}

// headline keeps what readers have seen, unless it told them nothing or has
// become untrue, and there is one now that tells.
func headline(base news.Event, proposed string, novel []news.Fact) string {
	switch {
	case proposed == "":
		return base.Headline
	case base.Revision == 0:
		return proposed
	case toll(base.Headline) > 0 && atLeast.MatchString(base.Headline) && toll(proposed) == 0:
		return base.Headline // which holds, and says what happened
	case !tease(proposed) && (tease(base.Headline) || overtaken(base.Headline, novel)):
		return proposed
	}
	return base.Headline
}
