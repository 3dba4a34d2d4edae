package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"newsdesk/internal/app"
	"newsdesk/news"
	"newsdesk/owners"
	"newsdesk/summarize"

	"github.com/spf13/cobra"
)

// textArticle is an article as the batch commands read it.
type textArticle struct {
	ID        string `json:"id"`
	Event     string `json:"event"`
	Title     string `json:"title"`
	Text      string `json:"text"`
	Language  string `json:"language"`
	Published string `json:"published"`
	Source    string `json:"source"`
	URL       string `json:"url"`
}

func (t textArticle) article(id news.ArticleID) news.Article {
	return news.Article{
		ID: id, Title: t.Title, Body: t.Text, Lang: t.Language, Outlet: t.Source, URL: t.URL,
		Published: parseTime(t.Published), Method: news.MethodPage,
	}
}

// parseTime reads a time or a bare day; what is neither is the zero time.
func parseTime(s string) time.Time {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04:05", time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}

// factRow is a fact as the batch commands write it.
type factRow struct {
	Text     string `json:"text"`
	Article  string `json:"article,omitempty"`
	Sentence int    `json:"sentence"`
	Start    int    `json:"start"`
	End      int    `json:"end"`

	Also []placeRow `json:"also,omitempty"` // where other sources say the same
}

// placeRow is a sentence of an article as the batch commands write it.
type placeRow struct {
	Article  string `json:"article"`
	Sentence int    `json:"sentence"`
	Start    int    `json:"start"`
	End      int    `json:"end"`
}

// summaryRow is a summary as the batch commands write it.
type summaryRow struct {
	ID       string    `json:"id,omitempty"`
	Event    string    `json:"event,omitempty"`
	Headline string    `json:"headline"`
	Summary  []string  `json:"summary"`
	Facts    []factRow `json:"facts"`
	Who      string    `json:"who"`
	Where    string    `json:"where"`
	When     string    `json:"when"`
}

func newSummaryRow(s news.Summary, name func(news.ArticleID) string) summaryRow {
	row := summaryRow{
		Headline: s.Headline, Summary: []string{}, Facts: []factRow{},
		Who: strings.Join(s.Who, ", "), Where: strings.Join(s.Where, ", "), When: day(s.When),
	}
	for _, f := range s.Facts {
		row.Summary = append(row.Summary, f.Text)
		fact := factRow{Text: f.Text, Sentence: f.Sentence, Start: f.Span.Start, End: f.Span.End}
		if name != nil {
			fact.Article = name(f.Article)
			for _, p := range f.Also {
				fact.Also = append(fact.Also, placeRow{Article: name(p.Article), Sentence: p.Sentence, Start: p.Span.Start, End: p.Span.End})
			}
		}
		row.Facts = append(row.Facts, fact)
	}
	return row
}

// day writes a time as a day where it has no hour.
func day(t time.Time) string {
	switch {
	case t.IsZero():
		return ""
	case t.Equal(t.Truncate(24 * time.Hour)):
		return t.Format(time.DateOnly)
	default:
		return t.Format(time.RFC3339)
	}
}

func newSummarize() *cobra.Command {
	var jsonl, byEvent, asJSON bool
	var words int
	cmd := &cobra.Command{
		Use:   "summarize [FILE|URL]",
		Short: "Condense an article into its key facts",
		Long: `Condense an article into a headline and key facts.

The article is an HTML page (by address or file) or a text file whose first line
is the headline; without one it is read from standard input. With --jsonl the
input is one JSON object a line (id, title, text, language, published) and the
output one line each; with --events, articles that have the same "event" make
one summary, whose facts name their article and, in "also", the sentences of
articles of other sources ("source", "url") that say the same.`,
		Example: "  newsdesk summarize https://example.org/article\n  newsdesk summarize --jsonl --words 60 articles.jsonl",
		Args:    atMost(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if words < 1 || words > 100_000 {
				return usageError{errors.New("--words must be between 1 and 100000")}
			}
			if byEvent && !jsonl {
				return usageError{errors.New("--events goes with --jsonl")}
			}
			s := summarize.New(summarize.Options{Words: words})
			if !jsonl {
				return summarizeOne(cmd, s, args, asJSON)
			}
			in, _, err := openInput(cmd.InOrStdin(), args)
			if err != nil {
				return err
			}
			defer in.Close()
			if byEvent {
				return summarizeEvents(cmd.Context(), s, in, cmd.OutOrStdout(), cmd.ErrOrStderr())
			}
			return eachLine(cmd.Context(), in, cmd.OutOrStdout(), cmd.ErrOrStderr(), 0,
				func(_ context.Context, t textArticle) (summaryRow, error) {
					row := newSummaryRow(s.Article(t.article(1)), nil)
					row.ID = t.ID
					return row, nil
				})
		},
	}
	cmd.Flags().BoolVar(&jsonl, "jsonl", false, "one JSON object a line in, one out")
	cmd.Flags().BoolVar(&byEvent, "events", false, "with --jsonl: one summary for the articles of an event")
	cmd.Flags().IntVar(&words, "words", 60, "most words of all facts together")
	cmd.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	return cmd
}

func summarizeOne(cmd *cobra.Command, s *summarize.Summarizer, args []string, asJSON bool) error {
	a, err := readArticle(cmd, args)
	if err != nil {
		return err
	}
	sum := s.Article(a)
	if len(sum.Facts) == 0 {
		return errors.New("there is no sentence in it that could be a key fact")
	}
	row := newSummaryRow(sum, nil)
	if asJSON {
		return writeJSON(cmd.OutOrStdout(), row)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n", row.Headline)
	for _, f := range row.Summary {
		fmt.Fprintf(&b, "• %s\n", f)
	}
	b.WriteByte('\n')
	for _, line := range [][2]string{{"Who", row.Who}, {"Where", row.Where}, {"When", row.When}} {
		if line[1] != "" {
			fmt.Fprintf(&b, "%-6s %s\n", line[0], line[1])
		}
	}
	_, err = io.WriteString(cmd.OutOrStdout(), b.String())
	return err
}

func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// summaryOf condenses the articles of one event. An article without a source is
// one by itself.
func summaryOf(s *summarize.Summarizer, table *owners.Table, arts []news.Article) news.Summary {
	sums := make([]news.Summary, len(arts))
	for i, a := range arts {
		sums[i] = s.Article(a)
	}
	dossier := s.Dossier()
	out := dossier.Merge(arts, sums)
	copies := dossier.Copies()
	sources := make([]news.Source, len(arts))
	for i, a := range arts {
		src := news.Source{Article: a.ID, Outlet: a.Outlet, Title: a.Title, URL: a.URL, Publisher: table.Behind(a.URL, a.Outlet)}
		if src.Voice() == "" {
			src.Outlet = strconv.Itoa(i)
		}
		if copies[a.ID] {
			src.CopyOf = arts[0].ID
		}
		sources[i] = src
	}
	out.Facts = app.Second(sources, arts, dossier, out.Facts)
	return out
}

// summarizeEvents reads all articles, then writes one summary for each event,
// in the order in which the events first appear.
func summarizeEvents(ctx context.Context, s *summarize.Summarizer, in io.Reader, w, errs io.Writer) error {
	table, err := owners.New()
	if err != nil {
		return err
	}
	var order []string
	groups := map[string][]news.Article{}
	names := map[news.ArticleID]string{}
	lines := eachLine(ctx, in, io.Discard, errs, 1, func(_ context.Context, t textArticle) (struct{}, error) {
		key := t.Event
		if key == "" {
			key = t.ID
		}
		if groups[key] == nil {
			order = append(order, key)
		}
		id := news.ArticleID(len(names) + 1)
		names[id] = t.ID
		groups[key] = append(groups[key], t.article(id))
		return struct{}{}, nil
	})
	for _, key := range order {
		if err := ctx.Err(); err != nil {
			return err
		}
		row := newSummaryRow(summaryOf(s, table, groups[key]), func(id news.ArticleID) string { return names[id] })
		row.Event = key
		b, err := encode(row)
		if err != nil {
			return err
		}
		if _, err := w.Write(b); err != nil {
			return fmt.Errorf("write: %w", err)
		}
	}
	return lines
}
