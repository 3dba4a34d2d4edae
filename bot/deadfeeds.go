package bot

import (
	"net/url"
	"strconv"
	"strings"

	"newsdesk/bot/message"
	"newsdesk/news"
)

// shownDead is how many feeds a notice names.
const shownDead = 8

// DeadFeed is a feed that was given up, as a server is told of it.
type DeadFeed struct {
	news.Feed
	Added bool // by the server, which can bring it back
}

// DeadFeeds tells somebody who manages a server that feeds which are followed
// there, by themselves or with their topic, were given up, why, and how they
// come back. There is at least one.
func DeadFeeds(list []DeadFeed) message.Message {
	var b strings.Builder
	added := 0
	for _, f := range list {
		if f.Added {
			added++
		}
	}
	switch {
	case len(list) == 1 && added == 0:
		b.WriteString("I no longer read a feed of a topic that is followed in your server:\n")
	case len(list) == 1:
		b.WriteString("I no longer read a feed that was added in your server:\n")
	case added == 0:
		b.WriteString("I no longer read " + strconv.Itoa(len(list)) + " feeds of topics that are followed in your server:\n")
	default:
		b.WriteString("I no longer read " + strconv.Itoa(len(list)) + " feeds that are followed in your server:\n")
	}
	for _, f := range list[:min(len(list), shownDead)] {
		address := feedAddress(f.URL)
		name := f.Name
		if name == "" {
			name = address
		}
		about := "added here"
		if !f.Added {
			about = message.EscapeTo(f.Topic, 40)
		}
		b.WriteString("• **" + message.EscapeTo(name, 80) + "** (" + about + "), `" + address + "`. " + message.EscapeTo(deadCause(f.Feed), 160) + "\n")
	}
	if more := len(list) - shownDead; more > 0 {
		b.WriteString("• and " + strconv.Itoa(more) + " more\n")
	}
	if added < len(list) {
		b.WriteString("The other feeds of the topics go on; nothing that was posted is lost. Once a feed works again, whoever runs this bot brings it back with `newsdesk feeds add` and its address; `newsdesk feeds list` shows what is wrong now.")
	}
	if added > 0 {
		if added < len(list) {
			b.WriteString(" Those that were added here you bring back yourself: ")
		}
		b.WriteString("`/feed test` shows what is wrong now, and `/feed resume` brings a feed back once it works again.")
	}
	return message.Fit(message.Message{Content: b.String()})
}

// deadCause says in a sentence why a feed was given up.
func deadCause(f news.Feed) string {
	cause := strings.TrimRight(message.Plain(f.LastError), ". ")
	if f.Failures <= 1 {
		return cause + "."
	}
	return cause + ", " + strconv.Itoa(f.Failures) + " times in a row."
}

// feedAddress is where a feed is, without what may be a secret in its address.
func feedAddress(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return "an address that is none"
	}
	return strings.ReplaceAll(message.Plain(u.Host+u.EscapedPath()), "`", "")
}
