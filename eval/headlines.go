package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"newsdesk/news"
	"newsdesk/summarize"
)

// Lengths of a good headline, in characters.
const (
	shortHeadline = 40
	longHeadline  = 70
)

// headlineFigures measures the headlines of articles that have both a title and a
// text: how many are longer or shorter than a headline should be, and how many were
// cut off.
func headlineFigures(base string) ([]figure, error) {
	s := summarize.New(summarize.Options{Words: 60})
	var all, long, short, cut float64
	for _, file := range []string{"events/allsides", "events/basil", "events/week", "summarize/bbc", "summarize/fivew1h", "summarize/inshorts"} {
		f, err := os.Open(filepath.Join(base, "data", filepath.FromSlash(file)+".jsonl"))
		if err != nil {
			return nil, fmt.Errorf("measure headlines: %w", err)
		}
		lines := bufio.NewScanner(f)
		lines.Buffer(nil, 1<<24)
		for lines.Scan() {
			var a struct{ Title, Text, Source string }
			if json.Unmarshal(lines.Bytes(), &a) != nil || a.Title == "" || a.Text == "" {
				continue
			}
			h := s.Article(news.Article{Title: a.Title, Body: a.Text, Outlet: a.Source}).Headline
			n := utf8.RuneCountInString(h)
			all++
			switch {
			case n > longHeadline:
				long++
			case n < shortHeadline:
				short++
			}
			if strings.HasSuffix(h, "…") {
				cut++
			}
		}
		err = lines.Err()
		if cerr := f.Close(); err == nil {
			err = cerr
		}
		if err != nil {
			return nil, fmt.Errorf("measure headlines: %s: %w", file, err)
		}
	}
	share := func(n float64) float64 { return 100 * n / max(all, 1) }
	return []figure{
		{set: "headlines", metric: "over 70 characters %", value: share(long), least: true},
		{set: "headlines", metric: "under 40 characters %", value: share(short), least: true},
		{set: "headlines", metric: "cut off %", value: share(cut), least: true},
	}, nil
}
