package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"newsdesk/ask"
	"newsdesk/internal/app"
	"newsdesk/news"
	"newsdesk/store"

	"github.com/spf13/cobra"
)

// maxAnswer bounds an answer in the batch form, in characters.
const maxAnswer = 300

type questionIn struct {
	QID      string `json:"qid"`
	Question string `json:"question"`
	Asked    string `json:"asked"`
}

type answerOut struct {
	QID       string   `json:"qid"`
	Docs      []string `json:"docs"`
	Answer    string   `json:"answer"`
	Short     string   `json:"short"`
	Abstain   bool     `json:"abstain"`
	Score     float64  `json:"score"`
	Citations []string `json:"citations"`
}

func newAsk() *cobra.Command {
	var corpus, file string
	var jsonl bool
	var days int
	cmd := &cobra.Command{
		Use:   "ask [QUESTION]",
		Short: "Answer a question from stored articles",
		Long: `Answer a question from what was read, each sentence quoted with its source.

Without --corpus the bot's own database is asked. With --corpus the articles of
a file are (one JSON object a line: id, title, text, published, source, url),
and with --jsonl the questions come from standard input (qid, question, asked)
and the answers go out one a line.`,
		Example: "  newsdesk ask \"How many people died in the earthquake?\"\n" +
			"  newsdesk ask --corpus articles.jsonl --jsonl < questions.jsonl",
		RunE: func(cmd *cobra.Command, args []string) error {
			question := strings.TrimSpace(strings.Join(args, " "))
			switch {
			case jsonl && corpus == "":
				return usageError{errors.New("--jsonl goes with --corpus FILE")}
			case !jsonl && question == "":
				return usageError{errors.New(`ask what? Write the question behind the command: newsdesk ask "Who won?"`)}
			case days < 1 || days > 36500:
				return usageError{errors.New("--days must be between 1 and 36500")}
			}
			if corpus == "" {
				return askDatabase(cmd, file, question, time.Duration(days)*24*time.Hour)
			}
			c, err := openCorpus(cmd.Context(), corpus, cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			defer c.close()
			if !jsonl {
				a, err := c.answerer.Answer(cmd.Context(), question, time.Time{}, time.Time{})
				if err != nil {
					return fmt.Errorf("answer: %w", err)
				}
				return writeAnswer(cmd.OutOrStdout(), a)
			}
			in, _, err := openInput(cmd.InOrStdin(), args)
			if err != nil {
				return err
			}
			defer in.Close()
			return eachLine(cmd.Context(), in, cmd.OutOrStdout(), cmd.ErrOrStderr(), 0, c.line)
		},
	}
	cmd.Flags().StringVar(&corpus, "corpus", "", "ask the articles of this file")
	cmd.Flags().BoolVar(&jsonl, "jsonl", false, "with --corpus: questions from standard input or a file, one a line")
	cmd.Flags().IntVar(&days, "days", 7, "without --corpus: how many days to look back")
	configFlag(cmd, &file)
	return cmd
}

func askDatabase(cmd *cobra.Command, file, question string, back time.Duration) error {
	c, err := loadConfig(cmd, file)
	if err != nil {
		return err
	}
	if _, err := os.Stat(c.Database.Path); err != nil && c.Database.URL == "" {
		return fmt.Errorf("there is no database %s yet: start \"newsdesk run\" first, or name a file of articles with --corpus", c.Database.Path)
	}
	db, err := store.Open(cmd.Context(), c.Database.DSN(), slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	defer db.Close()
	now := time.Now()
	a, err := ask.New(db, ask.Options{}).Answer(cmd.Context(), question, now, now.Add(-back))
	if err != nil {
		return fmt.Errorf("answer: %w", err)
	}
	return writeAnswer(cmd.OutOrStdout(), a)
}

// writeAnswer writes an answer for a person.
func writeAnswer(w io.Writer, a ask.Answer) error {
	var b strings.Builder
	if !a.Found {
		b.WriteString("I found nothing on this.\n")
		for i, d := range a.Docs {
			if i == 0 {
				b.WriteString("Closest:\n")
			}
			if i < 3 {
				fmt.Fprintf(&b, "  %s (%s)\n", d.Title, source(d.Outlet, d.URL))
			}
		}
	} else if a.Short != "" {
		fmt.Fprintf(&b, "%s\n\n", a.Short)
	}
	for i, q := range a.Quotes {
		if a.Found {
			fmt.Fprintf(&b, "%s [%d]\n", q.Text, i+1)
		}
	}
	for i, q := range a.Quotes {
		if a.Found {
			fmt.Fprintf(&b, "[%d] %s, %s\n", i+1, q.Title, source(q.Outlet, q.URL))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func source(outlet, url string) string {
	if outlet == "" {
		return url
	}
	return strings.TrimSpace(outlet + " " + url)
}

// corpus is a file of articles in a database of its own, so that questions
// meet the same search as in the bot.
type corpus struct {
	dir      string
	db       *store.DB
	answerer *ask.Answerer
	names    map[news.ArticleID]string
}

func openCorpus(ctx context.Context, file string, errs io.Writer) (_ *corpus, err error) {
	in, _, err := openInput(nil, []string{file})
	if err != nil {
		return nil, err
	}
	defer in.Close()
	c := &corpus{names: map[news.ArticleID]string{}}
	if c.dir, err = os.MkdirTemp("", "newsdesk-ask-"); err != nil {
		return nil, fmt.Errorf("make room for the articles: %w", err)
	}
	defer func() {
		if err != nil {
			c.close()
		}
	}()
	if c.db, err = store.Open(ctx, filepath.Join(c.dir, "corpus.db"), slog.New(slog.DiscardHandler)); err != nil {
		return nil, err
	}
	loader, err := app.NewLoader(ctx, c.db)
	if err != nil {
		return nil, err
	}
	var names []string
	read := eachLine(ctx, in, io.Discard, errs, 1, func(_ context.Context, t textArticle) (struct{}, error) {
		names = append(names, t.ID)
		return struct{}{}, loader.Add(ctx, t.article(0))
	})
	if read != nil {
		return nil, fmt.Errorf("%s: %w", file, read)
	}
	ids, err := loader.Finish(ctx)
	if err != nil {
		return nil, err
	}
	for i, id := range ids {
		c.names[id] = names[i]
	}
	c.answerer = ask.New(c.db, ask.Options{})
	return c, nil
}

func (c *corpus) close() {
	if c.db != nil {
		_ = c.db.Close() // a copy that is thrown away
	}
	_ = os.RemoveAll(c.dir)
}

func (c *corpus) line(ctx context.Context, q questionIn) (answerOut, error) {
	a, err := c.answerer.Answer(ctx, q.Question, parseTime(q.Asked), time.Time{})
	if err != nil {
		return answerOut{}, err
	}
	out := answerOut{QID: q.QID, Short: a.Short, Abstain: !a.Found, Score: a.Score, Docs: []string{}, Citations: []string{}}
	for i, d := range a.Docs {
		if i < 10 {
			out.Docs = append(out.Docs, c.names[d.Article])
		}
	}
	for _, q := range a.Quotes {
		longer := strings.TrimSpace(out.Answer + " " + q.Text)
		if len([]rune(longer)) > maxAnswer {
			continue
		}
		out.Answer = longer
		out.Citations = append(out.Citations, c.names[q.Article])
	}
	return out, nil
}
