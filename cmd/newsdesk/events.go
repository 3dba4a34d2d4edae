package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"newsdesk/events"

	"github.com/spf13/cobra"
)

// clusterRow says which event an article belongs to.
type clusterRow struct {
	ID          string `json:"id"`
	Cluster     string `json:"cluster"`
	DuplicateOf string `json:"duplicate_of,omitempty"`
}

// pairIn is a pair of articles; its id may be a text or a number and comes out
// as it went in.
type pairIn struct {
	Pair json.RawMessage `json:"pair"`
	A    textArticle     `json:"a"`
	B    textArticle     `json:"b"`
}

type pairOut struct {
	Pair      json.RawMessage `json:"pair"`
	Duplicate bool            `json:"duplicate"`
}

func newEvents() *cobra.Command {
	var jsonl, pairs bool
	cmd := &cobra.Command{
		Use:   "events --jsonl|--pairs [FILE]",
		Short: "Group articles into events",
		Long: `Group articles into events.

With --jsonl the input is one article a line in the order they came (id, title,
text, published, source, url), and the output says for each which cluster it
belongs to, and which article it is a copy of. It is written at the end, for a
later article may show that two clusters are one, or one is two. With --pairs each line holds two
articles (pair, a, b), and the output says whether one is a copy of the other.`,
		Example: "  newsdesk events --jsonl articles.jsonl\n  newsdesk events --pairs pairs.jsonl",
		Args:    atMost(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if jsonl == pairs {
				return usageError{errors.New("give either --jsonl or --pairs")}
			}
			in, _, err := openInput(cmd.InOrStdin(), args)
			if err != nil {
				return err
			}
			defer in.Close()
			if pairs {
				return eachLine(cmd.Context(), in, cmd.OutOrStdout(), cmd.ErrOrStderr(), 0,
					func(_ context.Context, p pairIn) (pairOut, error) {
						if len(p.Pair) == 0 {
							return pairOut{}, errors.New(`"pair" is missing`)
						}
						return pairOut{p.Pair, events.Duplicate(p.A.doc(1), p.B.doc(2))}, nil
					})
			}
			c := newClusters()
			err = eachLine(cmd.Context(), in, io.Discard, cmd.ErrOrStderr(), 1,
				func(_ context.Context, t textArticle) (struct{}, error) { c.add(t); return struct{}{}, nil })
			return errors.Join(err, c.write(cmd.OutOrStdout()))
		},
	}
	cmd.Flags().BoolVar(&jsonl, "jsonl", false, "one article a line in, its cluster out")
	cmd.Flags().BoolVar(&pairs, "pairs", false, "one pair a line in, whether it is a copy out")
	return cmd
}

func (t textArticle) doc(id int64) events.Doc {
	return events.Doc{
		ID: id, Title: t.Title, Text: t.Text, Source: t.Source, URL: t.URL,
		Lang: t.Language, Published: parseTime(t.Published),
	}
}

// clusters groups a stream of articles as the bot does.
type clusters struct {
	grouper *events.Grouper
	ids     []string // by document, from 1
	rows    []clusterRow
	in      []int64         // the event of each row, when it was decided
	into    map[int64]int64 // the events that turned out to be part of another
	settled map[int64]bool  // the events that took in another, or turned out to be two: they stay as they are
	count   int64           // events so far
	pruned  time.Time
}

func newClusters() *clusters {
	return &clusters{grouper: events.New(events.Default()), ids: []string{""}, into: map[int64]int64{}, settled: map[int64]bool{}}
}

func (c *clusters) add(t textArticle) {
	c.ids = append(c.ids, t.ID)
	d := t.doc(int64(len(c.ids) - 1))
	if d.Published.Sub(c.pruned) > 24*time.Hour { // the bot forgets by the hour; a day here makes no difference
		c.pruned = d.Published
		c.grouper.Prune(c.pruned.Add(-events.Default().Window))
	}
	decision := c.grouper.Decide(d)
	event := decision.Event
	if event == 0 {
		c.count++
		event = c.count
	}
	c.grouper.Add(d, event, decision.DuplicateOf)
	c.rows = append(c.rows, clusterRow{ID: t.ID, DuplicateOf: c.ids[decision.DuplicateOf]})
	c.in = append(c.in, event)
	c.reconsider(d, event)
}

// reconsider puts two events together, or parts one, where the document that just
// joined it shows that.
func (c *clusters) reconsider(d events.Doc, event int64) {
	if union := c.grouper.Union(d); union.Bond == events.BondOne && !(c.settled[event] && c.settled[union.Event]) {
		from, into := max(event, union.Event), min(event, union.Event)
		c.grouper.Unite(from, into)
		c.into[from], c.settled[into] = into, true
		return
	}
	split := c.grouper.Split(d)
	if split.Parts[1] == nil || c.settled[event] {
		return
	}
	c.count++
	c.grouper.Part(split.Parts[1], event, c.count)
	c.settled[event], c.settled[c.count] = true, true
	for _, id := range split.Parts[1] {
		c.in[id-1] = c.count
	}
}

// write writes the rows with the clusters as they are in the end.
func (c *clusters) write(w io.Writer) error {
	buf := bufio.NewWriter(w)
	for i, row := range c.rows {
		event := c.in[i]
		for c.into[event] != 0 {
			event = c.into[event]
		}
		row.Cluster = strconv.FormatInt(event, 10)
		line, err := encode(row)
		if err != nil {
			return err
		}
		_, _ = buf.Write(line) // the error comes again from Flush
	}
	if err := buf.Flush(); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	return nil
}
