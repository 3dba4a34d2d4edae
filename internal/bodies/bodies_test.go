package bodies_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"newsdesk/internal/bodies"
)

const mb = 1 << 20

// document is a body that counts what was taken of it, and that goes on after so
// many bytes only when it is told to.
type document struct {
	size, stop int
	goOn       chan struct{}
	taken      *atomic.Int64
	given      int
}

func (d *document) Read(p []byte) (int, error) {
	if d.given == d.size {
		return 0, io.EOF
	}
	if d.given >= d.stop && d.goOn != nil {
		<-d.goOn
	}
	n := min(len(p), d.size-d.given)
	if d.given < d.stop {
		n = min(n, d.stop-d.given)
	}
	d.given += n
	d.taken.Add(int64(n))
	return n, nil
}

// However many large bodies are read at once, what was read of them stays within the
// bound; and all are read in the end.
func TestBudget_BoundsTheSumAndEveryBodyEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const n, total, each = 40, 8 * mb, 4 * mb
		b := bodies.New(total)
		var taken atomic.Int64
		goOn := make(chan struct{})
		var read sync.WaitGroup
		for range n {
			read.Go(func() {
				share := b.Open()
				defer share.Close()
				got, err := share.ReadAll(t.Context(), &document{size: each, stop: each - 1, goOn: goOn, taken: &taken}, 512, each)
				if err != nil || len(got) != each {
					t.Errorf("read %d bytes, %v", len(got), err)
				}
			})
		}
		synctest.Wait()
		if got, most := taken.Load(), int64(total+each+n*bodies.Small); got > most || got < total/2 {
			t.Errorf("%d bytes were read, want at most %d, and no less than half the budget", got, most)
		}
		close(goOn)
		read.Wait()
	})
}

// A body that is small is read while all memory is taken, and of those that wait the
// one that needs least goes first.
func TestBudget_SmallBodiesDoNotWaitForLargeOnes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := bodies.New(mb)
		var taken atomic.Int64
		first, past := make(chan struct{}), make(chan struct{})
		var mu sync.Mutex
		var order []string
		var all sync.WaitGroup
		start := func(name string, size int, goOn chan struct{}) {
			all.Go(func() {
				share := b.Open()
				defer share.Close()
				if _, err := share.ReadAll(t.Context(), &document{size: size, stop: size - 1, goOn: goOn, taken: &taken}, int64(size)+1, 16*mb); err != nil {
					t.Error(err)
				}
				mu.Lock()
				order = append(order, name)
				mu.Unlock()
			})
			synctest.Wait()
		}
		start("first", mb, first)    // takes what there is
		start("past", 8*mb, past)    // is let past the bound
		start("large", 8*mb, nil)    // waits
		start("middling", mb/2, nil) // waits, behind it
		start("small", bodies.Small-1, nil)
		if diff := cmp.Diff([]string{"small"}, order); diff != "" {
			t.Errorf("read while all memory is taken (-want +got):\n%s", diff)
		}
		close(first)
		synctest.Wait()
		slices.Sort(order)
		if diff := cmp.Diff([]string{"first", "middling", "small"}, order); diff != "" {
			t.Errorf("read while one is past the bound (-want +got):\n%s", diff)
		}
		close(past)
		all.Wait()
	})
}

// Who gives up waiting holds nothing, and stands in nobody's way.
func TestBudget_WaitEndsWithTheContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := bodies.New(mb)
		one, two := b.Open(), b.Open()
		for s, size := range map[*bodies.Share]int{one: mb - 1, two: 3 * mb} { // whichever comes second is past the bound
			if _, err := s.ReadAll(t.Context(), bytes.NewReader(make([]byte, size)), int64(size)+1, 4*mb); err != nil {
				t.Fatal(err)
			}
		}
		cause := errors.New("the time is up")
		ctx, cancel := context.WithCancelCause(t.Context())
		ended := make(chan error)
		go func() {
			s := b.Open()
			defer s.Close()
			_, err := s.ReadAll(ctx, bytes.NewReader(make([]byte, 3*mb)), mb, 4*mb)
			ended <- err
		}()
		synctest.Wait()
		cancel(cause)
		if err := <-ended; !errors.Is(err, cause) {
			t.Errorf("the wait ended with %v, want %v", err, cause)
		}
		one.Close()
		two.Close()
		for _, size := range []int{3 * mb, mb - 1} { // one past the bound, and one that takes all there is
			s := b.Open()
			defer s.Close()
			if _, err := s.ReadAll(t.Context(), bytes.NewReader(make([]byte, size)), int64(size)+1, 4*mb); err != nil {
				t.Error(err)
			}
		}
	})
}

// What is read is what was sent, up to one byte over the bound, whatever is expected.
func TestShare_ReadsAsItIs(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		size, most := rapid.IntRange(0, 2*mb).Draw(t, "size"), rapid.IntRange(0, 2*mb).Draw(t, "most")
		room := rapid.Int64Range(-1, 3*mb).Draw(t, "room")
		sent := make([]byte, size)
		for i := range sent {
			sent[i] = byte(rand.N(256))
		}
		var b *bodies.Budget
		if rapid.Bool().Draw(t, "bounded") {
			b = bodies.New(mb)
		}
		share := b.Open()
		defer share.Close()
		got, err := share.ReadAll(context.Background(), bytes.NewReader(sent), room, int64(most))
		if want := sent[:min(size, most+1)]; err != nil || !bytes.Equal(got, want) {
			t.Fatalf("%d bytes, want %d; %v", len(got), len(want), err)
		}
		own := append(make([]byte, 0, rapid.IntRange(0, 2*mb).Draw(t, "own")), sent[:rapid.IntRange(0, min(size, most)).Draw(t, "before")]...)
		got, err = share.ReadOn(context.Background(), own, bytes.NewReader(sent[len(own):]), int64(most))
		if want := sent[:min(size, most+1)]; err != nil || !bytes.Equal(got, want) {
			t.Fatalf("%d bytes behind %d, want %d; %v", len(got), len(own), len(want), err)
		}
	})
}
