package bot

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/bot/message"
	"newsdesk/news"
)

// AllTopics is the slug under which a channel follows every topic in one
// subscription.
const AllTopics = news.AllTopics

// Topic is a subject that channels follow, and how it looks.
type Topic struct {
	Slug  string // as in feeds and subscriptions, such as "middle-east"
	Name  string // as readers see it, such as "Middle East"
	Color int    // 0xRRGGBB, of the embed's edge; red is kept for breaking news
	Emoji string // the marker in front of a headline
}

// Topics is a table of topics.
type Topics []Topic

// DefaultTopics returns the topics of the starter catalogue, in its order.
func DefaultTopics() Topics {
	return Topics{
		{"world", "World", 0x2F6FDE, "🌍"},
		{"us", "US", 0x3C4F9E, "🗽"},
		{"politics", "Politics", 0x6B4FA0, "🏛️"},
		{"business", "Business", 0x1F8A5B, "💼"},
		{"technology", "Technology", 0x0E9AA7, "💻"},
		{"science", "Science", 0x5B8DEF, "🔬"},
		{"sports", "Sports", 0xE08A1E, "🏅"},
		{"entertainment", "Entertainment", 0xC65BA8, "🎬"},
		{"middle-east", "Middle East", 0xB08D3C, "🧭"},
		{"europe", "Europe", 0x1B4FA8, "🏰"},
		{"asia", "Asia", 0x8A9A2B, "🌏"},
		{"health", "Health", 0x2FA39A, "🩺"},
	}
}

const (
	plainColor = 0x5F6B7A // of topics that are not in the table
	plainEmoji = "📰"
)

// Find returns the topic that a person means by its slug or its name, in any
// case.
func (t Topics) Find(s string) (Topic, bool) {
	s = strings.TrimSpace(s)
	i := slices.IndexFunc(t, func(x Topic) bool { return strings.EqualFold(x.Slug, s) || strings.EqualFold(x.Name, s) })
	if i < 0 {
		return Topic{}, false
	}
	return t[i], true
}

// Named returns the topic of a slug. One that is not in the table gets the
// slug as its name, with capital letters and blanks for dashes, and plain
// looks; AllTopics and "" are "All topics".
func (t Topics) Named(slug string) Topic {
	if slug == "" || slug == AllTopics {
		return Topic{Slug: AllTopics, Name: "All topics", Color: plainColor, Emoji: plainEmoji}
	}
	i := slices.IndexFunc(t, func(x Topic) bool { return x.Slug == slug })
	if i < 0 {
		topic := Topic{Slug: slug, Name: titled(slug), Color: plainColor, Emoji: plainEmoji}
		if _, ok := news.TopicFeed(slug); ok {
			topic.Name = "A feed of its own"
		}
		return topic
	}
	topic := t[i]
	if topic.Name == "" {
		topic.Name = titled(slug)
	}
	if topic.Emoji == "" {
		topic.Emoji = plainEmoji
	}
	if topic.Color == 0 {
		topic.Color = plainColor
	}
	return topic
}

// names lists the topics for a sentence.
func (t Topics) names() string {
	const most = 30
	var out []string
	for _, x := range t[:min(len(t), most)] {
		out = append(out, message.EscapeTo(t.Named(x.Slug).Name, 40))
	}
	if left := len(t) - most; left > 0 {
		out = append(out, fmt.Sprintf("and %d more", left))
	}
	return strings.Join(out, ", ")
}

// titled writes a slug as a name: "middle-east" is "Middle East".
func titled(slug string) string {
	words := strings.FieldsFunc(message.Plain(slug), func(r rune) bool { return r == '-' || r == '_' || unicode.IsSpace(r) })
	for i, w := range words {
		r, n := utf8.DecodeRuneInString(w)
		words[i] = string(unicode.ToTitle(r)) + w[n:]
	}
	return message.Cut(strings.Join(words, " "), 60)
}
