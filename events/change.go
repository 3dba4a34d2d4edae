package events

import (
	"time"

	"newsdesk/news"
)

// Reason names why a decision fell as it did. Reasons go to logs, metrics and
// to people who ask; they are stable words.
type Reason string

// The reasons.
const (
	ReasonNew          Reason = "new"          // nothing recent tells of it
	ReasonCopy         Reason = "copy"         // repeats an article word for word
	ReasonCorroborated Reason = "corroborated" // a second outlet confirms what one had said
	ReasonNewFacts     Reason = "new_facts"    // brings facts that the event did not have
	ReasonCorrected    Reason = "corrected"    // takes back what a source had said
	ReasonDisputed     Reason = "disputed"     // gives another value than another source, and neither is merely newer
	ReasonRaised       Reason = "raised"       // says what is known, but makes the event weigh more: its class rose
	ReasonRefiled      Reason = "refiled"      // says what is known, but with it most outlets file the event under another topic
	ReasonRepeats      Reason = "repeats"      // says only what is known: no reason to edit
	ReasonOpinion      Reason = "opinion"      // what somebody thinks of it: kept, confirms nothing
	ReasonRevised      Reason = "revised"      // its outlet took out what the event had from it
	ReasonMerged       Reason = "merged"       // began an event that turned out to be this one
	ReasonParted       Reason = "parted"       // was put with another happening, and turned out to tell of this one
	ReasonRoundup      Reason = "roundup"      // tells of many happenings: kept, never shown as one
	ReasonQuiet        Reason = "quiet"        // stood in its feed before the feed was followed, or came up from behind later: kept, never shown
)

// Change is what one article does to an event: the event before, the event
// after, and whether readers should see it.
type Change struct {
	Base    news.Event // zero where the event is new
	Event   news.Event // as it shall be; its Version is Base.Version+1
	Article news.ArticleID
	Novel   []news.Fact // facts that Base did not have, most important first; all of them where the event is new
	Reason  Reason
	Visible bool           // a post is to be made or edited
	Quiet   bool           // the article may not be the cause of a post
	CopyOf  news.ArticleID // the article it repeats, 0 where it is its own

	Grouping news.Grouping // why the article belongs to the event
	// Late is set where the article is from a time in which no feed was read: it
	// is when what that time brought is told together.
	Late time.Time
	// Revised is when an article that the event had was read again and found
	// changed; zero where the article is new to it.
	Revised time.Time
	// Absorbed is the event that turned out to be the same happening, as it was;
	// its ID is 0 where none did.
	Absorbed news.Event
}
