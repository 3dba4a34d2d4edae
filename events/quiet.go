package events

import (
	"fmt"
	"time"

	"newsdesk/news"
)

// QuietEnd returns when the quiet hours end that hold at a time, by the clock
// of a place; ok is false where none do. nil is UTC.
func QuietEnd(q news.Quiet, at time.Time, loc *time.Location) (end time.Time, ok bool) {
	if q.None() {
		return time.Time{}, false
	}
	if loc == nil {
		loc = time.UTC
	}
	local := at.In(loc)
	minute := local.Hour()*60 + local.Minute()
	days := 0
	switch overnight := q.From > q.To; {
	case !overnight && (minute < q.From || minute >= q.To):
		return time.Time{}, false
	case overnight && minute >= q.From:
		days = 1
	case overnight && minute >= q.To:
		return time.Time{}, false
	}
	y, m, d := local.Date()
	end = time.Date(y, m, d+days, 0, q.To, 0, 0, loc)
	if !end.After(at) { // the clock is put back in between, and shows the same hour again
		end = end.Add(time.Hour)
	}
	return end, true
}

// Clock writes a minute of the day: 07:05.
func Clock(minute int) string { return fmt.Sprintf("%02d:%02d", minute/60, minute%60) }

// ZoneName is how a channel's zone is named to people.
func ZoneName(zone string) string {
	if zone == "" {
		return "UTC"
	}
	return zone
}

// disturbs reports whether an event of a class may be told aloud in a channel
// at a time.
func disturbs(p Place, c news.Class, at time.Time) bool {
	_, quiet := QuietEnd(p.Quiet, at, p.Location)
	return !quiet || quietPass(p.Quiet, c)
}

// quietPass reports whether an event may disturb quiet hours.
func quietPass(q news.Quiet, c news.Class) bool {
	return q.Breaking && c.Rank() >= news.ClassBreaking.Rank()
}
