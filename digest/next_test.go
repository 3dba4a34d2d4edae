package digest_test

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"newsdesk/digest"
	"newsdesk/news"

	"github.com/robfig/cron/v3"
	"pgregory.net/rapid"
)

// zones have clocks that go forward and back at night, at midnight, by half an
// hour, in the other half of the year, and that are off by 30 and 45 minutes.
var zones = []string{
	"", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe", "Australia/Adelaide",
	"Pacific/Chatham", "America/St_Johns", "Africa/Cairo", "Asia/Beirut", "America/Santiago", "Africa/Casablanca",
}

// M14: over a year with both changes of the clock there is one digest for each
// day, at its time.
func TestNext_OneDigestADay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		zone := rapid.SampledFrom(zones).Draw(rt, "zone")
		plan := news.DigestPlan{Every: news.Daily, Minute: rapid.OneOf(rapid.IntRange(0, 1439), rapid.IntRange(0, 240)).Draw(rt, "minute")}
		if rapid.Bool().Draw(rt, "weekly") {
			plan.Every, plan.Weekday = news.Weekly, time.Weekday(rapid.IntRange(0, 6).Draw(rt, "weekday"))
		}
		checkYear(rt, plan, zone)
	})
}

// The days on which clocks change, at the hours that they change.
func TestNext_WhenClocksChange(t *testing.T) {
	t.Parallel()
	for _, zone := range zones {
		for _, minute := range []int{0, 30, 60, 90, 120, 125, 150, 165, 180, 210} {
			checkYear(t, news.DigestPlan{Every: news.Daily, Minute: minute}, zone)
		}
	}
}

func checkYear(t interface{ Fatalf(string, ...any) }, plan news.DigestPlan, zone string) {
	loc := digest.ZoneOr(zone)
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, loc).Add(-time.Minute)
	end := time.Date(2027, 1, 8, 0, 0, 0, 0, loc)
	seen := map[string]time.Time{}
	for {
		next, ok := digest.Next(plan, zone, at)
		if !ok || !next.After(at) {
			t.Fatalf("%s %+v: after %s comes %s", zone, plan, at, next)
		}
		if !next.Before(end) {
			break
		}
		local := next.In(loc)
		day := local.Format(time.DateOnly)
		if old, twice := seen[day]; twice {
			t.Fatalf("%s %+v: %s and %s are one day", zone, plan, old, local)
		}
		seen[day] = local
		if off := local.Hour()*60 + local.Minute() - plan.Minute; off != 0 {
			// Only where the clock never shows the time, and then as much later.
			y, m, d := local.Date()
			want := time.Date(y, m, d, 0, plan.Minute, 0, 0, loc)
			if want.Hour()*60+want.Minute() == plan.Minute && want.Day() == d || off < 0 || off > 60 {
				t.Fatalf("%s %+v: due at %s", zone, plan, local)
			}
		}
		// Asking at any time before gives the same answer.
		if again, _ := digest.Next(plan, zone, next.Add(-time.Second)); !again.Equal(next) {
			t.Fatalf("%s %+v: a second before %s, %s was said", zone, plan, next, again)
		}
		at = next
	}
	for d := time.Date(2026, 1, 1, 12, 0, 0, 0, loc); d.Before(end.Add(-7 * 24 * time.Hour)); d = d.AddDate(0, 0, 1) {
		_, there := seen[d.Format(time.DateOnly)]
		if want := plan.Every == news.Daily || d.Weekday() == plan.Weekday; there != want {
			t.Fatalf("%s %+v: %s has a digest: %v", zone, plan, d.Format("Monday 2006-01-02"), there)
		}
	}
}

func TestNext_Examples(t *testing.T) {
	t.Parallel()
	tests := []struct {
		zone        string
		plan        news.DigestPlan
		after, want string
	}{
		{"Europe/Berlin", news.DigestPlan{Every: news.Daily, Minute: 150}, "2026-03-28T12:00:00Z", "2026-03-29T03:30:00+02:00"},
		{"Europe/Berlin", news.DigestPlan{Every: news.Daily, Minute: 150}, "2026-10-24T12:00:00Z", "2026-10-25T02:30:00+02:00"},
		{"Europe/Berlin", news.DigestPlan{Every: news.Daily, Minute: 150}, "2026-10-25T00:45:00Z", "2026-10-26T02:30:00+01:00"},
		{"Asia/Kathmandu", news.DigestPlan{Every: news.Daily, Minute: 480}, "2026-06-01T02:14:00Z", "2026-06-01T08:00:00+05:45"},
		{"Australia/Lord_Howe", news.DigestPlan{Every: news.Daily, Minute: 135}, "2026-10-03T00:00:00Z", "2026-10-04T02:45:00+11:00"},
		{"America/New_York", news.DigestPlan{Every: news.Weekly, Minute: 150, Weekday: time.Sunday}, "2026-03-02T00:00:00Z", "2026-03-08T03:30:00-04:00"},
		{"", news.DigestPlan{Every: news.Weekly, Minute: 1080, Weekday: time.Friday}, "2026-06-05T18:00:00Z", "2026-06-12T18:00:00Z"},
	}
	for _, tt := range tests {
		after, err := time.Parse(time.RFC3339, tt.after)
		if err != nil {
			t.Fatal(err)
		}
		next, ok := digest.Next(tt.plan, tt.zone, after)
		if got := next.In(digest.ZoneOr(tt.zone)).Format(time.RFC3339); !ok || got != tt.want {
			t.Errorf("%s %+v after %s: got %s, want %s", tt.zone, tt.plan, tt.after, got, tt.want)
		}
	}
	if _, ok := digest.Next(news.DigestPlan{}, "", time.Now()); ok {
		t.Error("no plan has a next digest")
	}
}

// Where the clock does not change, the library for such things says the same.
func TestNext_AgreesWithCron(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		zone := rapid.SampledFrom(zones[1:]).Draw(rt, "zone")
		loc := digest.ZoneOr(zone)
		plan := news.DigestPlan{Every: news.Daily, Minute: rapid.IntRange(0, 1439).Draw(rt, "minute")}
		day := "*"
		if rapid.Bool().Draw(rt, "weekly") {
			plan.Every, plan.Weekday = news.Weekly, time.Weekday(rapid.IntRange(0, 6).Draw(rt, "weekday"))
			day = strconv.Itoa(int(plan.Weekday))
		}
		after := time.Date(2026, 1, 1, 0, 0, rapid.IntRange(0, 365*86400).Draw(rt, "second"), 0, time.UTC)
		for d := range 10 {
			if _, a := after.AddDate(0, 0, d).In(loc).Zone(); d > 0 {
				if _, b := after.AddDate(0, 0, d-2).In(loc).Zone(); a != b {
					rt.Skip("the clock changes")
				}
			}
		}
		schedule, err := cron.ParseStandard(fmt.Sprintf("CRON_TZ=%s %d %d * * %s", zone, plan.Minute%60, plan.Minute/60, day))
		if err != nil {
			rt.Fatal(err)
		}
		if got, _ := digest.Next(plan, zone, after); !got.Equal(schedule.Next(after)) {
			rt.Fatalf("after %s: got %s, cron says %s", after, got.In(loc), schedule.Next(after).In(loc))
		}
	})
}

func TestZone_RefusesWhatIsNoPlace(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"Local", "local", "Mars/Base", "../etc/passwd", "/etc/localtime", "a\x00b"} {
		if loc, err := digest.Zone(name); err == nil {
			t.Errorf("%q is %s", name, loc)
		}
	}
}
