package llm

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/sync/singleflight"

	"newsdesk/news"
)

// Builtin is the summarizer that needs no model.
type Builtin interface {
	Article(a news.Article) news.Summary
}

// Store remembers answers and what was spent. Days are UTC, money in billionths.
type Store interface {
	// ModelAnswer returns a kept answer and counts the hit, or news.ErrNotFound.
	ModelAnswer(ctx context.Context, key string, at time.Time) (string, error)
	// ReserveModel books cost unless a bound of the budget would be passed.
	ReserveModel(ctx context.Context, at time.Time, cost int64, b news.ModelBudget) (news.ModelBooking, error)
	// SettleModel adds to the day and to the payers' shares, and keeps an answer, in
	// one transaction.
	SettleModel(ctx context.Context, at time.Time, u news.ModelUse, payers []news.GuildID, key, answer string) error
	// AddModelUse adds to the day.
	AddModelUse(ctx context.Context, at time.Time, u news.ModelUse) error
}

// Options are what a Summarizer is made of. All but Wait are needed.
type Options struct {
	Model       Model
	Name        string // of the model, as it is priced and shown
	Builtin     Builtin
	Store       Store
	MaxFacts    int // of a summary
	Price       Price
	DailyCap    int64         // billionths of the prices' unit; 0 is none
	GuildCap    int64         // the same, for what is condensed for one guild alone
	Timeout     time.Duration // for one article, all told
	Concurrency int           // requests at once
	Now         func() time.Time
	Chance      io.Reader // for marks and jitter; safe for concurrent use, as crypto/rand's
	Log         *slog.Logger
	// Payers returns the guilds for which alone an article is condensed, none where
	// it is for all; nil is none ever.
	Payers func(ctx context.Context, a news.Article) ([]news.GuildID, error)
	// Wait waits for d or until ctx ends; nil waits by the clock.
	Wait func(ctx context.Context, d time.Duration) error
}

// Summarizer condenses articles. It is safe for concurrent use.
type Summarizer struct {
	o       Options
	places  chan struct{}
	breaker breaker
	flight  singleflight.Group

	mu     sync.Mutex
	capped map[news.ModelBound]string // days on which the caps were reported
}

// New returns a Summarizer.
func New(o Options) *Summarizer {
	if o.Wait == nil {
		o.Wait = wait
	}
	return &Summarizer{o: o, places: make(chan struct{}, max(1, o.Concurrency)), breaker: breaker{now: o.Now}, capped: map[news.ModelBound]string{}}
}

// Reason says why the built-in summarizer wrote, or that it did not.
type Reason string

// The reasons.
const (
	ByModel         Reason = "by model"
	OtherLanguage   Reason = "language not known to the check"
	TooShort        Reason = "too short to condense"
	CapReached      Reason = "daily cap reached"
	GuildCapReached Reason = "a server's daily cap reached"
	BreakerOpen     Reason = "the model's server is left alone"
	AskFailed       Reason = "asking failed"
	OffSchema       Reason = "answer not of the form asked for"
	NothingKept     Reason = "no fact passed the check"
	StoreFailed     Reason = "store failed" // spending cannot be booked, so nothing is spent
	leastWorthwhile        = 300            // bytes of text below which there is nothing to condense
)

// Article condenses an article: with the model, or, for the reason returned, with
// the built-in summarizer. The summary's Method names the one that wrote. Facts
// that the model worded are marked, and each rests on the sentence of its span.
// It returns within Options.Timeout and a little.
func (s *Summarizer) Article(ctx context.Context, a news.Article) (news.Summary, Reason) {
	built := Guard(s.o.Builtin.Article(a), a)
	c := newChecker(a)
	if c == nil {
		return built, OtherLanguage
	}
	title, body := sent(a)
	if len(body) < leastWorthwhile {
		return built, TooShort
	}
	var payers []news.GuildID
	if s.o.Payers != nil {
		var err error
		if payers, err = s.o.Payers(ctx, a); err != nil {
			s.o.Log.WarnContext(ctx, "for whom a model is asked is not known", "article", int64(a.ID), "error", err)
			return built, StoreFailed
		}
	}
	text, reason := s.answer(ctx, title, body, payers)
	if reason != ByModel {
		return built, reason
	}
	ans, err := parse(text)
	if err != nil {
		return built, OffSchema
	}
	out, verdicts := s.compose(a, built, c, ans)
	kept := verdicts[Kept]
	dropped := -kept
	for _, n := range verdicts {
		dropped += n
	}
	if err := s.o.Store.AddModelUse(ctx, s.o.Now(), news.ModelUse{Kept: kept, Dropped: dropped}); err != nil && ctx.Err() == nil {
		s.o.Log.WarnContext(ctx, "facts not counted", "error", err)
	}
	s.o.Log.DebugContext(ctx, "facts checked", "article", int64(a.ID), "verdicts", fmt.Sprint(verdicts))
	if kept == 0 {
		return built, NothingKept
	}
	return out, ByModel
}

// answer returns the model's answer on a text, kept or new.
func (s *Summarizer) answer(ctx context.Context, title, body string, payers []news.GuildID) (string, Reason) {
	key := s.key(title, body)
	flight := fmt.Sprint(key, payers) // a refusal of some payers is none of others
	got, _, _ := s.flight.Do(flight, func() (any, error) {
		text, reason := s.keptOrAsked(ctx, key, title, body, payers)
		return outcome{text, reason}, nil
	})
	out, _ := got.(outcome)
	return out.text, out.reason
}

type outcome struct {
	text   string
	reason Reason
}

// key names a text as asked of a model with this prompt.
func (s *Summarizer) key(title, body string) string {
	h := sha256.New()
	for _, part := range []string{s.o.Name, promptVersion, title, body} {
		_, _ = fmt.Fprintf(h, "%d:%s", len(part), part) // a hash takes everything
	}
	return hex.EncodeToString(h.Sum(nil))
}

// compose makes a summary of what passes the check. Where that is less than three
// facts, the built-in summarizer's fill up.
func (s *Summarizer) compose(a news.Article, built news.Summary, c *checker, ans answer) (news.Summary, map[Verdict]int) {
	out := built
	out.Facts = nil
	verdicts := map[Verdict]int{}
	used := map[int]bool{}
	said := func(text string) bool {
		for _, f := range out.Facts {
			if c.alike(text, f.Text) {
				return true
			}
		}
		return false
	}
	for _, text := range *ans.Facts {
		text = sentence(text)
		i, v := c.fact(text)
		if v == Kept && said(text) {
			v = Repeats
		}
		verdicts[v]++
		if v != Kept || len(out.Facts) >= s.o.MaxFacts {
			continue
		}
		used[i] = true
		out.Facts = append(out.Facts, news.Fact{Text: text, Article: a.ID, Sentence: i, Span: c.sents[i].span, Model: true})
	}
	for _, f := range built.Facts {
		if len(out.Facts) < fewestFacts && !used[f.Sentence] && !said(f.Text) {
			out.Facts = append(out.Facts, f)
		}
	}
	for i := range out.Facts {
		out.Facts[i].Score = float64(len(out.Facts) - i)
	}
	head := printable(*ans.Headline)
	if n := utf8.RuneCountInString(head); n >= minHeadline && n <= maxHeadline && !strings.HasSuffix(head, ".") && c.headline(head) == Kept {
		out.Headline = head
	}
	out.Method = methodOf(s.o.Name)
	return out, verdicts
}

// fewestFacts is how many facts a summary should have.
const fewestFacts = 3

// sentence folds the white space of a fact and ends it.
func sentence(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if last, _ := utf8.DecodeLastRuneInString(text); unicode.IsLetter(last) || unicode.IsDigit(last) {
		text += "."
	}
	return text
}

// wait waits by the clock.
func wait(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
