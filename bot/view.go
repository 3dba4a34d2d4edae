package bot

import (
	"strconv"
	"strings"

	"newsdesk/bot/message"
	"newsdesk/news"
)

// The verbs of custom ids. They are on messages that stay in channels for
// years: never reuse one for something else.
const (
	verbStory    = "story"    // story:<event>
	verbSources  = "sources"  // sources:<event>
	verbLatest   = "latest"   // latest:<page>:<hours>:<topic>
	verbSearch   = "search"   // search:<page>:<days>:<topic>:<words>
	verbAsk      = "ask"      // ask:<question>
	verbDigest   = "digest"   // digest:<hours>
	verbOpen     = "open"     // a menu whose value is an event
	verbTrial    = "ftest"    // ftest:<page>:<channel>:<mode>:<filter>
	verbSetup    = "setup"    // setup:<step>:<channel>[:<chosen>]
	verbTimeline = "timeline" // timeline:<event>
	// verbFeed and verbFeeds are in feeds.go
	verbShare = "share" // share:<any of the above>: the same, for all to see
)

// view names a page that can be shown again: it is what a custom id holds.
type view struct {
	verb  string
	event news.EventID // story, sources and timeline
	page  int          // latest and search, from 0
	span  int          // hours of latest and digest, days of search
	topic string       // latest and search; "" is every topic
	words string       // search words or question
}

func eventCustom(verb string, id news.EventID) string {
	return verb + ":" + strconv.FormatInt(int64(id), 10)
}

// custom writes the view as a custom id.
func (v view) custom() string {
	switch v.verb {
	case verbLatest, verbSearch:
		s := v.verb + ":" + strconv.Itoa(v.page) + ":" + strconv.Itoa(v.span) + ":" + strings.ReplaceAll(v.topic, ":", "/")
		if v.verb == verbSearch {
			s += ":" + v.words
		}
		return s
	case verbAsk:
		return v.verb + ":" + v.words
	case verbDigest:
		return v.verb + ":" + strconv.Itoa(v.span)
	}
	return eventCustom(v.verb, v.event)
}

// at is the same view at another page.
func (v view) at(page int) view {
	v.page = page
	return v
}

// parseView reads a custom id without its "share:".
func parseView(s string) (view, bool) {
	verb, rest, _ := strings.Cut(s, ":")
	v := view{verb: verb}
	switch verb {
	case verbStory, verbSources, verbTimeline:
		id, ok := ParseEventID(rest)
		v.event = id
		return v, ok
	case verbLatest, verbSearch:
		n := 3
		if verb == verbSearch {
			n = 4
		}
		parts := strings.SplitN(rest, ":", n)
		if len(parts) != n {
			return view{}, false
		}
		page, err := strconv.Atoi(parts[0])
		span, err2 := strconv.Atoi(parts[1])
		v.page, v.span, v.topic = page, span, strings.ReplaceAll(parts[2], "/", ":") // a feed's has a colon
		if verb == verbSearch {
			v.words = parts[3]
		}
		return v, err == nil && err2 == nil && page >= 0 && page < maxPage && span > 0 && span <= maxSpan
	case verbDigest:
		span, err := strconv.Atoi(rest)
		v.span = span
		return v, err == nil && (span == digestToday || span == digestWeek)
	case verbAsk:
		v.words = rest
		return v, strings.TrimSpace(rest) != ""
	}
	return view{}, false
}

// Bounds of what a custom id may ask for: it comes from outside.
const (
	maxPage = 10_000
	maxSpan = 10_000
)

// everything is the span of a list that looks back without end.
const everything = maxSpan

// usual says whether the list looks back as far as it does unless asked to.
func (v view) usual() bool {
	return v.page == 0 && (v.verb == verbLatest && v.span == latestHours || v.verb == verbSearch && v.span == searchDays)
}

// reach words how far the list looks back.
func (v view) reach() string {
	if v.span == everything {
		return "all that is stored"
	}
	return "last " + period(lookBack(v))
}

// shareButton shows the view to everybody. It is nil where the view does not
// fit into a custom id, as with a very long question.
func shareButton(v view) []message.Button {
	id := verbShare + ":" + v.custom()
	if message.Len(id) > message.MaxCustomID {
		return nil
	}
	return []message.Button{{Style: message.Primary, Label: "Share here", ID: id}}
}

// pagingButtons turn pages; there are none where there is one page.
func pagingButtons(v view, pages int) []message.Button {
	if pages <= 1 {
		return nil
	}
	var out []message.Button
	if v.page > 0 {
		out = append(out, message.Button{Style: message.Secondary, Label: "◀", ID: v.at(v.page - 1).custom()})
	}
	if v.page < pages-1 {
		out = append(out, message.Button{Style: message.Secondary, Label: "▶", ID: v.at(v.page + 1).custom()})
	}
	return out
}
