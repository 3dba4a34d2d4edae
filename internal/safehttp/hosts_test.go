package safehttp

import (
	"context"
	"errors"
	"strconv"
	"testing"
	"testing/synctest"
	"time"
)

func take(t *testing.T, h *hosts, name string) *place {
	t.Helper()
	p, err := h.acquire(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// A place rests as long as its request took, a second at most, and at its host
// alone.
func TestHosts_RestAsLongAsTheyWork(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ work, rest time.Duration }{
		{0, 0}, {300 * time.Millisecond, 300 * time.Millisecond}, {20 * time.Second, time.Second},
	} {
		synctest.Test(t, func(t *testing.T) {
			h := newHosts(1)
			p := take(t, h, "a.example")
			time.Sleep(tt.work)
			p.release()
			p.release()
			start := time.Now()
			take(t, h, "b.example").release()
			if waited := time.Since(start); waited != 0 {
				t.Errorf("another host was waited for: %v", waited)
			}
			take(t, h, "A.example").release()
			if waited := time.Since(start); waited != tt.rest {
				t.Errorf("after %v of work it rested %v, want %v", tt.work, waited, tt.rest)
			}
		})
	}
}

func TestHosts_TheirPlacesRestEachByItself(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHosts(2)
		one, two := take(t, h, "a"), take(t, h, "a")
		time.Sleep(200 * time.Millisecond)
		one.release()
		time.Sleep(300 * time.Millisecond)
		two.release()
		start := time.Now()
		take(t, h, "a")
		if waited := time.Since(start); waited != 0 {
			t.Errorf("the place that has rested was waited for: %v", waited)
		}
		take(t, h, "a")
		if waited := time.Since(start); waited != 500*time.Millisecond {
			t.Errorf("the other one rested %v, want 500 ms", waited)
		}
	})
}

// Who gives up waiting takes no place and no memory, and hosts that have rested
// are forgotten.
func TestHosts_ForgetWhatRests(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHosts(1)
		p := take(t, h, "slow")
		time.Sleep(time.Second)
		p.release()
		short, cancel := context.WithTimeoutCause(t.Context(), 100*time.Millisecond, ErrTimeout)
		defer cancel()
		if _, err := h.acquire(short, "slow"); !errors.Is(err, ErrTimeout) {
			t.Errorf("while it rests: %v", err)
		}
		take(t, h, "slow").release() // nobody holds it
		for i := range 10 * fewHosts {
			p := take(t, h, strconv.Itoa(i))
			time.Sleep(time.Millisecond)
			p.release()
			time.Sleep(2 * time.Millisecond)
		}
		if len(h.m) > fewHosts+1 {
			t.Errorf("%d hosts are remembered, of which none is in use", len(h.m))
		}
	})
}
