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

// DeadFeeds tells somebody who manages a server that feeds of topics followed
// there were given up, why, and how they come back. There is at least one.
func DeadFeeds(list []news.Feed) message.Message {
	var b strings.Builder
	if len(list) == 1 {
		b.WriteString("I no longer read a feed of a topic that is followed in your server:\n")
	} else {
		b.WriteString("I no longer read " + strconv.Itoa(len(list)) + " feeds of topics that are followed in your server:\n")
	}
	for _, f := range list[:min(len(list), shownDead)] {
		address := feedAddress(f.URL)
		name := f.Name
		if name == "" {
			name = address
		}
		b.WriteString("• **" + message.EscapeTo(name, 80) + "** (" + message.EscapeTo(f.Topic, 40) + "), `" + address + "`. " + message.EscapeTo(deadCause(f), 160) + "\n")
	}
	if more := len(list) - shownDead; more > 0 {
		b.WriteString("• and " + strconv.Itoa(more) + " more\n")
	}
	b.WriteString("The other feeds of the topics go on; nothing that was posted is lost. Once a feed works again, whoever runs this bot brings it back with `newsdesk feeds add` and its address; `newsdesk feeds list` shows what is wrong now.")
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
