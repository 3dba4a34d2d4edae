package feeds

import (
	"net/url"
	"time"

	"newsdesk/news"
)

// A permanent redirect is stored once this many polls of the old address have led
// to the same new one, this long apart at least: what an outlet breaks it mends
// within hours. In between the feed is read at the new address, since a server
// that has said where its feed is need not be asked again and again.
const (
	movedPolls = 3
	movedApart = 90 * time.Minute
)

// ask is where a feed is fetched at now: at the address that it is about to move
// to, but when the old one is to be asked again.
func ask(f news.Feed, now time.Time) string {
	if m := f.Moving; m.To != "" && now.Before(m.Next) {
		return m.To
	}
	return f.URL
}

// follow says what is known of a feed's move after a poll that was sent to an
// address and redirected to another for good, "" where it was not; and whether the
// feed has moved there now.
func follow(f news.Feed, asked, to string, now time.Time) (next news.Moving, moved bool) {
	if u, err := url.Parse(f.URL); err != nil || u.User != nil {
		return news.Moving{}, false // the new address comes without the name and password
	}
	m := f.Moving
	switch {
	case asked != f.URL && to == "":
		return m, false // it is where it shall be; the old address was not asked
	case to == "":
		return news.Moving{}, false
	case to != m.To || asked != f.URL:
		return news.Moving{To: to, Left: movedPolls - 1, Next: now.Add(movedApart)}, false
	case m.Left > 1:
		return news.Moving{To: to, Left: m.Left - 1, Next: now.Add(movedApart)}, false
	}
	return news.Moving{}, true
}
