package events_test

import (
	"testing"
	"time"

	"newsdesk/events"
	"newsdesk/news"

	"pgregory.net/rapid"
)

func zoned(t *testing.T, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// M15
func TestQuietEnd(t *testing.T) {
	t.Parallel()
	night := news.Quiet{From: 22 * 60, To: 7 * 60}
	tests := []struct {
		name     string
		q        news.Quiet
		zone, at string
		want     string // "": not quiet
	}{
		{"before midnight", night, "Europe/Berlin", "2026-06-01T23:30:00+02:00", "2026-06-02T07:00:00+02:00"},
		{"after midnight", night, "Europe/Berlin", "2026-06-02T00:10:00+02:00", "2026-06-02T07:00:00+02:00"},
		{"at the first minute", night, "Europe/Berlin", "2026-06-01T22:00:00+02:00", "2026-06-02T07:00:00+02:00"},
		{"at the end", night, "Europe/Berlin", "2026-06-02T07:00:00+02:00", ""},
		{"by day", night, "Europe/Berlin", "2026-06-02T12:00:00+02:00", ""},
		{"the clock is put forward", night, "Europe/Berlin", "2026-03-28T23:00:00+01:00", "2026-03-29T07:00:00+02:00"},
		{"the clock is put back", night, "Europe/Berlin", "2026-10-24T23:00:00+02:00", "2026-10-25T07:00:00+01:00"},
		{"the end comes twice", news.Quiet{From: 60, To: 150}, "Europe/Berlin", "2026-10-25T02:10:00+01:00", "2026-10-25T02:30:00+01:00"},
		{"45 minutes off", night, "Asia/Kathmandu", "2026-06-01T16:20:00Z", "2026-06-02T07:00:00+05:45"},
		{"not yet, 45 minutes off", night, "Asia/Kathmandu", "2026-06-01T16:10:00Z", ""},
		{"over noon", news.Quiet{From: 12 * 60, To: 14 * 60}, "UTC", "2026-06-01T13:00:00Z", "2026-06-01T14:00:00Z"},
		{"until midnight", news.Quiet{From: 22 * 60}, "UTC", "2026-06-01T23:00:00Z", "2026-06-02T00:00:00Z"},
		{"none", news.Quiet{}, "UTC", "2026-06-01T00:00:00Z", ""},
	}
	for _, tt := range tests {
		at, err := time.Parse(time.RFC3339, tt.at)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if end, quiet := events.QuietEnd(tt.q, at, zoned(t, tt.zone)); quiet {
			got = end.Format(time.RFC3339)
		}
		if got != tt.want {
			t.Errorf("%s: until %q, want %q", tt.name, got, tt.want)
		}
	}
}

// Quiet hours end at their end, within a day and an hour, and not before.
func TestQuietEnd_IsWhenTheyEnd(t *testing.T) {
	t.Parallel()
	names := []string{"UTC", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu", "America/St_Johns", "Pacific/Chatham"}
	rapid.Check(t, func(rt *rapid.T) {
		loc := zoned(t, rapid.SampledFrom(names).Draw(rt, "zone"))
		q := news.Quiet{From: rapid.IntRange(0, 1439).Draw(rt, "from"), To: rapid.IntRange(0, 1439).Draw(rt, "to")}
		at := time.Date(2026, 1, 1, 0, rapid.IntRange(0, 365*24*60).Draw(rt, "minute"), 0, 0, time.UTC)
		end, quiet := events.QuietEnd(q, at, loc)
		if !quiet {
			return
		}
		if d := end.Sub(at); d <= 0 || d > 25*time.Hour {
			rt.Fatalf("%+v at %s: until %s", q, at.In(loc), end)
		}
		if later, still := events.QuietEnd(q, end.Add(time.Hour), loc); still && later.Sub(end) < 2*time.Hour && (q.To-q.From+1440)%1440 < 1200 {
			rt.Fatalf("%+v at %s: until %s, and then until %s", q, at.In(loc), end, later)
		}
	})
}

// at is when the changes of these tests come: 23:30 in Berlin.
var atNight = time.Date(2026, 6, 1, 21, 30, 0, 0, time.UTC)

func newly(class news.Class) events.Change {
	return events.Change{Event: news.Event{ID: 1, Topic: "world", Class: class, Revision: 1}, Reason: events.ReasonNew, Visible: true}
}

// M12, M15, M16: what a channel does not get at once, why, and until when.
func TestRoute_Holds(t *testing.T) {
	t.Parallel()
	night := news.Quiet{From: 22 * 60, To: 7 * 60}
	open := night
	open.Breaking = true
	daily := news.DigestPlan{Every: news.Daily, Minute: 480}
	berlin := zoned(t, "Europe/Berlin")
	morning := "2026-06-02T05:00:00Z"
	late := newly(news.ClassNormal)
	late.Late = atNight.Add(30 * time.Minute)
	lateMajor := newly(news.ClassMajor)
	lateMajor.Late = late.Late
	tests := []struct {
		name     string
		change   events.Change
		settings news.Settings
		volume   events.Volume
		want     news.Outcome
		until    string
	}{
		{"nothing is set", newly(news.ClassNormal), news.Settings{}, events.Volume{Recent: 90}, news.OutcomePosted, ""},
		{"quiet hours", newly(news.ClassMajor), news.Settings{Quiet: night}, events.Volume{Location: berlin}, news.OutcomeQuietHours, morning},
		{"not yet quiet in UTC", newly(news.ClassMajor), news.Settings{Quiet: night}, events.Volume{}, news.OutcomePosted, ""},
		{"quiet hours, daily digest", newly(news.ClassMajor), news.Settings{Quiet: night, Digest: daily}, events.Volume{Location: berlin}, news.OutcomeQuietHours, ""},
		{"breaking waits", newly(news.ClassBreaking), news.Settings{Quiet: night}, events.Volume{Location: berlin}, news.OutcomeQuietHours, morning},
		{"breaking passes", newly(news.ClassBreaking), news.Settings{Quiet: open}, events.Volume{Location: berlin}, news.OutcomePosted, ""},
		{"major does not pass", newly(news.ClassMajor), news.Settings{Quiet: open}, events.Volume{Location: berlin}, news.OutcomeQuietHours, morning},
		{"only the digest", newly(news.ClassMajor), news.Settings{Digest: daily, DigestOnly: true}, events.Volume{}, news.OutcomeDigestOnly, ""},
		{"only a weekly digest, breaking", newly(news.ClassBreaking), news.Settings{Digest: news.DigestPlan{Every: news.Weekly}, DigestOnly: true, Quiet: open}, events.Volume{Location: berlin}, news.OutcomeDigestOnly, ""},
		{"only the digest, and there is none", newly(news.ClassMajor), news.Settings{DigestOnly: true}, events.Volume{}, news.OutcomePosted, ""},
		{"below the cap", newly(news.ClassNormal), news.Settings{PerHour: 6}, events.Volume{Recent: 5}, news.OutcomePosted, ""},
		{"capped", newly(news.ClassMajor), news.Settings{PerHour: 6}, events.Volume{Recent: 6}, news.OutcomeCapped, "2026-06-01T22:00:00Z"},
		{"capped, daily digest", newly(news.ClassMajor), news.Settings{PerHour: 6, Digest: daily}, events.Volume{Recent: 6}, news.OutcomeCapped, ""},
		{"capped, then quiet hours", newly(news.ClassMajor), news.Settings{PerHour: 6, Quiet: news.Quiet{From: 1320, To: 1380}}, events.Volume{Recent: 6}, news.OutcomeCapped, "2026-06-01T23:00:00Z"},
		{"breaking is not capped", newly(news.ClassBreaking), news.Settings{PerHour: 6}, events.Volume{Recent: 9}, news.OutcomePosted, ""},
		{"unreachable", newly(news.ClassBreaking), news.Settings{}, events.Volume{Unreachable: true}, news.OutcomeUnreachable, "2026-06-01T21:30:00Z"},
		{"unreachable, daily digest", newly(news.ClassMajor), news.Settings{Digest: daily}, events.Volume{Unreachable: true}, news.OutcomeUnreachable, ""},
		{"unreachable in quiet hours", newly(news.ClassMajor), news.Settings{Quiet: night}, events.Volume{Location: berlin, Unreachable: true}, news.OutcomeQuietHours, morning},
		{"late", late, news.Settings{}, events.Volume{}, news.OutcomeLate, "2026-06-01T22:00:00Z"},
		{"late, but major", lateMajor, news.Settings{}, events.Volume{Recent: 2}, news.OutcomePosted, ""},
		{"late, and three before it", lateMajor, news.Settings{}, events.Volume{Recent: 3}, news.OutcomeLate, "2026-06-01T22:00:00Z"},
		{"told by a digest", newly(news.ClassMajor), news.Settings{}, events.Volume{Told: true, ToldAs: news.ClassMajor}, news.OutcomeTold, ""},
		{"told, and rose since", newly(news.ClassMajor), news.Settings{}, events.Volume{Told: true}, news.OutcomePosted, ""},
		{"below what is asked for", newly(news.ClassNormal), news.Settings{Least: news.ClassMajor, Quiet: night}, events.Volume{Location: berlin}, news.OutcomeBelow, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			place := events.Place{Channel: news.Channel{ID: "c", Settings: tt.settings}, Topics: []string{"world"}, Volume: tt.volume}
			plan := events.Route(tt.change, []events.Place{place}, atNight)
			v := plan.Verdicts[0]
			until := ""
			if !v.Until.IsZero() {
				until = v.Until.UTC().Format(time.RFC3339)
			}
			if v.Outcome != tt.want || until != tt.until || len(plan.Posts) == 1 != (tt.want == news.OutcomePosted) {
				t.Errorf("%s until %q with %d posts, want %s until %q", v.Outcome, until, len(plan.Posts), tt.want, tt.until)
			}
			if v.Outcome.Waits() && v.Detail == "" && v.Outcome != news.OutcomeLate && v.Outcome != news.OutcomeUnreachable {
				t.Error("it does not say what it rests on")
			}
			// What stands goes on being kept up to date, at any hour.
			place.Alerted = true
			if v := events.Route(tt.change, []events.Place{place}, atNight).Verdicts[0]; v.Outcome != news.OutcomeUpdated || !v.Until.IsZero() {
				t.Errorf("what stands: %+v", v)
			}
		})
	}
}
