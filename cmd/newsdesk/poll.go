package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"time"

	"newsdesk/internal/app"
	"newsdesk/internal/config"
	"newsdesk/news"

	"github.com/spf13/cobra"
	"golang.org/x/term"
)

func newPoll(g *garbage) *cobra.Command {
	var file, list, db string
	var once, asJSON, noExtract bool
	cmd := &cobra.Command{
		Use:   "poll --once",
		Short: "Refresh every feed once and print statistics",
		Long: `Refresh every feed once, whether it is due or not, condense what is new, and
print statistics. Events are stored; what they cause to be posted is posted by
the next "newsdesk run".`,
		Example: "  newsdesk poll --once\n  newsdesk poll --once --feeds feeds.opml --db news.db --json",
		Args:    atMost(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !once {
				return usageError{errors.New(`add --once; to poll for ever use "newsdesk run"`)}
			}
			c, err := loadConfig(cmd, file)
			if err != nil {
				return err
			}
			if db != "" {
				c.Database = config.Database{Path: db}
			}
			if list != "" {
				if err := useList(&c, list); err != nil {
					return err
				}
			}
			if len(c.Feeds) <= smallRefresh {
				g.prepare()
			} else {
				g.lasts()
				_ = releaseProgram()
			}
			stats, err := pollOnce(cmd.Context(), c, g, !noExtract, cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			return writeStats(cmd.OutOrStdout(), stats, asJSON)
		},
	}
	f := cmd.Flags()
	f.BoolVar(&once, "once", false, "refresh once and end")
	f.StringVar(&list, "feeds", "", "poll the feeds of this OPML file in place of the configured ones")
	f.StringVar(&db, "db", "", "database in place of the configured one: a file, or a postgres:// address")
	f.BoolVar(&noExtract, "no-extract", false, "store new items without reading their pages")
	f.BoolVar(&asJSON, "json", false, "write JSON")
	configFlag(cmd, &file)
	return cmd
}

// smallRefresh is how many feeds a refresh may have for its time to count for more
// than its memory.
const smallRefresh = 2000

// useList replaces the configured feeds by those of an OPML file.
func useList(c *config.Config, path string) error {
	c.Feeds, c.Catalogue.Topics = nil, nil
	return eachInOPML(path, func(f news.Feed) {
		c.Feeds = append(c.Feeds, config.Feed{URL: f.URL, Name: f.Name, Topic: f.Topic})
	})
}

func pollOnce(ctx context.Context, c config.Config, g *garbage, extract bool, stderr io.Writer) (app.PollStats, error) {
	log := newLogger(c.Log, stderr)
	a, err := app.OpenBatch(ctx, app.Options{Config: c, Version: version(), Log: log, Now: time.Now, Reading: g.reading})
	if err != nil {
		return app.PollStats{}, err
	}
	bar := newProgress(stderr, log)
	stats, err := a.PollOnce(ctx, extract, bar.show)
	bar.end()
	stats.CPUSeconds, stats.MaxRSS = usage()
	return stats, errors.Join(err, a.Close())
}

func writeStats(w io.Writer, s app.PollStats, asJSON bool) error {
	if asJSON {
		b, err := encode(s)
		if err != nil {
			return err
		}
		_, err = w.Write(b)
		return err
	}
	_, err := fmt.Fprintf(w, "%d feeds: %d read (%d unchanged), %d failed\n%d new items, %d articles condensed, %d events stored\n%d facts checked, %d dropped\n"+
		"%.1f MB received in %.1f s; %.1f s of processor time, %.0f MB of memory\n",
		s.Feeds, s.OK, s.NotModified, s.Failed, s.ItemsNew, s.Articles, s.Events, s.Checked, s.Dropped,
		float64(s.Bytes)/1e6, s.WallSeconds, s.CPUSeconds, float64(s.MaxRSS)/1e6)
	return err
}

// progress shows how far a long step is: a line that is rewritten on a
// terminal, a log line every ten seconds elsewhere.
type progress struct {
	w        io.Writer
	log      *slog.Logger
	terminal bool
	start    time.Time
	last     time.Time
	step     string
}

func newProgress(w io.Writer, log *slog.Logger) *progress {
	f, ok := w.(*os.File)
	return &progress{w: w, log: log, terminal: ok && term.IsTerminal(int(f.Fd())), last: time.Now()}
}

func (p *progress) show(step string, done, of int) {
	now := time.Now()
	if step != p.step {
		p.step, p.start = step, now
	}
	rate := float64(done) / max(now.Sub(p.start).Seconds(), 0.001)
	switch {
	case p.terminal && (now.Sub(p.last) > 100*time.Millisecond || done == of):
		const width = 30
		full := width * done / max(of, 1)
		_, _ = fmt.Fprintf(p.w, "\r%-9s [%-*.*s] %d/%d, %.0f/s ", step, width, full, "##############################", done, of, rate)
	case !p.terminal && now.Sub(p.last) > 10*time.Second:
		p.log.Info("working", "step", step, "done", done, "of", of, "per_second", int(rate))
	default:
		return
	}
	p.last = now
}

func (p *progress) end() {
	if p.terminal {
		_, _ = fmt.Fprint(p.w, "\r\x1b[K")
	}
}
