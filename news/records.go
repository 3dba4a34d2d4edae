package news

import "time"

// Records are all that is stored of a guild: ids and settings. Texts are those
// of the news; nothing that people write is stored.
type Records struct {
	Guild    GuildID         `json:"server"`
	Feeds    []FeedRecord    `json:"feeds,omitempty"` // that it added
	Channels []ChannelRecord `json:"channels"`
}

// FeedRecord is what is stored of a feed that a guild added.
type FeedRecord struct {
	URL    string    `json:"url"`
	Name   string    `json:"name,omitempty"`
	Paused time.Time `json:"paused,omitzero"`
}

// ChannelRecord is what is stored of a guild's channel.
type ChannelRecord struct {
	Channel   ChannelID `json:"channel"`
	Topics    []string  `json:"topics,omitempty"`
	Settings  Settings  `json:"settings,omitzero"`
	Paused    time.Time `json:"paused,omitzero"` // since when nothing can be posted there
	Cause     string    `json:"cause,omitempty"` // of the pause
	Messages  int       `json:"messages"`        // ids of messages that stories have there
	Posts     int       `json:"posts"`           // in the outbox: sent, waiting and given up
	Held      int       `json:"held"`            // stories that wait for a digest
	Decisions int       `json:"decisions"`       // what was decided for the channel in the last 30 days
}
