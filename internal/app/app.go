// Package app makes a running system of a configuration: it opens the store,
// connects the stages, and runs them until it is told to stop. It is the only
// place that knows all packages.
//
// Shutdown has two phases. First nothing new is taken in: no poll, no
// interaction. What was decided by then is in the outbox. Then delivery stops,
// the sends in flight get a short grace, and the store is closed. Whatever was
// not sent is sent by the next start.
package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"math/rand/v2"
	"net"
	"net/http"
	"net/netip"
	"time"

	"newsdesk/articles"
	"newsdesk/ask"
	"newsdesk/bot"
	"newsdesk/bot/discord"
	"newsdesk/feeds"
	"newsdesk/internal/bodies"
	"newsdesk/internal/config"
	"newsdesk/internal/jobs"
	"newsdesk/internal/metrics"
	"newsdesk/internal/safehttp"
	"newsdesk/news"
	"newsdesk/outbox"
	"newsdesk/store"
	"newsdesk/summarize/llm"
	"newsdesk/websub"

	"golang.org/x/sync/errgroup"
)

// maxFactLength is the longest key fact shown, in characters.
const maxFactLength = 160

// robot is the product token by which sites can address the program in their
// robots.txt, and the first word of its User-Agent.
const robot = "Newsdesk"

// Options are what an App is made of.
type Options struct {
	Config  config.Config
	Version string
	Log     *slog.Logger
	Now     func() time.Time
	// Rand spreads the polls; nil takes chance from the system.
	Rand *rand.Rand
	// Preview posts to the preview page even where there is a token.
	Preview bool
	// Notice is shown at the top of the preview page.
	Notice string
	// AnyPort lets the preview page listen elsewhere where its port is taken.
	AnyPort bool
	// Reading, if set, is told true when the first article begins to be read and
	// condensed, and false when no other is any more.
	Reading func(bool)
	// Ready, if set, is told the preview page's address once it answers.
	Ready func(address string)
}

// App is a system that is ready to run.
type App struct {
	opts      Options
	topics    []string // of the configuration's feeds, in their order
	db        *store.DB
	claim     *store.Claim // nil for a batch
	client    *safehttp.Client
	model     *http.Client // for the language model's server; nil where there is none
	fetcher   *feeds.Fetcher
	reader    *articles.Reader
	pipeline  *Pipeline
	poster    *bot.Poster
	relay     *outbox.Relay
	publisher *outbox.Publisher // nil on the preview page
	runner    *jobs.Local
	commands  *bot.Commands
	surface   surface
	metrics   *metrics.Metrics
	keeper    *keeper // nil on the preview page

	subscriber *websub.Subscriber // nil where hubs cannot reach the program
}

// surface is where posts appear and commands come from: Discord, or the
// preview page.
type surface interface {
	bot.Messenger
	bot.Permissions
	// takeIn receives interactions until ctx ends.
	takeIn(ctx context.Context) error
	// owns reports whether a channel is this surface's: one database may have
	// served both.
	owns(ch news.ChannelID) bool
}

// Open makes an App: the store is opened and brought up to date, and the
// configured feeds and subscriptions are stored. Close it.
func Open(ctx context.Context, o Options) (*App, error) {
	return open(ctx, o, true)
}

func open(ctx context.Context, o Options, withSurface bool) (_ *App, err error) {
	a := &App{opts: o}
	defer func() {
		if err != nil {
			err = errors.Join(err, a.Close())
		}
	}()
	c := o.Config
	if a.db, err = store.Open(ctx, c.Database.DSN(), o.Log); err != nil {
		return nil, err
	}
	if withSurface {
		if a.claim, err = a.db.Claim(ctx); err != nil {
			return nil, err
		}
	}
	if err := a.sync(ctx); err != nil {
		return nil, err
	}
	var model metrics.Stored
	if c.LLM.Provider != "" {
		model = a.modelToday
	}
	a.metrics = metrics.New(o.Version, a.stored, model)
	a.connect()
	if a.pipeline.scale, err = newScale(a.db); err != nil {
		return nil, err
	}
	a.pipeline.filing = &filing{db: a.db}
	if !withSurface {
		return a, nil
	}
	if err := a.makeSurface(ctx); err != nil {
		return nil, err
	}
	return a, nil
}

// OpenBatch is Open without a surface: what is to be posted stays in the
// outbox. The App serves for PollOnce, not for Run.
func OpenBatch(ctx context.Context, o Options) (*App, error) {
	return open(ctx, o, false)
}

// connect makes the stages.
func (a *App) connect() {
	c, o := a.opts.Config, a.opts
	chance := o.Rand
	if chance == nil {
		chance = rand.New(rand.NewPCG(rand.Uint64(), rand.Uint64())) //nolint:gosec // spreads polls, guards nothing
	}
	a.client = HTTPClient(c, o.Version)
	memory := bodies.New(bodyMemory)
	a.reader = articles.NewReader(a.client, articles.ReaderOptions{Permanent: refused, Robot: robot, Now: o.Now, Memory: memory})
	a.fetcher = feeds.NewFetcher(a.client, feeds.FetchOptions{Memory: memory})
	a.pipeline = &Pipeline{
		db: a.db,
		poller: feeds.NewPoller(a.fetcher, a.db, feeds.Options{
			Interval: time.Duration(c.Poll.Interval), InitialPosts: c.Poll.InitialPosts,
			Rand: chance,
		}, o.Now),
		reader:     a.reader,
		recurring:  articles.NewRecurring(a.db),
		summarizer: newBuiltin(c),
		perHour:    c.Posts.PerHour,
		log:        o.Log, now: o.Now, started: o.Now(), metrics: a.metrics,
		wakeJobs: func() { a.runner.Wake() },
		wakeRelay: func() {
			if a.relay != nil {
				a.relay.Wake()
			}
		},
		owns:    func(ch news.ChannelID) bool { return a.surface == nil || a.surface.owns(ch) },
		circles: newCircles(), gathered: newGatherings(), stale: true,
		reading: inWork{tell: o.Reading},
	}
	if c.LLM.Provider != "" {
		a.model = llm.HTTPClient()
		a.pipeline.model = languageModel(o, a.pipeline.summarizer, a.db, a.model)
	}
	condense := newTurns(c.HTTP.PerHost, a.hostOfArticle, a.pipeline.Condense)
	a.runner = jobs.NewLocal(a.db, jobs.Steps{Poll: a.pipeline.Poll, Condense: condense.take, Reread: a.pipeline.Reread, Digest: a.pipeline.Digest},
		jobs.Options{Polls: c.Poll.Concurrency, Articles: articlesAtOnce}, o.Log, o.Now)
}

// hostOfArticle returns the host of an article's page.
func (a *App) hostOfArticle(ctx context.Context, id news.ArticleID) (string, error) {
	article, err := a.db.Article(ctx, id)
	return hostOf(article.URL), err
}

// HTTPClient returns the client for feeds and pages.
func HTTPClient(c config.Config, version string) *safehttp.Client {
	return safehttp.New(safehttp.Options{
		AllowPrivate: allowed(c), Timeout: time.Duration(c.HTTP.Timeout), PerHost: c.HTTP.PerHost, UserAgent: agent(c, version),
	})
}

// agent is what the program calls itself.
func agent(c config.Config, version string) string {
	if c.HTTP.Contact == "" {
		return robot + "/" + version
	}
	return robot + "/" + version + " (+" + c.HTTP.Contact + ")"
}

// allowed lists the private addresses that may be asked.
func allowed(c config.Config) []netip.Prefix {
	out := make([]netip.Prefix, len(c.HTTP.AllowPrivate))
	for i, p := range c.HTTP.AllowPrivate {
		out[i] = p.Prefix
	}
	return out
}

// refused tells the errors of fetching a page that no repetition heals.
func refused(err error) bool {
	for _, final := range []error{safehttp.ErrPrivateAddress, safehttp.ErrScheme, safehttp.ErrBadAddress, safehttp.ErrTooManyRedirects, safehttp.ErrTooLarge} {
		if errors.Is(err, final) {
			return true
		}
	}
	return false
}

// makeSurface connects commands, renderer and relay to where posts appear.
func (a *App) makeSurface(ctx context.Context) error {
	known, err := followable(ctx, a.db)
	if err != nil {
		return err
	}
	later := &permissions{}
	a.commands = bot.NewCommands(bot.Options{
		Subscriptions: a.db, Channels: a.db, Seen: a.seenBy,
		Permissions: later, Forums: later, Mended: a.mended, Announcer: announcer{a}, Drills: drills{a}, Topics: known, Now: a.opts.Now, Log: a.opts.Log,
		Feeds: a.db, Finder: finder{a, a.fetcher}, Files: feedFiles{a}, FeedsMost: a.opts.Config.Discord.FeedsPerServer,
		Console: bot.Console{Records: a.db, Program: a.program(), IDs: a.commandIDs},
	})
	if a.opts.Preview || a.opts.Config.Discord.Token == "" {
		a.surface, err = newPage(ctx, a)
	} else {
		a.surface, err = newDiscord(a)
	}
	if err != nil {
		return err
	}
	later.Permissions, later.Forums = a.surface, a.surface
	poster := bot.NewPoster(a.surface, bot.PosterOptions{Topics: known, Followed: a.db, Names: a.db, Now: a.opts.Now})
	a.poster = poster
	if a.keeper != nil {
		a.keeper.untagged = poster.Untagged
	}
	if page, ok := a.surface.(*pageSurface); ok {
		if err := restore(ctx, a.db, page.Board, poster); err != nil {
			return err
		}
	}
	a.pipeline.sampleNew = a.sampleNew
	d, ok := a.surface.(discordSurface)
	var o outbox.Options
	if ok {
		o.Edits = a.db
	}
	a.relay = outbox.NewRelay(ownChannels{a.db, a.surface.owns, a.keeper}, countedSender{poster, a.metrics}, o, a.opts.Log, a.opts.Now)
	if ok {
		a.publisher = outbox.NewPublisher(a.db, d, a.relay, a.opts.Log, a.opts.Now)
	}
	return nil
}

// seenBy is what a server may see.
func (a *App) seenBy(guild news.GuildID) bot.Seen {
	v := a.db.SeenBy(guild)
	return bot.Seen{Events: v, Timelines: v, Answerer: answers{ask.New(v, ask.Options{})}, Trails: v, Schedules: v, Overview: v}
}

// commandIDs returns the ids that Discord gave the commands, none on the page.
func (a *App) commandIDs() map[string]string {
	if d, ok := a.surface.(discordSurface); ok {
		return d.CommandIDs()
	}
	return nil
}

// program is what people are told of the running program.
func (a *App) program() bot.Program {
	c := a.opts.Config.LLM
	p := bot.Program{Version: a.opts.Version, Started: a.opts.Now(), PerHour: a.opts.Config.Posts.PerHour}
	if c.Provider != "" {
		p.Model, p.Cap, p.GuildCap = c.Model, int64(math.Round(c.DailyCap*billion)), int64(math.Round(c.ServerCap*billion))
	}
	return p
}

// mended has the paused channels of a server looked at again.
func (a *App) mended(guild news.GuildID) {
	if a.keeper != nil {
		a.keeper.notice(discord.ServerEvent{Kind: discord.PermissionsChanged, Guild: string(guild)})
	}
}

// permissions is set once the surface is there.
type permissions struct {
	bot.Permissions
	bot.Forums
}

// Run works until ctx ends, or until something fails for good. It returns when
// everything it started has ended.
func (a *App) Run(ctx context.Context) error {
	if err := a.sampleNew(ctx); err != nil { // subscriptions that the configuration made since the last run
		return err
	}
	running, stop := context.WithCancel(ctx) // ends when ctx does, or when a part returns
	defer stop()
	intake, stopIntake := context.WithCancel(context.WithoutCancel(ctx))
	defer stopIntake()
	delivery, stopDelivery := context.WithCancel(context.WithoutCancel(ctx))
	defer stopDelivery()
	var observed net.Listener
	if address := a.opts.Config.Metrics.Listen; address != "" {
		var err error
		if observed, err = listen(ctx, "metrics.listen", address, false); err != nil {
			return err
		}
	}
	var pushed net.Listener
	if a.subscriber = a.newSubscriber(); a.subscriber != nil {
		var err error
		if pushed, err = listen(ctx, "websub.listen", a.opts.Config.WebSub.Listen, false); err != nil {
			return err
		}
	}
	var takers, senders errgroup.Group
	start := func(g *errgroup.Group, ctx context.Context, part func(context.Context) error) {
		g.Go(func() error {
			defer stop()
			return part(ctx)
		})
	}
	start(&senders, delivery, a.relay.Run)
	start(&senders, delivery, a.claim.Keep)
	if a.publisher != nil {
		start(&senders, delivery, a.publisher.Run)
	}
	if observed != nil {
		start(&senders, delivery, a.observe(observed))
	}
	start(&takers, intake, a.surface.takeIn)
	takers.Go(func() error {
		a.warmUp(intake)
		return nil
	})
	start(&takers, intake, a.runner.Run)
	start(&takers, intake, a.forget)
	start(&takers, intake, (&backlog{waiting: a.db.Waiting, now: a.opts.Now, log: a.opts.Log}).run)
	if pushed != nil {
		start(&takers, intake, a.hubs(pushed))
		start(&takers, intake, a.subscriber.Run)
	}
	if a.keeper != nil {
		start(&takers, intake, a.keeper.Run)
	}
	<-running.Done()
	a.opts.Log.InfoContext(ctx, "stopping")
	stopIntake()
	err := takers.Wait()
	stopDelivery()
	return errors.Join(err, senders.Wait())
}

// warmUp rebuilds the index of events while the first feeds are read. Where it
// fails, the first article tries again.
func (a *App) warmUp(ctx context.Context) {
	if err := a.pipeline.Rebuild(ctx); err != nil && ctx.Err() == nil {
		a.opts.Log.ErrorContext(ctx, "index of events not rebuilt", "error", err)
	}
}

// Close releases what Open took. It may be called on an App that Open did not
// finish.
func (a *App) Close() error {
	if a.reader != nil {
		a.reader.Close()
	}
	if a.client != nil {
		a.client.CloseIdleConnections()
	}
	if a.model != nil {
		a.model.CloseIdleConnections()
	}
	var err error
	if a.claim != nil {
		err = a.claim.Release()
	}
	if a.db != nil {
		err = errors.Join(err, a.db.Close())
	}
	if err != nil {
		return fmt.Errorf("close the database: %w", err)
	}
	return nil
}
