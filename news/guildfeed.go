package news

import (
	"errors"
	"strconv"
	"strings"
	"time"
)

// ErrFull says that there is no room for another row of its kind.
var ErrFull = errors.New("no room left")

// GuildFeed is a feed that a guild follows by itself.
type GuildFeed struct {
	Feed     Feed        // its Own says whether it is the guild's alone
	Paused   time.Time   // since when nothing of it is posted in the guild; zero while it goes on
	Channels []ChannelID // of the guild that follow it, in order
	Folder   string      // in which the guild keeps it, "" for none
}

// FeedOffer is a feed that was found for a guild and waits to be added.
type FeedOffer struct {
	ID      int64
	URL     string
	Title   string
	Channel ChannelID // that is to follow it, "" for none
}

// feedTopic begins the topic of a feed. It can begin no other: topics that
// people name hold no colon.
const feedTopic = "feed:"

// FeedTopic is the topic under which a channel follows one feed, and that
// articles of a guild's own feed belong to.
func FeedTopic(id FeedID) string { return feedTopic + strconv.FormatInt(int64(id), 10) }

// TopicFeed returns the feed whose topic a topic is; ok is false for others.
func TopicFeed(topic string) (id FeedID, ok bool) {
	s, ok := strings.CutPrefix(topic, feedTopic)
	if !ok {
		return 0, false
	}
	n, err := strconv.ParseInt(s, 10, 64)
	return FeedID(n), err == nil && n > 0
}

// Under reports whether who follows a topic is told of the event: one of that
// topic or, where the topic is a feed's, one that an article of the feed tells
// of. All topics are all but those of guilds' own feeds.
func (e Event) Under(topic string) bool {
	if topic == e.Topic {
		return true
	}
	if topic == AllTopics {
		_, own := TopicFeed(e.Topic)
		return !own
	}
	feed, ok := TopicFeed(topic)
	if !ok {
		return false
	}
	for _, s := range e.Sources {
		if s.Feed == feed {
			return true
		}
	}
	return false
}

// Topics returns the topics that the event is told under, AllTopics included.
func (e Event) Topics() []string {
	out := []string{e.Topic}
	if e.Under(AllTopics) {
		out = append(out, AllTopics)
	}
	seen := map[FeedID]bool{}
	for _, s := range e.Sources {
		if t := FeedTopic(s.Feed); s.Feed != 0 && !seen[s.Feed] && t != e.Topic {
			seen[s.Feed] = true
			out = append(out, t)
		}
	}
	return out
}
