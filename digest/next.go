package digest

import (
	"fmt"
	"strings"
	"time"
	_ "time/tzdata" // the rules of the zones, where the system has none

	"newsdesk/news"
)

// Zone returns the time zone of an IANA name; "" is UTC. Names that are no
// zone's, "Local" among them, are an error.
func Zone(name string) (*time.Location, error) {
	if name == "" {
		return time.UTC, nil
	}
	if strings.EqualFold(name, "local") {
		return nil, fmt.Errorf("time zone %q: not a place", name)
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		return nil, fmt.Errorf("time zone %q: %w", name, err)
	}
	return loc, nil
}

// ZoneOr returns the time zone of a name that was checked when it was stored,
// UTC should it have gone since.
func ZoneOr(name string) *time.Location {
	loc, err := Zone(name)
	if err != nil {
		return time.UTC
	}
	return loc
}

// Next returns when the first digest of a plan is due after a time; ok is
// false where the plan is never.
//
// There is one digest for each day of the plan, by the clock of the zone. Where
// that clock skips the hour, it is due as long after the skip began as it would
// have been; where it shows the hour twice, the first time. That is why the
// days are counted here: cron leaves such a day out, or takes it twice, and
// loses another where clocks change by half an hour.
func Next(plan news.DigestPlan, zone string, after time.Time) (next time.Time, ok bool) {
	if plan.Every == "" {
		return time.Time{}, false
	}
	loc := ZoneOr(zone)
	y, m, d := after.In(loc).Date()
	for i := range 9 { // a week and a day, in case today's is over
		noon := time.Date(y, m, d+i, 12, 0, 0, 0, loc)
		if plan.Every == news.Weekly && noon.Weekday() != plan.Weekday {
			continue
		}
		if t := instant(noon, plan.Minute); t.After(after) {
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}

// instant returns when the clock first shows a minute of the day whose noon is
// given, or would have, were it not put forward.
func instant(noon time.Time, minute int) time.Time {
	y, m, d := noon.Date()
	wall := time.Date(y, m, d, 0, minute, 0, 0, time.UTC)
	_, before := noon.AddDate(0, 0, -1).Zone()
	_, after := noon.Zone()
	early := wall.Add(-time.Duration(before) * time.Second)
	for _, t := range []time.Time{early, wall.Add(-time.Duration(after) * time.Second)} {
		if local := t.In(noon.Location()); local.Day() == d && local.Hour()*60+local.Minute() == minute {
			return t
		}
	}
	return early
}
