package app

import "sync"

// inWork counts what is in work at one time, and tells when it begins to be some and
// when it is none again.
type inWork struct {
	tell func(some bool) // may be nil

	mu sync.Mutex
	n  int
}

// begin counts one more, until the function that it returns is called.
func (w *inWork) begin() (end func()) {
	w.add(1)
	return func() { w.add(-1) }
}

func (w *inWork) add(more int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	was := w.n > 0
	w.n += more
	if some := w.n > 0; some != was && w.tell != nil {
		w.tell(some)
	}
}
