package discord

import (
	"context"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"newsdesk/bot/message"
	"newsdesk/outbox"
)

// limited is a wire that keeps Discord's kind of limit: n requests in a window
// for each channel, told in headers, and 429 beyond it.
func limited(n int, window time.Duration, bucket string) *wire {
	var mu sync.Mutex
	type state struct {
		left  int
		reset time.Time
	}
	channels := map[string]*state{}
	return &wire{serve: func(_ int, r sentRequest) (int, map[string]string, string) {
		mu.Lock()
		defer mu.Unlock()
		s := channels[r.Path]
		if s == nil || !time.Now().Before(s.reset) {
			s = &state{left: n, reset: time.Now().Add(window)}
			channels[r.Path] = s
		}
		after := strconv.FormatFloat(time.Until(s.reset).Seconds(), 'f', 3, 64)
		s.left--
		h := map[string]string{
			"X-RateLimit-Bucket": bucket, "X-RateLimit-Limit": strconv.Itoa(n),
			"X-RateLimit-Remaining": strconv.Itoa(max(0, s.left)), "X-RateLimit-Reset-After": after,
		}
		if s.left < 0 {
			h["Retry-After"] = after
			return 429, h, `{"retry_after":` + after + `}`
		}
		return 200, h, `{"id":"1"}`
	}}
}

// M18: no 429 storm. Twenty posts to one channel, all at once, and none of
// them earns a 429.
func TestLimiter_KeepsAChannelsBucket(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := limited(5, 5*time.Second, "b1")
		c := newTestClient(t, w, nil)
		start := time.Now()
		var all sync.WaitGroup
		for i := range 10 {
			all.Go(func() {
				if _, err := c.Create(t.Context(), "5", message.Message{Content: "x"}, "n"+strconv.Itoa(i)); err != nil {
					t.Errorf("post %d: %v", i, err)
				}
			})
		}
		all.Wait()
		if got := len(w.requests()); got != 10 {
			t.Errorf("%d requests for 10 posts", got)
		}
		if took := time.Since(start); took < 5*time.Second || took > 6*time.Second {
			t.Errorf("took %s, want two windows", took)
		}
	})
}

func TestLimiter_ChannelsDoNotWaitForEachOther(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := newTestClient(t, limited(1, 4*time.Second, "b1"), nil)
		start := time.Now()
		for _, ch := range []string{"1", "2", "3"} {
			if _, err := c.Create(t.Context(), ch, message.Message{Content: "x"}, "n"); err != nil {
				t.Error(err)
			}
		}
		if took := time.Since(start); took != 0 {
			t.Errorf("took %s", took)
		}
	})
}

func TestLimiter_KeepsTheGlobalLimit(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := answering(200, `{"id":"1"}`)
		c := newTestClient(t, w, nil)
		var all sync.WaitGroup
		for i := range 150 {
			all.Go(func() {
				if _, err := c.Create(t.Context(), strconv.Itoa(i+1), message.Message{Content: "x"}, "n"); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		sent := w.requests()
		for i := range len(sent) - globalPerSecond {
			if d := sent[i+globalPerSecond].At.Sub(sent[i].At); d < time.Second {
				t.Fatalf("%d requests within %s", globalPerSecond+1, d)
			}
		}
		if took := sent[len(sent)-1].At.Sub(sent[0].At); took > 5*time.Second {
			t.Errorf("150 requests took %s", took)
		}
	})
}

// A global or edge ban holds every channel, not just the one that met it.
func TestLimiter_GlobalRefusalHoldsAll(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := &wire{serve: func(n int, _ sentRequest) (int, map[string]string, string) {
			if n == 1 {
				return 429, map[string]string{"Retry-After": "30", "X-RateLimit-Global": "true"}, `{"retry_after":30,"global":true}`
			}
			return 200, nil, `{"id":"1"}`
		}}
		c := newTestClient(t, w, nil)
		for _, ch := range []string{"1", "2"} {
			_, err := c.Create(t.Context(), ch, message.Message{Content: "x"}, "n")
			if after, ok := outbox.Wait(err); !ok || after != 30*time.Second {
				t.Errorf("channel %s: %v", ch, err)
			}
		}
		if n := len(w.requests()); n != 1 {
			t.Errorf("%d requests, want 1", n)
		}
		time.Sleep(30 * time.Second) // of the bubble's clock
		if _, err := c.Create(t.Context(), "2", message.Message{Content: "x"}, "n"); err != nil {
			t.Error(err)
		}
	})
}

// Discord bans an address after 10,000 refusals in ten minutes.
func TestLimiter_BrakesBeforeABan(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := answering(403, `{"code":50001,"message":"Missing Access"}`)
		c := newTestClient(t, w, nil)
		for i := range maxInvalid + 100 {
			_, _ = c.Create(t.Context(), strconv.Itoa(i%500+1), message.Message{Content: "x"}, "n")
		}
		if n := len(w.requests()); n != maxInvalid {
			t.Errorf("%d refusals were earned, want the brake at %d", n, maxInvalid)
		}
	})
}

func TestLimiter_ForgetsIdleBuckets(t *testing.T) {
	t.Parallel()
	now := time.Unix(1e9, 0)
	l := newLimiter(func() time.Time { return now }, time.Second)
	for i := range 3 * maxBuckets {
		now = now.Add(time.Second)
		major := strconv.Itoa(i)
		b, err := l.admit(t.Context(), "r", major)
		if err != nil {
			t.Fatal(err)
		}
		l.settle(b, "r", major, 200, nil)
	}
	if n := len(l.buckets); n > maxBuckets+1 {
		t.Errorf("%d buckets are kept", n)
	}
}

func BenchmarkLimiter(b *testing.B) {
	b.ReportAllocs()
	now := time.Unix(1e9, 0)
	l := newLimiter(func() time.Time { return now }, time.Second)
	for b.Loop() {
		now = now.Add(time.Second)
		bk, err := l.admit(b.Context(), "r", "1")
		if err != nil {
			b.Fatal(err)
		}
		l.settle(bk, "r", "1", 200, nil)
	}
}

// Discord's edge shuts out an address and not a route: while it does, answers
// to interactions would only prolong it. A global limit leaves them alone.
func TestLimiter_OnlyTheEdgeHoldsInteractions(t *testing.T) { // M18
	t.Parallel()
	page := map[string]string{"Retry-After": "600", "Content-Type": "text/html"}
	global := map[string]string{"Retry-After": "600", "X-RateLimit-Global": "true", "X-RateLimit-Scope": "global"}
	for name, tt := range map[string]struct {
		header map[string]string
		body   string
		want   int // requests
	}{
		"edge":   {page, "<html>Error 1015</html>", 1},
		"global": {global, `{"retry_after":600,"global":true}`, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				w := &wire{serve: func(n int, _ sentRequest) (int, map[string]string, string) {
					if n == 1 {
						return 429, tt.header, tt.body
					}
					return 200, nil, `{"id":"1"}`
				}}
				c := newTestClient(t, w, handler{handle: func(context.Context, message.Interaction) (message.Reply, error) {
					return message.Reply{Message: message.Message{Content: "hi"}}, nil
				}})
				ask := func(id int) {
					c.answers.start()
					c.answers.accept(t.Context(), interactionEvent(id, message.KindCommand, "x", "42"))
					c.answers.all.Wait()
				}
				if _, err := c.Create(t.Context(), "1", message.Message{Content: "x"}, "n"); err == nil {
					t.Error("posted")
				}
				ask(7)
				if n := len(w.requests()); n != tt.want {
					t.Errorf("%d requests, want %d", n, tt.want)
				}
				time.Sleep(10 * time.Minute) // of the bubble's clock
				ask(8)
				if n := len(w.requests()); n != tt.want+1 {
					t.Errorf("%d requests once it is over, want %d", n, tt.want+1)
				}
			})
		})
	}
}

// Where the edge wants only a second, the person waits that long and is
// answered.
func TestLimiter_AMomentOfTheEdgeIsWaitedOut(t *testing.T) { // M2, M18
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := answering(200, `{}`)
		c := newTestClient(t, w, handler{handle: func(context.Context, message.Interaction) (message.Reply, error) {
			return message.Reply{Message: message.Message{Content: "hi"}}, nil
		}})
		c.rest.limits.refuse(nil, "r", "1", time.Second, ofAddress)
		start := time.Now()
		c.answers.start()
		c.answers.accept(t.Context(), interactionEvent(7, message.KindCommand, "x", "42"))
		c.answers.all.Wait()
		if n := len(w.requests()); n != 1 {
			t.Errorf("%d requests, want the answer", n)
		}
		if waited := time.Since(start); waited < time.Second || waited > 1500*time.Millisecond {
			t.Errorf("answered after %s, want a second", waited)
		}
	})
}
