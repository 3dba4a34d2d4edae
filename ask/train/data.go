package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode"

	"newsdesk/ask"
	"newsdesk/internal/app"
	"newsdesk/news"
	"newsdesk/store"
)

// example is a question whose answer is known, with what the search finds for
// it.
type example struct {
	text       string
	week       string // examples of one week are held out together
	set        string
	asked      time.Time // zero where the day is kept from the program
	since      time.Time // zero where all articles are searched
	answerable bool
	answer     string // its words, see words
	gold       map[news.ArticleID]bool
	hits       []ask.Hit
}

// sets are the question sets below the data folder.
var sets = []string{"rtqa", "multihop"}

// load reads the question sets of a folder. A question with a day appears
// three times: without it, with it, and as if only the latest days were searched.
func load(ctx context.Context, dir string) ([]example, error) {
	var out []example
	for _, set := range sets {
		got, err := loadSet(ctx, dir, set)
		if err != nil {
			return nil, fmt.Errorf("load %s: %w", set, err)
		}
		out = append(out, got...)
	}
	return out, nil
}

func loadSet(ctx context.Context, dir, set string) (_ []example, err error) {
	scratch, err := os.MkdirTemp("", "newsdesk-train-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(scratch) //nolint:errcheck // a copy of the data
	db, err := store.Open(ctx, filepath.Join(scratch, "corpus.db"), slog.New(slog.DiscardHandler))
	if err != nil {
		return nil, err
	}
	defer db.Close()
	ids, err := loadCorpus(ctx, db, filepath.Join(dir, set+"_corpus.jsonl"))
	if err != nil {
		return nil, err
	}
	var out []example
	type row struct {
		QID, Question, Asked, Answer string
		Answerable                   bool
		Gold                         []string
	}
	err = eachRow(filepath.Join(dir, set+"_questions.jsonl"), func(r row) error {
		e := example{text: r.Question, set: set, answerable: r.Answerable, answer: words(r.Answer), gold: map[news.ArticleID]bool{}}
		for _, g := range r.Gold {
			e.gold[ids[g]] = true
		}
		e.week, _, _ = strings.Cut(r.QID, "_")
		if e.hits, err = db.Search(ctx, r.Question, time.Time{}, ask.DefaultHits); err != nil {
			return err
		}
		out = append(out, e)
		if e.asked = day(r.Asked); !e.asked.IsZero() {
			out = append(out, e)
			if e.lookBack(); !e.answerable || e.held() {
				out = append(out, e)
			}
		}
		return nil
	})
	return out, err
}

// latest is how long before the day of a question the latest days begin. What
// was published after the question cannot be searched.
const latest = 10 * 24 * time.Hour

// lookBack leaves only the latest days of what was found.
func (e *example) lookBack() {
	e.since = e.asked.Add(-latest)
	until := e.asked.Add(2 * 24 * time.Hour)
	all := e.hits
	e.hits = nil
	for _, h := range all {
		if !h.Published.Before(e.since) && h.Published.Before(until) {
			e.hits = append(e.hits, h)
		}
	}
}

// held reports whether an article that answers was found.
func (e *example) held() bool {
	return slices.ContainsFunc(e.hits, func(h ask.Hit) bool { return e.gold[h.Article] })
}

func loadCorpus(ctx context.Context, db *store.DB, file string) (map[string]news.ArticleID, error) {
	loader, err := app.NewLoader(ctx, db)
	if err != nil {
		return nil, err
	}
	var names []string
	type row struct{ ID, Title, Text, Published, Source, URL string }
	err = eachRow(file, func(r row) error {
		names = append(names, r.ID)
		return loader.Add(ctx, news.Article{
			Title: r.Title, Body: r.Text, Outlet: r.Source, URL: r.URL, Published: day(r.Published), Method: news.MethodPage,
		})
	})
	if err != nil {
		return nil, err
	}
	ids, err := loader.Finish(ctx)
	if err != nil {
		return nil, err
	}
	out := make(map[string]news.ArticleID, len(ids))
	for i, id := range ids {
		out[names[i]] = id
	}
	return out, nil
}

// eachRow calls f with each line of a file of JSON objects.
func eachRow[T any](file string, f func(T) error) error {
	in, err := os.Open(file) //nolint:gosec // the person who trains names the folder
	if err != nil {
		return err
	}
	defer in.Close()
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<24)
	for n := 1; lines.Scan(); n++ {
		var row T
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			return fmt.Errorf("%s:%d: %w", file, n, err)
		}
		if err := f(row); err != nil {
			return err
		}
	}
	return lines.Err()
}

// day reads a time or a bare day; what is neither is the zero time.
func day(s string) time.Time {
	for _, layout := range [...]string{time.RFC3339, "2006-01-02T15:04:05", time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}

// words are those of an answer as they are compared: in lower case, without
// punctuation and articles, a blank between.
func words(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\'' || r == '’':
			return -1
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			return unicode.ToLower(r)
		}
		return ' '
	}, s)
	var out []string
	for w := range strings.FieldsSeq(s) {
		if w != "a" && w != "an" && w != "the" {
			out = append(out, w)
		}
	}
	return strings.Join(out, " ")
}

// fold returns which part of n an example is held out with.
func (e *example) fold(n int) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(e.week)) // never fails
	return int(h.Sum32() % uint32(n))
}
