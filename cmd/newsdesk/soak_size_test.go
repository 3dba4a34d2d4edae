package main

import (
	"bytes"
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// sample is how large the program is at a moment.
type sample struct{ goroutines, heap, resident float64 }

// measure takes a sample from the program's metrics, where they can be had.
func (s *soak) measure() (x sample, ok bool) {
	ctx, cancel := context.WithTimeout(s.Context(), 5*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+s.metrics+"/metrics", http.NoBody)
	if err != nil {
		s.Errorf("metrics: %v", err)
		return sample{}, false
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		s.Logf("no metrics: %v", err)
		return sample{}, false
	}
	defer resp.Body.Close()
	var body bytes.Buffer
	if _, err := body.ReadFrom(resp.Body); err != nil {
		s.Logf("no metrics: %v", err)
		return sample{}, false
	}
	value := func(name string) float64 {
		_, rest, _ := strings.Cut(body.String(), "\n"+name+" ")
		line, _, _ := strings.Cut(rest, "\n")
		f, err := strconv.ParseFloat(line, 64)
		if err != nil {
			s.Errorf("metric %s: %v", name, err)
		}
		return f
	}
	return sample{value("go_goroutines"), value("go_memstats_heap_alloc_bytes"), value("process_resident_memory_bytes")}, true
}

// settle waits until the program has as few goroutines as in the soak's first
// third: connections that stand idle keep theirs for a minute and a half.
func (s *soak) settle() {
	s.Helper()
	end := time.Now().Add(3 * time.Minute)
	few := least(s.samples[:max(1, len(s.samples)/3)], goroutines) + soakRegular
	s.wait("the program to rest", 4*time.Minute, func() bool {
		if x, ok := s.measure(); ok {
			s.rest = x
		}
		return s.rest.goroutines > 0 && s.rest.goroutines <= few || time.Now().After(end)
	})
}

func goroutines(x sample) float64 { return x.goroutines }

func heap(x sample) float64 { return x.heap }

// least is the smallest of a number over samples.
func least(of []sample, number func(sample) float64) float64 {
	smallest := slices.MinFunc(of, func(a, b sample) int { return int(number(a) - number(b)) })
	return number(smallest)
}
