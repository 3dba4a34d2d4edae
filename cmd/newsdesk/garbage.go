package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
	"time"
)

// By how many percent the heap may grow before garbage is collected. Little lives
// long of what polling makes: with three quarters of Go's own figure a refresh takes a
// twentieth less memory and, where a tenth of the feeds has something new, a twentieth
// more processor time; with half of it, an eighth of both.
const (
	pollingGC = 75
	readingGC = 100
)

// readingRoom is how many bytes of garbage may gather in any case while articles are
// read. Each makes more than a megabyte of it, and all that is kept of articles is
// gone through at each collection: in a tenth of the processor time with Go's own
// figure, in half of that with this room.
const readingRoom uint64 = 128 << 20

// leastHeap is the size that the heap may have before garbage is collected at all.
// Of a few megabytes half is soon made, and each time the stacks of all that is
// under way are gone through. mostGC is the percentage from which Go by itself
// collects nothing below that, as it collects nothing below 4 MB with 100.
const (
	leastHeap uint64 = 16 << 20
	mostGC           = 100 * leastHeap / (4 << 20)
)

// readingEnds is how long no article must be read for the figure to fall again.
const readingEnds = 10 * time.Second

// garbage says how much of it may gather: more while the heap is small, and more
// while articles are read.
type garbage struct {
	set  func(percent int)
	live func() uint64 // bytes that the last collection left

	mu      sync.Mutex
	percent int         // as it was set last
	reads   bool        // whether articles are read, or were just now
	small   bool        // whether little lives, so that leastHeap is little too; as long as nothing else is said
	falls   *time.Timer // nil while articles are read
	told    bool        // of the next collection
}

// newGarbage sets the figure for a short command: most end before anything is collected.
// Where GOGC is set, that holds, and the result is nil.
func newGarbage() *garbage {
	if os.Getenv("GOGC") != "" {
		return nil
	}
	g := &garbage{set: func(percent int) { debug.SetGCPercent(percent) }, live: liveBytes, small: true}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.fit()
	g.watch()
	return g
}

// liveBytes returns how many bytes of the heap the last collection left.
func liveBytes() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	if sample[0].Value.Kind() != metrics.KindUint64 {
		return 0
	}
	return sample[0].Value.Uint64()
}

// reading is told when articles begin to be read, and when none is read any more.
func (g *garbage) reading(on bool) {
	if g == nil {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.falls != nil {
		g.falls.Stop()
		g.falls = nil
	}
	if on {
		g.reads = true
		g.fit()
		g.watch()
		return
	}
	var falls *time.Timer
	falls = time.AfterFunc(readingEnds, func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		if g.falls == falls { // else one is read again
			g.reads = false
			g.fit()
		}
	})
	g.falls = falls
}

// lasts is told that much will live: a large refresh would take 10 MB more at its peak
// if its heap might grow to leastHeap first.
func (g *garbage) lasts() {
	if g == nil {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.small = false
	g.fit()
}

// prepare makes ready memory for a heap of leastHeap. It takes a collection, while
// little lives yet, and spares half the time that a small refresh spends on memory.
func (g *garbage) prepare() {
	if g == nil {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.set(-1)        // else taking the memory is enough to begin a collection that keeps it
	_ = largePages() // where the system has none, memory only takes longer
	runtime.GC()
	g.percent = 0
	g.fit()
}

// readingGrowth is the figure for reading: readingRoom as a share of what lives.
func readingGrowth(live uint64) int {
	live = max(live, readingRoom/8) // just after the start next to nothing lives
	return max(readingGC, int(100*readingRoom/live))
}

// pollingGrowth is the figure for polling: to leastHeap where that is more, in steps,
// since to set it stops the program for a moment.
func pollingGrowth(live uint64) int {
	const step = 25
	if live == 0 || live*mostGC/100+live < leastHeap {
		return int(mostGC)
	}
	if live >= leastHeap {
		return pollingGC
	}
	return max(pollingGC, int((leastHeap-live)*100/live/step*step))
}

// watch has collected called when garbage is collected next. The caller holds the
// lock.
func (g *garbage) watch() {
	if g.told {
		return
	}
	g.told = true
	// It is in nobody's hands, so that a collection finds it gone. What is smaller
	// and without a pointer may share its place with others that live on.
	sentinel := &struct{ of *garbage }{g}
	runtime.AddCleanup(sentinel, (*garbage).collected, g)
}

// collected fits the figure to what lives now.
func (g *garbage) collected() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.told = false
	g.fit()
	g.watch()
}

// fit sets the figure for what is done now. The caller holds the lock.
func (g *garbage) fit() {
	percent := func(uint64) int { return pollingGC }
	switch {
	case g.reads:
		percent = readingGrowth
	case g.small:
		percent = pollingGrowth
	}
	if p := percent(g.live()); p != g.percent {
		g.percent = p
		g.set(p)
	}
}
