package outbox

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"newsdesk/news"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"
	"pgregory.net/rapid"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// rows is an outbox in memory with the store's rules.
type rows struct {
	mu    sync.Mutex
	posts []news.Post
	state map[news.PostID]string
	why   map[news.PostID]string

	blocked map[news.ChannelID]bool
}

func newRows(posts ...news.Post) *rows {
	r := &rows{state: map[news.PostID]string{}, why: map[news.PostID]string{}, blocked: map[news.ChannelID]bool{}}
	for i, p := range posts {
		p.ID = news.PostID(i + 1)
		if p.Key == "" {
			p.Key = fmt.Sprintf("%s-%d", p.Channel, p.ID)
		}
		r.posts = append(r.posts, p)
	}
	return r
}

func (r *rows) head(ch news.ChannelID, now time.Time) (news.Post, bool) {
	if r.blocked[ch] {
		return news.Post{}, false
	}
	for _, p := range r.posts {
		if p.Channel == ch && r.state[p.ID] == "" {
			return p, !p.NotBefore.After(now)
		}
	}
	return news.Post{}, false
}

func (r *rows) DueChannels(_ context.Context, now time.Time) ([]news.ChannelID, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var out []news.ChannelID
	seen := map[news.ChannelID]bool{}
	for _, p := range r.posts {
		if !seen[p.Channel] {
			seen[p.Channel] = true
			if _, due := r.head(p.Channel, now); due {
				out = append(out, p.Channel)
			}
		}
	}
	return out, nil
}

func (r *rows) NextPost(_ context.Context, ch news.ChannelID, now time.Time) (news.Post, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if p, due := r.head(ch, now); due {
		return p, nil
	}
	return news.Post{}, news.ErrNotFound
}

func (r *rows) MarkSent(_ context.Context, p news.Post, _ Receipt) error {
	return r.mark(p.ID, "sent", "")
}

func (r *rows) MarkDead(_ context.Context, id news.PostID, why string) error {
	return r.mark(id, "dead", why)
}

func (r *rows) MarkDeleted(_ context.Context, id news.PostID, why string) error {
	return r.mark(id, "deleted", why)
}

func (r *rows) mark(id news.PostID, state, why string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.state[id], r.why[id] = state, why
	return nil
}

func (r *rows) Block(_ context.Context, ch news.ChannelID, _ string, _ time.Time) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.blocked[ch] = true
	return nil
}

func (r *rows) MarkTried(_ context.Context, id news.PostID, at time.Time) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if p := &r.posts[id-1]; p.Tried.IsZero() {
		p.Tried = at
	}
	return nil
}

func (r *rows) MarkRetry(_ context.Context, p news.Post, why string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	row := &r.posts[p.ID-1]
	row.NotBefore, row.Tried = p.NotBefore, p.Tried
	row.Attempts++
	r.why[p.ID] = why
	return nil
}

func (r *rows) settled() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.state) == len(r.posts)
}

// script answers the n-th send of each post, and records what arrived.
type script struct {
	mu      sync.Mutex
	answers map[string][]error
	arrived map[news.ChannelID][]string
	at      []time.Duration
	tried   []time.Time
	start   time.Time
}

func (s *script) Send(_ context.Context, p news.Post) (Receipt, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.at, s.tried = append(s.at, time.Since(s.start)), append(s.tried, p.Tried)
	if a := s.answers[p.Key]; len(a) > 0 {
		s.answers[p.Key] = a[1:]
		if a[0] != nil {
			return Receipt{}, a[0]
		}
	}
	if s.arrived == nil {
		s.arrived = map[news.ChannelID][]string{}
	}
	s.arrived[p.Channel] = append(s.arrived[p.Channel], p.Key)
	return Receipt{Message: "m" + p.Key}, nil
}

// play runs a relay inside a bubble of fake time until every post is settled.
func play(t *testing.T, store *rows, send *script, o Options) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	send.start = time.Now()
	relay := NewRelay(store, send, o, slog.New(slog.DiscardHandler), time.Now)
	relay.jitter = func() float64 { return 0 }
	done := make(chan error, 1)
	go func() { done <- relay.Run(ctx) }()
	for !store.settled() {
		<-time.After(time.Second) // fake time
	}
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestRelay_KeepsOrderWhenFirstFails(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newRows(
			news.Post{Channel: "a", Key: "a1"}, news.Post{Channel: "a", Key: "a2"},
			news.Post{Channel: "b", Key: "b1"},
		)
		send := &script{answers: map[string][]error{"a1": {errors.New("cut"), errors.New("503")}}}
		play(t, store, send, Options{})
		want := map[news.ChannelID][]string{"a": {"a1", "a2"}, "b": {"b1"}}
		if diff := cmp.Diff(want, send.arrived); diff != "" {
			t.Errorf("arrived (-want +got):\n%s", diff)
		}
	})
}

func TestRelay_SetsAsideWhatCannotBeSent(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newRows(news.Post{Channel: "a", Key: "gone"}, news.Post{Channel: "a", Key: "next"})
		send := &script{answers: map[string][]error{"gone": {fmt.Errorf("send: %w", Permanent(errors.New("unknown channel")))}}}
		play(t, store, send, Options{})
		if diff := cmp.Diff(map[news.ChannelID][]string{"a": {"next"}}, send.arrived); diff != "" {
			t.Errorf("arrived (-want +got):\n%s", diff)
		}
		if got := store.why[1]; got != "send: unknown channel" || store.state[1] != "dead" {
			t.Errorf("%s, reason %q", store.state[1], got)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		store := newRows(news.Post{Channel: "a", Key: "gone"})
		send := &script{answers: map[string][]error{"gone": {fmt.Errorf("send: %w", Deleted(errors.New("no message")))}}}
		play(t, store, send, Options{})
		if store.state[1] != "deleted" || store.why[1] != "send: no message" {
			t.Errorf("of a deleted message: %s, reason %q", store.state[1], store.why[1])
		}
	})
}

func TestRelay_WaitsAsLongAsAsked(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newRows(news.Post{Channel: "a", Key: "a1"})
		send := &script{answers: map[string][]error{"a1": {After(90*time.Second, errors.New("429"))}}}
		play(t, store, send, Options{Look: time.Second})
		if len(send.at) != 2 || send.at[1] < 90*time.Second || send.at[1] > 92*time.Second {
			t.Errorf("sent at %v, want the second try after 90 s", send.at)
		}
	})
}

// A post that fails while others go out is at fault itself.
func TestRelay_GivesUpAfterMaxAttempts(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newRows(news.Post{Channel: "a", Key: "a1"}, news.Post{Channel: "b", Key: "b1"})
		cut := errors.New("cut")
		send := &script{answers: map[string][]error{"a1": {cut, cut, cut, cut, cut}}}
		play(t, store, send, Options{MaxAttempts: 3})
		if len(send.at) != 4 || store.state[1] != "dead" {
			t.Errorf("%d tries, state %q; want 3 and one of the other, and dead", len(send.at), store.state[1])
		}
	})
}

// A channel that takes no posts is asked once, and holds up no other; what was
// meant for it is kept.
func TestRelay_BlockedChannelIsAskedOnce(t *testing.T) { // M20
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newRows(news.Post{Channel: "a", Key: "a1"}, news.Post{Channel: "a", Key: "a2"}, news.Post{Channel: "b", Key: "b1"})
		send := &script{answers: map[string][]error{"a1": {Blocked(Permanent(errors.New("missing permission")))}}}
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		send.start = time.Now()
		if err := NewRelay(store, send, Options{}, slog.New(slog.DiscardHandler), time.Now).Run(ctx); err != nil {
			t.Error(err)
		}
		if len(send.at) != 2 || !store.blocked["a"] || store.state[1] != "" || store.state[2] != "" || store.state[3] != "sent" {
			t.Errorf("%d sends, blocked %v, states %v; want one try of a1, b1 sent, the rest kept", len(send.at), store.blocked, store.state)
		}
	})
}

// While nothing goes out at all, Discord is down: posts are kept for three
// days, however often they are tried.
func TestRelay_OutageLosesNothing(t *testing.T) { // M17, M20
	t.Parallel()
	outage := func(n int) []error {
		down := make([]error, n)
		for i := range down {
			down[i] = errors.New("503")
		}
		return down
	}
	synctest.Test(t, func(t *testing.T) {
		store := newRows(news.Post{Channel: "a", Key: "a1"}, news.Post{Channel: "a", Key: "a2"})
		send := &script{answers: map[string][]error{"a1": outage(200)}} // about two days
		play(t, store, send, Options{})
		if diff := cmp.Diff(map[news.ChannelID][]string{"a": {"a1", "a2"}}, send.arrived); diff != "" {
			t.Errorf("arrived (-want +got):\n%s", diff)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		store := newRows(news.Post{Channel: "a", Key: "a1"})
		send := &script{answers: map[string][]error{"a1": outage(400)}} // about four days
		play(t, store, send, Options{})
		if store.state[1] != "dead" {
			t.Errorf("state %q after four days, want dead", store.state[1])
		}
	})
}

// What may have arrived is remembered from the first such try on; a refusal
// with a wait is certain to have posted nothing.
func TestRelay_RemembersWhatMayHaveArrived(t *testing.T) { // M17
	t.Parallel()
	wait := After(time.Minute, errors.New("429"))
	for name, tt := range map[string]struct {
		answers []error
		unsure  []bool // at each try
	}{
		"certain":            {[]error{wait, wait}, []bool{false, false, false}},
		"unsure":             {[]error{errors.New("cut"), errors.New("cut")}, []bool{false, true, true}},
		"unsure, then asked": {[]error{errors.New("cut"), wait}, []bool{false, true, true}},
		"asked, then unsure": {[]error{wait, errors.New("cut")}, []bool{false, false, true}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				send := &script{answers: map[string][]error{"a1": tt.answers}}
				play(t, newRows(news.Post{Channel: "a", Key: "a1"}), send, Options{})
				var unsure []bool
				for _, tried := range send.tried {
					unsure = append(unsure, !tried.IsZero())
				}
				if diff := cmp.Diff(tt.unsure, unsure); diff != "" {
					t.Errorf("unsure at each try (-want +got):\n%s", diff)
				}
			})
		})
	}
}

// stubborn answers only when its context ends.
type stubborn struct{ started chan struct{} }

func (s stubborn) Send(ctx context.Context, _ news.Post) (Receipt, error) {
	close(s.started)
	<-ctx.Done()
	return Receipt{}, ctx.Err()
}

func TestRelay_StopIsBounded(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newRows(news.Post{Channel: "a"})
		send := stubborn{make(chan struct{})}
		relay := NewRelay(store, send, Options{Grace: 5 * time.Second}, slog.New(slog.DiscardHandler), time.Now)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- relay.Run(ctx) }()
		<-send.started
		stopped := time.Now()
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
		if took := time.Since(stopped); took != 5*time.Second {
			t.Errorf("stopping took %v of fake time, want the grace of 5s", took)
		}
		if store.state[1] != "" || store.posts[0].Attempts != 0 {
			t.Errorf("the post is %q after %d attempts, want it untouched for the next start", store.state[1], store.posts[0].Attempts)
		}
	})
}

// Whatever fails and however often, each channel gets each post that was not
// given up once, in order.
func TestRelay_NothingLostNothingTwice(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		var posts []news.Post
		want := map[news.ChannelID][]string{}
		answers := map[string][]error{}
		for i := range rapid.IntRange(1, 12).Draw(rt, "posts") {
			ch := news.ChannelID(rapid.SampledFrom([]string{"a", "b", "c"}).Draw(rt, "channel"))
			key := fmt.Sprintf("%s%d", ch, i)
			posts = append(posts, news.Post{Channel: ch, Key: key})
			for range rapid.IntRange(0, 3).Draw(rt, "failures") {
				answers[key] = append(answers[key], errors.New("cut"))
			}
			if rapid.Bool().Draw(rt, "permanent") && rapid.Bool().Draw(rt, "really") {
				answers[key] = append(answers[key], Permanent(errors.New("gone")))
				continue
			}
			want[ch] = append(want[ch], key)
		}
		send := &script{answers: answers, arrived: map[news.ChannelID][]string{}}
		synctest.Test(t, func(t *testing.T) { play(t, newRows(posts...), send, Options{Channels: 2}) })
		if diff := cmp.Diff(want, send.arrived); diff != "" {
			rt.Errorf("arrived (-want +got):\n%s", diff)
		}
	})
}
