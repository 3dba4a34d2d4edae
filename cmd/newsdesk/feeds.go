package main

import (
	"context"
	"path/filepath"
	"time"

	"newsdesk/feeds"

	"github.com/spf13/cobra"
)

type feedIn struct {
	ID          string `json:"id"`
	File        string `json:"file"`
	Body        string `json:"body"`
	ContentType string `json:"content_type"`
	URL         string `json:"url"`
}

type feedOut struct {
	ID    string    `json:"id"`
	Kind  string    `json:"kind"`
	Title string    `json:"title"`
	Items []itemOut `json:"items"`
	Notes []string  `json:"notes,omitempty"`
	Error string    `json:"error,omitempty"`
}

type itemOut struct {
	ID        string `json:"id"`
	URL       string `json:"url"`
	Title     string `json:"title"`
	Published string `json:"published"`
	Updated   string `json:"updated"`
	Author    string `json:"author"`
	Summary   string `json:"summary"`
	Image     string `json:"image"`
}

func newFeeds() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "feeds",
		Short:   "Add, list, remove, check, import and export feeds",
		Example: "  newsdesk feeds add example.org --topic world\n  newsdesk feeds list",
		Args:    atMost(0),
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newFeedsAdd(), newFeedsList(), newFeedsRemove(), newFeedsCheck(), newFeedsImport(), newFeedsExport(), newFeedsParse())
	return cmd
}

func newFeedsParse() *cobra.Command {
	var jsonl bool
	var address string
	cmd := &cobra.Command{
		Use:   "parse [FILE|URL]",
		Short: "Print the items of a feed",
		Long: `Print the items of a feed document as JSON, and in notes what had to be put right
to read it, such as that it was cut off. With --jsonl the input is one JSON
object a line (id, file or body, content_type, url) and the output one line each.`,
		Example: "  newsdesk feeds parse feed.xml\n  newsdesk feeds parse --jsonl feeds.jsonl",
		Args:    atMost(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !jsonl {
				body, contentType, final, err := load(cmd, args)
				if err != nil {
					return err
				}
				if final != "" {
					address = final
				}
				doc, err := feeds.Parse(body, contentType, address)
				if err != nil {
					return err
				}
				return writeJSON(cmd.OutOrStdout(), newFeedOut(doc))
			}
			in, dir, err := openInput(cmd.InOrStdin(), args)
			if err != nil {
				return err
			}
			defer in.Close()
			return eachLine(cmd.Context(), in, cmd.OutOrStdout(), cmd.ErrOrStderr(), 0,
				func(_ context.Context, in feedIn) (feedOut, error) { return parseLine(dir, in) })
		},
	}
	cmd.Flags().BoolVar(&jsonl, "jsonl", false, "one JSON object a line in, one out")
	cmd.Flags().StringVar(&address, "url", "", "the feed's own address, which relative links count from")
	return cmd
}

func parseLine(dir string, in feedIn) (feedOut, error) {
	body := []byte(in.Body)
	if in.File != "" {
		path := in.File
		if !filepath.IsAbs(path) {
			path = filepath.Join(dir, path)
		}
		var err error
		if body, err = readRaw(path); err != nil {
			return feedOut{}, err
		}
	}
	doc, err := feeds.Parse(body, in.ContentType, in.URL)
	out := newFeedOut(doc)
	if err != nil {
		out = feedOut{Items: []itemOut{}, Error: err.Error()}
	}
	out.ID = in.ID
	return out, nil
}

func newFeedOut(d feeds.Document) feedOut {
	out := feedOut{Kind: d.Kind, Title: d.Title, Items: []itemOut{}, Notes: d.Notes}
	for _, it := range d.Items {
		out.Items = append(out.Items, itemOut{
			ID: it.GUID, URL: it.URL, Title: it.Title, Published: stamp(it.Published), Updated: stamp(it.Updated),
			Author: it.Author, Summary: it.Summary, Image: it.Image,
		})
	}
	return out
}

// stamp writes a time in UTC, "" for none.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
