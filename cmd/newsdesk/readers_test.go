package main

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"newsdesk/bot/discordtest"
)

// judgement is a test that remembers what it found wrong: it is told once more
// after the program's log, where nobody has to look for it.
type judgement struct {
	*testing.T
	mu    sync.Mutex
	wrong []string
}

func (j *judgement) Errorf(format string, args ...any) {
	j.Helper()
	j.remember(format, args...)
	j.T.Errorf(format, args...)
}

func (j *judgement) Fatalf(format string, args ...any) {
	j.Helper()
	j.remember(format, args...)
	j.T.Fatalf(format, args...)
}

func (j *judgement) remember(format string, args ...any) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.wrong = append(j.wrong, fmt.Sprintf(format, args...))
}

// tell shows the end of the program's log and what was wrong, if anything was.
func (j *judgement) tell(log string) {
	j.Helper()
	if !j.Failed() {
		return
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	j.Logf("the end of the program's log:\n%s", log[max(0, len(log)-6000):])
	j.Logf("%d things were wrong, these among them:\n%s", len(j.wrong), strings.Join(j.wrong[:min(8, len(j.wrong))], "\n"))
}

// readers see what the program posted, and know from its database what it had
// decided.
type readers struct {
	*judgement
	discord  *discordtest.Server
	channels []*discordtest.Channel
	db       *sql.DB
	links    []string // of all articles published
}

// open opens the program's database, beside the program.
func (r *readers) open(driver, source string) {
	r.Helper()
	var err error
	if r.db, err = sql.Open(driver, source); err != nil {
		r.Fatal(err)
	}
	r.Cleanup(func() { _ = r.db.Close() })
}

// done reports whether everything published was read, and everything decided
// was posted.
func (r *readers) done() bool {
	return r.count(`SELECT count(*) FROM articles WHERE state = 'done'`) == len(r.links) &&
		r.count(`SELECT count(*) FROM posts WHERE state = 'pending'`) == 0
}

func (r *readers) exec(query string) {
	r.Helper()
	if _, err := r.db.ExecContext(r.Context(), query); err != nil {
		r.Fatalf("%s: %v", query, err)
	}
}

func (r *readers) count(query string) (n int) {
	if err := r.db.QueryRowContext(r.Context(), query).Scan(&n); err != nil {
		return -1 // the tables are not there yet
	}
	return n
}

// posted is a row of the outbox.
type posted struct {
	key, channel, kind, state, reason string
	event                             int64
}

// judge compares what readers see with what was published and decided, and
// returns the counts. followers is how many channels follow a topic.
func (r *readers) judge(followers int) string {
	r.Helper()
	if n := r.count(`SELECT count(*) FROM articles WHERE event IS NULL`); n != 0 {
		r.Errorf("%d articles have no event", n)
	}
	if known := r.count(`SELECT count(*) FROM articles`); known != len(r.links) {
		r.Errorf("%d articles stored, %d published", known, len(r.links))
	}
	rows, err := r.db.QueryContext(r.Context(), `SELECT key, channel, kind, state, reason, event FROM posts ORDER BY id`)
	if err != nil {
		r.Fatal(err)
	}
	defer rows.Close()
	want := map[string][]string{} // channel, or channel and event for a thread: nonces in order
	alerts := map[string]int{}    // channel and event
	alerting := map[string]bool{} // nonces of alerts
	var posts, edits, lines, others int
	for rows.Next() {
		var p posted
		if err := rows.Scan(&p.key, &p.channel, &p.kind, &p.state, &p.reason, &p.event); err != nil {
			r.Fatal(err)
		}
		posts++
		if p.state == "dead" && strings.HasPrefix(p.reason, "turned out to be") { // of another story, which has posts of its own
			continue
		}
		if p.state != "sent" && !(p.kind == "edit" && p.reason == "told by a later edit") {
			r.Errorf("LOST: post %s is %s: %s", p.key, p.state, p.reason)
		}
		switch p.kind {
		case "alert":
			want[p.channel] = append(want[p.channel], nonce(p.key))
			alerts[p.channel+" "+strconv.FormatInt(p.event, 10)]++
			alerting[nonce(p.key)] = true
		case "line":
			thread := p.channel + " " + strconv.FormatInt(p.event, 10)
			want[thread] = append(want[thread], nonce(p.key))
			lines++
		case "edit":
			edits++
		default: // a message of its own
			want[p.channel] = append(want[p.channel], nonce(p.key))
			others++
		}
	}
	if err := rows.Err(); err != nil {
		r.Fatal(err)
	}
	reasons := r.count(`SELECT count(*) FROM (SELECT DISTINCT v.channel, v.event FROM verdicts v
		WHERE v.channel <> '' AND v.outcome NOT IN ('posted', 'updated')
		AND NOT EXISTS (SELECT 1 FROM posts p WHERE p.channel = v.channel AND p.event = v.event AND p.kind = 'alert')) kept`)
	// A story's topic follows its articles: who follows it now has the story, and so
	// may have who follows the topic of one of its articles.
	if n := r.count(`SELECT count(*) FROM events e JOIN subscriptions s ON s.topic IN (e.topic, 'all')
		WHERE e.merged_into = 0 AND NOT EXISTS (SELECT 1 FROM posts p WHERE p.channel = s.channel AND p.event = e.id AND p.kind = 'alert')
		AND NOT EXISTS (SELECT 1 FROM verdicts v WHERE v.channel = s.channel AND v.event = e.id AND v.outcome NOT IN ('posted', 'updated'))`); n != 0 {
		r.Errorf("LOST: %d alerts are neither made nor kept back for a reason", n)
	}
	if n := r.count(`SELECT count(*) FROM posts p JOIN events e ON e.id = p.event WHERE p.kind = 'alert'
		AND NOT EXISTS (SELECT 1 FROM subscriptions s WHERE s.channel = p.channel
			AND (s.topic IN (e.topic, 'all') OR s.topic IN (SELECT a.topic FROM articles a WHERE a.event = e.id)))`); n != 0 {
		r.Errorf("%d alerts are in channels that follow no topic of theirs", n)
	}
	if n := r.count(`SELECT count(DISTINCT channel) FROM subscriptions`); n != followers {
		r.Errorf("%d channels follow a topic, want %d", n, followers)
	}
	for place, n := range alerts {
		if n > 1 {
			r.Errorf("DOUBLED: %d alerts of one event in %s", n, place)
		}
	}
	seen := 0
	for _, ch := range r.channels {
		seen += r.compare("#"+ch.Name, ch.Messages(), want[ch.ID])
		for _, m := range ch.Messages() {
			if !alerting[m.Nonce] && slices.Contains(want[ch.ID], m.Nonce) {
				continue
			}
			var event int64
			var headline string
			if err := r.db.QueryRowContext(r.Context(), `SELECT e.id, CASE e.merged_into WHEN 0 THEN e.headline ELSE 'turned out to be one story' END
				FROM events e JOIN messages m ON m.event = e.id WHERE m.channel = $1 AND m.message = $2`, ch.ID, m.ID).Scan(&event, &headline); err != nil {
				r.Errorf("DOUBLED: message %q is nobody's: %v", m.Content, err)
				continue
			}
			if !strings.Contains(m.Content, headline) {
				r.Errorf("LOST: an edit of event %d: shows %q, want %q", event, m.Content, headline)
			}
			lines := want[ch.ID+" "+strconv.FormatInt(event, 10)]
			if thread := r.discord.Thread(m); thread != nil {
				seen += r.compare("thread of "+m.Content, thread.Messages(), lines)
			} else if len(lines) > 0 {
				r.Errorf("LOST: %d lines of event %d, which has no thread", len(lines), event)
			}
		}
	}
	return fmt.Sprintf("%d articles, %d posts (%d alerts, %d edits, %d lines, %d others), %d messages seen; events kept from a channel for a reason: %d",
		len(r.links), posts, len(alerting), edits, lines, others, seen, reasons)
}

// nonce is what a post's message is known by: the beginning of the SHA-256 of
// its key.
func nonce(key string) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:])[:25]
}

// compare checks that a channel shows each post once and in order.
func (r *readers) compare(where string, shown []discordtest.Message, want []string) int {
	r.Helper()
	var got []string
	for _, m := range shown {
		got = append(got, m.Nonce)
	}
	if slices.Equal(got, want) {
		return len(got)
	}
	for _, nonce := range want {
		if !slices.Contains(got, nonce) {
			r.Errorf("LOST: %s lacks the message with nonce %s", where, nonce)
		}
	}
	for i, nonce := range got {
		if slices.Contains(got[:i], nonce) || !slices.Contains(want, nonce) {
			r.Errorf("DOUBLED: %s: %q", where, shown[i].Content)
		}
	}
	r.Errorf("%s: %d messages, want %d, or OUT OF ORDER", where, len(got), len(want))
	return len(got)
}
