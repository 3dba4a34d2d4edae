package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"newsdesk/articles"
	"newsdesk/events"
	"newsdesk/feeds"
	"newsdesk/internal/metrics"
	"newsdesk/internal/safehttp"
	"newsdesk/news"
	"newsdesk/store"
	"newsdesk/summarize"
	"newsdesk/summarize/llm"
)

const (
	// window is how far back an article may look for the event it belongs to.
	window = 7 * 24 * time.Hour
	// patience is how long a page that cannot be had for the moment is waited
	// for before the feed's own text is taken.
	patience = 3 * time.Minute
	// retryPage is the wait between two tries.
	retryPage = 30 * time.Second
)

// Pipeline takes a feed through to the posts it causes. Its two steps, Poll
// and Condense, may each be run twice for a row and change nothing the second
// time. They are safe for concurrent use.
type Pipeline struct {
	db         *store.DB
	poller     *feeds.Poller
	reader     *articles.Reader
	recurring  *articles.Recurring
	summarizer *summarize.Summarizer
	filing     *filing
	model      *llm.Summarizer // nil where none is configured
	perHour    int             // most new messages an hour in a channel that says nothing else; 0: no limit
	log        *slog.Logger
	metrics    *metrics.Metrics
	now        func() time.Time
	started    time.Time
	wakeJobs   func() // new articles wait
	wakeRelay  func() // new posts wait
	owns       func(news.ChannelID) bool
	sampleNew  func(context.Context) error // nil where nothing is posted for new subscriptions

	factsChecked, factsDropped atomic.Int64 // since the start
	pulsed                     atomic.Int64 // when it was last stored that a feed was read, in nanoseconds since 1970

	// Deciding where an article belongs and storing the decision happen under
	// one lock: two articles of one new event must not make two events.
	mu       sync.Mutex
	circles  *circles
	gathered *gatherings
	stale    bool // the index lacks what may have been stored
	scale    *scale
	gap      gapEnd

	remembers atomic.Bool // what recurs in the stored articles is known

	reading inWork // articles
}

// pulseStep is how exactly it is stored when a feed was last read: a write for
// each of many polls would say no more.
const pulseStep = 20 * time.Second

// pulseDue says whether it is to be stored that a feed was read.
func (p *Pipeline) pulseDue(now time.Time) bool {
	since := now.Sub(time.Unix(0, p.pulsed.Load()))
	return since >= pulseStep || since < 0
}

// Poll reads one feed and stores what is new in it.
func (p *Pipeline) Poll(ctx context.Context, id news.FeedID) error {
	feed, err := p.db.Feed(ctx, id)
	if err != nil {
		return fmt.Errorf("poll feed %d: %w", id, err)
	}
	_, err = p.poll(ctx, feed)
	return err
}

func (p *Pipeline) poll(ctx context.Context, feed news.Feed) (feeds.Outcome, error) {
	// Feeds that have little to say are read hours apart, which is no gap.
	if overdue := p.now().Sub(feed.NextPoll); feed.Polled && (overdue > gap || feed.Failures > 0) {
		if err := p.db.BeginPoll(ctx, p.now(), gap); err != nil {
			return feeds.Outcome{}, err
		}
	}
	out, err := p.poller.PollFeed(ctx, feed)
	if err != nil {
		return out, err
	}
	if now := p.now(); out.Failure == nil && p.pulseDue(now) {
		if err := p.db.EndPoll(ctx, now); err != nil {
			return out, err
		}
		p.pulsed.Store(now.UnixNano())
	}
	p.metrics.Polled(outcome(out), out.Bytes)
	mend := "see newsdesk feeds list; newsdesk feeds add with its address brings it back"
	if feed.Own {
		mend = "the servers that added it are told; /feed resume there brings it back"
	}
	switch {
	case out.Disabled:
		p.log.ErrorContext(ctx, "feed given up", "feed", int64(feed.ID), "url", safehttp.Redacted(feed.URL), "reason", feeds.Reason(out.Failure),
			"mend", mend)
	case out.Failure != nil:
		p.log.WarnContext(ctx, "feed not read", append([]any{"feed", int64(feed.ID), "url", safehttp.Redacted(feed.URL), "reason", feeds.Reason(out.Failure)}, dialled(out.Failure)...)...)
	}
	if len(out.Articles) > 0 {
		p.log.InfoContext(ctx, "new articles", "feed", int64(feed.ID), "count", len(out.Articles))
		p.wakeJobs()
	} else if !feed.Polled && p.sampleNew != nil { // the last that was waited for, perhaps
		if err := p.sampleNew(ctx); err != nil {
			return out, fmt.Errorf("poll feed %d: %w", feed.ID, err)
		}
	}
	return out, nil
}

// outcome names what came of a poll.
func outcome(out feeds.Outcome) string {
	switch {
	case out.Failure != nil:
		return "failed"
	case out.NotModified:
		return "unchanged"
	}
	return "changed"
}

// Condense reads one article's page, finds its key facts and its event, and
// stores all of it together with the posts it causes.
func (p *Pipeline) Condense(ctx context.Context, id news.ArticleID) error {
	return p.condense(ctx, id, false)
}

// condense is Condense; last says that there will be no later try, so that a
// page that cannot be had now is not waited for.
func (p *Pipeline) condense(ctx context.Context, id news.ArticleID, last bool) error {
	defer p.reading.begin()()
	item, row, err := p.db.Pending(ctx, id)
	if errors.Is(err, news.ErrNotFound) {
		return nil // done already
	}
	if err != nil {
		return fmt.Errorf("condense article %d: %w", id, err)
	}
	a, page, err := p.read(ctx, item, row, last)
	if err != nil {
		return err
	}
	if a.ID == 0 {
		return nil // postponed
	}
	if a.Topic, err = p.filing.of(ctx, a, row.Topic, p.now()); err != nil {
		return err
	}
	c := p.facts(ctx, a)
	c.page = page
	posts, err := p.place(ctx, c)
	if err != nil {
		return fmt.Errorf("condense article %d: %w", id, err)
	}
	if posts > 0 {
		p.wakeRelay()
	}
	if p.sampleNew != nil {
		if err := p.sampleNew(ctx); err != nil {
			return fmt.Errorf("condense article %d: %w", id, err)
		}
	}
	return nil
}

// facts condenses an article. What will never be posted is not worth a model's
// time.
func (p *Pipeline) facts(ctx context.Context, a news.Article) condensed {
	c := condensed{article: a, verdicts: verdicts{}, checkers: checkers{}}
	if p.model == nil || a.Quiet {
		c.reading, c.summary = p.summarizer.Read(a)
		c.summary = llm.Guard(c.summary, a)
	} else {
		var reason llm.Reason
		c.summary, reason = p.model.Article(ctx, a)
		p.log.DebugContext(ctx, "article condensed", "article", int64(a.ID), "method", c.summary.Method, "reason", string(reason))
	}
	c.summary = p.checked(ctx, c.summary, c.verdicts, c.checkers, a)
	return c
}

// read returns the article, or a zero one where its page is to be tried again
// later.
func (p *Pipeline) read(ctx context.Context, item news.Item, row news.Article, last bool) (news.Article, articles.Validators, error) {
	a, page, _, err := p.reader.ReadAgain(ctx, item, articles.Validators{})
	var temporary *articles.TemporaryError
	switch {
	case errors.As(err, &temporary) && !last && p.now().Sub(row.Seen) < patience:
		if err := p.db.Postpone(ctx, row.ID, p.now().Add(max(retryPage, min(temporary.RetryAfter, patience))), temporary.Error()); err != nil {
			return news.Article{}, page, fmt.Errorf("postpone article %d: %w", row.ID, err)
		}
		return news.Article{}, page, nil
	case errors.As(err, &temporary):
		a = articles.FromFeed(item, temporary.Error())
	case err != nil:
		return news.Article{}, page, fmt.Errorf("read article %d: %w", row.ID, err)
	}
	a.ID, a.Feed, a.GUID, a.Seen, a.Quiet = row.ID, row.Feed, row.GUID, row.Seen, row.Quiet
	if row.Outlet != "" { // else the page's own name of its site stands
		a.Outlet = row.Outlet
	}
	if a.Published.After(p.now()) {
		a.Published = row.Seen // no news is from the future
	}
	if a.Updated.After(p.now()) {
		a.Updated = time.Time{}
	}
	if a, err = p.strip(ctx, a); err != nil {
		return news.Article{}, page, fmt.Errorf("read article %d: %w", row.ID, err)
	}
	return a, page, nil
}

// strip takes out of an article what its outlet repeats.
func (p *Pipeline) strip(ctx context.Context, a news.Article) (news.Article, error) {
	if !p.remembers.Load() { // just started
		if err := p.Rebuild(ctx); err != nil {
			return a, err
		}
	}
	return p.recurring.Strip(ctx, a, p.now())
}

// place finds the article's event and stores the outcome. It returns the
// number of posts made.
func (p *Pipeline) place(ctx context.Context, c condensed) (int, error) {
	a, s := c.article, c.summary
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.stale {
		if err := p.rebuild(ctx); err != nil {
			return 0, err
		}
	}
	a = p.scale.named(a)
	doc := document(a)
	p.circles.prune(a, p.now().Add(-window))
	grouper := p.circles.of(a)
	d := p.circles.decide(a, doc)
	var base news.Event
	var joined *gathered // nil for a new event
	var err error
	own, merged := s, s
	if d.Event == 0 {
		merged.Facts = summarize.NewLedger([]news.Article{a}).Compare(s.Facts)
	}
	if d.Event != 0 {
		if base, err = p.db.Event(ctx, news.EventID(d.Event)); err != nil {
			return 0, fmt.Errorf("load event %d: %w", d.Event, err)
		}
		base = p.scale.known(base)
		if merged, own.Facts, joined, err = p.merge(ctx, base, c, news.ArticleID(d.DuplicateOf)); err != nil {
			return 0, err
		}
	}
	if joined != nil {
		merged.Facts, own.Facts = distinct(joined.dossier, base.Facts, merged.Facts, own.Facts)
	}
	change := events.Develop(base, a, own, merged, d, p.now())
	change.Event.Facts = seconded(base, change.Event, joined, c.checkers, a.ID)
	change, err = p.scale.rank(ctx, change, p.now())
	if err != nil {
		return 0, err
	}
	change.Grouping = grouper.Because(doc, d)
	if change.Late, err = p.late(ctx, a); err != nil {
		return 0, err
	}
	plan, err := p.route(ctx, change)
	if err != nil {
		return 0, err
	}
	plan.Revisit = p.firstRevisit(a, change, c.page)
	id, made, err := p.db.Apply(ctx, a, s, change, plan)
	if err != nil {
		p.stale = true // it may have been stored: a connection can break behind a commit
		return 0, err
	}
	grouper.Add(doc, int64(id), d.DuplicateOf)
	if joined == nil {
		joined = p.newGathered()
		joined.add(c)
	}
	p.gathered.keep(id, joined)
	p.metrics.Condensed(string(a.Method), string(change.Reason))
	p.log.DebugContext(ctx, "article placed", "article", int64(a.ID), "event", int64(id),
		"reason", string(change.Reason), "method", string(a.Method), "posts", len(made))
	more, err := p.reconsider(ctx, a, id, base, doc)
	if err != nil { // the article is placed all the same
		p.stale = true
		p.log.ErrorContext(ctx, "events neither put together nor parted", "article", int64(a.ID), "event", int64(id), "error", err)
	}
	return len(made) + more, nil
}

// statements returns the facts of an article and, behind them, what else it
// states: the news of a story need not be among an article's best facts.
func (p *Pipeline) statements(c condensed) []news.Fact {
	r, own := c.reading, c.summary.Facts
	if r == nil {
		r, _ = p.summarizer.Read(c.article)
	}
	others := slices.DeleteFunc(p.summarizer.Statements(r), func(f news.Fact) bool {
		return slices.ContainsFunc(own, func(o news.Fact) bool { return o.Text == f.Text || o.Model && o.Span == f.Span })
	})
	out := slices.Clone(own)
	for _, f := range llm.Guard(news.Summary{Article: c.article.ID, Facts: others}, c.article).Facts {
		if c.checkers.of(c.article.ID, []news.Article{c.article}).Check(f).Supported() {
			out = append(out, f)
		}
	}
	return out
}

// route decides what the channels get.
func (p *Pipeline) route(ctx context.Context, change events.Change) (events.Plan, error) {
	places, err := p.places(ctx, change)
	if err != nil {
		return events.Plan{}, err
	}
	return events.Route(change, places, p.now()), nil
}

// places returns the channels that a change may concern; none where readers do
// not see it.
func (p *Pipeline) places(ctx context.Context, change events.Change) ([]events.Place, error) {
	if !change.Visible {
		return nil, nil
	}
	topics := append(change.Event.Topics(), events.FiledUnder(change.Event)...)
	places, err := p.db.Places(ctx, topics, change.Base.ID)
	if err != nil {
		return nil, fmt.Errorf("load the channels of %s: %w", change.Event.Topic, err)
	}
	places = slices.DeleteFunc(places, func(c events.Place) bool { return !p.owns(c.ID) })
	return places, p.measure(ctx, places, change.Base.ID)
}

// withoutUpdates returns the verdicts less those that say no more than that a
// message was brought up to date.
func withoutUpdates(list []news.Verdict) []news.Verdict {
	return slices.DeleteFunc(list, func(v news.Verdict) bool { return v.Outcome == news.OutcomeUpdated })
}

// document is an article as the grouping sees it.
func document(a news.Article) events.Doc {
	return events.Doc{
		ID: int64(a.ID), Title: a.Title, Text: a.Body, Source: a.Outlet,
		URL: a.URL, Lang: a.Lang, Kind: a.Kind, Published: a.When(),
	}
}
