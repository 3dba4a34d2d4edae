package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"text/tabwriter"
	"time"

	"newsdesk/feeds"
	"newsdesk/internal/app"
	"newsdesk/internal/config"
	"newsdesk/internal/safehttp"
	"newsdesk/news"
	"newsdesk/store"

	"github.com/spf13/cobra"
)

// feedFlags are what every command on the list of feeds takes.
type feedFlags struct {
	file, db string
	asJSON   bool
}

func (f *feedFlags) add(cmd *cobra.Command) *cobra.Command {
	configFlag(cmd, &f.file)
	cmd.Flags().StringVar(&f.db, "db", "", "database in place of the configured one: a file, or a postgres:// address")
	cmd.Flags().BoolVar(&f.asJSON, "json", false, "write JSON")
	return cmd
}

// with runs do on the list of feeds.
func (f *feedFlags) with(cmd *cobra.Command, do func(ctx context.Context, a *app.FeedAdmin) error) error {
	c, err := loadConfig(cmd, f.file)
	if err != nil {
		return err
	}
	if f.db != "" {
		c.Database = config.Database{Path: f.db}
	}
	c.Log.Level = "warn" // the answer is on standard output
	a, err := app.OpenFeeds(cmd.Context(), app.Options{Config: c, Version: version(), Log: newLogger(c.Log, cmd.ErrOrStderr()), Now: time.Now})
	if err != nil {
		return err
	}
	return errors.Join(do(cmd.Context(), a), a.Close())
}

func newFeedsAdd() *cobra.Command {
	var f feedFlags
	var topic, name string
	var all bool
	cmd := &cobra.Command{
		Use:   "add ADDRESS",
		Short: "Follow a feed, or the feed of a site",
		Long: `Follow a feed. The address may be the feed's own, a site's or a page's, or one
of YouTube, Reddit, Mastodon, GitHub or Google News. Where a site has several
feeds they are listed; name one of them, or take all.

What stands in the feed now is stored and can be searched; only what comes later
is posted. A feed that had been given up is polled again.`,
		Example: "  newsdesk feeds add example.org --topic world\n  newsdesk feeds add https://github.com/golang/go",
		Args:    exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.with(cmd, func(ctx context.Context, a *app.FeedAdmin) error {
				found, known, err := a.Find(ctx, args[0])
				if err != nil {
					return err
				}
				if known != nil {
					found = []feeds.Candidate{{URL: known.URL, Title: known.Name}}
				}
				if len(found) > 1 && !all {
					if err := writeCandidates(cmd.OutOrStdout(), found, f.asJSON); err != nil {
						return err
					}
					return fmt.Errorf("there are %d feeds: add one of them by its address, or all with --all", len(found))
				}
				list := make([]news.Feed, len(found))
				for i, c := range found {
					list[i] = news.Feed{URL: c.URL, Name: name, Topic: topic}
				}
				added, err := a.Add(ctx, list)
				if err != nil {
					return err
				}
				return writeAdded(cmd.OutOrStdout(), found, added, f.asJSON)
			})
		},
	}
	cmd.Flags().StringVar(&topic, "topic", config.DefaultTopic, "topic that channels follow it by")
	cmd.Flags().StringVar(&name, "name", "", "name shown to readers, in place of the feed's own title")
	cmd.Flags().BoolVar(&all, "all", false, "add every feed that the site has")
	return f.add(cmd)
}

func writeCandidates(w io.Writer, found []feeds.Candidate, asJSON bool) error {
	if asJSON {
		return writeJSON(w, found)
	}
	return table(w, func(w io.Writer) {
		for _, c := range found {
			newest := ""
			if !c.Newest.IsZero() {
				newest = "newest " + c.Newest.Format(time.DateOnly)
			}
			_, _ = fmt.Fprintf(w, "%s\t%s\t%d %s\t%s\n", c.URL, c.Title, c.Items, plural(c.Items, "item", "items"), newest)
		}
	})
}

func writeAdded(w io.Writer, found []feeds.Candidate, added []store.Added, asJSON bool) error {
	type row struct {
		URL    string      `json:"url"`
		Title  string      `json:"title"`
		Items  int         `json:"items"`
		Change store.Added `json:"change"`
	}
	rows := make([]row, len(found))
	for i, c := range found {
		rows[i] = row{c.URL, c.Title, c.Items, added[i]}
	}
	if asJSON {
		return writeJSON(w, rows)
	}
	for _, r := range rows {
		switch r.Change {
		case store.AddedNew:
			_, _ = fmt.Fprintf(w, "added %s: %q, %d %s\n", r.URL, r.Title, r.Items, plural(r.Items, "item", "items"))
		case store.AddedRevived:
			_, _ = fmt.Fprintf(w, "%s is polled again\n", r.URL)
		case store.AddedAlready:
			_, _ = fmt.Fprintf(w, "%s is followed already\n", r.URL)
		}
	}
	return nil
}

func newFeedsList() *cobra.Command {
	var f feedFlags
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List the feeds, when each is polled next and why",
		Example: "  newsdesk feeds list\n  newsdesk feeds list --json",
		Args:    atMost(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return f.with(cmd, func(ctx context.Context, a *app.FeedAdmin) error {
				list, err := a.List(ctx)
				if err != nil {
					return err
				}
				return writeFeeds(cmd.OutOrStdout(), list, f.asJSON)
			})
		},
	}
	return f.add(cmd)
}

func writeFeeds(w io.Writer, list []news.Feed, asJSON bool) error {
	type row struct {
		URL       string    `json:"url"`
		MovedFrom string    `json:"moved_from,omitempty"`
		Name      string    `json:"name"`
		Topic     string    `json:"topic"`
		Added     bool      `json:"added"`         // by command, not by the configuration
		Own       bool      `json:"own,omitempty"` // by servers, for themselves
		NextPoll  time.Time `json:"next_poll"`
		Reason    string    `json:"reason"`
		Failures  int       `json:"failures"`
		LastError string    `json:"last_error,omitempty"`
		Disabled  time.Time `json:"disabled,omitzero"`
		Moving    string    `json:"moving,omitempty"` // where it is redirected, which is not believed yet
	}
	if asJSON {
		rows := make([]row, len(list))
		for i, f := range list {
			rows[i] = row{f.URL, f.MovedFrom, f.Name, f.Topic, f.Added, f.Own, f.NextPoll, f.NextReason, f.Failures, f.LastError, f.Disabled, f.Moving.To}
		}
		return writeJSON(w, rows)
	}
	return table(w, func(w io.Writer) {
		for _, f := range list {
			_, _ = fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", listedTopic(f), cmp.Or(f.Name, "-"), f.URL, state(f))
		}
	})
}

// listedTopic is the topic of a feed, or that it has none: it is its servers'.
func listedTopic(f news.Feed) string {
	if f.Own {
		return "(servers' own)"
	}
	return f.Topic
}

// state says in one line how a feed is.
func state(f news.Feed) string {
	switch {
	case !f.Disabled.IsZero() && f.Own:
		return "given up on " + f.Disabled.Local().Format(time.DateOnly) + ": " + f.LastError + ". The servers that added it bring it back with /feed resume"
	case !f.Disabled.IsZero():
		return "given up on " + f.Disabled.Local().Format(time.DateOnly) + ": " + f.LastError + ". To bring it back: newsdesk feeds add " + f.URL
	case f.NextReason == "" && f.LastError != "":
		return "not polled again yet, after: " + f.LastError
	case f.NextReason == "":
		return "not polled yet"
	}
	s := "next poll " + f.NextPoll.Local().Format("2006-01-02 15:04") + ": " + f.NextReason
	if f.LastError != "" {
		s += ": " + f.LastError
	}
	if f.MovedFrom != "" {
		s += "; moved for good from " + f.MovedFrom
	}
	if m := f.Moving; m.To != "" {
		s += fmt.Sprintf("; moved to %s, for good after %d more %s of the old address", m.To, m.Left, plural(m.Left, "poll", "polls"))
	}
	return s
}

func newFeedsRemove() *cobra.Command {
	var f feedFlags
	cmd := &cobra.Command{
		Use:     "remove ADDRESS",
		Short:   "Stop following a feed that was added; its articles are kept",
		Example: "  newsdesk feeds remove https://example.org/feed",
		Args:    exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.with(cmd, func(ctx context.Context, a *app.FeedAdmin) error {
				if err := a.Remove(ctx, args[0]); err != nil {
					return err
				}
				_, err := fmt.Fprintln(cmd.OutOrStdout(), "removed")
				return err
			})
		},
	}
	return f.add(cmd)
}

func newFeedsImport() *cobra.Command {
	var f feedFlags
	cmd := &cobra.Command{
		Use:     "import FILE.opml",
		Short:   "Follow the feeds of an OPML file; its folders become topics",
		Example: "  newsdesk feeds import subscriptions.opml",
		Args:    exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			list, err := readOPML(args[0])
			if err != nil {
				return err
			}
			return f.with(cmd, func(ctx context.Context, a *app.FeedAdmin) error {
				added, err := a.Add(ctx, list)
				if err != nil {
					return err
				}
				count := map[store.Added]int{}
				for _, change := range added {
					count[change]++
				}
				if f.asJSON {
					return writeJSON(cmd.OutOrStdout(), count)
				}
				_, err = fmt.Fprintf(cmd.OutOrStdout(), "%d feeds added, %d polled again, %d followed already\n",
					count[store.AddedNew], count[store.AddedRevived], count[store.AddedAlready])
				return err
			})
		},
	}
	return f.add(cmd)
}

func newFeedsExport() *cobra.Command {
	var f feedFlags
	cmd := &cobra.Command{
		Use:     "export",
		Short:   "Write the feeds as OPML, their topics as folders",
		Example: "  newsdesk feeds export > subscriptions.opml",
		Args:    atMost(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return f.with(cmd, func(ctx context.Context, a *app.FeedAdmin) error {
				list, err := a.List(ctx)
				if err != nil {
					return err
				}
				list = slices.DeleteFunc(list, func(f news.Feed) bool { return f.Own })
				if f.asJSON {
					return writeFeeds(cmd.OutOrStdout(), list, true)
				}
				return feeds.WriteOPML(cmd.OutOrStdout(), "Newsdesk", list)
			})
		},
	}
	return f.add(cmd)
}

func newFeedsCheck() *cobra.Command {
	var f feedFlags
	cmd := &cobra.Command{
		Use:   "check [FILE.opml]",
		Short: "Read every feed once and report the dead, the moved and the stale",
		Long: `Read every feed once, storing nothing, and report those that cannot be read,
those that have moved for good and those whose newest item is more than 30 days
old. The feeds are those that are followed, or those of an OPML file. The
command ends with 1 where a feed is dead.`,
		Example: "  newsdesk feeds check\n  newsdesk feeds check subscriptions.opml --json",
		Args:    atMost(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.with(cmd, func(ctx context.Context, a *app.FeedAdmin) error {
				var list []news.Feed
				var err error
				if len(args) > 0 {
					list, err = readOPML(args[0])
				} else {
					list, err = a.List(ctx)
				}
				if err != nil {
					return err
				}
				bar := newProgress(cmd.ErrOrStderr(), newLogger(config.Default().Log, cmd.ErrOrStderr()))
				probes, err := a.Check(ctx, list, func(done, of int) { bar.show("feeds", done, of) })
				bar.end()
				if err != nil {
					return err
				}
				return writeProbes(cmd.OutOrStdout(), probes, f.asJSON)
			})
		},
	}
	return f.add(cmd)
}

func writeProbes(w io.Writer, probes []app.Probe, asJSON bool) error {
	count := map[app.Health]int{}
	for _, p := range probes {
		count[p.Health]++
	}
	if asJSON {
		if err := writeJSON(w, probes); err != nil {
			return err
		}
	} else {
		err := table(w, func(w io.Writer) {
			for _, p := range probes {
				if p.Health != app.Alive {
					_, _ = fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", p.Health, p.Topic, safehttp.Redacted(p.URL), p.Text)
				}
			}
		})
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(w, "%d feeds: %d ok, %d moved, %d stale, %d dead\n",
			len(probes), count[app.Alive], count[app.Moved], count[app.Stale], count[app.Dead])
		if err != nil {
			return err
		}
	}
	if n := count[app.Dead]; n > 0 {
		return fmt.Errorf("%d of %d feeds cannot be read", n, len(probes))
	}
	return nil
}

// table writes rows whose columns are parted by tabs.
func table(w io.Writer, rows func(w io.Writer)) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	rows(t)
	return t.Flush()
}

// readOPML reads the feeds of an OPML file.
func readOPML(path string) (list []news.Feed, err error) {
	if err := eachInOPML(path, func(f news.Feed) { list = append(list, f) }); err != nil {
		return nil, err
	}
	return list, nil
}

func eachInOPML(path string, call func(news.Feed)) error {
	f, err := os.Open(path) //nolint:gosec // the person at the shell names the file
	if err != nil {
		return fmt.Errorf("read %s: %w", path, cause(err))
	}
	defer f.Close()
	if err := feeds.EachInOPML(f, call); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

func exactly(n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) != n {
			return usageError{fmt.Errorf("%s takes %d %s, not %d", cmd.CommandPath(), n, plural(n, "argument", "arguments"), len(args))}
		}
		return nil
	}
}
