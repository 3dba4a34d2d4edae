// Package news holds the words that every stage of Newsdesk shares: feeds and
// their items, articles, key facts, events, subscriptions and posts. It
// imports only the standard library, and nothing in it does any work: a type
// belongs here when two stages must agree on it.
package news

import (
	"errors"
	"slices"
	"time"
)

type (
	// FeedID identifies a feed's row. Of all row ids, zero means "not stored".
	FeedID int64
	// ArticleID identifies an article's row.
	ArticleID int64
	// EventID identifies an event's row.
	EventID int64
	// PostID identifies a row of the outbox.
	PostID int64
)

type (
	// GuildID is Discord's id of a guild, or the preview page's.
	GuildID string
	// ChannelID is Discord's id of a channel, or the preview page's.
	ChannelID string
)

// Two outcomes that callers tell apart with errors.Is.
var (
	// ErrNotFound says that the row asked for does not exist.
	ErrNotFound = errors.New("not found")
	// ErrConflict says that the row changed since it was read; read it again
	// and decide again.
	ErrConflict = errors.New("changed in the meantime")
)

// Feed is a source that is polled: an address, how readers know it, and what
// the last poll left behind.
type Feed struct {
	ID    FeedID
	URL   string // where it is fetched, http or https
	Name  string // the outlet's name as readers see it; "" until the first poll gives one
	Topic string // topic slug its articles belong to, such as "world"

	ETag         string // validators of the last 200, sent back unchanged
	LastModified string
	BodyHash     string // hash of the last body, so that an unchanged 200 costs nothing

	NextPoll  time.Time // when it is due
	Failures  int       // failures in a row; 0 after a success
	LastError string    // one sentence, "" after a success
	Polled    bool      // whether a poll has ever succeeded

	Pace       Pace
	Hub        Hub
	NextReason string    // why the next poll is when it is, such as "3 items a day on average"
	HoldUntil  time.Time // the server asked to be left alone until then; zero where it did not
	Disabled   time.Time // when polling was given up, for LastError; zero while it is polled
	MovedFrom  string    // the address it was added with, where it has moved for good since; else ""
	Moving     Moving    // where it is about to move
	Added      bool      // added by a command and not by the configuration
	Own        bool      // followed by guilds and not by the operator: its articles are for these guilds alone
}

// Hub is where a feed can be subscribed to, so that what is new is sent at once
// (W3C WebSub). The zero Hub says that there is none.
type Hub struct {
	URL   string    // the hub's address, absolute
	Topic string    // the address that the hub knows the feed by, "" where that is the feed's own
	Until time.Time // it pushes what is new until then; zero where it does not
}

// Moving is what is known of a permanent redirect of a feed that is not believed
// yet: servers redirect by mistake, too. The zero Moving says that there is none.
type Moving struct {
	To   string    `json:"to,omitempty"`   // where it leads, and the feed is read
	Left int       `json:"left,omitempty"` // polls of the old address that must still lead there
	Next time.Time `json:"next,omitzero"`  // when the next of them is
}

// Pace is what is known of a feed's rhythm: how often it has something new, and
// when it asks to be polled.
type Pace struct {
	Gap       time.Duration `json:"gap,omitempty"`        // mean time between two items, 0 where unknown
	Newest    time.Time     `json:"newest,omitzero"`      // when the newest item came, zero where unknown
	TTL       time.Duration `json:"ttl,omitempty"`        // least time between two polls that the document asks for
	SkipHours uint32        `json:"skip_hours,omitempty"` // bit n: not from n to n+1 o'clock UTC
	SkipDays  uint8         `json:"skip_days,omitempty"`  // bit n: not on time.Weekday n, UTC
}

// Item is one entry of a feed, as the feed said it.
type Item struct {
	GUID      string // never empty: the feed's own, else made from URL or text
	URL       string // absolute, "" where the feed has none
	Title     string // plain text, blanks folded
	Summary   string // plain text
	Content   string // the feed's own full text as HTML, "" where it has none
	Author    string
	Image     string    // absolute, "" where the feed has none
	Published time.Time // zero where the feed has none
	Updated   time.Time // zero where the feed has none
	Identity  Identity
}

// Identity says how an item is known again.
type Identity string

// The identities, as they are stored.
const (
	IdentityGUID    Identity = "guid"    // by the GUID that the feed gives it
	IdentityAddress Identity = "address" // by its address: it has no GUID, or came back under another one
	IdentityText    Identity = "text"    // by its title and text: it has neither
)

// Method says where an article's text was taken from.
type Method string

// The methods, as they are stored and shown.
const (
	MethodPage    Method = "page"      // the whole page was read
	MethodPageCut Method = "page, cut" // the page was longer than the bound, or shows only a beginning
	MethodFeed    Method = "feed"      // the feed's own text: no page, or no article in it
)

// Article is an item after its page was read: plain text with paragraphs
// parted by blank lines, and what is known about it.
type Article struct {
	ID     ArticleID
	Feed   FeedID
	GUID   string
	URL    string // canonical address, else the item's
	Title  string
	Outlet string // name shown to readers
	Topic  string
	Byline string
	Lang   string // ISO 639-1, "" where unknown
	Image  string // absolute address of the lead image, "" where there is none
	Body   string
	Method Method
	Kind   Kind
	Why    string // why the feed's text was used, "" where the page was read

	Published time.Time // zero where unknown
	Updated   time.Time // when it was changed last, as its page or feed says, in the zone it is told in; zero where unknown or not after Published
	Seen      time.Time // when the item first appeared in its feed
	Quiet     bool      // stood in the feed when it was added: stored, never the cause of a post

	Publisher Publisher // known while its event is decided; kept with the event's sources
}

// When returns the time an article counts from: its own, or the time it was
// first seen where it has none.
func (a Article) When() time.Time {
	if a.Published.IsZero() {
		return a.Seen
	}
	return a.Published
}

// Span is a range of bytes of Article.Body, Start inclusive, End exclusive.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Fact is one sentence that stands alone, with the place it rests on.
type Fact struct {
	Text     string    `json:"text"`
	Article  ArticleID `json:"article"`
	Sentence int       `json:"sentence"`          // index into the article's sentences
	Span     Span      `json:"span"`              // the sentence in Article.Body
	Score    float64   `json:"score"`             // higher is more important; comparable within one summary
	New      bool      `json:"new,omitempty"`     // came with the event's latest revision
	Model    bool      `json:"model,omitempty"`   // worded by a language model; else the article's own words
	Differs  []Version `json:"differs,omitempty"` // what other sources say in its place; neither side is known to be right
	Day      time.Time `json:"day,omitzero"`      // the day that its sentence names, zero where it names none
	Was      Version   `json:"was,omitzero"`      // what the fact corrects; zero where it corrects nothing
	Also     []Place   `json:"also,omitempty"`    // where independent sources say the same, in order of arrival; none known in facts stored before
}

// Version is another value for something that a fact states, as an article
// writes it: "28,000", "$2.7 billion", "March 10".
type Version struct {
	Value   string    `json:"value"`
	Article ArticleID `json:"article"`           // the one that gives it
	Instead string    `json:"instead,omitempty"` // the value in the fact's own text that it stands against
}

// Moment is one fact in the timeline of an event: what readers learned, when,
// and from whom.
type Moment struct {
	Event    EventID
	Revision int       // of the event, with which it came
	At       time.Time // when the article that tells it appeared
	Day      time.Time // the day it speaks of, zero where its sentence names none
	Reason   string    // why the change was shown: a reason of package events
	Text     string
	Was      string // the value that it takes back, "" where it takes back none
	Article  ArticleID
	Outlet   string
	URL      string
}

// ModelMethod begins the Method of every summary that a language model worded.
const ModelMethod = "llm/"

// Summary is what a summarizer made of one article.
type Summary struct {
	Article  ArticleID
	Headline string    // plain statement, at most 70 characters where the language allows
	Facts    []Fact    // most important first
	Who      []string  // most prominent first
	Where    []string  // most prominent first
	When     time.Time // day or hour of the happening; zero where unknown
	Method   string    // names the summarizer and its version
	Checked  int       // facts that were looked for in the articles before they were kept; 0: none were
	Dropped  int       // of those, facts that were not found there
}

// Publisher is who stands behind an outlet, as far as is known.
type Publisher struct {
	Owner   string `json:"owner,omitempty"`   // who holds it: outlets of one owner are one voice
	Country string `json:"country,omitempty"` // ISO 3166-1, two letters; "" where unknown
	Kind    string `json:"kind,omitempty"`    // such as "agency" or "newspaper"; "" where unknown
}

// Source is one article that reports an event.
type Source struct {
	Article   ArticleID `json:"article"`
	Feed      FeedID    `json:"feed,omitempty"` // the article's, 0 where it was not kept yet
	Outlet    string    `json:"outlet"`
	Title     string    `json:"title"`
	URL       string    `json:"url"`
	Published time.Time `json:"published"`
	Updated   time.Time `json:"updated,omitzero"`  // see Article.Updated
	CopyOf    ArticleID `json:"copy_of,omitempty"` // the article it repeats, 0 where it is its own
	Topic     string    `json:"topic,omitempty"`   // that the article was filed under, "" where it was not noted
	Lang      string    `json:"lang,omitempty"`    // ISO 639-1, "" where unknown
	Kind      Kind      `json:"kind,omitempty"`    // what sort of piece it is
	Publisher Publisher `json:"publisher,omitzero"`
	Opinion   bool      `json:"opinion,omitempty"` // it says what somebody thinks of the event
}

// Voice names whose word a source is: its outlet's owner, else the outlet.
func (s Source) Voice() string {
	if s.Publisher.Owner != "" {
		return s.Publisher.Owner
	}
	return s.Outlet
}

// Event is one happening as told by one or more articles.
type Event struct {
	ID       EventID   `json:"id"`
	Version  int       `json:"version"`  // rises by one with each article
	Revision int       `json:"revision"` // rises by one with each change that readers see
	Topic    string    `json:"topic"`
	Headline string    `json:"headline"`
	Method   string    `json:"method,omitempty"` // Method of the summary that the headline is from
	First    time.Time `json:"first"`            // first report
	Last     time.Time `json:"last"`             // latest report
	Sources  []Source  `json:"sources"`          // in order of arrival; citation [n] is Sources[n-1]
	Facts    []Fact    `json:"facts"`            // most important first
	Who      []string  `json:"who,omitempty"`
	Where    []string  `json:"where,omitempty"`
	When     time.Time `json:"when,omitzero"`
	Image    string    `json:"image,omitempty"`
	Checked  int       `json:"checked,omitempty"` // facts that were looked for in the sources; 0: none were
	Dropped  int       `json:"dropped,omitempty"` // of those, facts that were not found there and left out
	Class    Class     `json:"class,omitempty"`
	Weight   float64   `json:"weight,omitempty"` // importance, 0 to 1; Class follows it with hysteresis
	Terms    []Term    `json:"terms,omitempty"`  // what Weight is made of, largest first

	Absorbed []Absorbed `json:"absorbed,omitempty"` // the events that turned out to be this one, in the order in which that was seen
	Into     EventID    `json:"into,omitempty"`     // the event that this one turned out to be, 0 while it stands by itself
	Parted   []Parted   `json:"parted,omitempty"`   // the events that it turned out not to be, in the order in which that was seen
}

// Reports says whether a source counts among those that report the event: it is no
// copy, and no opinion unless the event has nothing else.
func (e Event) Reports(s Source) bool {
	return s.CopyOf == 0 && (!s.Opinion || !slices.ContainsFunc(e.Sources, func(o Source) bool { return !o.Opinion }))
}

// Outlets counts the event's sources that report it, each outlet once.
func (e Event) Outlets() int {
	seen := make(map[string]bool, len(e.Sources))
	for _, s := range e.Sources {
		if e.Reports(s) {
			seen[s.Outlet] = true
		}
	}
	return len(seen)
}

// Owners counts the independent voices among the event's sources that report it:
// outlets of one owner count once.
func (e Event) Owners() int {
	seen := make(map[string]bool, len(e.Sources))
	for _, s := range e.Sources {
		if e.Reports(s) {
			seen[s.Voice()] = true
		}
	}
	return len(seen)
}

// Citation returns the number that readers see for an article, counting from
// 1, and 0 where the article is not among the sources.
func (e Event) Citation(id ArticleID) int {
	for i, s := range e.Sources {
		if s.Article == id {
			return i + 1
		}
	}
	return 0
}

// AllTopics is the topic of a subscription that covers every topic.
const AllTopics = "all"

// Subscription says that a channel follows a topic.
type Subscription struct {
	Guild   GuildID
	Channel ChannelID
	Topic   string // AllTopics for every topic
}

// PostKind is what a post does to its channel.
type PostKind string

// The kinds of post. Each is one effect, so that each can be repeated safely.
const (
	PostAlert PostKind = "alert" // a new message
	PostEdit  PostKind = "edit"  // the event's message is brought up to date, and what a PostRise posted; of one that turned out to be another, it says where it went
	PostLine  PostKind = "line"  // one line in the thread of the event's message; of such an event the last, where there is a thread
	PostRise  PostKind = "rise"  // a short message that the event became breaking: an edit notifies nobody

	PostDigest PostKind = "digest" // several events in one message
)

// Post is something to be done in a channel: a row of the outbox.
type Post struct {
	ID        PostID
	Key       string // unique: channel, event, revision, kind; of a digest: channel, kind, time
	Channel   ChannelID
	Kind      PostKind
	Event     Event  // the event as it was when the post was decided
	Line      string // the thread line of a PostLine; the headline of the event that its event turned out to be
	Guild     GuildID
	Loud      bool   // arrives with a notification
	Role      string // Discord's id of the role that is pinged; "" where none is
	Digest    Digest // of a PostDigest, whose Event is zero
	Attempts  int
	NotBefore time.Time
	// Tried is when it was first handed over without it being known since
	// whether it arrived; zero where it is certain that it did not.
	Tried time.Time

	Message string // the event's message in the channel, "" before the alert is sent
	Onward  string // the message in the channel of the event that its event turned out to be, or was parted from last; "" where there is none
	Thread  string // the thread of that message, "" before the first line
	Rise    Rise   // what a PostRise of the event posted in the channel; zero where there is none
}

// Rise is the message that tells a channel that an event became breaking.
type Rise struct {
	Message string
	Line    string // its first line, which names the event, without a ping
}

// ModelUse is what a language model was used for in a day, or what is added to
// that.
type ModelUse struct {
	Cost         int64 `json:"cost"`          // billionths of the unit that the prices are in
	Requests     int   `json:"requests"`      // sent, repetitions included
	Hits         int   `json:"hits"`          // answers that were kept from before and cost nothing
	Capped       int   `json:"capped"`        // articles not sent because of the cap
	InputTokens  int   `json:"input_tokens"`  // as the server counted, estimated where it did not
	OutputTokens int   `json:"output_tokens"` // the same
	Kept         int   `json:"kept"`          // facts that passed the check against their article
	Dropped      int   `json:"dropped"`       // facts that did not
}

// GuildModelUse is what a language model was used for, in a day, for a guild's own
// feeds.
type GuildModelUse struct {
	Cost   int64 // billionths of the unit that the prices are in
	Capped int   // articles not sent because of the guild's cap
}

// ModelBudget bounds what a request to a language model may cost, in billionths
// of the unit that the prices are in. 0 is no bound.
type ModelBudget struct {
	Day    int64     // of all requests of a day
	Guild  int64     // of a guild's share of a day's requests
	Guilds []GuildID // whom alone the request is for; none where it is for all
}

// ModelBooking is what became of booking a request's cost.
type ModelBooking struct {
	Refused ModelBound // BoundNone where it is booked
	Payers  []GuildID  // whose shares it was booked on, too
}

// ModelBound is the bound that a request to a language model would pass.
type ModelBound string

// The bounds.
const (
	BoundNone  ModelBound = ""
	BoundDay   ModelBound = "day"
	BoundGuild ModelBound = "guild"
)
