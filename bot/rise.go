package bot

import (
	"slices"
	"strings"

	"newsdesk/bot/message"
	"newsdesk/events"
	"newsdesk/news"
)

// Breaking news has a colour and a marker of its own, which nothing else has.
const (
	breakingColor = 0xD7263D
	breakingEmoji = "🔴"
)

// Marks of the first line of a rise.
const (
	riseBreaking  = breakingEmoji + " Now breaking: "
	riseUpdated   = "🔄 Updated: "          // the headline changed, and the event is not breaking any more
	riseCorrected = "✏️ Corrected: "       // the headline is what is told instead
	riseTakenBack = "✏️ Since corrected: " // what the headline tells was taken back, and no other one is known
)

// Rise renders a PostRise: a short message that says that an event which the
// channel has a message of has become breaking, and links to that message. It
// is there because the edit of a message notifies nobody. Of a PostEdit it is that
// message as it shall be from then on.
func Rise(p news.Post) message.Message {
	e := p.Event
	ping := mention(p.Role)
	lines := []string{risen(p) + ping}
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

// risen is the first line of a rise as it shall be, without a ping. It stays as it
// is while it names the event by its headline, unless that was taken back.
func risen(p news.Post) string {
	e, head := p.Event, message.EscapeTo(headline(p.Event), alertTitle)
	switch {
	case p.Kind == news.PostRise && p.Rise.Line != "": // which is shown again
		return p.Rise.Line
	case p.Kind == news.PostRise:
		return riseBreaking + head
	case e.Into != 0:
		return Onward(p).Content
	case slices.Contains([]string{riseBreaking + head, riseUpdated + head, riseCorrected + head, riseTakenBack + head}, p.Rise.Line):
		if slices.ContainsFunc(e.Facts, func(f news.Fact) bool { return f.New && wordsWithin(headline(e), takenBack(e, f)) }) {
			return riseTakenBack + head
		}
		return p.Rise.Line
	case status(e) == "corrected", events.Denies(headline(e), p.Rise.Line):
		return riseCorrected + head
	case e.Class == news.ClassBreaking:
		return riseBreaking + head
	}
	return riseUpdated + head
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
