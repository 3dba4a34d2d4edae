package app

import (
	"errors"
	"slices"
	"sync/atomic"
	"testing"
)

// All that is given is done, also behind what failed, by no more than the workers.
func TestAtOnce(t *testing.T) {
	t.Parallel()
	failure := errors.New("the second failed")
	for _, workers := range []int{1, 3} {
		var done, now, most atomic.Int64
		err := atOnce(workers, func(n int) error {
			most.Store(max(most.Load(), now.Add(1)))
			defer now.Add(-1)
			done.Add(int64(n))
			if n == 2 {
				return failure
			}
			return nil
		}, slices.Values([]int{1, 2, 3, 4, 5, 6, 7, 8, 9}))
		if !errors.Is(err, failure) || done.Load() != 45 || most.Load() > int64(workers) {
			t.Errorf("%d workers: %v, %d of 45 done, %d at once", workers, err, done.Load(), most.Load())
		}
	}
	if err := atOnce(0, func(int) error { return failure }, slices.Values([]int(nil))); err != nil {
		t.Errorf("nothing to do: %v", err)
	}
}
