package bot

import (
	"strings"

	"newsdesk/events"
	"newsdesk/news"
)

// articleReason says in words what an article did to its event, "" where the
// reason is of another kind. The copy's original is named beside it.
func articleReason(o news.Outcome) string {
	switch events.Reason(o) {
	case events.ReasonNew:
		return "It began this story: nothing recent told of it."
	case events.ReasonCopy:
		return "It repeats another article word for word, so it confirms nothing and adds nothing."
	case events.ReasonCorroborated:
		return "It was the second outlet to tell of this story, and confirmed it: the story was brought up to date."
	case events.ReasonNewFacts:
		return "It brought facts that the story did not have: the story was brought up to date."
	case events.ReasonCorrected:
		return "It corrected what the story had said: the story was brought up to date, and says what was wrong."
	case events.ReasonDisputed:
		return "It contradicts what the story had said: both stand side by side."
	case events.ReasonRaised:
		return "It says what was known, but with it the story became more important: the story was brought up to date."
	case events.ReasonRefiled:
		return "It says what was known, but with it most outlets file the story under another topic: it moved there."
	case events.ReasonRepeats:
		return "It says only what was known, so it was added to the sources and nothing else changed."
	case events.ReasonOpinion:
		return "It is opinion: it is kept with the story, but confirms nothing."
	case events.ReasonRevised:
		return "Its outlet took out what the story had from it: the story was brought up to date."
	case events.ReasonMerged:
		return "It began a story of its own, which turned out to be this one: the two were put together."
	case events.ReasonParted:
		return "It stood with another story, until it turned out to tell of this one: the two were parted."
	case events.ReasonRoundup:
		return "It tells of many things at once: it can be searched, but is never posted as a story."
	case events.ReasonQuiet:
		return "It stood in its feed before that feed was followed, or is older than all that its feed showed: it can be searched, but is never the cause of a post."
	}
	return ""
}

// channelReason says in words what was decided on an event for a channel, as
// the end of a sentence that begins with the channel; "" where the outcome is
// of another kind. detail is what the decision rests on, made fit to be shown.
func channelReason(o news.Outcome, detail string) string {
	switch o {
	case news.OutcomePosted:
		return "it was posted"
	case news.OutcomeUpdated:
		return "its message was brought up to date"
	case news.OutcomeBelow:
		if detail == "" {
			return "it is less important than the channel asks for"
		}
		return "it is less important than the channel asks for, which is " + detail + " and above"
	case news.OutcomeUnconfirmed:
		return "it waits for a second source: a story is breaking only once two independent ones tell of it"
	case news.OutcomeFiltered:
		if detail == "" {
			return "a filter of the channel keeps it out"
		}
		return "a filter of the channel keeps it out (" + detail + ")"
	case news.OutcomeQuietHours:
		return "it came in the channel's quiet hours" + inBrackets(detail)
	case news.OutcomeCapped:
		return "the channel had as many new messages as it takes" + inBrackets(detail)
	case news.OutcomeLate:
		return "it is from a time in which I could read no feeds, and was not among its most important news"
	case news.OutcomeUnreachable:
		return "it came when I had not been able to post there for a while"
	case news.OutcomeDropped:
		return "it waited for 7 days in which I could not post there, and was then dropped"
	case news.OutcomeDigestOnly:
		return "the channel gets its digest only, which tells the most important stories"
	case news.OutcomeWithOther:
		return "its news was told in the message of the story that it was parted from"
	case news.OutcomeTold:
		return "a digest told it already, and it has become no more important since"
	}
	return ""
}

func inBrackets(detail string) string {
	if detail == "" {
		return ""
	}
	return " (" + detail + ")"
}

// failures are the causes of a delivery that failed, by what their recorded
// reasons have in common, and what each means to a person.
var failures = []struct{ mark, sentence string }{
	{"held for too long", "it was kept for 7 days while I could not post there, and then dropped"},
	{"lacks a permission", "I lack a permission there. Grant View Channel, Send Messages, Embed Links, Create Public Threads and Send Messages in Threads in Server settings > Roles > Newsdesk, or in the channel's permissions"},
	{"can't see the channel", "I can't see the channel. Grant View Channel in its permissions, or invite me again"},
	{"removed from the server", "I was removed from the server. Invite me again within 30 days, and I go on"},
	{"channel does not exist", "the channel was deleted"},
	{"channel was deleted", "the channel was deleted"},
	{"has no threads any more", "threads were turned off in the channel"},
	{"part of another story", "the story turned out to be part of another one, which is told there"},
	{"of another story", "what it told turned out to be of another story"},
	{"told by a later edit", "its change was told together with a later one"},
	{"stopped following", "the channel stopped following its topic before it was posted"},
	{"not in the forum", "it was posted before the channel became a forum, where it can't be brought up to date"},
	{"taken off the list", "the channel was taken off the list of those that get news"},
	{"post was deleted", "somebody deleted its post"},
	{"no message to edit", "it has no message there that could be brought up to date"},
	{"has no message in the channel", "it has no message there that could be brought up to date"},
	{"thread was deleted", "somebody deleted its thread"},
	{"message was deleted", "somebody deleted its message"},
	{"takes no more edits", "Discord takes no more changes to a message that old; what is new stands in its thread"},
	{"over an hour old", "Discord takes no more changes to a message that old; what is new stands in its thread"},
	{"thread is archived", "its thread is closed"},
	{"as many open threads", "the server has as many open threads as it may have. Close some"},
	{"rate limit", "Discord asked me to wait"},
}

// failure says in words why a delivery failed. reason is as it was recorded; a
// cause that is not known by it is told in general terms.
func failure(reason string) string {
	if names, ok := strings.CutPrefix(reason, "missing: "); ok {
		list, verb := permissionList(strings.Split(names, ", "))
		return list + " " + verb + " missing. Grant it in Server settings > Roles > Newsdesk, or in the channel's permissions"
	}
	for _, f := range failures {
		if strings.Contains(reason, f.mark) {
			return f.sentence
		}
	}
	if _, names, ok := strings.Cut(reason, noTag); ok {
		return untaggedHow(strings.Split(names, ", "))
	}
	return "Discord did not take it, or could not be reached"
}
