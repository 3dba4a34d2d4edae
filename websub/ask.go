package websub

import (
	"cmp"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"newsdesk/internal/safehttp"

	"golang.org/x/sync/errgroup"
)

const (
	tick     = time.Minute         // how often Run looks what is due
	perTick  = 50                  // hubs asked in one look
	asking   = 4                   // of them at once
	asksFor  = 10 * 24 * time.Hour // the lease that a hub is asked for; it may grant another
	patience = time.Hour           // how long a hub may take to ask back
	again    = 24 * time.Hour      // when a hub that said no is asked again, and the longest back-off
	maxSaid  = 200                 // bytes of a hub's reason that are kept
)

// Run asks hubs for what is due, until ctx ends.
func (s *Subscriber) Run(ctx context.Context) error {
	t := time.NewTicker(tick)
	defer t.Stop()
	for {
		if err := s.Ask(ctx); err != nil && ctx.Err() == nil {
			s.o.Log.ErrorContext(ctx, "hubs not asked", "error", err)
		}
		select {
		case <-t.C:
		case <-ctx.Done():
			return nil
		}
	}
}

// Ask asks the hubs whose lease is due, and tells those that the bot has left.
// An error is the store's; a hub that refuses is asked again later.
func (s *Subscriber) Ask(ctx context.Context) error {
	left, err := s.store.LeftLeases(ctx, perTick)
	if err != nil {
		return fmt.Errorf("list the hubs that are not needed any more: %w", err)
	}
	due, err := s.store.DueLeases(ctx, s.o.Callback, s.o.Now(), perTick)
	if err != nil {
		return fmt.Errorf("list the hubs to ask: %w", err)
	}
	var group errgroup.Group
	group.SetLimit(asking)
	for _, l := range left {
		group.Go(func() error { return s.leave(ctx, l) })
	}
	for _, l := range due {
		group.Go(func() error { return s.renew(ctx, l) })
	}
	return group.Wait()
}

// renew asks for one lease. What is to be known when the hub asks back, which
// it may do before it answers, is stored first.
func (s *Subscriber) renew(ctx context.Context, l Lease) error {
	now := s.o.Now()
	switch {
	case l.Token == "":
		l.Token, l.Secret = s.random(), s.random()
	case l.State == StateAsked && l.Reason == "":
		l.Failures++ // and no reason: it said nothing
	}
	if l.State != StateActive || !l.Until.After(now) {
		l.State, l.Until = StateAsked, time.Time{}
	}
	l.Callback, l.Next, l.Reason = s.o.Callback, now.Add(backOff(l.Failures)), ""
	if err := s.store.SaveLease(ctx, l); err != nil {
		return fmt.Errorf("store the lease of feed %d: %w", l.Feed, err)
	}
	refusal := s.post(ctx, l, "subscribe")
	if refusal == nil || ctx.Err() != nil {
		return ctx.Err() // the rest is for the hub to say
	}
	// It may have asked back all the same.
	if is, err := s.store.Lease(ctx, l.Token); err != nil || is.State != l.State || !is.Until.Equal(l.Until) {
		return nil //nolint:nilerr // dropped meanwhile: nothing is to be booked
	}
	l.Failures++
	l.Reason = cut(refusal.Error())
	l.Next = now.Add(backOff(l.Failures - 1))
	s.o.Log.InfoContext(ctx, "hub refused", "feed", int64(l.Feed), "hub", safehttp.Redacted(l.Hub), "error", refusal)
	if err := s.store.SaveLease(ctx, l); err != nil {
		return fmt.Errorf("store the lease of feed %d: %w", l.Feed, err)
	}
	return nil
}

// backOff is how long a hub is left alone after so many refusals in a row.
func backOff(failures int) time.Duration {
	return min(patience<<min(failures, 10), again)
}

// leave tells a hub to stop, once: what it sends all the same is refused.
func (s *Subscriber) leave(ctx context.Context, l Lease) error {
	if err := s.store.DropLease(ctx, l.Feed); err != nil {
		return fmt.Errorf("drop the lease of feed %d: %w", l.Feed, err)
	}
	if err := s.post(ctx, l, "unsubscribe"); err != nil {
		s.o.Log.InfoContext(ctx, "hub not told to stop", "feed", int64(l.Feed), "hub", safehttp.Redacted(l.Hub), "error", err)
	}
	return nil
}

// post sends a hub a request about a lease.
func (s *Subscriber) post(ctx context.Context, l Lease, mode string) error {
	form := url.Values{
		"hub.mode": {mode}, "hub.topic": {l.Topic}, "hub.callback": {cmp.Or(l.Callback, s.o.Callback) + "/" + l.Token},
	}
	if mode == "subscribe" {
		form.Set("hub.secret", l.Secret)
		form.Set("hub.lease_seconds", strconv.Itoa(int(asksFor/time.Second)))
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, l.Hub, strings.NewReader(form.Encode()))
	if err != nil {
		return errors.New("the hub's address is not valid")
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := s.client.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }() // reading told what there is to tell
	said, _ := io.ReadAll(io.LimitReader(resp.Body, maxSaid))
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return fmt.Errorf("the hub answered %d: %s", resp.StatusCode, cut(string(said)))
	}
	return nil
}

// random returns 43 characters that nobody can guess.
func (s *Subscriber) random() string {
	var b [32]byte
	s.o.Random(b[:])
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// cut bounds what a stranger said and makes it one line.
func cut(text string) string {
	text = strings.Join(strings.Fields(strings.ToValidUTF8(text, "")), " ")
	if len(text) > maxSaid {
		text = strings.ToValidUTF8(text[:maxSaid], "")
	}
	return text
}
