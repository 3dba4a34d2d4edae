package articles

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"sync"
	"time"

	"newsdesk/news"
)

// ErrClosed says that the Reader was closed before the read began.
var ErrClosed = errors.New("the reader is closed")

// slowError says that an extraction outlived its budget.
type slowError struct{ budget time.Duration }

func (e *slowError) Error() string {
	return fmt.Sprintf("the page took longer than %v to read", e.budget)
}

// pool bounds the extractions that run at once. An extraction can't be
// cancelled: one that outlives its budget goes on without anybody waiting for
// its outcome and holds its place until it ends, so a page that is slow to read
// costs a place, never memory without bound. Pages are bounded in size, so each
// ends within seconds.
type pool struct {
	places chan struct{}
	rooms  sync.Pool // of *[usualPage]byte, what pages are read into

	mu     sync.Mutex
	closed bool
	wg     sync.WaitGroup
}

func newPool(n int) *pool { return &pool{places: make(chan struct{}, n)} }

// start takes a place and runs f in a goroutine of the pool.
func (p *pool) start(ctx context.Context, f func()) error {
	select {
	case p.places <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		<-p.places
		return ErrClosed
	}
	p.wg.Go(func() {
		defer func() { <-p.places }()
		f()
	})
	return nil
}

func (p *pool) close() {
	p.mu.Lock()
	p.closed = true
	p.mu.Unlock()
	p.wg.Wait()
}

// room returns memory for a page of the usual size.
func (p *pool) room() []byte {
	if r, ok := p.rooms.Get().(*[usualPage]byte); ok {
		return r[:0]
	}
	return make([]byte, 0, usualPage)
}

// leave takes the memory of a page that nobody reads any more, for another. What is
// not of the usual size is none of its.
func (p *pool) leave(page []byte) {
	if cap(page) == usualPage {
		p.rooms.Put((*[usualPage]byte)(page[:usualPage]))
	}
}

// extract runs Extract in the pool and waits for it as long as the budget and
// ctx allow.
func (r *Reader) extract(ctx context.Context, f fetched, it news.Item) (Page, error) {
	type outcome struct {
		page Page
		err  error
	}
	done := make(chan outcome, 1) // the outcome of an extraction nobody waits for is dropped
	err := r.pool.start(ctx, func() {
		defer r.pool.leave(f.body)
		p, err := Extract(f.body, f.contentType, it, f.url)
		done <- outcome{p, err}
	})
	if err != nil {
		return Page{}, err
	}
	budget := time.NewTimer(r.opts.Budget)
	defer budget.Stop()
	select {
	case o := <-done:
		return o.page, o.err
	case <-budget.C:
		return Page{}, &slowError{r.opts.Budget}
	case <-ctx.Done():
		return Page{}, ctx.Err()
	}
}

// isCertificate tells whether the server's certificate was refused, which no
// second attempt changes.
func isCertificate(err error) bool {
	var unknown x509.UnknownAuthorityError
	var host x509.HostnameError
	var invalid x509.CertificateInvalidError
	return errors.As(err, &unknown) || errors.As(err, &host) || errors.As(err, &invalid)
}
