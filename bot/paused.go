package bot

import (
	"newsdesk/bot/message"
	"newsdesk/news"
)

// Refused tells somebody who manages a server that a channel takes no news though
// the bot has all permissions there that it knows of.
func Refused(ch news.ChannelID) message.Message {
	return message.Fit(message.Message{Content: "Discord refuses my messages in " + channelName(ch) + ", though I have the permissions that I need there. " +
		"Look whether I am timed out, or whether that is a private thread that I was not added to. " +
		"What comes in is kept for 7 days; I try again every hour. To stop the news there instead: `/unsubscribe`."})
}

// Paused tells somebody who manages a server that a channel takes no news, and
// how to mend it: missing are the permissions that it lacks; without any, the
// channel was deleted.
func Paused(ch news.ChannelID, missing []string) message.Message {
	if len(missing) == 0 {
		return message.Fit(message.Message{Content: "The channel that I posted news to (" + channelName(ch) + ") was deleted. " +
			"`/subscribe` brings the news to another one; to have none, there is nothing you need to do."})
	}
	list, verb := permissionList(missing)
	instead := ""
	if message.OnlyForThreads(missing) {
		instead = " Or have no threads there: `/channel edit` with `threads:off`; then I go on within an hour."
	}
	return message.Fit(message.Message{Content: "I can't post news in " + channelName(ch) + " any more: " + list + " " + verb + " missing. " +
		"Grant it in Server settings > Roles > Newsdesk, or in the channel's permissions." + instead +
		" What comes in is kept for 7 days; once I may post again I go on by myself, and tell together what came meanwhile. To stop the news there instead: `/unsubscribe`."})
}

// PausedForTags tells somebody who manages a server that a forum takes no news,
// because it wants a tag on every post and none fits these topics.
func PausedForTags(ch news.ChannelID, topics []string) message.Message {
	return message.Fit(message.Message{Content: "I can't post all news in " + channelName(ch) + ": " + untaggedHow(topics) + ". " +
		"What comes in is kept for 7 days; once every topic has its tag I go on by myself. To stop the news there instead: `/unsubscribe`."})
}
