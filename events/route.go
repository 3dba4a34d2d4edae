package events

import (
	"fmt"
	"slices"
	"time"

	"newsdesk/news"
)

// Key is the unique key of a post: a post that is decided twice is stored, and
// sent, once.
func Key(ch news.ChannelID, id news.EventID, revision int, k news.PostKind) string {
	return fmt.Sprintf("%s:%d:%d:%s", ch, id, revision, k)
}

// Place is a channel as Route must know it.
type Place struct {
	news.Channel
	Topics   []string // that it follows
	Alerted  bool     // it has, or is about to have, a message of the event, or of the one that was put into it
	Other    bool     // it has, or is about to have, one of the event that was put into it
	Compiled *Filters // NewFilters of its filters; nil: Route makes them
	Volume            // what it got of late
}

// follows reports whether the channel follows a topic that the event is told
// under.
func (p Place) follows(e news.Event) bool { return slices.ContainsFunc(p.Topics, e.Under) }

// followed reports whether the channel follows a topic that the event was filed
// under at some time.
func (p Place) followed(e news.Event) bool {
	return slices.ContainsFunc(FiledUnder(e), func(t string) bool { return slices.Contains(p.Topics, t) })
}

// concerns reports whether an event is a channel's: it follows a topic that the
// event is told under, or one that it had when the channel got its message.
func (p Place) concerns(e news.Event) bool { return p.follows(e) || p.Alerted && p.followed(e) }

// Plan is what a change causes: posts, in the order they go out, what was
// decided for each channel, and why the article stands where it does.
type Plan struct {
	Posts    []news.Post
	Publish  []news.ChannelID // those in which the event's message is to be published
	Verdicts []news.Verdict
	Placed   news.Placement
	Revisit  news.Revisit // when the article's page is read again; its Article is 0 where it is not
	// Onward are the posts by which the message of an event that was put into
	// another one says where it went, and its thread ends. They go out behind the
	// others, in the channels whose settlement is SettleRetire.
	Onward []news.Post
}

// Route says what a change causes in the channels that follow its topic, or
// followed it under another one: an alert where the channel has no message of the
// event and nothing that is set for it keeps the event out; where it has one, an
// edit, a line in its thread when there are new facts, and a message of its own
// when it became breaking. Where the event is as important as the channel asks for,
// its message is published. Where another event was put into it, the channel's
// message of that one says so, its thread gets no line for what that one told
// there, and nothing notifies; a store that takes back a post that was to notify
// adds another. A change that readers should not see causes no post, and one
// verdict for all channels with the change's reason; nor does one that brings no
// fact where the channel has the event's news in another one's message.
//
// The ids in the posts and verdicts of a new event, and in the posts' keys, are
// 0 until the store has given it one.
func Route(ch Change, places []Place, at time.Time) Plan {
	plan := Plan{Placed: news.Placement{At: at, Reason: news.Outcome(ch.Reason), Grouping: ch.Grouping}}
	verdict := news.Verdict{At: at, Article: ch.Article, Event: ch.Event.ID}
	if !ch.Visible || ch.Quiet {
		verdict.Outcome = news.Outcome(ch.Reason)
		plan.Verdicts = []news.Verdict{verdict}
		return plan
	}
	about := &subject{event: ch.Event}
	for _, p := range places {
		if !p.concerns(ch.Event) || p.ID == "" {
			continue
		}
		verdict.Channel = p.ID
		verdict.Outcome, verdict.Detail = admit(about, p)
		verdict.Until = time.Time{}
		if verdict.Outcome == news.OutcomePosted {
			verdict.Outcome, verdict.Detail, verdict.Until = hold(ch, p, at)
		}
		if p.Elsewhere && len(ch.Novel) == 0 && (verdict.Outcome == news.OutcomePosted || verdict.Outcome.Waits()) {
			verdict.Outcome, verdict.Detail, verdict.Until = news.OutcomeWithOther, "", time.Time{}
		}
		switch verdict.Outcome {
		case news.OutcomePosted:
			plan.add(p, ch, news.PostAlert, "")
			if publishes(ch.Event.Class, p) {
				plan.Publish = append(plan.Publish, p.ID)
			}
		case news.OutcomeUpdated:
			plan.add(p, ch, news.PostEdit, "")
			if publishes(ch.Event.Class, p) && !publishes(ch.Base.Class, p) {
				plan.Publish = append(plan.Publish, p.ID)
			}
			if len(ch.Novel) > 0 && !p.NoThreads && !p.Other {
				plan.add(p, ch, news.PostLine, ch.Novel[0].Text)
			}
			if p.Other {
				plan.onward(p, ch)
			}
			if ch.Absorbed.ID == 0 && ch.Event.Class == news.ClassBreaking && ch.Base.Class != news.ClassBreaking && disturbs(p, ch.Event.Class, at) {
				plan.add(p, ch, news.PostRise, "")
			}
		}
		plan.Verdicts = append(plan.Verdicts, verdict)
	}
	return plan
}

// admit decides whether an event that changed is shown in a channel that
// follows its topic. What stands there already is always kept up to date.
func admit(s *subject, p Place) (news.Outcome, string) {
	if p.Alerted {
		return news.OutcomeUpdated, ""
	}
	if p.Compiled == nil {
		p.Compiled = NewFilters(p.Filters)
	}
	if ok, by := p.Compiled.admit(s); !ok {
		return news.OutcomeFiltered, by
	}
	if s.event.Class.Rank() < p.Least.Rank() {
		if p.Least == news.ClassBreaking && unconfirmed(s.event) {
			return news.OutcomeUnconfirmed, ""
		}
		return news.OutcomeBelow, string(p.Least)
	}
	return news.OutcomePosted, ""
}

// publishes reports whether a message of a class is published.
func publishes(c news.Class, p Place) bool {
	return p.Publish != "" && c.Rank() >= p.Publish.Rank()
}

// add appends a post. Only what is breaking notifies, and only in a message
// that is new: an edit or a line in a thread never does. The edit of a breaking
// event names the role as its message did, which pings nobody.
func (p *Plan) add(to Place, ch Change, k news.PostKind, line string) {
	post := news.Post{
		Key: Key(to.ID, ch.Event.ID, ch.Event.Revision, k), Channel: to.ID, Guild: to.Guild, Kind: k, Event: ch.Event, Line: line,
	}
	again := to.Elsewhere && ch.Base.Class == news.ClassBreaking // it notified before, or was breaking when it was told
	if ch.Event.Class == news.ClassBreaking && k != news.PostLine && (ch.Absorbed.ID == 0 || k == news.PostEdit) && !again {
		post.Loud = k != news.PostEdit
		post.Role = to.Roles[news.ClassBreaking]
	}
	p.Posts = append(p.Posts, post)
}

// onward appends the posts by which an event that was put into another one is
// ended in a channel. The keys are of a revision that it never had.
func (p *Plan) onward(to Place, ch Change) {
	gone := ch.Absorbed
	gone.Into = ch.Event.ID
	gone.Revision++
	for _, k := range []news.PostKind{news.PostEdit, news.PostLine} {
		p.Onward = append(p.Onward, news.Post{
			Key: Key(to.ID, gone.ID, gone.Revision, k), Channel: to.ID, Guild: to.Guild, Kind: k, Event: gone, Line: ch.Event.Headline,
		})
	}
}
