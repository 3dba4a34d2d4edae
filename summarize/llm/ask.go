package llm

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"time"

	"newsdesk/news"
)

// Bounds of repeating a request.
const (
	attempts   = 3
	firstWait  = 500 * time.Millisecond // doubled with each attempt, less up to a half at random
	bookingFor = 5 * time.Second        // for writing down what a request cost when its time is over
)

// Price is what a model costs, in a unit of money for a million tokens.
type Price struct{ Input, Output float64 }

// billionths of a unit for a token is a thousand times the price of a million.
const perToken = 1000

// Of returns what tokens cost, in billionths of the unit, rounded up.
func (p Price) Of(input, output int) int64 {
	return int64(math.Ceil((p.Input*float64(input) + p.Output*float64(output)) * perToken))
}

// keptOrAsked returns the kept answer on a text, or asks for it.
func (s *Summarizer) keptOrAsked(ctx context.Context, key, title, body string, payers []news.GuildID) (string, Reason) {
	switch text, err := s.o.Store.ModelAnswer(ctx, key, s.o.Now()); {
	case err == nil:
		return text, ByModel
	case !errors.Is(err, news.ErrNotFound):
		s.o.Log.WarnContext(ctx, "a model's answer not loaded", "error", err)
		return "", StoreFailed
	}
	p, err := prompt(title, body, s.o.Chance)
	if err != nil {
		s.o.Log.ErrorContext(ctx, "a model not asked", "error", err)
		return "", AskFailed
	}
	start := s.o.Now()
	limited, cancel := context.WithTimeout(ctx, s.o.Timeout)
	defer cancel()
	select {
	case s.places <- struct{}{}:
		defer func() { <-s.places }()
	case <-limited.Done():
		return "", AskFailed
	}
	if !s.breaker.allow() {
		return "", BreakerOpen
	}
	return s.ask(ctx, limited, start, key, p, payers)
}

// ask asks until there is an answer, no hope, or no time. The breaker has allowed
// it. parent ends when the program does, ctx also when the time that began at start
// is up.
func (s *Summarizer) ask(parent, ctx context.Context, start time.Time, key string, p Prompt, payers []news.GuildID) (string, Reason) {
	for attempt := 1; ; attempt++ {
		reply, failure, reason := s.once(ctx, key, p, payers)
		switch {
		case reason != "":
			s.breaker.abandon()
			return "", reason
		case failure == nil:
			s.judge(ctx, reply)
			return reply, ByModel
		case parent.Err() != nil:
			s.breaker.abandon()
			return "", AskFailed
		}
		pause := max(s.backoff(attempt), failure.RetryAfter)
		left := s.o.Timeout - s.o.Now().Sub(start)
		if failure.passing() && attempt < attempts && pause < left {
			if s.o.Wait(ctx, pause) == nil {
				continue
			}
		}
		s.giveUp(parent, failure)
		return "", AskFailed
	}
}

// judge tells the breaker of an answer: one that is not of the form asked for was
// paid for all the same, and a model that gives nothing else is left alone.
func (s *Summarizer) judge(ctx context.Context, text string) {
	if _, err := parse(text); err != nil {
		if pause := s.breaker.fail(false, 0); pause > 0 {
			s.o.Log.WarnContext(ctx, "the model's answers cannot be used; the built-in summarizer writes", "for", pause.String())
		}
		return
	}
	if s.breaker.succeed() {
		s.o.Log.InfoContext(ctx, "the model answers again")
	}
}

// giveUp tells the breaker and, when that opens, the operator.
func (s *Summarizer) giveUp(ctx context.Context, f *AskError) {
	pause := s.breaker.fail(f.fixed(), f.RetryAfter)
	switch {
	case pause == 0:
	case f.fixed():
		s.o.Log.ErrorContext(ctx, "the model cannot be used; the built-in summarizer writes", "reason", f.Error(), "for", pause.String())
	default:
		s.o.Log.WarnContext(ctx, "the model is left alone; the built-in summarizer writes", "reason", f.Error(), "for", pause.String())
	}
}

// once books, asks, and sets the booking right. A reason says that it was not
// asked.
func (s *Summarizer) once(ctx context.Context, key string, p Prompt, payers []news.GuildID) (string, *AskError, Reason) {
	at := s.o.Now()
	input := estimate(p.System) + estimate(p.User)
	booked := s.o.Price.Of(input, p.Most)
	booking, err := s.o.Store.ReserveModel(ctx, at, booked, news.ModelBudget{Day: s.o.DailyCap, Guild: s.o.GuildCap, Guilds: payers})
	if err != nil {
		if ctx.Err() == nil {
			s.o.Log.WarnContext(ctx, "a model's cost not booked", "error", err)
		}
		return "", nil, StoreFailed
	}
	switch booking.Refused {
	case news.BoundDay:
		s.atCap(ctx, at, booking.Refused)
		return "", nil, CapReached
	case news.BoundGuild:
		s.atCap(ctx, at, booking.Refused)
		return "", nil, GuildCapReached
	}
	reply, err := s.o.Model.Ask(ctx, p)
	use, keep := news.ModelUse{Requests: 1}, ""
	var failure *AskError
	switch {
	case err == nil:
		use.InputTokens, use.OutputTokens = reply.InputTokens, reply.OutputTokens
		if use.InputTokens <= 0 {
			use.InputTokens = input
		}
		if use.OutputTokens <= 0 {
			use.OutputTokens = estimate(reply.Text)
		}
		use.Cost = s.o.Price.Of(use.InputTokens, use.OutputTokens) - booked
		keep = usable(reply)
	case errors.As(err, &failure) && failure.free():
		use.Cost = -booked
	default: // it may have been worked on: it stays booked
		use.InputTokens, use.OutputTokens = input, p.Most
		if failure == nil {
			failure = transportFailure(ctx, err)
		}
	}
	// What a request cost is written down even where its time is over.
	writing, cancel := context.WithTimeout(context.WithoutCancel(ctx), bookingFor)
	defer cancel()
	if err := s.o.Store.SettleModel(writing, at, use, booking.Payers, key, keep); err != nil {
		s.o.Log.WarnContext(ctx, "a model's cost not set right", "error", err)
	}
	return keep, failure, ""
}

// unusable stands for an answer that was paid for and cannot be used.
const unusable = "-"

// usable returns the answer as it is kept.
func usable(r Reply) string {
	if _, err := parse(r.Text); err != nil || !r.Complete {
		return unusable
	}
	return r.Text
}

// atCap counts an article that a cap keeps from the model, and tells the operator
// once a day.
func (s *Summarizer) atCap(ctx context.Context, at time.Time, bound news.ModelBound) {
	if bound == news.BoundDay { // a guild's is counted where it is refused
		if err := s.o.Store.AddModelUse(ctx, at, news.ModelUse{Capped: 1}); err != nil && ctx.Err() == nil {
			s.o.Log.WarnContext(ctx, "the cap not counted", "error", err)
		}
	}
	today := at.UTC().Format(time.DateOnly)
	s.mu.Lock()
	told := s.capped[bound] == today
	s.capped[bound] = today
	s.mu.Unlock()
	switch {
	case told:
	case bound == news.BoundGuild:
		s.o.Log.WarnContext(ctx, "a server's daily cap for the model is reached; the built-in summarizer writes for its own feeds until midnight UTC", "day", today)
	default:
		s.o.Log.WarnContext(ctx, "the model's daily cap is reached; the built-in summarizer writes until midnight UTC", "day", today)
	}
}

// backoff returns the wait after an attempt: between a half and the whole of
// firstWait doubled for each one before.
func (s *Summarizer) backoff(attempt int) time.Duration {
	whole := firstWait << (attempt - 1)
	var b [2]byte
	if _, err := io.ReadFull(s.o.Chance, b[:]); err != nil {
		return whole
	}
	return whole/2 + whole/2*time.Duration(binary.BigEndian.Uint16(b[:]))/math.MaxUint16
}
