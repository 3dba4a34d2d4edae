package main

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"newsdesk/internal/app"
	"newsdesk/internal/config"

	"github.com/spf13/cobra"
)

func newReplay() *cobra.Command {
	var file string
	var asJSON, messages bool
	cmd := &cobra.Command{
		Use:   "replay DIR",
		Short: "Play a recorded day, and count what it gave",
		Long: `Play a recorded day on a clock of its own, offline: its articles come out at the
times they were published, and are polled, condensed, grouped and posted by the
code of the bot. The same day always gives the same posts. Nothing is stored.

DIR, or a file, holds JSON Lines: an article a line, with "published", "source",
"title" and "text" (paragraphs parted by blank lines), perhaps "topic", "byline",
and "event" or "cluster", which names what it tells of. With such names it counts
the messages that repeat a happening or mix several, and the happenings that have
none.`,
		Example: "  newsdesk replay recordings/2026-03-03\n  newsdesk replay --messages --json day.jsonl",
		Args:    atMost(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usageError{errors.New("name the folder of the recorded day")}
			}
			c, err := loadConfig(cmd, file)
			if err != nil {
				return err
			}
			articles, err := readRecording(args[0])
			if err != nil {
				return err
			}
			logging := c.Log
			logging.Level = "error" // what a replay does is in what it prints
			log := newLogger(logging, cmd.ErrOrStderr())
			bar := newProgress(cmd.ErrOrStderr(), log)
			o := app.ReplayOptions{Config: c, Version: version(), Log: log, Articles: articles, Progress: bar.show}
			if messages {
				o.Out = cmd.OutOrStdout()
			}
			stats, err := app.Replay(cmd.Context(), o)
			bar.end()
			if err != nil {
				return err
			}
			if asJSON {
				b, err := encode(stats)
				if err != nil {
					return err
				}
				_, err = cmd.OutOrStdout().Write(b)
				return err
			}
			return writeReplay(cmd.OutOrStdout(), stats)
		},
	}
	configFlag(cmd, &file)
	cmd.Flags().BoolVar(&messages, "messages", false, "write what stands in the channels at the end, too")
	cmd.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	return cmd
}

// readRecording reads the articles of a file, or of the *.jsonl in a folder.
func readRecording(path string) ([]app.Recorded, error) {
	names := []string{path}
	if info, err := os.Stat(path); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, cause(err))
	} else if info.IsDir() {
		if names, err = filepath.Glob(filepath.Join(path, "*.jsonl")); err != nil {
			return nil, err
		}
		if len(names) == 0 {
			return nil, fmt.Errorf("there is no .jsonl file in %s", path)
		}
	}
	var out []app.Recorded
	for _, name := range names {
		list, err := readRecorded(name)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("there is no article in %s", path)
	}
	return out, nil
}

func readRecorded(name string) ([]app.Recorded, error) {
	f, err := os.Open(name) //nolint:gosec // the person at the shell names the file
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, cause(err))
	}
	defer f.Close()
	var out []app.Recorded
	lines := bufio.NewScanner(f)
	lines.Buffer(make([]byte, 64<<10), maxLine)
	for n := 1; lines.Scan(); n++ {
		line := bytes.TrimSpace(lines.Bytes())
		if len(line) == 0 {
			continue
		}
		var row struct {
			Published, Source, Topic, Title, Text, Byline, Event, Cluster string
		}
		if err := json.Unmarshal(line, &row); err != nil {
			return nil, fmt.Errorf("%s, line %d: not the JSON object that was expected: %w", name, n, err)
		}
		a := app.Recorded{
			Outlet: row.Source, Topic: cmp.Or(row.Topic, config.DefaultTopic), Title: row.Title, Byline: row.Byline,
			Published: parseTime(row.Published), Happening: cmp.Or(row.Event, row.Cluster),
		}
		between := "\n\n"
		if !strings.Contains(row.Text, between) {
			between = "\n" // a paragraph a line
		}
		for p := range strings.SplitSeq(row.Text, between) {
			if p = strings.TrimSpace(p); p != "" {
				a.Paragraphs = append(a.Paragraphs, p)
			}
		}
		if a.Published.IsZero() || a.Outlet == "" || a.Title == "" || len(a.Paragraphs) == 0 {
			return nil, fmt.Errorf("%s, line %d: an article needs published (such as 2026-03-03T12:00:00Z), source, title and text", name, n)
		}
		out = append(out, a)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return out, nil
}

func writeReplay(w io.Writer, s app.ReplayStats) error {
	var b strings.Builder
	fmt.Fprintf(&b, "articles   %d\nmessages   %d", s.Articles, s.Messages)
	for i, name := range slices.Sorted(maps.Keys(s.Channels)) {
		sep := ", "
		if i == 0 {
			sep = ": "
		}
		fmt.Fprintf(&b, "%s#%s %d", sep, name, s.Channels[name])
	}
	if s.Digests > 0 {
		fmt.Fprintf(&b, "\ndigests    %d, with what came above the limit of messages an hour", s.Digests)
	}
	fmt.Fprintf(&b, "\nedits      %d, with %d lines in threads", s.Edits, s.Lines)
	if s.Merged > 0 {
		fmt.Fprintf(&b, "; %d messages say in which other one their story goes on", s.Merged)
	}
	fmt.Fprintf(&b, "\nfacts      %d, of which %d cite an article of their message\ndelay      median %.0f min, longest %.0f min\nclasses    %d breaking, %d major; %d messages with a notification\n",
		s.Facts, s.Cited, s.DelayMedian, s.DelayMax, s.Breaking, s.Major, s.Loud)
	if s.Labelled > 0 {
		fmt.Fprintf(&b, "happenings %d labelled; %d messages repeat one, %d mix several, %d have no message\n", s.Labelled, s.Duplicates, s.Mixed, s.Missing)
	}
	_, err := io.WriteString(w, b.String())
	return err
}
