package events

import (
	"fmt"
	"time"

	"newsdesk/news"
)

// lateAlerts is how many events of a time in which no feed was read a channel
// gets one by one; the rest comes in one digest (M16).
const lateAlerts = 3

// Volume is what a channel got of late, and how its clock goes.
type Volume struct {
	Location *time.Location // nil is UTC
	Recent   int            // new messages in the last hour
	// Unreachable says that the channel has taken no messages for a while: the bot
	// lacks a permission there, or Discord cannot be reached. What came in
	// meanwhile is told together once it takes them again.
	Unreachable bool
	Told        bool       // a digest told it the event
	ToldAs      news.Class // the event's class then
	ToldAt      time.Time  // when it did
	// Elsewhere says that the channel has the event's news in the message of the one
	// that it was parted from.
	Elsewhere bool
}

// hold decides whether an event that would be posted waits for the channel's
// digest instead, and until when: zero where the channel's own digest is soon
// enough. An event that a digest told is not told again unless it rises a
// class. In a channel that gets its digest only nothing waits: the digest chooses
// among all that there was.
func hold(ch Change, p Place, at time.Time) (o news.Outcome, detail string, until time.Time) {
	class := ch.Event.Class
	if p.DigestOnly && p.Digest.Every != "" {
		return news.OutcomeDigestOnly, "", time.Time{}
	}
	if p.Told && class.Rank() <= p.ToldAs.Rank() {
		return news.OutcomeTold, "", time.Time{}
	}
	quietEnd, quiet := QuietEnd(p.Quiet, at, p.Location)
	switch {
	case quiet && !quietPass(p.Quiet, class):
		o, until = news.OutcomeQuietHours, quietEnd
		detail = fmt.Sprintf("%s to %s, %s", Clock(p.Quiet.From), Clock(p.Quiet.To), ZoneName(p.Zone))
	case p.Unreachable:
		o, until = news.OutcomeUnreachable, at
	case !ch.Late.IsZero() && (class.Rank() < news.ClassMajor.Rank() || p.Recent >= lateAlerts):
		o, until = news.OutcomeLate, ch.Late
		if until.Before(at) {
			until = at
		}
	case p.PerHour > 0 && p.Recent >= p.PerHour && class.Rank() < news.ClassBreaking.Rank():
		o, until = news.OutcomeCapped, at.Truncate(time.Hour).Add(time.Hour)
		detail = fmt.Sprintf("%d an hour", p.PerHour)
	default:
		return news.OutcomePosted, "", time.Time{}
	}
	if p.Digest.Every == news.Daily {
		until = time.Time{}
	} else if end, quiet := QuietEnd(p.Quiet, until, p.Location); quiet {
		until = end
	}
	return o, detail, until
}
