package outbox

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"newsdesk/news"
)

// Limits of announcement channels.
// Source: https://discord.com/developers/docs/resources/message#crosspost-message,
// https://support.discord.com/hc/en-us/articles/360032008192
const (
	PublishHour    = 10 // messages that a channel can publish in an hour
	PublishedEdits = 3  // edits that a published message takes in an hour
)

// OldEdits are the edits that a message older than an hour takes in an hour, in
// any channel. Discord names no number for its error 30046; what it has been seen
// to take is this.
const OldEdits = 3

// Ration counts the edits of messages that take only so many.
type Ration interface {
	// BookEdit books an edit that is about to be made, where its message is older
	// than an hour. ok is false where at most hourly were made in the hour before:
	// DueEdits then returns it, and those that follow it, in their time.
	BookEdit(ctx context.Context, p news.Post, at time.Time, hourly int) (ok bool, err error)
	// PutOff counts an attempt that was refused, and has DueEdits return the edits
	// of the message, none before a time.
	PutOff(ctx context.Context, p news.Post, until time.Time, reason string) error
}

// publishTries are the tries after which a message stays unpublished.
const publishTries = 20

// Publication is a message that shall be published: shown in the channels that
// follow its own.
type Publication struct {
	Channel  news.ChannelID
	Event    news.EventID
	Message  string
	Attempts int
}

// PublicationStore holds the publications, and the edits of what is published.
type PublicationStore interface {
	// DuePublications returns what is due at now and within the channels'
	// allowance: in each channel at most hourly are published in any hour.
	DuePublications(ctx context.Context, now time.Time, hourly int) ([]Publication, error)
	MarkPublished(ctx context.Context, p Publication, at time.Time) error
	// PostponePublication counts an attempt and lets the publication wait.
	PostponePublication(ctx context.Context, p Publication, until time.Time, reason string) error
	// DropPublication leaves the message unpublished for good.
	DropPublication(ctx context.Context, p Publication, reason string) error
	// DueEdits returns, of each message that is published or whose edits were
	// rationed, and that may be edited at now, the newest edit that waits: at most
	// hourly are made in any hour.
	DueEdits(ctx context.Context, now time.Time, hourly int) ([]news.Post, error)
	// SpendEdit books an edit at a time, and sets the message's older edits aside:
	// this one says what they say.
	SpendEdit(ctx context.Context, p news.Post, at time.Time) error
}

// PublicationSender publishes a message. It must be safe to call twice.
type PublicationSender interface {
	Publish(ctx context.Context, channel, message string) error
}

// Publisher publishes the messages of announcement channels, and edits those
// that are published and, in any channel, those that are old and change often.
// All of that is rationed by Discord, so it waits apart from what else goes into
// the channel and holds nothing back. It holds no state.
type Publisher struct {
	store  PublicationStore
	sender PublicationSender
	relay  *Relay // makes the edits
	log    *slog.Logger
	now    func() time.Time
}

// NewPublisher returns a publisher that edits as relay does. Nothing happens
// before Run.
func NewPublisher(s PublicationStore, sender PublicationSender, relay *Relay, log *slog.Logger, now func() time.Time) *Publisher {
	return &Publisher{store: s, sender: sender, relay: relay, log: log, now: now}
}

// Run works until ctx ends, and gives a call in flight the relay's grace.
func (p *Publisher) Run(ctx context.Context) error {
	sending, stop := graceful(ctx, p.relay.opts.Grace)
	defer stop()
	tick := time.NewTicker(p.relay.opts.Look)
	defer tick.Stop()
	for {
		if err := p.work(ctx, sending); err != nil && ctx.Err() == nil {
			p.log.ErrorContext(ctx, "nothing published", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// Flush does what is due now. It must not be called while Run works.
func (p *Publisher) Flush(ctx context.Context) error { return p.work(ctx, ctx) }

// work does what is due; sending outlives ctx.
func (p *Publisher) work(ctx, sending context.Context) error {
	due, err := p.store.DuePublications(ctx, p.now(), PublishHour)
	if err != nil {
		return fmt.Errorf("read what is to be published: %w", err)
	}
	for _, d := range due {
		if ctx.Err() != nil {
			return nil //nolint:nilerr // stopping is no failure
		}
		if err := p.publish(sending, d); err != nil {
			return err
		}
	}
	edits, err := p.store.DueEdits(ctx, p.now(), PublishedEdits)
	if err != nil {
		return fmt.Errorf("read the edits of what is published: %w", err)
	}
	for _, e := range edits {
		if ctx.Err() != nil {
			return nil //nolint:nilerr // stopping is no failure
		}
		if err := p.store.SpendEdit(sending, e, p.now()); err != nil {
			if errors.Is(err, news.ErrNotFound) { // it was set aside meanwhile
				continue
			}
			return fmt.Errorf("book the edit %s: %w", e.Key, err)
		}
		if _, err := p.relay.deliver(sending, e); err != nil {
			return err
		}
	}
	return nil
}

// publish publishes one message and records what came of it.
func (p *Publisher) publish(ctx context.Context, d Publication) error {
	err := p.sender.Publish(ctx, string(d.Channel), d.Message)
	attrs := []any{"channel", string(d.Channel), "event", int64(d.Event)}
	switch {
	case err == nil:
		p.log.InfoContext(ctx, "published", attrs...)
		err = p.store.MarkPublished(ctx, d, p.now())
	case ctx.Err() != nil:
		return nil //nolint:nilerr // the next start publishes again, which changes nothing
	case IsBlocked(err), IsPermanent(err), d.Attempts+1 >= publishTries:
		p.log.WarnContext(ctx, "message stays unpublished", append(attrs, "attempts", d.Attempts+1, "error", err)...)
		err = p.store.DropPublication(ctx, d, err.Error())
	default:
		wait := p.relay.backoff(d.Attempts)
		if w, asked := Wait(err); asked {
			wait = max(wait, w)
		}
		p.log.InfoContext(ctx, "publication waits", append(attrs, "wait", wait.String(), "error", err)...)
		err = p.store.PostponePublication(ctx, d, p.now().Add(wait), err.Error())
	}
	if err != nil {
		return fmt.Errorf("record the publication of event %d in %s: %w", d.Event, d.Channel, err)
	}
	return nil
}
