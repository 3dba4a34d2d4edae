package store

import (
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"newsdesk/news"
)

// maxReason bounds stored reasons, in bytes: they may quote a stranger's
// server.
const maxReason = 500

// milli turns a time into a column: NULL where it is zero, or so far off that
// neither JSON nor a reader could take it. Columns that are never NULL take
// its Int64, where zero stands for "always".
func milli(t time.Time) sql.NullInt64 {
	t = tame(t)
	if t.IsZero() {
		return sql.NullInt64{}
	}
	return sql.NullInt64{Int64: t.UnixMilli(), Valid: true}
}

// moment turns a column back into a time.
func moment(ms sql.NullInt64) time.Time {
	if !ms.Valid {
		return time.Time{}
	}
	return time.UnixMilli(ms.Int64).UTC()
}

// tame brings a time to what the store keeps, milliseconds in UTC. Years that
// JSON cannot write (a feed may claim any) become "unknown".
func tame(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	if t = t.UTC(); t.Year() < 1 || t.Year() > 9999 {
		return time.Time{}
	}
	return time.UnixMilli(t.UnixMilli()).UTC()
}

// bit turns a yes or no into a column.
func bit(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// encode turns a list into a column; the empty list is "".
func encode[T any](list []T) (string, error) {
	if len(list) == 0 {
		return "", nil
	}
	b, err := json.Marshal(list)
	return string(b), err
}

// decode is the reverse of encode, and reads other values kept as JSON.
func decode[T any](column, text string, into *T) error {
	*into = *new(T)
	if text == "" {
		return nil
	}
	if err := json.Unmarshal([]byte(text), into); err != nil {
		return fmt.Errorf("column %s: %w", column, err)
	}
	return nil
}

// tameFacts returns facts whose scores JSON can write.
func tameFacts(facts []news.Fact) []news.Fact {
	bad := func(f news.Fact) bool { return math.IsNaN(f.Score) || math.IsInf(f.Score, 0) }
	if !slices.ContainsFunc(facts, bad) {
		return facts
	}
	facts = slices.Clone(facts)
	for i := range facts {
		if bad(facts[i]) {
			facts[i].Score = 0
		}
	}
	return facts
}

// tameEvent returns the event as it will be read back.
func tameEvent(e news.Event) news.Event {
	e.First, e.Last, e.When = tame(e.First), tame(e.Last), tame(e.When)
	e.Facts = tameFacts(e.Facts)
	e.Sources = slices.Clone(e.Sources)
	for i := range e.Sources {
		e.Sources[i].Published, e.Sources[i].Updated = tame(e.Sources[i].Published), tame(e.Sources[i].Updated)
	}
	return e
}

// shortKey is the first 64 bits of a SHA-256. Within one feed two of its
// identifiers meet by chance once in 10^13 feeds of a thousand items.
func shortKey(s string) int64 {
	sum := sha256.Sum256([]byte(s))
	return int64(binary.BigEndian.Uint64(sum[:8])) // any 64 bits will do
}

// clip bounds a reason and makes it valid UTF-8.
func clip(reason string) string {
	if len(reason) > maxReason {
		reason = reason[:maxReason]
	}
	return strings.ToValidUTF8(reason, "")
}
