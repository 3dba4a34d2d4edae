package main

import (
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// More garbage may gather as soon as an article is read, and less again when none
// has been for a while.
func TestGarbage(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		var got []int
		g := &garbage{percent: pollingGC, set: func(percent int) {
			mu.Lock()
			defer mu.Unlock()
			got = append(got, percent)
		}}
		want := func(percents ...int) {
			t.Helper()
			synctest.Wait()
			mu.Lock()
			defer mu.Unlock()
			if !slices.Equal(got, percents) {
				t.Errorf("set to %v, want %v", got, percents)
			}
		}
		g.reading(true)
		want(readingGC)
		g.reading(false)
		time.Sleep(readingEnds - time.Second)
		g.reading(true) // another, before it fell
		g.reading(false)
		time.Sleep(readingEnds - time.Second)
		want(readingGC)
		time.Sleep(time.Second)
		want(readingGC, pollingGC)
		g.reading(true)
		want(readingGC, pollingGC, readingGC)
		time.Sleep(time.Hour) // one that takes long
		want(readingGC, pollingGC, readingGC)
	})
	var none *garbage // where GOGC says how much
	none.reading(true)
}
