package feeds

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"newsdesk/news"
)

// Bounds of the adaptive interval.
const (
	MinInterval = 5 * time.Minute
	MaxInterval = 6 * time.Hour
)

const (
	// perGap is how many polls there are between two items of a feed on
	// average: an item is found after an eighth of the gap.
	perGap = 4
	// paceItems is how many of a document's newest items tell its rhythm.
	paceItems = 20
	// paceWeight is what newly arrived items count against the past where items
	// have no dates.
	paceWeight = 0.3
)

const (
	// pushedShare is how many times as seldom a feed is polled while its hub
	// pushes what is new.
	pushedShare = 6
	// pushedInterval is the least time between two polls of such a feed.
	pushedInterval = time.Hour
)

// observe brings what is known of a feed's rhythm up to date with a changed
// document that was read at now: by the dates of its newest items, else by how
// long the document stood unchanged. A single date tells no rhythm, nor do dates
// that are all the same.
func observe(p news.Pace, items []news.Item, now time.Time) news.Pace {
	var dates []time.Time
	for _, it := range items {
		if !it.Published.IsZero() && !it.Published.After(now) {
			dates = append(dates, it.Published)
		}
	}
	slices.SortFunc(dates, func(a, b time.Time) int { return b.Compare(a) })
	dates = dates[:min(len(dates), paceItems)]
	if n := len(dates) - 1; n > 0 {
		if gap := (dates[0].Sub(dates[n]) / time.Duration(n)).Truncate(time.Second); gap > 0 {
			p.Newest, p.Gap = dates[0].UTC().Truncate(time.Second), gap
			return p
		}
	}
	if len(items) == 0 {
		return p
	}
	// A changed document is taken for one new item.
	if since := now.Sub(p.Newest); !p.Newest.IsZero() && since > 0 {
		if p.Gap == 0 {
			p.Gap = since
		}
		p.Gap += time.Duration(paceWeight * float64(since-p.Gap))
	}
	p.Newest = now
	return p
}

// interval returns how long to wait after a poll that succeeded at now, by the
// feed's own rhythm, and the reason in words. A feed that has gone quiet is
// polled as if its items came as seldom as that.
func interval(p news.Pace, now time.Time) (time.Duration, string) {
	gap, quiet := p.Gap, max(now.Sub(p.Newest), 0)
	if p.Newest.IsZero() || gap <= 0 && quiet <= 24*time.Hour {
		return time.Hour, "nothing is known of its rhythm yet"
	}
	why := rate(gap)
	if quiet > 3*gap && quiet > 24*time.Hour {
		gap, why = max(gap, quiet/2), "nothing new for "+inWords(quiet)
	}
	return min(max(gap/perGap, MinInterval), MaxInterval), why
}

// rate says how often items come.
func rate(gap time.Duration) string {
	switch perDay := float64(24*time.Hour) / float64(max(gap, time.Second)); {
	case perDay >= 1.5:
		return fmt.Sprintf("%.0f items a day on average", min(perDay, 9999))
	case perDay >= 0.75:
		return "an item a day on average"
	default:
		return "an item every " + inWords(gap) + " on average"
	}
}

// inWords writes a time in its largest unit: "3 days", "2 hours", "5 minutes". Up to
// three hours the unit is minutes where hours would be off by more than a few: "90
// minutes".
func inWords(d time.Duration) string {
	n, unit := int(d.Round(time.Minute)/time.Minute), "minute"
	switch {
	case d >= 47*time.Hour+30*time.Minute:
		n, unit = int((d+12*time.Hour)/(24*time.Hour)), "day"
	case d >= 3*time.Hour || d >= 90*time.Minute && (d-d.Round(time.Hour)).Abs() <= 5*time.Minute:
		n, unit = int((d+30*time.Minute)/time.Hour), "hour"
	case n == 60:
		n, unit = 1, "hour"
	case d < time.Minute:
		n, unit = int(d.Round(time.Second)/time.Second), "second"
	}
	if n == 1 {
		return "1 " + unit
	}
	return strconv.Itoa(n) + " " + unit + "s"
}

// schedule decides when a feed that was just read is due again, and why.
func (p *Poller) schedule(feed news.Feed, res Result, now time.Time) (time.Time, string) {
	pace, maxAge := res.Pace, res.MaxAge
	wait, why := p.o.Interval, "every "+inWords(p.o.Interval)+", as configured"
	if wait <= 0 {
		if wait, why = interval(pace, now); feed.Hub.Until.After(now) {
			wait, why = min(max(wait*pushedShare, pushedInterval), MaxInterval), "its hub pushes what is new; polls only make sure"
		}
	}
	wait = p.spread(wait, feed, now)
	// What the outlet asks for is the least; its own bound keeps a mistaken
	// header from switching a feed off.
	asked, by := pace.TTL, "the feed asks for "+inWords(pace.TTL)+" between polls (ttl)"
	if maxAge > asked {
		asked, by = maxAge, "the server says that its answer holds for "+inWords(maxAge)+" (Cache-Control)"
	}
	if asked = min(asked, MaxInterval); asked > wait {
		wait, why = asked, by
	}
	at := now.Add(wait)
	if open := awake(pace, at); open.After(at) {
		return open, "the feed asks not to be polled before (skipHours, skipDays)"
	}
	return at, why
}

// awake returns the first moment from at on that a feed does not ask to be
// skipped (RSS 2.0, skipHours and skipDays, in GMT). A feed that would skip
// all hours or days is not believed.
func awake(p news.Pace, at time.Time) time.Time {
	const allHours, allDays = 1<<24 - 1, 1<<7 - 1
	hours, days := p.SkipHours&allHours, p.SkipDays&allDays
	if hours == allHours {
		hours = 0
	}
	if days == allDays {
		days = 0
	}
	for t := at.UTC(); ; t = t.Truncate(time.Hour).Add(time.Hour) {
		if hours&(1<<t.Hour()) == 0 && days&(1<<int(t.Weekday())) == 0 {
			if t.Equal(at) {
				return at
			}
			return t
		}
	}
}

// maxAge returns how long a server says that its answer holds (RFC 9111,
// sections 5.2.2.1 and 5.3), 0 where it does not say or says not to rely on it.
func maxAge(h http.Header) time.Duration {
	if cc := strings.Join(h.Values("Cache-Control"), ","); cc != "" {
		age := time.Duration(0)
		for part := range strings.SplitSeq(cc, ",") {
			name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
			switch strings.ToLower(name) {
			case "no-store", "no-cache", "must-revalidate":
				if !strings.EqualFold(name, "must-revalidate") {
					return 0
				}
			case "max-age":
				age, _ = seconds(strings.Trim(value, `"`))
			}
		}
		old, _ := seconds(h.Get("Age"))
		return max(age-old, 0)
	}
	until, err := http.ParseTime(h.Get("Expires"))
	if err != nil {
		return 0
	}
	from, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		return 0
	}
	return min(max(until.Sub(from), 0), maxRetryAfter)
}

// seconds reads a number of seconds, a day at most: also one that is too large for
// any type. It is 0 where there is none, and ok is false.
func seconds(s string) (d time.Duration, ok bool) {
	n, err := strconv.ParseInt(strings.TrimSpace(s), 10, 64)
	if err != nil && !errors.Is(err, strconv.ErrRange) {
		return 0, false
	}
	return time.Duration(min(max(n, 0), int64(maxRetryAfter/time.Second))) * time.Second, true
}

// wishes reads when an RSS channel asks to be polled: ttl in minutes,
// skipHours and skipDays (RSS 2.0). sy:updatePeriod is not among them: it says
// how often a feed changes, and stands at "hourly" in every blog that never
// touched the setting.
func (d *Document) wishes(ttl string, skipHours, skipDays []string) {
	if n, err := strconv.ParseFloat(strings.TrimSpace(ttl), 64); err == nil && n > 0 {
		d.TTL = time.Duration(min(n, maxRetryAfter.Minutes()) * float64(time.Minute))
	}
	for _, h := range skipHours {
		if n, err := strconv.Atoi(strings.TrimSpace(h)); err == nil && n >= 0 && n <= 24 {
			d.SkipHours |= 1 << (n % 24)
		}
	}
	for _, name := range skipDays {
		for day := time.Sunday; day <= time.Saturday; day++ {
			if strings.EqualFold(strings.TrimSpace(name), day.String()) {
				d.SkipDays |= 1 << int(day)
			}
		}
	}
}
