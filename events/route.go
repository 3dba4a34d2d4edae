package events

import (
	"fmt"

	"newsdesk/news"
)

// Key is the unique key of a post: a post that is decided twice is stored, and
// sent, once.
func Key(ch news.ChannelID, id news.EventID, revision int, k news.PostKind) string {
	return fmt.Sprintf("%s:%d:%d:%s", ch, id, revision, k)
}

// Route returns the posts that a change causes in the channels that follow its
// topic, in the order of the subscriptions: an alert where the channel has no
// message of the event; where it has one, an edit, and a line in its thread when
// there are new facts. A change that readers should not see causes none.
//
// alerted says whether a channel has, or is about to have, a message of the
// event; it may be nil for a new one. The id in the key of a new event's posts
// is 0 until the store has given it one.
func Route(ch Change, subs []news.Subscription, alerted func(news.ChannelID) bool) []news.Post {
	if !ch.Visible || ch.Quiet {
		return nil
	}
	var posts []news.Post
	done := make(map[news.ChannelID]bool, len(subs))
	add := func(c news.ChannelID, k news.PostKind, line string) {
		posts = append(posts, news.Post{
			Key: Key(c, ch.Event.ID, ch.Event.Revision, k), Channel: c, Kind: k, Event: ch.Event, Line: line,
		})
	}
	for _, s := range subs {
		if s.Topic != ch.Event.Topic && s.Topic != news.AllTopics || done[s.Channel] || s.Channel == "" {
			continue
		}
		done[s.Channel] = true
		if ch.Base.ID == 0 || alerted == nil || !alerted(s.Channel) {
			add(s.Channel, news.PostAlert, "")
			continue
		}
		add(s.Channel, news.PostEdit, "")
		if len(ch.Novel) > 0 {
			add(s.Channel, news.PostLine, ch.Novel[0].Text)
		}
	}
	return posts
}
