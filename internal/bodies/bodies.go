// Package bodies bounds what the bodies of answers take in memory together:
// hundreds are read at once, and each may be large.
//
//	share := budget.Open()
//	defer share.Close() // when the bytes are needed no more
//	data, err := share.ReadAll(ctx, resp.Body, room, most)
//
// A small body is read without asking. A larger one asks for each piece of memory
// it grows by, and waits where there is none. Those that wait hold what they have
// read, so that all might wait for each other: therefore one of them, the one that
// has waited longest, is let past the bound, and ends. Memory that becomes free goes
// to whoever needs least, so that a body of middling size does not wait for a large
// one.
//
// All bodies together thus take no more than the budget, one body of the greatest
// size, and what is small for each that is read.
package bodies

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
)

// Small is how many bytes of each body are not counted: nearly all feeds and half
// of all pages are no larger.
const Small = 160 << 10

// least is the least memory that is made for a body.
const least = 512

// Budget is the memory that bodies share. It is safe for concurrent use; a nil
// Budget bounds nothing.
type Budget struct {
	mu      sync.Mutex
	free    int64
	past    *Share    // the one that was let past the bound, nil where none is; it is not counted further
	waiting []*waiter // those that came first, first
}

// waiter is a body that waits for memory.
type waiter struct {
	share   *Share
	n       int64
	granted chan struct{} // closed under the budget's lock
}

// New returns a Budget of so many bytes.
func New(bytes int64) *Budget { return &Budget{free: bytes} }

// Open begins a body. Close the Share when its bytes are needed no more.
func (b *Budget) Open() *Share { return &Share{budget: b} }

// Share is the part of a Budget that one body holds. It belongs to one goroutine.
type Share struct {
	budget *Budget
	held   int64
}

// ReadAll reads to the end, or until there are more than most bytes: then it returns
// most+1. room is how many bytes are expected. With an error it returns what came
// before it. While it waits for memory it ends with ctx, with its cause.
func (s *Share) ReadAll(ctx context.Context, r io.Reader, room, most int64) ([]byte, error) {
	room = min(max(room, least), most+1)
	if err := s.grow(ctx, room); err != nil {
		return nil, fmt.Errorf("wait for memory: %w", err)
	}
	return s.ReadOn(ctx, make([]byte, 0, room), r, most)
}

// ReadOn is ReadAll behind what buf holds, within its memory as far as that goes: it
// is the body's from now on, as if it had been made for it.
func (s *Share) ReadOn(ctx context.Context, buf []byte, r io.Reader, most int64) ([]byte, error) {
	if err := s.grow(ctx, int64(cap(buf))); err != nil {
		return buf, fmt.Errorf("wait for memory: %w", err)
	}
	for int64(len(buf)) <= most {
		if len(buf) == cap(buf) {
			size := min(max(int64(cap(buf))*2, least), most+1)
			if err := s.grow(ctx, size); err != nil {
				return buf, fmt.Errorf("wait for memory: %w", err)
			}
			buf = append(make([]byte, 0, size), buf...)
		}
		n, err := r.Read(buf[len(buf):min(int64(cap(buf)), most+1)])
		buf = buf[:len(buf)+n]
		if errors.Is(err, io.EOF) {
			return buf, nil
		}
		if err != nil {
			return buf, err
		}
	}
	return buf, nil
}

// grow waits until the body may take size bytes in all.
func (s *Share) grow(ctx context.Context, size int64) error {
	n := size - Small - s.held
	if s.budget == nil || n <= 0 {
		return nil
	}
	w := s.budget.ask(s, n)
	if w == nil {
		return nil
	}
	select {
	case <-w.granted:
		return nil
	case <-ctx.Done():
		s.budget.leave(w)
		return context.Cause(ctx)
	}
}

// Close gives everything back. It may be called twice.
func (s *Share) Close() {
	if s.budget != nil {
		s.budget.giveBack(s)
	}
}

// ask takes n bytes for a share, and returns nil, or a place in the queue.
func (b *Budget) ask(s *Share, n int64) *waiter {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.past == s {
		return nil
	}
	if n <= b.free {
		b.take(s, n)
		return nil
	}
	w := &waiter{share: s, n: n, granted: make(chan struct{})}
	b.waiting = append(b.waiting, w)
	b.serve()
	return w
}

// leave takes a waiter out of the queue; where it has just been served, it keeps
// what it got until it closes.
func (b *Budget) leave(w *waiter) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if i := slices.Index(b.waiting, w); i >= 0 {
		b.waiting = slices.Delete(b.waiting, i, i+1)
	}
}

func (b *Budget) giveBack(s *Share) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.free += s.held
	s.held = 0
	if b.past == s {
		b.past = nil
	}
	b.serve()
}

// serve gives what is free to those that need least, and lets one past the bound
// where nobody is. The caller holds the lock.
func (b *Budget) serve() {
	for len(b.waiting) > 0 {
		next := slices.MinFunc(b.waiting, func(x, y *waiter) int { return cmp.Compare(x.n, y.n) }) // the first of equals
		if next.n > b.free {
			if b.past != nil {
				return
			}
			next = b.waiting[0]
			b.past = next.share
		} else {
			b.take(next.share, next.n)
		}
		b.waiting = slices.DeleteFunc(b.waiting, func(w *waiter) bool { return w == next })
		close(next.granted)
	}
}

func (b *Budget) take(s *Share, n int64) {
	b.free -= n
	s.held += n
}
