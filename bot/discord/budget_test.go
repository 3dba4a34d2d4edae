package discord

import (
	"testing"
	"time"
)

// A day of failures must not eat the thousand IDENTIFYs that a token has.
func TestBudget_ADayOfFailures(t *testing.T) {
	t.Parallel()
	now := time.Unix(1e9, 0)
	b := newBudget(Options{Now: func() time.Time { return now }, Timing: Timing{}.withDefaults()})
	end := now.Add(24 * time.Hour)
	n := 0
	var last time.Time
	for now.Before(end) {
		now = now.Add(b.wait())
		if w := b.wait(); w > time.Millisecond {
			t.Fatalf("after its wait it asks for another %s", w)
		}
		if n > 0 && now.Sub(last) < 5*time.Second-time.Millisecond {
			t.Fatalf("two IDENTIFYs within %s", now.Sub(last))
		}
		last = now
		n = b.spend()
	}
	if n < 900 || n > 980 {
		t.Errorf("%d IDENTIFYs in a day", n)
	}
}

func TestBackoff(t *testing.T) {
	t.Parallel()
	c := newTestClient(t, answering(200, ""), nil)
	for _, r := range []float64{0, 0.5, 0.999} {
		c.opt.Rand = func() float64 { return r }
		last := time.Duration(0)
		for failures := range 60 {
			d := c.backoff(failures, errDropped)
			if d < 500*time.Millisecond || d > 2*time.Minute || d < last {
				t.Errorf("failure %d: %s after %s", failures, d, last)
			}
			last = d
		}
		if d := c.backoff(0, errInvalidSession); d < time.Second || d > 5*time.Second {
			t.Errorf("after op 9: %s", d)
		}
	}
}
