package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// What a soak must hold.
const (
	soakAnswer  = time.Second // 99 % of the answers
	soakRegular = 12          // goroutines that may come and go, such as those of idle connections
	soakHeap    = 24 << 20    // bytes that the heap may grow between a soak's thirds, beside what the news themselves take
	soakStored  = 24 << 10    // bytes that an article may take: its words are kept for grouping
	soakSize    = 400 << 20   // bytes of memory in all
)

// report prints what a soak did, and judges it.
func (s *soak) report(length time.Duration) {
	s.Helper()
	delivered := s.judge(soakChannels)
	slices.Sort(s.answers)
	p := func(share float64) time.Duration {
		if len(s.answers) == 0 {
			return 0
		}
		return s.answers[min(len(s.answers)-1, int(share*float64(len(s.answers))))].Round(time.Millisecond)
	}
	statuses := map[int]int{}
	requests := s.discord.Requests()
	for _, r := range requests {
		statuses[r.Status]++
	}
	var faults []string
	for _, table := range slices.Sorted(maps.Keys(s.faults)) {
		faults = append(faults, fmt.Sprintf("%s %d", table, s.faults[table]))
	}
	longest := time.Duration(0)
	if len(s.recovered) > 0 {
		longest = slices.Max(s.recovered).Round(time.Millisecond)
	}
	n := len(s.samples) / 3
	if n < 3 {
		s.Fatalf("%d samples of the program's size", len(s.samples))
	}
	first, last := s.samples[:n], s.samples[2*n:]
	mega := func(bytes float64) float64 { return bytes / (1 << 20) }
	largest := 0.0
	for _, x := range s.samples {
		largest = max(largest, x.resident)
	}
	s.Logf(`soak of %s: %d feeds, %d channels, %d people at once
delivered:  %s
requests:   %d to Discord, by status %v; 401, 403 and 429 in the last ten minutes: %d
faults:     %s
sessions:   %d IDENTIFYs, %d connections broken, the longest gap %s
answers:    %d, %d unheard; p50 %s, p95 %s, p99 %s, longest %s
goroutines: %.0f at least in the first third, %.0f in the last, %.0f at rest
heap:       %.1f MB at least in the first third, %.1f MB in the last; memory %.0f MB at most`,
		length, soakFeeds, soakChannels, soakPeople, delivered, len(requests), statuses, s.discord.InvalidRequests(), strings.Join(faults, ", "),
		s.discord.Identifies(), len(s.recovered), longest, len(s.answers), s.unheard, p(0.5), p(0.95), p(0.99), p(1),
		least(first, goroutines), least(last, goroutines), s.rest.goroutines, mega(least(first, heap)), mega(least(last, heap)), mega(largest))
	if s.unheard > 0 || p(0.99) >= soakAnswer || len(s.answers) < soakPeople {
		s.Errorf("%d answers, %d unheard, 99 %% within %s; want all, within %s", len(s.answers), s.unheard, p(0.99), soakAnswer)
	}
	if grown := s.rest.goroutines - least(first, goroutines); grown > soakRegular {
		s.Errorf("%.0f goroutines more at rest than in the first third", grown)
	}
	if grown := least(last, heap) - least(first, heap); grown > soakHeap+soakStored*float64(len(s.links)) {
		s.Errorf("the heap grew by %.1f MB for %d articles", mega(grown), len(s.links))
	}
	if largest > soakSize {
		s.Errorf("the program took %.0f MB", mega(largest))
	}
	if n := s.discord.InvalidRequests(); n > 1000 {
		s.Errorf("%d answers 401, 403 and 429 in ten minutes: 10,000 are a ban", n)
	}
	if s.discord.Identifies() > 14+int(length.Seconds()/90) {
		s.Errorf("%d IDENTIFYs in %s", s.discord.Identifies(), length)
	}
}
