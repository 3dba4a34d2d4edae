package message

import "slices"

// ChannelKind says how a channel is posted to.
type ChannelKind string

// The kinds of channel.
const (
	TextChannel         ChannelKind = "text"         // takes messages, which can have threads
	AnnouncementChannel ChannelKind = "announcement" // the same, and its messages can be published
	ThreadChannel       ChannelKind = "thread"       // takes messages, which can have no threads
	ForumChannel        ChannelKind = "forum"        // takes posts, each a thread of its own
)

// Channel is what must be known of a channel to post to it.
type Channel struct {
	Kind        ChannelKind
	Tags        []Tag // of a forum: those that the bot may give
	TagRequired bool  // of a forum: it refuses posts without a tag
}

// Tag is a tag of a forum.
type Tag struct{ ID, Name string }

// permission is one of Discord's permissions: its bit in a permission set
// (Permissions, bitwise permission flags), and its name in Discord's settings.
type permission struct {
	bit  uint64
	name string
}

const (
	administrator    = 1 << 3 // stands for all permissions
	viewChannel      = 1 << 10
	sendMessages     = 1 << 11
	embedLinks       = 1 << 14
	readHistory      = 1 << 16
	createThreads    = 1 << 35
	sendInThreads    = 1 << 38
	invitePermission = viewChannel | sendMessages | embedLinks | readHistory | createThreads | sendInThreads
)

// Discord's names of the permissions that threads under messages need.
const (
	nameCreateThreads = "Create Public Threads"
	nameSendInThreads = "Send Messages in Threads"
)

// needed lists the permissions that posting to a kind of channel needs, with or
// without a thread under each message.
func needed(kind ChannelKind, threads bool) []permission {
	switch kind {
	case ThreadChannel:
		return []permission{{viewChannel, "View Channel"}, {embedLinks, "Embed Links"}, {sendInThreads, nameSendInThreads}}
	case ForumChannel: // two of them have other names there
		return []permission{{viewChannel, "View Channel"}, {sendMessages, "Create Posts"}, {embedLinks, "Embed Links"}, {sendInThreads, "Send Messages in Posts"}}
	case TextChannel, AnnouncementChannel:
	}
	list := []permission{{viewChannel, "View Channel"}, {sendMessages, "Send Messages"}, {embedLinks, "Embed Links"}}
	if threads {
		list = append(list, permission{createThreads, nameCreateThreads}, permission{sendInThreads, nameSendInThreads})
	}
	return list
}

// Missing returns the names of the permissions that posting to a kind of channel
// needs and that are not among the given ones; Administrator stands for all.
// threads says that messages get threads there.
func Missing(kind ChannelKind, permissions uint64, threads bool) []string {
	if permissions&administrator != 0 {
		return nil
	}
	var names []string
	for _, p := range needed(kind, threads) {
		if permissions&p.bit == 0 {
			names = append(names, p.name)
		}
	}
	return names
}

// OnlyForThreads reports whether the permissions that are missing in a channel are
// needed for nothing but threads under its messages.
func OnlyForThreads(missing []string) bool {
	return slices.Contains(missing, nameCreateThreads) && !slices.ContainsFunc(missing, func(name string) bool {
		return name != nameCreateThreads && name != nameSendInThreads
	})
}

// Invited is the set of permissions that the bot asks for when it is added to a
// server: what posting to any channel needs, and Read Message History, though
// posting works without. Only with it can the bot see, after a breakdown of some
// minutes, whether its last message arrived; it shows the bot nobody's texts,
// since the bot has not the message content intent.
const Invited uint64 = invitePermission
