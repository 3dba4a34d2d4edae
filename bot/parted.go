package bot

import (
	"fmt"
	"strings"

	"newsdesk/bot/message"
	"newsdesk/news"
)

// partedEmoji begins what says with which other story one was told.
const partedEmoji = "↪️ "

// otherOf is the address of the message in a post's channel of the story that the
// post's story was parted from last, "" where that cannot be told.
func otherOf(p news.Post) string {
	p.Message = p.Onward
	return jump(p)
}

// partedNote says in the message of a story which other one it was told with until
// both turned out to be two; "" where it was not. link leads to that one's message,
// if any; where there is none, see news.Event.NamesOther. A message that is not
// edited never told of the other.
func partedNote(e news.Event, link string, edited bool) string {
	from := e.Partings()
	if len(from) == 0 {
		return ""
	}
	other := from[len(from)-1]
	name := strings.TrimSpace(message.Plain(other.Headline))
	switch {
	case link != "" && name != "":
		name = message.MaskedLink(name, link, factText)
	case link != "":
		name = message.MaskedLink("another story", link, factText)
	case name != "":
		name = "**" + message.EscapeTo(name, factText) + "** (" + ShortID(other.Event) + ")"
	default:
		name = "another story (" + ShortID(other.Event) + ")"
	}
	switch {
	case other.Event < e.ID && link != "":
		return partedEmoji + "First told as part of another story: " + name
	case !edited, !e.NamesOther():
		return ""
	}
	return partedEmoji + "No longer part of this story: " + name
}

// partedLine says which story one was parted from, and why.
func partedLine(v voice, other news.Parted) string {
	name := v.text(other.Headline, 100)
	if name == "" {
		name = "a story without a headline"
	} else {
		name = "“" + name + "”"
	}
	return fmt.Sprintf("• %s (%s), one story with this one until %s. Then an article came that tells of one of them only: "+
		"articles of both are %.0f %% likely to tell of the same.", name, ShortID(other.Event), v.when(other.At), 100*other.Across)
}
