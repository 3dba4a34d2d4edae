package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// The channels that get digests. Both are in quiet hours for hours around now:
// what comes in waits.
const (
	dailyChannel    = 2 // of crash.channels: its daily digest tells what waited
	caughtUpChannel = 3 // a catch-up does, when its quiet hours end
)

// settings writes a channel's settings, in or out of quiet hours.
func (c *crash) settings(n int, quiet, daily bool) {
	c.Helper()
	var set []string
	if now := time.Now().UTC(); quiet {
		minute := now.Hour()*60 + now.Minute()
		set = append(set, fmt.Sprintf(`"quiet": {"from": %d, "to": %d}`, (minute+22*60)%(24*60), (minute+12*60)%(24*60)))
	}
	if daily {
		set = append(set, `"digest": {"every": "daily", "minute": 480}`)
	}
	c.exec(fmt.Sprintf(`INSERT INTO channels (channel, guild, settings) VALUES ('%s', '', '{%s}')
		ON CONFLICT (channel) DO UPDATE SET settings = excluded.settings`, c.channels[n].ID, strings.Join(set, ", ")))
}

// schedule sets up the channels that get digests; tell says that what waits is
// told now.
func (c *crash) schedule(tell bool) {
	c.Helper()
	c.settings(dailyChannel, true, true)
	c.settings(caughtUpChannel, !tell, false)
	now := time.Now()
	if tell {
		c.exec(fmt.Sprintf(`UPDATE digests SET due = %d`, now.UnixMilli()))
		c.exec(fmt.Sprintf(`INSERT INTO digests (channel, kind, due, since) VALUES ('%s', 'planned', %d, %d) ON CONFLICT DO NOTHING`,
			c.channels[dailyChannel].ID, now.UnixMilli(), now.Add(-time.Hour).UnixMilli()))
	}
}

// undigested counts the digests that are due and not made.
func (c *crash) undigested() int {
	return c.count(fmt.Sprintf(`SELECT count(*) FROM digests WHERE due <= %d`, time.Now().UnixMilli()))
}

// afterKill says how far a digest had come when the program was killed.
func (c *crash) afterKill() string {
	switch {
	case c.undigested() > 0:
		return "a digest was not made yet"
	case c.count(`SELECT count(*) FROM posts WHERE kind = 'digest' AND state = 'pending'`) > 0:
		return "a digest was made and not booked as sent"
	}
	return "the digests were sent"
}

// judgeDigests checks that each channel was told of each event, by a message or
// in a digest, and of none twice as new while its class stayed; it returns the
// counts.
func (c *crash) judgeDigests() string {
	c.Helper()
	type told struct {
		event          int64
		channel, class string
	}
	tellings, seen := map[told]string{}, map[string]bool{}
	tell := func(key, channel string, event int64, class string) {
		at := told{event, channel, class}
		if before, twice := tellings[at]; twice {
			c.Errorf("DOUBLED: event %d (%s) in %s: told by %s and again by %s", event, class, channel, before, key)
		}
		tellings[at] = key
		seen[fmt.Sprint(channel, " ", event)] = true
	}
	rows, err := c.db.QueryContext(c.Context(), `SELECT key, channel, kind, snapshot FROM posts WHERE kind IN ('alert', 'digest') AND state = 'sent' ORDER BY id`)
	if err != nil {
		c.Fatal(err)
	}
	defer rows.Close()
	var digests, named, counted int
	for rows.Next() {
		var key, channel, kind, snapshot string
		if err := rows.Scan(&key, &channel, &kind, &snapshot); err != nil {
			c.Fatal(err)
		}
		type entry struct {
			Event   int64  `json:"event"`
			Class   string `json:"class"`
			Section string `json:"section"`
		}
		var shown struct {
			ID      int64   `json:"id"`
			Class   string  `json:"class"`
			Entries []entry `json:"entries"`
			More    []entry `json:"more"`
			Unshown int     `json:"unshown"`
		}
		if err := json.Unmarshal([]byte(snapshot), &shown); err != nil {
			c.Fatal(err)
		}
		if kind == "alert" {
			tell(key, channel, shown.ID, shown.Class)
			continue
		}
		digests++
		counted += shown.Unshown - len(shown.More)
		for _, e := range append(shown.Entries, shown.More...) {
			if e.Section == "" {
				named++
				tell(key, channel, e.Event, e.Class)
			}
		}
	}
	if err := rows.Err(); err != nil {
		c.Fatal(err)
	}
	if n := c.count(`SELECT count(*) FROM held`); n != 0 {
		c.Errorf("LOST: %d events wait for a digest that is never made", n)
	}
	for _, ch := range c.channels {
		told := 0
		for key := range seen {
			if strings.HasPrefix(key, ch.ID+" ") {
				told++
			}
		}
		if events := c.count(`SELECT count(*) FROM events`); told+counted < events {
			c.Errorf("LOST: #%s is told of %d of %d events", ch.Name, told, events)
		}
	}
	if digests == 0 || named == 0 {
		c.Errorf("%d digests name %d events: nothing was tried", digests, named)
	}
	return fmt.Sprintf("%d digests, which name %d events as new and only count %d", digests, named, counted)
}
