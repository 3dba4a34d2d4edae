package bot

import (
	"fmt"
	"math"
	"sync"
	"time"

	"newsdesk/bot/message"
)

// Quota bounds how often costly commands (/ask and /search) are answered. A
// person or server that asked nothing for a minute may ask as often at once. The
// zero value of a field takes its default.
type Quota struct {
	User  int // times a minute for a person; 6
	Guild int // times a minute for a server; 30
}

func (q Quota) withDefaults() Quota {
	if q.User <= 0 {
		q.User = 6
	}
	if q.Guild <= 0 {
		q.Guild = 30
	}
	return q
}

// bucketsKept is how many askers are remembered before those who could ask as
// often as anybody are forgotten.
const bucketsKept = 10_000

// bucket holds the tokens of one asker at a time.
type bucket struct {
	tokens float64
	at     time.Time
}

// meter counts what people and servers asked. It is safe for concurrent use.
type meter struct {
	quota   Quota
	mu      sync.Mutex
	buckets map[string]bucket
}

func newMeter(q Quota) *meter { return &meter{quota: q.withDefaults(), buckets: map[string]bucket{}} }

// take books a costly command, and returns a sentence where the quota is used
// up; then nothing is booked.
func (m *meter) take(in message.Interaction, now time.Time) (sentence string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.buckets) >= bucketsKept {
		m.forget(now)
	}
	type asker struct {
		key  string
		rate int
		who  string
	}
	askers := []asker{{"user " + in.User, m.quota.User, "you"}}
	if in.Guild != "" {
		askers = append(askers, asker{"guild " + in.Guild, m.quota.Guild, "this server"})
	}
	for _, a := range askers {
		if have := m.filled(a.key, a.rate, now); have < 1 {
			wait := math.Ceil((1 - have) * 60 / float64(a.rate))
			return fmt.Sprintf("I answer %d questions and searches a minute for %s, and they are used up. Ask again in %s.", a.rate, a.who, plural(int(wait), "second"))
		}
	}
	for _, a := range askers {
		m.buckets[a.key] = bucket{m.filled(a.key, a.rate, now) - 1, now}
	}
	return ""
}

// filled returns how many tokens an asker has now.
func (m *meter) filled(key string, rate int, now time.Time) float64 {
	b, ok := m.buckets[key]
	if !ok {
		return float64(rate)
	}
	gone := max(0, now.Sub(b.at).Minutes())
	return min(float64(rate), b.tokens+gone*float64(rate))
}

// forget drops the askers whose bucket has been left alone for long enough to be
// full.
func (m *meter) forget(now time.Time) {
	for key, b := range m.buckets {
		if now.Sub(b.at) >= time.Minute {
			delete(m.buckets, key)
		}
	}
}
