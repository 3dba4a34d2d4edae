package bot

import (
	"strings"

	"newsdesk/bot/message"
	"newsdesk/news"
)

// Breaking news has a colour and a marker of its own, which nothing else has.
const (
	breakingColor = 0xD7263D
	breakingEmoji = "🔴"
)

// Rise renders a PostRise: a short message that says that an event which the
// channel has a message of has become breaking, and links to that message. It
// is there because the edit of a message notifies nobody.
func Rise(p news.Post) message.Message {
	e := p.Event
	ping := mention(p.Role)
	first := breakingEmoji + " Now breaking: "
	lines := []string{first + message.EscapeTo(headline(e), alertContent-message.Len(first)-message.Len(ping)) + ping}
	second := strings.TrimSuffix(byline(e), " · single source")
	if link := jump(p); link != "" {
		second = message.EscapeTo(second, alertContent) + " · [the story](" + link + ")"
	} else {
		second = message.EscapeTo(second, alertContent) + " · the story stands above"
	}
	m := message.Message{Content: strings.Join(append(lines, strings.TrimPrefix(second, " · ")), "\n"), Silent: !p.Loud}
	if ping != "" {
		m.PingRoles = []string{p.Role}
	}
	if e.ID != 0 {
		m.Components = []message.Row{{Buttons: []message.Button{{Style: message.Secondary, Label: "Details", ID: eventCustom(verbStory, e.ID)}}}}
	}
	return message.Fit(m)
}

// mention writes the ping of a role behind a text, "" where there is none.
func mention(role string) string {
	if !discordID(role) {
		return ""
	}
	return "  <@&" + role + ">"
}

// jump is the address of the event's message in its channel, "" where the
// channel is none of Discord's.
func jump(p news.Post) string {
	if !discordID(string(p.Guild)) || !discordID(string(p.Channel)) || !discordID(p.Message) {
		return ""
	}
	return "https://discord.com/channels/" + string(p.Guild) + "/" + string(p.Channel) + "/" + p.Message
}

// discordID reports whether an id is one of Discord's: 17 to 20 digits.
func discordID(id string) bool {
	return len(id) >= 17 && len(id) <= 20 && strings.Trim(id, "0123456789") == ""
}
