package app

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"math"
	"net/http"
	"strconv"
	"time"

	"newsdesk/internal/config"
	"newsdesk/store"
	"newsdesk/summarize"
	"newsdesk/summarize/llm"
)

var _ llm.Store = (*store.DB)(nil)

// billion turns the configuration's money into what is booked.
const billion = 1e9

// languageModel makes the summarizer that asks the configured model.
func languageModel(o Options, builtin *summarize.Summarizer, db *store.DB, client *http.Client) *llm.Summarizer {
	c := o.Config.LLM
	var model llm.Model
	switch c.Provider {
	case "anthropic":
		model = llm.NewAnthropic(client, c.BaseURL, c.APIKey.Reveal(), c.Model)
	default:
		model = llm.NewOpenAI(client, c.BaseURL, c.APIKey.Reveal(), c.Model)
	}
	price, _ := c.Price()
	return llm.New(llm.Options{
		Model: model, Name: c.Model, Builtin: builtin, Store: db, MaxFacts: o.Config.Summary.Facts,
		Price:    llm.Price{Input: price.Input, Output: price.Output},
		DailyCap: int64(math.Round(c.DailyCap * billion)), GuildCap: int64(math.Round(c.ServerCap * billion)), Payers: db.Payers,
		Timeout: time.Duration(c.Timeout), Concurrency: c.Concurrency,
		Now: o.Now, Chance: rand.Reader, Log: o.Log,
	})
}

// newBuiltin makes the built-in summarizer.
func newBuiltin(c config.Config) *summarize.Summarizer {
	return summarize.New(summarize.Options{MaxFacts: c.Summary.Facts, MaxFactRunes: maxFactLength, Words: 35 * c.Summary.Facts})
}

// checkModel asks the language model once, unless the day's money is spent, and
// tells what the day has cost.
func checkModel(ctx context.Context, o Options, db *store.DB, tell func(Finding)) {
	c := o.Config.LLM
	f := Finding{Subject: "language model"}
	if c.Provider == "" {
		f.OK, f.Text = true, "none: Newsdesk writes the key facts by itself"
		tell(f)
		return
	}
	client := llm.HTTPClient()
	defer client.CloseIdleConnections()
	failed := languageModel(o, newBuiltin(o.Config), db, client).Check(ctx)
	use, err := db.ModelUse(ctx, o.Now())
	if err != nil {
		f.Text = err.Error()
		tell(f)
		return
	}
	limit := "no cap"
	if c.DailyCap > 0 {
		limit = "a cap of " + money(c.DailyCap)
	}
	switch {
	case failed == nil:
		f.OK, f.Text = true, c.Model+" answers"
	case errors.Is(failed, llm.ErrCapped):
		f.OK, f.Text = true, c.Model+" was not asked: the daily cap is reached, and Newsdesk writes the key facts by itself until midnight UTC"
	default:
		f.Text = c.Model + ": " + failed.Error() + ". Until that is mended, Newsdesk writes the key facts by itself"
	}
	f.Text += fmt.Sprintf(". Today (UTC): %s spent, %s; requests: %d, answers from the cache: %d, articles kept back by the cap: %d; facts that passed the check: %d, that did not: %d",
		money(float64(use.Cost)/billion), limit, use.Requests, use.Hits, use.Capped, use.Kept, use.Dropped)
	tell(f)
}

// money writes an amount of the prices' unit, to a hundredth of a cent.
func money(v float64) string { return strconv.FormatFloat(v, 'f', 4, 64) }
