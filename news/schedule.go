package news

import "time"

// Quiet are the hours of the day in which a channel gets no new message. The
// zero value is none.
type Quiet struct {
	From     int  `json:"from"`               // minute of the day in the channel's zone, 0 to 1439
	To       int  `json:"to"`                 // the first minute after; below From: it passes midnight; the same: no quiet hours
	Breaking bool `json:"breaking,omitempty"` // breaking events are posted all the same
}

// None reports whether there are no quiet hours.
func (q Quiet) None() bool { return q.From == q.To }

// Rhythm is how often a channel gets its digest.
type Rhythm string

// The rhythms, as they are stored. "" is never.
const (
	Daily  Rhythm = "daily"
	Weekly Rhythm = "weekly"
)

// DigestPlan says when a channel gets its digest. The zero value is never.
type DigestPlan struct {
	Every   Rhythm       `json:"every,omitempty"`
	Minute  int          `json:"minute,omitempty"`  // of the day in the channel's zone, 0 to 1439
	Weekday time.Weekday `json:"weekday,omitempty"` // of a weekly one
}

// The outcomes of an event that a channel does not get at once.
const (
	OutcomeQuietHours Outcome = "quiet_hours" // came in the channel's quiet hours
	OutcomeCapped     Outcome = "capped"      // the channel had as many messages in the last hour as it takes
	OutcomeLate       Outcome = "late"        // published while no feed was read, and less important than what was posted of that time
	// OutcomeUnreachable: came when the channel had taken no messages for a while.
	OutcomeUnreachable Outcome = "unreachable"
	// OutcomeDropped: waited for a channel that took no messages for too long.
	OutcomeDropped Outcome = "dropped"

	OutcomeWithOther Outcome = "with_other" // the message of the event that it was parted from told it
	OutcomeTold      Outcome = "told"       // the channel's digest told it; more would be to tell it again

	// OutcomeDigestOnly: the channel gets its digest and nothing else.
	OutcomeDigestOnly Outcome = "digest_only"
)

// DigestID identifies the row of a digest that is due at some time.
type DigestID int64

// DigestKind says what a digest is for.
type DigestKind string

// The kinds of digest, as they are stored.
const (
	DigestPlanned DigestKind = "planned"  // by the channel's plan
	DigestCatchUp DigestKind = "catch_up" // what a channel's events waited for, where its plan comes too late or is none
)

// DueDigest is a digest to come.
type DueDigest struct {
	ID      DigestID
	Channel ChannelID
	Kind    DigestKind
	Due     time.Time
	Since   time.Time // what it tells begins here
}

// HeldEvent is an event that waits for a channel's digest.
type HeldEvent struct {
	Event   EventID
	Outcome Outcome // why
	At      time.Time
}

// Digest is what a digest shows: at most ten events, and what they were chosen
// from.
type Digest struct {
	Kind     DigestKind      `json:"kind"`
	Every    Rhythm          `json:"every,omitempty"` // of a planned one
	Topics   []string        `json:"topics"`
	From     time.Time       `json:"from"`
	To       time.Time       `json:"to"`
	Zone     string          `json:"zone,omitempty"` // in which its day is named
	Articles int             `json:"articles"`       // of the topics and the period
	Events   int             `json:"events"`         // the same, shown or not
	Entries  []DigestEntry   `json:"entries,omitempty"`
	Held     map[Outcome]int `json:"held,omitempty"`    // how many events had waited for it, by the reason
	Unshown  int             `json:"unshown,omitempty"` // of those that waited, not among the entries
	More     []DigestEntry   `json:"more,omitempty"`    // of those, the first
	Note     DigestNote      `json:"note,omitempty"`
	Feeds    int             `json:"feeds,omitempty"`   // of the topics
	Failing  int             `json:"failing,omitempty"` // of those, whose last poll failed
}

// DigestNote names why a digest has few events or none.
type DigestNote string

// The notes, as they are stored.
const (
	NoteFeedsDown DigestNote = "feeds_down" // no feed of its topics could be read
	NoteNothing   DigestNote = "nothing"    // no article came
	NoteSingle    DigestNote = "single"     // no event was told by two sources
	NoteFiltered  DigestNote = "filtered"   // events, but the channel's filters keep all of them out
	NoteBelow     DigestNote = "below"      // events, but none that matters enough
	NoteFew       DigestNote = "few"        // fewer than would have fitted
)

// DigestSection is a part of a digest.
type DigestSection string

// The sections, in their order.
const (
	SectionNew        DigestSection = ""           // told for the first time
	SectionDeveloping DigestSection = "developing" // told before, with something new since
	SectionCorrected  DigestSection = "corrected"  // told before, and wrong in something
)

// DigestEntry is one event of a digest.
type DigestEntry struct {
	Section  DigestSection `json:"section,omitempty"`
	Event    EventID       `json:"event"`
	Topic    string        `json:"topic"`
	Class    Class         `json:"class,omitempty"`
	Headline string        `json:"headline"`
	Link     string        `json:"link,omitempty"` // of the earliest report
	Fact     string        `json:"fact,omitempty"` // "" where it has none that is cited
	Citation int           `json:"citation,omitempty"`
	Cited    string        `json:"cited,omitempty"` // the address of the article that says the fact
	Was      string        `json:"was,omitempty"`   // the value that the fact of a correction takes back, "" where it names none
	Outlets  int           `json:"outlets"`
	Last     time.Time     `json:"last,omitzero"`
	Posted   bool          `json:"posted,omitempty"` // the channel has a message of it
}
