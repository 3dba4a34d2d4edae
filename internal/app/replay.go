package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"time"

	"newsdesk/bot"
	"newsdesk/events"
	"newsdesk/internal/config"
	"newsdesk/internal/outlets"
	"newsdesk/news"
	"newsdesk/outbox"
	"newsdesk/preview"

	"golang.org/x/sync/errgroup"
)

// Recorded is an article of a recorded day.
type Recorded struct {
	Outlet, Topic, Title, Byline string
	Published                    time.Time
	Paragraphs                   []string
	Lang                         string // that its page declares, "" for English
	Happening                    string // what it tells of, as a person labelled it; "" where nobody did
}

// ReplayOptions are how a recorded day is played.
type ReplayOptions struct {
	Config   config.Config // summary, poll and posts settings count; database, Discord, preview and feeds do not
	Version  string
	Log      *slog.Logger
	Articles []Recorded    // in any order
	Settings news.Settings // of all channels
	Out      io.Writer     // where the channels are written at the end; nil leaves that out
	Progress func(step string, done, of int)
	Sent     func(p news.Post, at time.Time) // told of each post as it goes out; nil leaves that out
}

// replayStep is how far the clock moves where something waits that no row
// dates.
const replayStep = time.Minute

// ReplayInterval is the time between two polls of a feed in a replay, where none
// is configured.
const ReplayInterval = 10 * time.Minute

// Replay plays a recorded day on a clock of its own: its articles are served on
// loopback at the times they were published, and polled, condensed, grouped and
// posted by the code of the bot, one step after the other, so that the same day
// always gives the same posts.
func Replay(ctx context.Context, o ReplayOptions) (_ ReplayStats, err error) {
	if len(o.Articles) == 0 {
		return ReplayStats{}, errors.New("there is no article to replay")
	}
	dir, err := os.MkdirTemp("", "newsdesk-replay-")
	if err != nil {
		return ReplayStats{}, fmt.Errorf("make room for the replay: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	list, labels := recorded(o.Articles)
	// A first poll posts nothing old: it comes before the first article.
	first := o.Articles[0].Published
	for _, a := range o.Articles {
		if a.Published.Before(first) {
			first = a.Published
		}
	}
	if o.Config.Poll.Interval == 0 { // a recording of some hours does not tell the feeds' own rhythm
		o.Config.Poll.Interval = config.Interval(ReplayInterval)
	}
	r := replay{opts: o, interval: time.Duration(o.Config.Poll.Interval), labels: labels}
	for _, a := range list {
		r.out = append(r.out, first.Add(a.At))
	}
	r.set(first.Add(-time.Second))
	press, err := outlets.NewServer(ctx, list, first, 1, r.now)
	if err != nil {
		return ReplayStats{}, err
	}
	c := o.Config
	c.Database = config.Database{Path: filepath.Join(dir, "replay.db")}
	c.Discord.Token, c.Subscriptions, c.Feeds, c.Catalogue.Topics = "", nil, nil, nil
	c.HTTP.AllowPrivate = nil
	if err := allow(&c, "127.0.0.0/8"); err != nil {
		return ReplayStats{}, errors.Join(err, press.Close())
	}
	for _, f := range press.Feeds() {
		c.Feeds = append(c.Feeds, config.Feed{URL: f.URL, Name: f.Name, Topic: f.Topic})
	}
	serving, stop := context.WithCancel(ctx)
	defer stop()
	var group errgroup.Group
	group.Go(func() error {
		defer stop()
		return press.Serve(serving, o.Log)
	})
	var shown bytes.Buffer
	err = r.play(serving, c, first.Add(press.Length()), &shown)
	stop()
	if err = errors.Join(err, group.Wait(), ctx.Err()); err != nil {
		return ReplayStats{}, err
	}
	if o.Out != nil {
		// The port is another each time; the text must not be.
		if _, err := o.Out.Write(bytes.ReplaceAll(shown.Bytes(), []byte(press.URL("/")), []byte("https://replay.invalid/"))); err != nil {
			return ReplayStats{}, fmt.Errorf("write the channels: %w", err)
		}
	}
	return r.stats(), nil
}

// recorded puts articles in the order they came, and returns the labels by
// title and outlet.
func recorded(articles []Recorded) ([]outlets.Article, map[labelKey]string) {
	sorted := slices.Clone(articles)
	slices.SortStableFunc(sorted, func(a, b Recorded) int { return a.Published.Compare(b.Published) })
	labels := map[labelKey]string{}
	list := make([]outlets.Article, 0, len(sorted))
	for i, a := range sorted {
		list = append(list, outlets.Article{
			Outlet: a.Outlet, Topic: a.Topic, Title: a.Title, Byline: a.Byline, Paragraphs: a.Paragraphs, Lang: a.Lang,
			At: a.Published.Sub(sorted[0].Published), Path: fmt.Sprintf("%05d", i+1),
		})
		if a.Happening != "" {
			labels[labelKey{a.Outlet, a.Title}] = a.Happening
		}
	}
	return list, labels
}

// labelKey finds an article's label again behind the pipeline.
type labelKey struct{ outlet, title string }

// replay is a recorded day that is being played.
type replay struct {
	opts     ReplayOptions
	interval time.Duration
	labels   map[labelKey]string
	clock    atomic.Int64 // milliseconds
	out      []time.Time  // when articles come out, in order
	app      *App
	sent     []sentPost
	members  map[news.EventID][]news.Source // of the events that have a message, at the end
	foretold int                            // messages that a rehearsal gives
}

// sentPost is a post with the time it went out.
type sentPost struct {
	news.Post
	message string // that it made or changed
	at      time.Time
}

func (r *replay) now() time.Time  { return time.UnixMilli(r.clock.Load()).UTC() }
func (r *replay) set(t time.Time) { r.clock.Store(t.UnixMilli()) }

// boardSurface is a preview page that nobody looks at.
type boardSurface struct{ *preview.Board }

func (boardSurface) takeIn(ctx context.Context) error { <-ctx.Done(); return nil }
func (boardSurface) owns(news.ChannelID) bool         { return true }

// recorder notes what is sent.
type recorder struct {
	outbox.Sender
	r *replay
}

// Send sends a post and notes when.
func (s recorder) Send(ctx context.Context, p news.Post) (outbox.Receipt, error) {
	receipt, err := s.Sender.Send(ctx, p)
	if err == nil {
		s.r.sent = append(s.r.sent, sentPost{p, receipt.Message, s.r.now()})
		if s.r.opts.Sent != nil {
			s.r.opts.Sent(p, s.r.now())
		}
	}
	return receipt, err
}

// play runs the pipeline until everything that was published by end has been
// dealt with, and writes what then stands in the channels.
func (r *replay) play(ctx context.Context, c config.Config, end time.Time, out io.Writer) (err error) {
	a, err := OpenBatch(ctx, Options{Config: c, Version: r.opts.Version, Log: r.opts.Log, Now: r.now, Rand: rand.New(rand.NewPCG(1, 2))}) //nolint:gosec // the same chance each time
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	known, err := followable(ctx, a.db)
	if err != nil {
		return err
	}
	board := preview.NewBoard(r.now)
	for _, t := range known {
		id := news.ChannelID(previewPrefix + t.Slug)
		board.AddChannel(string(id), t.Slug)
		if _, err := a.db.Subscribe(ctx, news.Subscription{Guild: preview.Guild, Channel: id, Topic: t.Slug}); err != nil {
			return fmt.Errorf("subscribe the channels of the replay: %w", err)
		}
		if _, err := a.db.EditChannel(ctx, preview.Guild, id, func(s *news.Settings) error { *s = r.opts.Settings; return nil }); err != nil {
			return fmt.Errorf("set up the channels of the replay: %w", err)
		}
	}
	a.surface, r.app = boardSurface{board}, a
	poster := bot.NewPoster(a.surface, bot.PosterOptions{Topics: known, Now: r.now})
	a.relay = outbox.NewRelay(a.db, recorder{poster, r}, outbox.Options{}, r.opts.Log, r.now)
	start, last := r.now(), end.Add(2*r.interval)
	for !r.now().After(last) {
		if err := r.app.step(ctx); err != nil {
			return err
		}
		r.opts.Progress("minutes", int(r.now().Sub(start).Minutes()), int(last.Sub(start).Minutes()))
		next, err := r.next(ctx)
		if err != nil {
			return err
		}
		r.set(next)
	}
	if err := r.gather(ctx); err != nil {
		return err
	}
	if err := r.foretell(ctx, start, known); err != nil {
		return err
	}
	channels, _ := board.Channels()
	return writeChannels(out, channels)
}

// gather notes which articles were put with each event that has a message,
// those included that changed nothing readers see.
func (r *replay) gather(ctx context.Context) error {
	r.members = map[news.EventID][]news.Source{}
	for _, p := range r.sent {
		id := p.Event.ID
		if _, ok := r.members[id]; ok || p.Kind == news.PostDigest {
			continue
		}
		e, err := r.app.db.Event(ctx, id)
		if err != nil {
			return fmt.Errorf("load event %d: %w", id, err)
		}
		r.members[id] = e.Sources
	}
	return nil
}

// foretell counts the messages that a rehearsal of the recording gives, as
// /filter test does it for the last 24 hours.
func (r *replay) foretell(ctx context.Context, start time.Time, known bot.Topics) error {
	list, err := r.app.db.Started(ctx, start, math.MaxInt32)
	if err != nil {
		return fmt.Errorf("list the events of the replay: %w", err)
	}
	for _, t := range known {
		place := events.Place{Channel: news.Channel{Settings: r.opts.Settings}, Topics: []string{t.Slug}}
		for _, v := range events.Rehearse(list, place) {
			if v.Outcome == news.OutcomePosted {
				r.foretold++
			}
		}
	}
	return nil
}

// next returns the time at which there is something to do again.
func (r *replay) next(ctx context.Context) (time.Time, error) {
	list, err := r.app.db.Feeds(ctx)
	if err != nil {
		return time.Time{}, fmt.Errorf("list the feeds: %w", err)
	}
	stats, err := r.app.db.Stats(ctx)
	if err != nil {
		return time.Time{}, fmt.Errorf("count what waits: %w", err)
	}
	next := r.now().Add(r.interval)
	if stats.Waiting > 0 || stats.PostsPending > 0 {
		next = r.now().Add(replayStep)
	}
	for _, f := range list {
		if f.NextPoll.Before(next) {
			next = f.NextPoll
		}
	}
	digest, ok, err := r.app.db.NextDigest(ctx)
	if err != nil {
		return time.Time{}, err
	}
	if ok && digest.Before(next) {
		next = digest
	}
	if least := r.now().Add(time.Second); next.Before(least) {
		next = least
	}
	if stats.Waiting > 0 || stats.PostsPending > 0 {
		return next, nil
	}
	if morning := r.sleeps(next); morning.After(next) && (!ok || digest.After(next)) {
		if ok && digest.Before(morning) {
			morning = digest
		}
		next = morning
		if err := r.app.db.Sleep(ctx, next); err != nil {
			return time.Time{}, err
		}
	}
	return next, nil
}

// Where a recording has nothing for longer than calm, the clock skips most of
// that: a recording of years is played in minutes.
const calm = 6 * time.Hour

// sleeps returns when there is something to do again after a time, where nothing
// came out for calm before it and nothing will for as long; else that time.
func (r *replay) sleeps(t time.Time) time.Time {
	i, _ := slices.BinarySearchFunc(r.out, t, time.Time.Compare)
	if i == 0 || i == len(r.out) || t.Sub(r.out[i-1]) < calm || r.out[i].Sub(t) < calm {
		return t
	}
	return r.out[i].Add(-r.interval)
}
