package discord

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"newsdesk/bot/message"
)

const (
	findPage  = 100             // messages that Discord gives at once
	findPages = 10              // that are read before looking is given up
	findSlack = 5 * time.Minute // by which Discord's clock and ours may differ
	// discordEpoch is the first millisecond of snowflakes, 2015-01-01.
	// Source: https://discord.com/developers/docs/reference#snowflakes
	discordEpoch = 1420070400000
)

// seenMessage is what is compared of a message in a channel.
type seenMessage struct {
	ID     string `json:"id"`
	Author struct {
		ID string `json:"id"`
	} `json:"author"`
	Content    string          `json:"content"`
	Components []componentBody `json:"components"`
	Embeds     []struct {
		Title     string `json:"title"`
		Timestamp string `json:"timestamp"`
	} `json:"embeds"`
}

// Find looks for a message of the bot's own that shows what m shows and was
// posted at since or later, and returns its id, "" where there is none. It
// tells whether a message arrived whose answer was lost, once its nonce is too
// old to make a repetition harmless.
//
// Discord gives the messages only to who has Read Message History and returns
// none, without an error, to who has not: then nothing is found.
func (c *Client) Find(ctx context.Context, channel string, m message.Message, since time.Time) (string, error) {
	if err := ids("look for a message in channel "+channel, channel); err != nil {
		return "", err
	}
	me, err := c.rest.me(ctx)
	if err != nil {
		return "", err
	}
	want := encode(m)
	after := snowflakeAt(since.Add(-findSlack))
	for range findPages {
		var page []seenMessage
		err := c.rest.do(ctx, call{
			name: "read the channel's messages", method: "GET",
			path:  "/channels/" + channel + "/messages?limit=" + strconv.Itoa(findPage) + "&after=" + after,
			route: "GET channels/messages", major: channel, channel: channel,
		}, &page)
		if err != nil {
			return "", err
		}
		for _, got := range page {
			if got.Author.ID == me.ID && snowflake(got.ID) && shows(got, want) {
				return got.ID, nil
			}
			if len(got.ID) > len(after) || len(got.ID) == len(after) && got.ID > after {
				after = got.ID
			}
		}
		if len(page) < findPage || !snowflake(after) {
			break
		}
	}
	return "", nil
}

// snowflakeAt is the least id of a message that is posted at t.
func snowflakeAt(t time.Time) string {
	return strconv.FormatInt(max(t.UnixMilli()-discordEpoch, 0)<<22, 10)
}

// timestamps are times as Discord shows them; a line without a time of its own
// bears that of its sending.
var timestamps = regexp.MustCompile(`<t:[0-9]+(:[a-zA-Z])?>`)

// shows reports whether a message has the text and the buttons of a body. Its
// embeds are looked at where it has no text: to others Discord adds.
func shows(got seenMessage, want messageBody) bool {
	text := func(s string) string { return strings.TrimSpace(timestamps.ReplaceAllString(s, "")) }
	if text(got.Content) != text(want.Content) || !slices.Equal(customIDs(got.Components), customIDs(want.Components)) {
		return false
	}
	if want.Content != "" {
		return true
	}
	// Digests differ by what they are of and when they were made, and in nothing
	// else that is sure to come back as it was sent.
	if len(got.Embeds) != len(want.Embeds) {
		return false
	}
	for i, e := range want.Embeds {
		if strings.TrimSpace(got.Embeds[i].Title) != strings.TrimSpace(e.Title) || !sameTime(got.Embeds[i].Timestamp, e.Timestamp) {
			return false
		}
	}
	return true
}

// sameTime reports whether two times are the same to the second, or both none.
func sameTime(a, b string) bool {
	x, err1 := time.Parse(time.RFC3339, a)
	y, err2 := time.Parse(time.RFC3339, b)
	if err1 != nil || err2 != nil {
		return a == b
	}
	return x.Unix() == y.Unix()
}

// customIDs lists the custom ids of all components, in order.
func customIDs(components []componentBody) []string {
	var out []string
	for _, c := range components {
		if c.CustomID != "" {
			out = append(out, c.CustomID)
		}
		out = append(out, customIDs(c.Components)...)
	}
	return out
}
