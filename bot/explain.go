package bot

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"time"

	"newsdesk/bot/message"
	"newsdesk/news"
	"newsdesk/trail"
)

// Trails is the delivery log: what became of what came in.
type Trails interface {
	// ItemsAt returns the articles of a web address, the newest first.
	ItemsAt(ctx context.Context, address string, limit int) ([]trail.Item, error)
	// WaitingItems returns the articles not read yet whose title has the words.
	WaitingItems(ctx context.Context, words string, limit int) ([]trail.Item, error)
	// EventItems returns an event's articles, the newest first.
	EventItems(ctx context.Context, e news.Event, limit int) ([]trail.Item, error)
	// TrailChannels returns an event's trail in the channels of a scope.
	TrailChannels(ctx context.Context, event news.EventID, of trail.Scope) ([]trail.Channel, error)
	Feeds(ctx context.Context) ([]news.Feed, error)
}

// Explanation is all that is known of what became of a link, an event or the
// words of a title.
type Explanation struct {
	Query    string
	Host     string          // of the link asked about; "" where it is none
	Site     []news.Feed     // the followed feeds of that host
	Event    news.Event      // ID 0 where there is none
	Items    []trail.Item    // of the link or words asked about, else of the event; newest first
	Asked    bool            // the items are what was asked about
	Channels []trail.Channel // the event's trail in the channels that may be told of
	Scope    trail.Scope
}

// Bounds of an explanation.
const (
	explainedItems = 6
	explainQuery   = 2048 // characters of what is asked about
)

// Explain looks up what became of a link, of an event by its id, or of the event
// or article that words belong to. Without any, the explanation has neither
// items nor event.
func Explain(ctx context.Context, trails Trails, stories Events, query string, of trail.Scope) (Explanation, error) {
	x := Explanation{Query: strings.TrimSpace(query), Scope: of}
	if err := x.find(ctx, trails, stories); err != nil {
		return Explanation{}, err
	}
	for _, it := range x.Items {
		if x.Event.ID != 0 || it.Event == 0 {
			continue
		}
		e, err := stories.Event(ctx, it.Event)
		if err != nil && !errors.Is(err, news.ErrNotFound) {
			return Explanation{}, err
		}
		x.Event = e
	}
	if x.Event.ID == 0 {
		return x, nil
	}
	var err error
	if !x.Asked {
		if x.Items, err = trails.EventItems(ctx, x.Event, explainedItems); err != nil {
			return Explanation{}, err
		}
	}
	x.Channels, err = trails.TrailChannels(ctx, x.Event.ID, of)
	return x, err
}

// find fills in what the query names.
func (x *Explanation) find(ctx context.Context, trails Trails, stories Events) (err error) {
	if address, host := linkIn(x.Query); address != "" {
		x.Host, x.Asked = host, true
		if x.Items, err = trails.ItemsAt(ctx, address, explainedItems); err != nil || len(x.Items) > 0 {
			return err
		}
		all, err := trails.Feeds(ctx)
		for _, f := range all {
			if sameSite(host, f.URL) {
				x.Site = append(x.Site, f)
			}
		}
		return err
	}
	if id, ok := ParseEventID(x.Query); ok {
		if x.Event, err = stories.Event(ctx, id); err == nil || !errors.Is(err, news.ErrNotFound) {
			return err
		}
	}
	words := message.Cut(message.Plain(x.Query), askQuestion)
	if words == "" {
		return nil
	}
	found, err := stories.SuggestEvents(ctx, words, 1)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		if x.Items, err = trails.WaitingItems(ctx, words, explainedItems); err != nil || len(x.Items) > 0 {
			x.Asked = true
			return err
		}
		if found, _, err = stories.SearchEvents(ctx, words, "", time.Time{}, 1, 0); err != nil {
			return err
		}
	}
	if len(found) > 0 {
		x.Event = found[0]
	}
	return nil
}

// linkIn reads a web address, also one without its scheme, and returns its host
// in lower case; "" where the text is none.
func linkIn(s string) (address, host string) {
	s = strings.Trim(s, "<>")
	if s == "" || strings.ContainsAny(s, " \t\n") || len(s) > explainQuery {
		return "", ""
	}
	low := strings.ToLower(s)
	if !strings.HasPrefix(low, "http://") && !strings.HasPrefix(low, "https://") {
		name, _, slash := strings.Cut(s, "/")
		if !slash || !strings.Contains(name, ".") {
			return "", ""
		}
		s = "https://" + s
	}
	u, err := url.Parse(s)
	if err != nil || !validHost(u.Hostname()) {
		return "", ""
	}
	return s, strings.ToLower(u.Hostname())
}

// validHost reports whether a host holds only what stands in a name.
func validHost(host string) bool {
	return host != "" && message.LinkURL("https://"+host+"/") != ""
}

// sameSite reports whether a feed's address is of a host or of its site: one
// name ends with the other.
func sameSite(host, address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	bare := func(h string) string { return strings.TrimPrefix(strings.ToLower(h), "www.") }
	a, b := bare(host), bare(u.Hostname())
	return a != "" && b != "" && (a == b || strings.HasSuffix(a, "."+b) || strings.HasSuffix(b, "."+a))
}
