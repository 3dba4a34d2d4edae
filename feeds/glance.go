package feeds

import (
	"time"

	"newsdesk/news"
)

// Newest returns at most n items of a document that was read at now, the newest
// first; those without a date stand where the document has them.
func Newest(items []news.Item, n int, now time.Time) []news.Item {
	items = distinct(append([]news.Item(nil), items...))
	tame(items, now)
	var out []news.Item
	for _, i := range byAge(items) {
		if len(out) < n {
			out = append(out, items[i])
		}
	}
	return out
}

// Rhythm says how often a feed has something new, by the dates of its items:
// "3 items a day on average". It is "" where they do not tell.
func Rhythm(items []news.Item, now time.Time) string {
	items = append([]news.Item(nil), items...)
	tame(items, now)
	p := observe(news.Pace{}, items, now)
	if p.Gap == 0 {
		return ""
	}
	_, why := interval(p, now)
	return why
}
