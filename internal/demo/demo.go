// Package demo carries sample news, all invented: thirteen articles by four
// outlets on four happenings, among them copies, a story whose numbers change
// and two that merely look alike.
package demo

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"newsdesk/internal/outlets"
)

//go:embed content
var content embed.FS

// Topic is the topic of all sample feeds.
const Topic = "demo"

// Question is one that the sample news answer once they have all come.
const Question = "How many people died in the Velmora earthquake?"

// Articles returns the sample articles in the order they are published. today
// is the day that their "{today}" stands for.
func Articles(today time.Time) ([]outlets.Article, error) {
	names, err := fs.Glob(content, "content/*.txt")
	if err != nil {
		return nil, fmt.Errorf("list the sample articles: %w", err)
	}
	out := make([]outlets.Article, 0, len(names))
	for _, name := range names {
		b, err := content.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read a sample article: %w", err)
		}
		a, err := parse(strings.ReplaceAll(string(b), "{today}", today.Weekday().String()))
		if err != nil {
			return nil, fmt.Errorf("sample article %s: %w", name, err)
		}
		a.Path = strings.TrimSuffix(path.Base(name), ".txt")
		out = append(out, a)
	}
	slices.SortStableFunc(out, func(a, b outlets.Article) int { return int(a.At - b.At) })
	return out, nil
}

// parse reads "key: value" lines, a blank line, and paragraphs.
func parse(s string) (outlets.Article, error) {
	head, body, ok := strings.Cut(s, "\n\n")
	if !ok {
		return outlets.Article{}, errors.New("no blank line after the head")
	}
	a := outlets.Article{Topic: Topic}
	for line := range strings.Lines(head) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch key {
		case "outlet":
			a.Outlet = value
		case "title":
			a.Title = value
		case "byline":
			a.Byline = value
		case "at":
			seconds, err := strconv.Atoi(value)
			if err != nil {
				return outlets.Article{}, fmt.Errorf("at: %w", err)
			}
			a.At = time.Duration(seconds) * time.Second
		default:
			return outlets.Article{}, fmt.Errorf("unknown key %q", key)
		}
	}
	a.Paragraphs = strings.Split(strings.TrimSpace(body), "\n\n")
	return a, nil
}
