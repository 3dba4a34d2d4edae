package main

import (
	"runtime"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// More garbage may gather as soon as an article is read, the more the less lives, and
// less again when none has been for a while.
func TestGarbage(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		var got []int
		var live atomic.Uint64
		live.Store(readingRoom)
		g := &garbage{percent: pollingGC, told: true, live: live.Load, set: func(percent int) {
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
		live.Store(3 * readingRoom)
		g.collected()
		want(readingGC, pollingGC, readingGC)
		live.Store(readingRoom / 4)
		g.collected()
		want(readingGC, pollingGC, readingGC, 4*readingGC)
	})
	var none *garbage // where GOGC says how much
	none.reading(true)
	none.prepare()
	none.lasts()
}

// The figure follows the collections of the real garbage collector.
func TestGarbage_IsToldOfCollections(t *testing.T) {
	t.Parallel()
	asked := make(chan struct{})
	g := &garbage{set: func(int) {}, live: func() uint64 {
		select {
		case asked <- struct{}{}:
		case <-t.Context().Done():
		}
		return readingRoom
	}}
	done := make(chan struct{})
	go func() { defer close(done); g.reading(true) }()
	for range 3 { // when reading begins, and at each collection
		for told := false; !told; {
			select {
			case <-asked:
				told = true
			default:
				runtime.GC()
			}
		}
	}
	<-done
}

// What lives of a small heap may grow to leastHeap, that of a larger one by half.
func TestPollingGrowth(t *testing.T) {
	t.Parallel()
	const mb = 1 << 20
	for _, c := range []struct {
		live uint64
		want int
	}{
		{0, int(mostGC)}, // before the first collection
		{1, int(mostGC)},
		{3 * mb, int(mostGC)},
		{4 * mb, 300},
		{7 * mb, 125},
		{10 * mb, pollingGC},
		{leastHeap, pollingGC},
		{900 * mb, pollingGC},
	} {
		if got := pollingGrowth(c.live); got != c.want {
			t.Errorf("of %d bytes: %d%%, want %d%%", c.live, got, c.want)
		}
	}
}

// A heap may grow to leastHeap until it is said that much will live.
func TestGarbage_GrowsToLeastHeapWhereLittleLives(t *testing.T) {
	t.Parallel()
	var got []int
	g := &garbage{small: true, told: true, live: func() uint64 { return 1 << 20 }, set: func(percent int) { got = append(got, percent) }}
	g.fit()
	g.prepare()
	g.lasts()
	if want := []int{int(mostGC), -1, int(mostGC), pollingGC}; !slices.Equal(got, want) {
		t.Errorf("set to %v, want %v", got, want)
	}
}

// A command is short until it says that it lasts.
func TestNewGarbage_ExpectsAShortCommand(t *testing.T) {
	t.Setenv("GOGC", "")
	before := debug.SetGCPercent(100)
	defer debug.SetGCPercent(before)
	if g := newGarbage(); !g.small {
		t.Error("its first megabytes would be collected")
	}
	t.Setenv("GOGC", "80")
	if g := newGarbage(); g != nil {
		t.Errorf("got %+v where GOGC says how much", g)
	}
}
