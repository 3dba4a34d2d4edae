package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"newsdesk/bot/message"
	"newsdesk/outbox"
)

// Types of channels.
// Source: https://discord.com/developers/docs/resources/channel#channel-object-channel-types
const (
	channelText               = 0
	channelAnnouncement       = 5
	channelAnnouncementThread = 10
	channelPublicThread       = 11
	channelPrivateThread      = 12
	channelForum              = 15
)

// postable lists the types of channel that can be posted to.
func postable() []int {
	return []int{channelText, channelAnnouncement, channelAnnouncementThread, channelPublicThread, channelForum}
}

const (
	// postArchiveMinutes is how long a post in a forum stays in the list after
	// its last message: a week, as long as stories develop, since what is
	// archived takes no edits.
	postArchiveMinutes = 10080
	// flagRequireTag is the flag REQUIRE_TAG of a forum.
	// Source: https://discord.com/developers/docs/resources/channel#channel-object-channel-flags
	flagRequireTag = 1 << 4
)

// tagBody is a tag of a forum.
type tagBody struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	Moderated bool   `json:"moderated"` // only moderators may give it
}

// about is what must be known of the channel to post to it.
func (c channelBody) about() message.Channel {
	switch c.Type {
	case channelAnnouncement:
		return message.Channel{Kind: message.AnnouncementChannel}
	case channelAnnouncementThread, channelPublicThread, channelPrivateThread:
		return message.Channel{Kind: message.ThreadChannel}
	case channelForum:
		m := message.Channel{Kind: message.ForumChannel, TagRequired: c.Flags&flagRequireTag != 0}
		for _, t := range c.Tags {
			if !t.Moderated && snowflake(t.ID) {
				m.Tags = append(m.Tags, message.Tag{ID: t.ID, Name: t.Name})
			}
		}
		return m
	}
	return message.Channel{Kind: message.TextChannel}
}

// atlas remembers what channels are. It learns from the gateway; what it has
// not learnt is asked for.
type atlas struct {
	mu    sync.Mutex
	known map[string]message.Channel
}

func (a *atlas) lookup(id string) (message.Channel, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	c, ok := a.known[id]
	return c, ok
}

func (a *atlas) learn(id string, c message.Channel) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.known == nil {
		a.known = map[string]message.Channel{}
	}
	a.known[id] = c
}

func (a *atlas) forget(id string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.known, id)
}

// channelsOf reads the channels of which a gateway event tells. What cannot be
// read is left out: it is asked for when it is needed.
func channelsOf(kind string, data json.RawMessage) []channelBody {
	var list []channelBody
	switch kind {
	case "GUILD_CREATE":
		var g struct {
			Channels json.RawMessage `json:"channels"`
		}
		if json.Unmarshal(data, &g) != nil || json.Unmarshal(g.Channels, &list) != nil {
			return nil
		}
	case "CHANNEL_UPDATE":
		var one channelBody
		if json.Unmarshal(data, &one) != nil {
			return nil
		}
		list = []channelBody{one}
	}
	return slices.DeleteFunc(list, func(c channelBody) bool {
		return !snowflake(c.ID) || c.Type != channelText && c.Type != channelAnnouncement && c.Type != channelForum
	})
}

// About says what a channel is. Errors are those of Create.
func (c *Client) About(ctx context.Context, channel string) (message.Channel, error) {
	if known, ok := c.atlas.lookup(channel); ok {
		return known, nil
	}
	body, err := c.rest.channel(ctx, channel)
	if err != nil {
		return message.Channel{}, err
	}
	about := body.about()
	c.atlas.learn(channel, about)
	return about, nil
}

// CreatePost opens a post in a forum, which is a thread that begins with m, and
// returns its id, which is also the message's. title is cut to 100 characters;
// tags are ids. After [ErrTags] it is worth another try with the tags that the
// forum has by then. Discord knows no nonce here: after an error that is not
// permanent, FindPost tells whether it arrived.
func (c *Client) CreatePost(ctx context.Context, forum, title string, tags []string, m message.Message) (string, error) {
	name := "post to forum " + forum
	if err := ids(name, append([]string{forum}, tags...)...); err != nil {
		return "", err
	}
	body := encode(m)
	if body.empty() {
		return "", outbox.Permanent(fmt.Errorf("%s: %w", name, ErrEmptyMessage))
	}
	var made struct {
		ID string `json:"id"`
	}
	err := c.rest.do(ctx, call{
		name: "open a post", method: "POST", path: "/channels/" + forum + "/threads",
		route: "POST channels/threads", major: forum, channel: forum,
		body: map[string]any{
			"name": threadTitle(title), "auto_archive_duration": postArchiveMinutes, "applied_tags": append([]string{}, tags[:min(len(tags), message.MaxPostTags)]...), "message": body,
		},
	}, &made)
	if errors.Is(err, ErrTags) { // what is remembered of the forum is out of date
		c.atlas.forget(forum)
	}
	if err != nil {
		return "", err
	}
	if !snowflake(made.ID) {
		return "", fmt.Errorf("%s: Discord's answer names no post", name)
	}
	return made.ID, nil
}

// threadTitle is a title as threads may have it.
func threadTitle(title string) string {
	if title = cut(title, maxThreadName); strings.TrimSpace(title) == "" {
		return "Updates"
	}
	return title
}

// FindPost looks for a post of the bot's own in a forum that has a title, begins
// with what m shows and was opened at since or later, and returns its id, ""
// where there is none.
func (c *Client) FindPost(ctx context.Context, forum, title string, m message.Message, since time.Time) (string, error) {
	ch, err := c.rest.channel(ctx, forum)
	if err != nil {
		return "", err
	}
	if err := ids("look for a post in forum "+forum, ch.Guild); err != nil {
		return "", err
	}
	me, err := c.rest.me(ctx)
	if err != nil {
		return "", err
	}
	var list struct {
		Threads []struct {
			ID     string `json:"id"`
			Parent string `json:"parent_id"`
			Owner  string `json:"owner_id"`
			Name   string `json:"name"`
		} `json:"threads"`
	}
	if err := c.rest.do(ctx, call{
		name: "list the server's threads", method: "GET", path: "/guilds/" + ch.Guild + "/threads/active",
		route: "GET guilds/threads/active", major: ch.Guild, channel: forum,
	}, &list); err != nil {
		return "", err
	}
	after := snowflakeAt(since.Add(-findSlack))
	for _, t := range list.Threads {
		recent := len(t.ID) > len(after) || len(t.ID) == len(after) && t.ID > after
		if t.Parent != forum || t.Owner != me.ID || t.Name != threadTitle(title) || !snowflake(t.ID) || !recent {
			continue
		}
		id, err := c.Find(ctx, t.ID, m, since)
		if id != "" || err != nil {
			return id, err
		}
	}
	return "", nil
}

// Publish shows a message of an announcement channel in the channels of other
// servers that follow it. One that is published already is as good.
func (c *Client) Publish(ctx context.Context, channel, id string) error {
	if err := ids("publish message "+id+" in channel "+channel, channel, id); err != nil {
		return err
	}
	err := c.rest.do(ctx, call{
		name: "publish message " + id, method: "POST", path: "/channels/" + channel + "/messages/" + id + "/crosspost",
		route: "POST channels/messages/crosspost", major: channel, channel: channel,
	}, nil)
	if hasCode(err, codeCrossposted) {
		return nil
	}
	return err
}
