package news

import "time"

// Channel is a channel with what is set for it.
type Channel struct {
	Guild GuildID
	ID    ChannelID
	Settings
}

// Settings are what is set for a channel beside the topics it follows. The
// zero value posts every event of those topics at once and pings nobody.
type Settings struct {
	Least Class            `json:"least,omitempty"` // events below this class are not posted; "": all are
	Roles map[Class]string `json:"roles,omitempty"` // Discord's ids of the roles that are pinged, by the class they are pinged for
	// Filters say which events are let in at all. Among those that include, one
	// of each kind must match; words and patterns are one kind.
	Filters []Filter `json:"filters,omitempty"`
	// Tags are the ids of the tags that posts in a forum get, by topic; that of
	// AllTopics is for topics that have none else.
	Tags map[string]string `json:"tags,omitempty"`
	// NoThreads keeps updates out of threads: messages are edited only.
	NoThreads bool `json:"no_threads,omitempty"`
	// Publish is the class from which on an announcement channel's messages are
	// published: shown in the channels that follow it. "": none is.
	Publish Class `json:"publish,omitempty"`

	Zone    string     `json:"zone,omitempty"`     // the IANA name of its time zone, "" for UTC
	Quiet   Quiet      `json:"quiet,omitzero"`     // when it gets nothing new
	Digest  DigestPlan `json:"digest,omitzero"`    // when it gets its digest
	PerHour int        `json:"per_hour,omitempty"` // most new messages an hour; 0: the operator's setting
	// DigestOnly keeps events from being posted as they happen: the digest of the
	// plan tells the most important ones. Without a plan it means nothing.
	DigestOnly bool `json:"digest_only,omitempty"`
}

// NoTag in place of a tag's id says that the topic's posts get none.
const NoTag = "none"

// Outcome names what became of an article in a channel, or before it came to
// one. Outcomes are stored and explained to people: stable words.
type Outcome string

// The outcomes that concern a channel. An article that goes to no channel has
// the reason of its change for its outcome.
const (
	OutcomePosted  Outcome = "posted"  // the event became a message
	OutcomeUpdated Outcome = "updated" // the event's message was brought up to date
	OutcomeBelow   Outcome = "below"   // less important than the channel asks for

	OutcomeUnconfirmed Outcome = "unconfirmed" // grave, but the channel asks for what is breaking, and that takes a second independent source

	OutcomeFiltered Outcome = "filtered" // kept out by a filter of the channel
)

// Waits reports whether the event waits for the channel's next digest.
func (o Outcome) Waits() bool {
	return o == OutcomeQuietHours || o == OutcomeCapped || o == OutcomeLate || o == OutcomeUnreachable
}

// Verdict is what was decided on an article: for one channel, or for all of
// them where Channel is "".
type Verdict struct {
	At      time.Time
	Article ArticleID
	Event   EventID
	Channel ChannelID
	Outcome Outcome
	Detail  string // what the outcome rests on, in words a reader understands; "" where there is no more to say
	// Until is when an event that waits is told by a catch-up digest; zero where
	// the channel's own digest tells it, and where nothing waits. It is not kept.
	Until time.Time
}
