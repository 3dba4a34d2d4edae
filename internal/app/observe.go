package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/message"
	"newsdesk/internal/metrics"
	"newsdesk/news"
	"newsdesk/outbox"
)

// stored gives the database's counts to the metrics.
func (a *App) stored(ctx context.Context) (map[string]float64, error) {
	s, err := a.db.Stats(ctx)
	if err != nil {
		return nil, err
	}
	b, err := json.Marshal(s)
	if err != nil {
		return nil, fmt.Errorf("count rows: %w", err)
	}
	var out map[string]float64
	return out, json.Unmarshal(b, &out)
}

// modelToday gives what the language model was used for to the metrics.
func (a *App) modelToday(ctx context.Context) (map[string]float64, error) {
	u, err := a.db.ModelUse(ctx, a.opts.Now())
	if err != nil {
		return nil, err
	}
	return map[string]float64{
		"cost": float64(u.Cost) / billion, "cap": a.opts.Config.LLM.DailyCap, "requests": float64(u.Requests), "cache_hits": float64(u.Hits),
		"articles_capped": float64(u.Capped), "input_tokens": float64(u.InputTokens), "output_tokens": float64(u.OutputTokens),
		"facts_kept": float64(u.Kept), "facts_dropped": float64(u.Dropped),
	}, nil
}

// health says what keeps the program from its work, nil where nothing does.
func (a *App) health(ctx context.Context) error {
	if _, err := a.db.Stats(ctx); err != nil {
		return fmt.Errorf("the database does not answer: %w", err)
	}
	if d, ok := a.surface.(discordSurface); ok && !d.Ready() {
		return errors.New("there is no connection to Discord")
	}
	return nil
}

// observe serves the metrics.
func (a *App) observe(l net.Listener) func(context.Context) error {
	return func(ctx context.Context) error {
		a.opts.Log.InfoContext(ctx, "metrics served", "address", l.Addr().String())
		return a.metrics.Serve(ctx, l, a.health, a.opts.Log)
	}
}

// countedCommands times the answers to people.
type countedCommands struct {
	*bot.Commands
	metrics *metrics.Metrics
	now     func() time.Time
}

// Handle answers an interaction.
func (c countedCommands) Handle(ctx context.Context, in message.Interaction) (message.Reply, error) {
	start := c.now()
	reply, err := c.Commands.Handle(ctx, in)
	c.metrics.Answered(string(in.Kind), c.now().Sub(start), err)
	return reply, err
}

// countedSender counts what is handed over.
type countedSender struct {
	outbox.Sender
	metrics *metrics.Metrics
}

// Send sends a post.
func (s countedSender) Send(ctx context.Context, p news.Post) (outbox.Receipt, error) {
	r, err := s.Sender.Send(ctx, p)
	s.metrics.Sent(string(p.Kind), err)
	return r, err
}
