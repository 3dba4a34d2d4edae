// Package trail says what became of an item: how far it came, in each channel
// or before it came to any, and for which named reason. It is pure: the store
// fills an [Item] and the [Channel] values of its event with what is recorded,
// [Of] and [In] read the last stage out of them.
//
// There are two questions, and both are asked of everything that came in. What
// did the article do? It waits, repeats what is known, joined an event, began
// one. What did a channel get of the event? It is posted, waits in the outbox,
// is held for a digest, was kept out by what is set for the channel.
package trail

import (
	"slices"
	"time"

	"newsdesk/news"
)

// Stage is how far something came. Stages are stable words.
type Stage string

// The stages of an article.
const (
	StageWaiting Stage = "waiting" // its page is still to be read
	StagePlaced  Stage = "placed"  // read, and part of an event
)

// The stages of an event in a channel.
const (
	StageUnfollowed Stage = "unfollowed" // the channel does not follow the event's topic
	StageUntold     Stage = "untold"     // nothing that readers see came of the event since the channel follows it
	StageKeptOut    Stage = "kept_out"   // what is set for the channel keeps it out
	StageHeld       Stage = "held"       // it waits for the channel's next digest
	StageTold       Stage = "told"       // a digest told it
	StageCounted    Stage = "counted"    // it waited for a digest that had no room for it, and only counted it
	StageQueued     Stage = "queued"     // it is in the outbox
	StageRetried    Stage = "retried"    // it was tried, and is tried again
	StagePaused     Stage = "paused"     // it is in the outbox of a channel that takes no posts
	StageSent       Stage = "sent"       // the channel shows it as it is
	StageRationed   Stage = "rationed"   // the channel shows it, and the last change waits until its message takes another
	StageOutdated   Stage = "outdated"   // the channel shows it, but the last change could not be shown
	StageGivenUp    Stage = "given_up"   // it could not be posted, and is tried no more
)

// Stages returns all stages.
func Stages() []Stage {
	return []Stage{
		StageWaiting, StagePlaced, StageUnfollowed, StageUntold, StageKeptOut, StageHeld, StageTold, StageCounted,
		StageQueued, StageRetried, StagePaused, StageSent, StageRationed, StageOutdated, StageGivenUp,
	}
}

// Item is what is recorded of an article.
type Item struct {
	Article  news.Article // without its text
	FeedURL  string
	Waiting  bool      // its page is still to be read
	Attempts int       // how often that was tried
	Error    string    // why the last try failed, "" where none did
	Next     time.Time // when it is tried again
	Event    news.EventID
	CopyOf   news.ArticleID // the article it repeats, 0 where it is its own
	Placed   news.Placement
	Twin     Other // the article that the grouping rests on, or that it repeats
}

// Scope says whose channels are told of: nobody but the operator sees those of
// more than one guild.
type Scope struct {
	Guild   news.GuildID   // all channels of this guild; "": none
	Channel news.ChannelID // this one too, whatever its guild; "": none
	All     bool           // those of all guilds
}

// Other is an article that another one rests on.
type Other struct {
	Article            news.ArticleID
	Title, Outlet, URL string
}

// Channel is what is recorded of an event in a channel.
type Channel struct {
	news.Channel
	Topics  []string // that it follows
	Pause   Pause
	Held    news.Outcome // why the event waits for the next digest; "" where it does not
	Message string       // the event's message, "" where there is none
	Thread  string       // the thread of the message
	Verdict news.Verdict // the latest decision for the channel on an article of the event; zero where there is none
	Posts   []Post       // of the event, in the order they go out
	Told    Told
	// EditAfter is when the message takes its next change, where it takes only so
	// many an hour; else zero.
	EditAfter time.Time
	// HeldUntil is when the channel's next digest is due; zero where none is to come.
	HeldUntil   time.Time
	Publication Publication
}

// Publication is how far a message of an announcement channel came on its way to
// the channels that follow that one.
type Publication struct {
	State  State     // "" where it is not to be published
	At     time.Time // when it was published, zero where it was not
	Next   time.Time // when it may be tried again, zero where it only waits for its turn
	Reason string    // why it was not published when last tried
}

// Told is what the digests of a channel made of an event: the latest that named
// it, else the one that counted it.
type Told struct {
	At      time.Time // when the digest was made; zero where there is none
	Counted bool      // it had no room for the event, and said only how many more there were
	Message string    // the digest's message, "" where there is none
	Post    Post      // its delivery; State "" where that is not known
}

// Pause says that a channel takes no posts.
type Pause struct {
	Since  time.Time // zero where it takes them
	Reason string
}

// Post is what is recorded of one post.
type Post struct {
	Kind     news.PostKind
	State    State
	Attempts int
	Reason   string    // why it was not sent, "" where it was or was not tried
	Tried    time.Time // when it was handed over, zero where it was not
	Next     time.Time // when it is tried again
}

// State is where a post of the outbox stands.
type State string

// The states, as they are stored.
const (
	StatePending State = "pending"
	StateSent    State = "sent"
	StateDead    State = "dead"
)

// Step is how far something came, and why no farther.
type Step struct {
	Stage   Stage
	Outcome news.Outcome // the named reason, "" where the stage says all
	Detail  string       // what that rests on: foreign text, "" where there is no more to say
	At      time.Time    // when it came to that, zero where unknown
	Next    time.Time    // when it is tried again
	Tries   int
	Edits   int  // changes that the channel's message shows
	Lines   int  // lines in its thread
	Digest  bool // what is to be sent, or could not be, is a digest that tells the event
}

// Of says how far an article came.
func Of(it Item) Step {
	if it.Waiting {
		return Step{Stage: StageWaiting, Detail: it.Error, At: it.Article.Seen, Next: it.Next, Tries: it.Attempts}
	}
	s := Step{Stage: StagePlaced, Outcome: it.Placed.Reason, At: it.Placed.At}
	switch {
	case it.CopyOf != 0 && (s.Outcome == "" || s.Outcome == "repeats"): // what it repeats says more
		s.Outcome = "copy"
	case s.Outcome == "" && it.Article.Quiet:
		s.Outcome = "quiet"
	}
	return s
}

// In says how far an event came in a channel.
func In(ch Channel, e news.Event) Step {
	v := ch.Verdict
	s := Step{Outcome: v.Outcome, Detail: v.Detail, At: v.At}
	if len(ch.Posts) > 0 {
		got := posted(ch)
		if got.Stage != StageGivenUp || ch.Told.At.IsZero() || ch.Told.Counted {
			return got
		}
		return told(ch, s)
	}
	switch {
	case ch.Held != "":
		s.Stage = StageHeld
		if s.Outcome != ch.Held { // a later article was decided on otherwise, but the event still waits
			s = Step{Stage: StageHeld, Outcome: ch.Held, At: v.At}
		}
	case !ch.Told.At.IsZero():
		return told(ch, s)
	case v.Outcome.Waits() && !slices.ContainsFunc(ch.Topics, e.Under): // the channel gave the topic up before the digest came
		return Step{Stage: StageUnfollowed}
	case v.Outcome.Waits(): // and it is not among what was told
		s.Stage = StageCounted
	case v.Outcome != "":
		s.Stage = StageKeptOut
	case !slices.ContainsFunc(ch.Topics, e.Under):
		return Step{Stage: StageUnfollowed}
	default:
		return Step{Stage: StageUntold}
	}
	return s
}

// told says how far the digest came that tells an event. s says why the event is
// not posted by itself.
func told(ch Channel, s Step) Step {
	p := ch.Told.Post
	switch {
	case ch.Told.Counted:
		s.Stage = StageCounted
	case p.State == StatePending, p.State == StateDead:
		s = delivery(ch, p, "")
		s.Digest = true
	default:
		s.Stage, s.At = StageTold, ch.Told.At
		if !p.Tried.IsZero() {
			s.At = p.Tried
		}
	}
	return s
}

// posted reads the posts of an event in a channel. The first unsent one says
// how far it came, since those behind it wait for it; without one, the last.
func posted(ch Channel) Step {
	var s Step
	var head, last *Post
	for i := range ch.Posts {
		p := &ch.Posts[i]
		last = p
		switch {
		case p.State == StatePending && head == nil:
			head = p
		case p.State == StateSent && p.Kind == news.PostLine:
			s.Lines++
		case p.State == StateSent && p.Kind == news.PostEdit:
			s.Edits++
		}
	}
	if head == nil {
		head = last
	}
	edits, lines := s.Edits, s.Lines
	s = delivery(ch, *head, ch.Message)
	s.Edits, s.Lines = edits, lines
	return s
}

// delivery says how far a post came. message is what the channel shows of it
// already, "" where that is nothing.
func delivery(ch Channel, p Post, message string) Step {
	s := Step{Outcome: ch.Verdict.Outcome, Detail: p.Reason, At: p.Tried, Next: p.Next, Tries: p.Attempts}
	switch {
	case p.State == StatePending && !ch.Pause.Since.IsZero():
		s.Stage, s.Detail, s.At = StagePaused, ch.Pause.Reason, ch.Pause.Since
	case p.State == StatePending && p.Kind == news.PostEdit && !ch.EditAfter.IsZero():
		s.Stage, s.Detail = StageRationed, ""
		if s.Next.Before(ch.EditAfter) {
			s.Next = ch.EditAfter
		}
	case p.State == StatePending && p.Attempts > 0:
		s.Stage = StageRetried
	case p.State == StatePending:
		s.Stage, s.At = StageQueued, ch.Verdict.At
	case p.State == StateSent:
		s.Stage, s.Detail = StageSent, ""
	case message != "":
		s.Stage = StageOutdated
	default:
		s.Stage = StageGivenUp
	}
	return s
}
