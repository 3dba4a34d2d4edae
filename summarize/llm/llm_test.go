package llm_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"newsdesk/news"
	"newsdesk/store"
	"newsdesk/store/storetest"
	"newsdesk/summarize"
	"newsdesk/summarize/llm"
	"newsdesk/summarize/llm/llmtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// bridge is an invented article.
var bridge = news.Article{
	ID: 7, Lang: "en", Title: "Council closes Mill Bridge after engineers find cracks",
	Body: `The city council closed Mill Bridge to all traffic on Tuesday after engineers found cracks in two of its main girders, the head of the roads office said.

Mill Bridge was built in 1963 and carries about 41,000 vehicles a day. Buses will be sent over the northern ring road until further notice, the council said.

Repairs will take four months and cost 62 million crowns, the head of the roads office, Ida Lund, told reporters on Tuesday evening.`,
}

const (
	goodHeadline = "Council closes Mill Bridge after engineers find cracks"
	goodAnswer   = `{"headline": "Council closes Mill Bridge after engineers find cracks", "facts": [
		"The city council closed Mill Bridge on Tuesday after engineers found cracks in two girders, the head of the roads office said.",
		"Repairs will take four months and cost 62 million crowns, Ida Lund told reporters on Tuesday evening.",
		"Buses will be sent over the northern ring road until further notice, the council said."]}`
)

// desk is a summarizer with its server, its store and a clock that stands still
// until it is told to wait.
type desk struct {
	*llm.Summarizer
	t      *testing.T
	server *llmtest.Server
	db     *store.DB
	log    *bytes.Buffer

	mu    sync.Mutex
	at    time.Time
	waits []time.Duration
}

func (d *desk) now() time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.at
}

func (d *desk) pass(by time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.at = d.at.Add(by)
}

var builtin = summarize.New(summarize.Default)

const protocols = 2

// newDesk makes a desk; protocol 0 is OpenAI's, 1 Anthropic's.
// blank is the empty database that a desk starts with.
var blank storetest.Template

func newDesk(t *testing.T, protocol int, change ...func(*llm.Options)) *desk {
	t.Helper()
	d := &desk{t: t, server: llmtest.New(t), log: &bytes.Buffer{}, at: time.Date(2025, time.June, 3, 12, 0, 0, 0, time.UTC)}
	var err error
	if d.db, err = store.Open(t.Context(), blank.New(t), slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	client := llm.HTTPClient()
	t.Cleanup(func() {
		client.CloseIdleConnections()
		if err := d.db.Close(); err != nil {
			t.Error(err)
		}
	})
	o := llm.Options{
		Model: llm.NewOpenAI(client, d.server.OpenAIURL(), llmtest.Key, "small"), Name: "small", Builtin: builtin, Store: d.db, MaxFacts: 5,
		Price: llm.Price{Input: 1, Output: 10}, Timeout: 20 * time.Second, Concurrency: 2, Now: d.now, Chance: rand.Reader,
		Log: slog.New(slog.NewTextHandler(d.log, nil)),
		Wait: func(_ context.Context, by time.Duration) error {
			d.mu.Lock()
			defer d.mu.Unlock()
			d.at, d.waits = d.at.Add(by), append(d.waits, by)
			return nil
		},
	}
	if protocol == 1 {
		o.Model = llm.NewAnthropic(client, d.server.AnthropicURL(), llmtest.Key, "small")
	}
	for _, c := range change {
		c(&o)
	}
	d.Summarizer = llm.New(o)
	return d
}

// by condenses an article and wants it for this reason.
func (d *desk) by(a news.Article, want llm.Reason) news.Summary {
	d.t.Helper()
	got, reason := d.Article(d.t.Context(), a)
	if reason != want {
		d.t.Fatalf("reason %q, want %q; log:\n%s", reason, want, d.log)
	}
	if want != llm.ByModel {
		if diff := cmp.Diff(builtin.Article(a), got); diff != "" {
			d.t.Errorf("not the built-in summary (-want +got):\n%s", diff)
		}
	}
	return got
}

func (d *desk) use() news.ModelUse {
	d.t.Helper()
	u, err := d.db.ModelUse(d.t.Context(), d.now())
	if err != nil {
		d.t.Fatal(err)
	}
	return u
}

// each runs a test with both protocols.
func each(t *testing.T, test func(t *testing.T, protocol int)) {
	t.Helper()
	for p := range protocols {
		t.Run([]string{"openai", "anthropic"}[p], func(t *testing.T) {
			t.Parallel()
			test(t, p)
		})
	}
}

// another returns an article that is not yet in the cache.
func another(n int) news.Article {
	a := bridge
	a.Body += fmt.Sprintf("\n\nThe bridge has %d lamps.", n)
	return a
}

func TestArticle_ModelWrites(t *testing.T) { // M10
	t.Parallel()
	each(t, func(t *testing.T, protocol int) {
		t.Helper()
		d := newDesk(t, protocol)
		d.server.Default(llmtest.Says(goodAnswer))
		s := d.by(bridge, llm.ByModel)
		if s.Method != "llm/1 small" || s.Headline != goodHeadline || len(s.Facts) != 3 || s.Article != bridge.ID {
			t.Fatalf("summary %+v", s)
		}
		sentences := summarize.Sentences(bridge.Body)
		for i, f := range s.Facts {
			if !f.Model || f.Article != bridge.ID || sentences[f.Sentence].Span != f.Span {
				t.Errorf("fact %+v: want it marked, and on a sentence of the article", f)
			}
			if i > 0 && f.Score >= s.Facts[i-1].Score {
				t.Errorf("fact %d scores %v after %v", i, f.Score, s.Facts[i-1].Score)
			}
		}
		q := d.server.Asked()[0]
		if q.Anthropic != (protocol == 1) || q.Model != "small" || q.Schema["type"] != "object" || !strings.Contains(q.User, "41,000 vehicles") {
			t.Errorf("question %+v", q)
		}
		// 1,000 tokens in at 1 and 100 out at 10 a million, in billionths.
		want := news.ModelUse{Cost: 2_000_000, Requests: 1, InputTokens: 1000, OutputTokens: 100, Kept: 3}
		if diff := cmp.Diff(want, d.use()); diff != "" {
			t.Errorf("use (-want +got):\n%s", diff)
		}
	})
}

// The article cannot close the marks that it stands between.
func TestArticle_MarksDifferEachTime(t *testing.T) { // M24
	t.Parallel()
	d := newDesk(t, 0)
	d.server.Default(llmtest.Says(goodAnswer))
	seen := map[string]bool{}
	for i := range 3 {
		d.by(another(i), llm.ByModel)
		q := d.server.Asked()[i]
		_, rest, _ := strings.Cut(q.User, "[article ")
		mark, _, _ := strings.Cut(rest, "]")
		if len(mark) != 32 || seen[mark] || strings.Count(q.User, "[end "+mark+"]") != 2 {
			t.Errorf("mark %q in:\n%s", mark, q.User)
		}
		seen[mark] = true
	}
}

// Whatever the server does, there is a summary, and it is the built-in one.
func TestArticle_FallsBack(t *testing.T) { // M10
	t.Parallel()
	for _, tc := range []struct {
		name     string
		step     func(*llmtest.Server) llmtest.Step
		want     llm.Reason
		requests int
	}{
		{"500", func(*llmtest.Server) llmtest.Step { return llmtest.Status(500) }, llm.AskFailed, 3},
		{"429", func(*llmtest.Server) llmtest.Step { return llmtest.Status(429) }, llm.AskFailed, 3},
		{"429 for longer than the time limit", func(*llmtest.Server) llmtest.Step { return llmtest.Status(429, "Retry-After", "60") }, llm.AskFailed, 1},
		{"400", func(*llmtest.Server) llmtest.Step { return llmtest.Status(400) }, llm.AskFailed, 1},
		{"404", func(*llmtest.Server) llmtest.Step { return llmtest.Status(404) }, llm.AskFailed, 1},
		{"cut", func(*llmtest.Server) llmtest.Step { return llmtest.Cut() }, llm.AskFailed, 3},
		{"redirect away", func(*llmtest.Server) llmtest.Step {
			return llmtest.Status(307, "Location", "http://localhost:1/v1/messages")
		}, llm.AskFailed, 1},
		{"not JSON", func(*llmtest.Server) llmtest.Step { return llmtest.Body("<html>log in</html>") }, llm.AskFailed, 1},
		{"too large", func(*llmtest.Server) llmtest.Step { return llmtest.Huge(3 << 20) }, llm.AskFailed, 1},
		{"empty object", func(*llmtest.Server) llmtest.Step { return llmtest.Body("{}") }, llm.OffSchema, 1},
		{"truncated", func(*llmtest.Server) llmtest.Step { return llmtest.Truncated(goodAnswer) }, llm.OffSchema, 1},
		{"declined", func(*llmtest.Server) llmtest.Step { return llmtest.Declines() }, llm.OffSchema, 1},
		{"prose", func(*llmtest.Server) llmtest.Step { return llmtest.Says("Here are the facts: the bridge is closed.") }, llm.OffSchema, 1},
		{"another schema", func(*llmtest.Server) llmtest.Step { return llmtest.Says(`{"title": "x", "facts": ["y"]}`) }, llm.OffSchema, 1},
		{"a key more", func(*llmtest.Server) llmtest.Step {
			return llmtest.Says(`{"headline": "x", "facts": ["y"], "link": "http://a.example"}`)
		}, llm.OffSchema, 1},
		{"two objects", func(*llmtest.Server) llmtest.Step { return llmtest.Says(goodAnswer + goodAnswer) }, llm.OffSchema, 1},
		{"facts of another kind", func(*llmtest.Server) llmtest.Step { return llmtest.Says(`{"headline": "x", "facts": [1, 2]}`) }, llm.OffSchema, 1},
		{"over-long", func(*llmtest.Server) llmtest.Step {
			return llmtest.Says(`{"headline": "x", "facts": ["` + strings.Repeat("The bridge is closed. ", 2000) + `"]}`)
		}, llm.OffSchema, 1},
		{"a thousand facts", func(*llmtest.Server) llmtest.Step {
			return llmtest.Says(`{"headline": "x", "facts": [` + strings.Repeat(`"a",`, 999) + `"a"]}`)
		}, llm.OffSchema, 1},
		{"lies", func(*llmtest.Server) llmtest.Step {
			return llmtest.Says(`{"headline": "Mill Bridge falls into the river and kills forty people", "facts": [
				"Mill Bridge fell into the river on Tuesday, the council said.", "Repairs will cost 92 million crowns, Ida Lund told reporters.",
				"Buses will not be sent over the northern ring road, the council said."]}`)
		}, llm.NothingKept, 1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			each(t, func(t *testing.T, protocol int) {
				t.Helper()
				d := newDesk(t, protocol)
				d.server.Default(tc.step(d.server))
				d.by(bridge, tc.want)
				if n := len(d.server.Asked()); n != tc.requests {
					t.Errorf("%d requests, want %d", n, tc.requests)
				}
			})
		})
	}
}

func TestArticle_ServerGone(t *testing.T) {
	t.Parallel()
	client := llm.HTTPClient()
	t.Cleanup(client.CloseIdleConnections)
	d := newDesk(t, 0, func(o *llm.Options) { o.Model = llm.NewOpenAI(client, "http://127.0.0.1:1/v1", "", "small") })
	d.by(bridge, llm.AskFailed)
	if u := d.use(); u.Cost != 0 || u.Requests != 3 {
		t.Errorf("use %+v; want three requests that cost nothing", u)
	}
}

// The time limit ends a request that hangs. It is the one test that waits for a
// real clock: a connection has no other.
func TestArticle_TimeLimit(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, protocol int) {
		t.Helper()
		d := newDesk(t, protocol, func(o *llm.Options) { o.Timeout = time.Second }) // what it costs is booked in that time too
		d.server.Default(d.server.Hangs())
		d.by(bridge, llm.AskFailed)
		if u := d.use(); u.Cost == 0 || u.Requests != 1 {
			t.Errorf("use %+v; want one request that stays booked: the server may have worked on it", u)
		}
	})
}

func TestArticle_RepeatsWithJitterAndRetryAfter(t *testing.T) {
	t.Parallel()
	d := newDesk(t, 0)
	d.server.Next(llmtest.Status(503), llmtest.Status(429, "Retry-After", "7"))
	d.server.Default(llmtest.Says(goodAnswer))
	d.by(bridge, llm.ByModel)
	if len(d.waits) != 2 || d.waits[0] < 250*time.Millisecond || d.waits[0] > 500*time.Millisecond || d.waits[1] != 7*time.Second {
		t.Errorf("waits %v, want 250 to 500 ms, then the 7 s asked for", d.waits)
	}
	if u := d.use(); u.Cost != 2_000_000 || u.Requests != 3 {
		t.Errorf("use %+v; want three requests, one paid", u)
	}
}

func TestBreaker_OpensProbesCloses(t *testing.T) {
	t.Parallel()
	d := newDesk(t, 0)
	d.server.Default(llmtest.Status(500))
	n := 0
	next := func(want llm.Reason) { t.Helper(); n++; d.by(another(n), want) }
	for range 4 {
		next(llm.AskFailed)
	}
	asked := len(d.server.Asked())
	next(llm.BreakerOpen)
	if got := len(d.server.Asked()); got != asked {
		t.Errorf("%d requests with the breaker open", got-asked)
	}
	d.pass(31 * time.Second)
	next(llm.AskFailed) // the probe
	next(llm.BreakerOpen)
	d.pass(31 * time.Second)
	next(llm.BreakerOpen) // the second pause is twice as long
	d.pass(31 * time.Second)
	d.server.Default(llmtest.Says(goodAnswer))
	next(llm.ByModel)
	next(llm.ByModel)
	if got := strings.Count(d.log.String(), "is left alone"); got != 2 {
		t.Errorf("the log says %d times that the model is left alone, want 2:\n%s", got, d.log)
	}
}

// A wrong key is said once, with what to do, and the key is nowhere in it.
func TestBreaker_WrongKey(t *testing.T) { // M28
	t.Parallel()
	each(t, func(t *testing.T, protocol int) {
		t.Helper()
		d := newDesk(t, protocol)
		d.server.WantKey("another")
		for i := range 5 {
			want := llm.BreakerOpen
			if i == 0 {
				want = llm.AskFailed
			}
			d.by(another(i), want)
		}
		log := d.log.String()
		if strings.Contains(log, llmtest.Key) || strings.Count(log, "check llm.api_key") != 1 {
			t.Errorf("log:\n%s", log)
		}
	})
}

// A text is paid for once, also where two feeds bring it at once, and after a
// restart.
func TestCache_PaysOnce(t *testing.T) { // M25
	t.Parallel()
	d := newDesk(t, 0)
	d.server.Default(llmtest.Says(goodAnswer))
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			a := bridge
			a.ID = news.ArticleID(i + 1)
			if s, reason := d.Article(t.Context(), a); reason != llm.ByModel || s.Facts[0].Article != a.ID {
				t.Errorf("article %d: %s, %+v", a.ID, reason, s.Facts)
			}
		})
	}
	group.Wait()
	d.Summarizer = llm.New(llm.Options{
		Model: nil, Name: "small", Builtin: builtin, Store: d.db, MaxFacts: 5, Timeout: time.Second, Now: d.now, Chance: rand.Reader,
		Log: slog.New(slog.DiscardHandler),
	})
	d.by(bridge, llm.ByModel)
	if u := d.use(); u.Requests != 1 || u.Cost != 2_000_000 || u.Hits == 0 {
		t.Errorf("use %+v; want one request", u)
	}
}

// An answer that cannot be used was paid for all the same, and is not bought
// again.
func TestCache_KeepsUselessAnswers(t *testing.T) { // M25
	t.Parallel()
	d := newDesk(t, 0)
	d.server.Next(llmtest.Truncated(goodAnswer))
	d.server.Default(llmtest.Says(goodAnswer))
	d.by(bridge, llm.OffSchema)
	d.by(bridge, llm.OffSchema)
	if u := d.use(); u.Requests != 1 || u.OutputTokens != 2000 {
		t.Errorf("use %+v; want one request of 2,000 tokens", u)
	}
}

// A day's cap is never passed; the log says so once; the next day starts anew.
func TestCap(t *testing.T) { // M25
	t.Parallel()
	each(t, func(t *testing.T, protocol int) {
		t.Helper()
		const limit = 30_000_000
		d := newDesk(t, protocol, func(o *llm.Options) { o.DailyCap = limit })
		d.server.Default(llmtest.SaysUsing(goodAnswer, &llmtest.Use{Input: 1000, Output: 500}))
		var reasons []llm.Reason
		for i := range 6 {
			_, r := d.Article(t.Context(), another(i))
			reasons = append(reasons, r)
			if u := d.use(); u.Cost > limit {
				t.Fatalf("spent %d of %d", u.Cost, limit)
			}
		}
		// A request is booked at 20 million and more, and costs 6 million.
		want := []llm.Reason{llm.ByModel, llm.ByModel, llm.CapReached, llm.CapReached, llm.CapReached, llm.CapReached}
		if !slices.Equal(reasons, want) {
			t.Errorf("reasons %q, want %q", reasons, want)
		}
		if n := strings.Count(d.log.String(), "daily cap is reached"); n != 1 {
			t.Errorf("the log says %d times that the cap is reached:\n%s", n, d.log)
		}
		if u := d.use(); u.Capped != 4 {
			t.Errorf("use %+v; want 4 articles kept back", u)
		}
		d.pass(13 * time.Hour)
		d.by(another(9), llm.ByModel)
	})
}

// What is condensed for one guild alone is paid for within that guild's cap; what
// is for all, and what is for another guild, goes on.
func TestCap_OfAGuild(t *testing.T) { // M25
	t.Parallel()
	const limit = 30_000_000
	d := newDesk(t, 0, func(o *llm.Options) {
		o.DailyCap, o.GuildCap = 1_000_000_000, limit
		o.Payers = func(_ context.Context, a news.Article) ([]news.GuildID, error) {
			if topic, own := strings.CutPrefix(a.Topic, "feed:"); own {
				return []news.GuildID{news.GuildID(topic)}, nil
			}
			return nil, nil
		}
	})
	d.server.Default(llmtest.SaysUsing(goodAnswer, &llmtest.Use{Input: 1000, Output: 500}))
	n := 0
	ask := func(topic string, want ...llm.Reason) {
		t.Helper()
		for _, w := range want {
			n++
			a := another(n)
			a.Topic = topic
			if _, r := d.Article(t.Context(), a); r != w {
				t.Errorf("article %d of %s: %s, want %s", n, topic, r, w)
			}
		}
	}
	ask("feed:a", llm.ByModel, llm.ByModel, llm.GuildCapReached, llm.GuildCapReached)
	ask("feed:b", llm.ByModel)
	ask("world", llm.ByModel, llm.ByModel)
	for g, want := range map[news.GuildID]int64{"a": 12_000_000, "b": 6_000_000} {
		if got, err := d.db.GuildModelUse(t.Context(), d.now(), g); err != nil || got.Cost != want {
			t.Errorf("guild %s paid %+v, %v; want %d", g, got, err, want)
		}
	}
	if u := d.use(); u.Capped != 0 {
		t.Errorf("use %+v; the day's cap kept nothing back", u)
	}
	if n := strings.Count(d.log.String(), "a server's daily cap"); n != 1 {
		t.Errorf("the log says %d times that the cap is reached:\n%s", n, d.log)
	}
	d.pass(13 * time.Hour)
	ask("feed:a", llm.ByModel)
}

// Tokens that the server does not count are estimated, never free.
func TestCost_EstimatedWhereNotCounted(t *testing.T) { // M25
	t.Parallel()
	each(t, func(t *testing.T, protocol int) {
		t.Helper()
		d := newDesk(t, protocol)
		d.server.Default(llmtest.SaysUsing(goodAnswer, nil))
		d.by(bridge, llm.ByModel)
		if u := d.use(); u.InputTokens < 500 || u.OutputTokens < 100 || u.Cost < 1_500_000 {
			t.Errorf("use %+v; want estimates", u)
		}
	})
}

// Facts that lie are dropped and counted, the others stay, and the built-in
// summarizer fills up.
func TestArticle_MixesWhereSomeFail(t *testing.T) {
	t.Parallel()
	d := newDesk(t, 0)
	d.server.Default(llmtest.Says(`{"headline": "Bridge disaster! Thousands feared trapped beneath the Mill Bridge", "facts": [
		"Repairs will take four months and cost 62 million crowns, Ida Lund told reporters on Tuesday evening.",
		"Repairs will take four months, Ida Lund told reporters on Tuesday evening.",
		"Repairs will take two months, Ida Lund told reporters.", "Mill Bridge is the oldest in the country."]}`))
	s := d.by(bridge, llm.ByModel)
	var model, own int
	for _, f := range s.Facts {
		if f.Model {
			model++
		} else {
			own++
		}
	}
	if model != 1 || own != 2 || !strings.HasPrefix(s.Facts[0].Text, "Repairs will take four months and cost") {
		t.Errorf("facts %+v; want one of the model and two of the article's own", s.Facts)
	}
	if s.Headline != builtin.Article(bridge).Headline {
		t.Errorf("headline %q, want the built-in one", s.Headline)
	}
	if u := d.use(); u.Kept != 1 || u.Dropped != 3 {
		t.Errorf("use %+v; want 1 kept and 3 dropped", u)
	}
}

// What the check cannot judge is not paid for.
func TestArticle_NotAsked(t *testing.T) {
	t.Parallel()
	d := newDesk(t, 0)
	finnish := bridge
	finnish.Lang = "fi"
	d.by(finnish, llm.OtherLanguage)
	short := bridge
	short.Body = "The city council closed Mill Bridge on Tuesday."
	d.by(short, llm.TooShort)
	if len(d.server.Asked()) != 0 {
		t.Error("the model was asked")
	}
}

// An article of any length is cut, not sent.
func TestArticle_LongIsCut(t *testing.T) {
	t.Parallel()
	d := newDesk(t, 0)
	d.server.Default(llmtest.Says(goodAnswer))
	a := bridge
	a.Body += strings.Repeat("\n\nThe council met for an hour and then went home to dinner.", 20_000)
	d.by(a, llm.ByModel)
	if n := len(d.server.Asked()[0].User); n > 13_000 {
		t.Errorf("%d bytes were sent", n)
	}
}

// A program that stops does not wait, and the server is not blamed.
func TestArticle_Stops(t *testing.T) {
	t.Parallel()
	d := newDesk(t, 0)
	ctx, cancel := context.WithCancel(t.Context())
	d.server.Default(func(_ http.ResponseWriter, r *http.Request, _ llmtest.Question) {
		cancel()
		<-r.Context().Done()
	})
	if _, reason := d.Article(ctx, bridge); reason != llm.AskFailed {
		t.Errorf("reason %q", reason)
	}
	if strings.Contains(d.log.String(), "left alone") {
		t.Errorf("log:\n%s", d.log)
	}
}

func TestPrefer(t *testing.T) {
	t.Parallel()
	fact := func(text string, article news.ArticleID, sentence int, model bool) news.Fact {
		return news.Fact{Text: text, Article: article, Sentence: sentence, Model: model}
	}
	sums := []news.Summary{
		{Method: "llm/1 small", Headline: "By the model", Facts: []news.Fact{fact("A short one.", 1, 0, true), fact("Own words.", 1, 3, false)}},
		{Method: summarize.Method, Headline: "Built in", Facts: []news.Fact{fact("Other.", 2, 0, false)}},
	}
	merged := news.Summary{Method: summarize.Method, Headline: "By the model", Facts: []news.Fact{
		fact("A much longer one.", 1, 0, false), fact("Other.", 2, 0, false), fact("A short", 1, 0, false), fact("Own words.", 1, 3, false),
	}}
	got := llm.Prefer(merged, sums)
	want := news.Summary{Method: "llm/1 small", Headline: "By the model", Facts: []news.Fact{
		fact("A short one.", 1, 0, true), fact("Other.", 2, 0, false), fact("Own words.", 1, 3, false),
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(merged, llm.Prefer(merged, sums[1:])); diff != "" {
		t.Errorf("without a model something changed:\n%s", diff)
	}
}
