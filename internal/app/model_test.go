package app_test

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"time"

	"newsdesk/internal/app"
	"newsdesk/internal/config"
	"newsdesk/news"
	"newsdesk/store"
	"newsdesk/summarize/llm/llmtest"
)

// withModel lets a system use the model of a scripted server.
func (s *system) withModel(server *llmtest.Server, provider string) {
	c := config.Default().LLM
	c.Provider, c.Model, c.APIKey = provider, "small", llmtest.Key
	c.BaseURL = server.OpenAIURL()
	if provider == "anthropic" {
		c.BaseURL = server.AnthropicURL()
	}
	c.Prices = []config.Price{{Model: "small", Input: 1, Output: 5}}
	s.config.LLM = c
}

const bridgeAnswer = `{"headline": "Council closes Mill Bridge after engineers find cracks", "facts": [
	"The city council closed Mill Bridge on Tuesday after engineers found cracks in two girders, the head of the roads office said.",
	"Repairs will take four months and cost 62 million crowns, Ida Lund told reporters on Tuesday evening.",
	"Buses will be sent over the northern ring road until further notice, the council said."]}`

func (s *system) publishBridge(at time.Time) {
	s.Helper()
	desk := s.outlet("Desk")
	s.config.Subscriptions = append(s.config.Subscriptions, subscription(s.channel.ID, "world"))
	s.at = at
	s.publish(desk, "Desk", "bridge", "Council closes Mill Bridge after engineers find cracks",
		"The city council closed Mill Bridge to all traffic on Tuesday after engineers found cracks in two of its main girders, the head of the roads office said.",
		"Mill Bridge was built in 1963 and carries about 41,000 vehicles a day. Buses will be sent over the northern ring road until further notice, the council said.",
		"Repairs will take four months and cost 62 million crowns, the head of the roads office, Ida Lund, told reporters on Tuesday evening.")
}

// alert is the text of the only message, without the server's port.
func (s *system) alert() string {
	s.Helper()
	s.wait("the alert", func() bool { return len(s.channel.Messages()) == 1 })
	return strings.ReplaceAll(text(s.channel.Messages()[0]), s.news.URL(""), "")
}

// With the model off, failing, cut off, slow, lying or out of money, the channel
// gets the alert of the built-in summarizer.
func TestSystem_SameAlertWithoutAWorkingModel(t *testing.T) { // M10, M25
	t.Parallel()
	at := time.Now().Add(-time.Minute).Truncate(time.Second)
	off := newSystem(t)
	off.publishBridge(at)
	off.start()
	want := off.alert()
	if !strings.Contains(want, "extracted, no AI") {
		t.Fatalf("the alert without a model:\n%s", want)
	}
	for _, provider := range []string{"openai", "anthropic"} {
		for name, script := range map[string]func(*system, *llmtest.Server){
			"failing": func(_ *system, m *llmtest.Server) { m.Default(llmtest.Status(500)) },
			"busy":    func(_ *system, m *llmtest.Server) { m.Default(llmtest.Status(429, "Retry-After", "3600")) },
			"cut":     func(_ *system, m *llmtest.Server) { m.Default(llmtest.Cut()) },
			"slow": func(s *system, m *llmtest.Server) {
				m.Default(m.Hangs())
				s.config.LLM.Timeout = config.Duration(time.Second) // less is not enough to reach it on a busy machine
			},
			"lying": func(_ *system, m *llmtest.Server) {
				m.Default(llmtest.Says(`{"headline": "Mill Bridge falls into the river and kills forty people", "facts": ["Mill Bridge fell into the river."]}`))
			},
			"wrong key": func(_ *system, m *llmtest.Server) { m.WantKey("another") },
			"capped":    func(s *system, _ *llmtest.Server) { s.config.LLM.DailyCap = 0.000001 },
		} {
			t.Run(provider+" "+name, func(t *testing.T) {
				t.Parallel()
				s, m := newSystem(t), llmtest.New(t)
				s.withModel(m, provider)
				s.config.LLM.Timeout = config.Duration(3 * time.Second)
				script(s, m)
				s.publishBridge(at)
				s.start()
				if got := s.alert(); got != want {
					t.Errorf("the alert:\n%s\nwant:\n%s", got, want)
				}
				if asked := len(m.Asked()) > 0; asked == (name == "wrong key" || name == "capped") {
					t.Errorf("the model was asked: %v", asked)
				}
			})
		}
	}
}

// With a working model its wording is shown and named; a second outlet makes the
// event a mixed one; a restart asks nothing again.
func TestSystem_ModelWrites(t *testing.T) { // M10
	t.Parallel()
	s, m := newSystem(t), llmtest.New(t)
	s.withModel(m, "openai")
	m.Default(llmtest.Status(500))
	m.Next(llmtest.Says(bridgeAnswer))
	courier := s.outlet("Courier")
	s.publishBridge(time.Now().Add(-time.Minute))
	s.start()
	s.wait("the alert", func() bool { return len(s.channel.Messages()) == 1 })
	s.shows(s.channel.Messages()[0], "cracks in two girders", "· AI-condensed, checked against 1 article ·", "[1]")

	s.at = s.at.Add(30 * time.Second)
	s.publish(courier, "Courier", "bridge-2", "Mill Bridge closed: repairs to last four months after cracks found",
		"Repairs to Mill Bridge, which the city council closed on Tuesday after engineers found cracks in its girders, will take four months, the council said.",
		"Ferry operator Halden Lines will put on six more boats a day from Thursday while the bridge is closed, its director Mads Orre told the Courier.",
		"The cracks were found by a diver who was looking for a lost anchor, the council's engineer Runa Falk said on Wednesday.")
	s.wait("the update", func() bool { return s.channel.Messages()[0].Edited })
	updated := s.channel.Messages()[0]
	s.shows(updated, "2 sources", "· partly AI-condensed, checked against 2 articles ·")
	t.Logf("the mixed alert:\n%s", text(updated))
	asked := len(m.Asked())
	s.stop()
	s.start()
	polled := courier.Requests()
	s.wait("another poll", func() bool { return courier.Requests() > polled+1 })
	if n := len(m.Asked()); n != asked {
		t.Errorf("%d questions after a restart, want %d", n, asked)
	}
}

// Doctor asks the model, tells what the day cost, and says what is wrong without
// the key.
func TestDoctor_Model(t *testing.T) { // M25, M28
	t.Parallel()
	s, m := newSystem(t), llmtest.New(t)
	s.withModel(m, "anthropic")
	s.outlet("Desk")
	s.config.Discord.Token = ""
	doctor := func() app.Finding {
		t.Helper()
		var found app.Finding
		var log bytes.Buffer
		err := app.Doctor(t.Context(), app.Options{Config: s.config, Version: "test", Now: time.Now, Log: slog.New(slog.NewTextHandler(&log, nil))}, func(f app.Finding) {
			if f.Subject == "language model" {
				found = f
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(found.Text+log.String(), llmtest.Key) {
			t.Errorf("the key is shown: %s\n%s", found.Text, &log)
		}
		return found
	}
	m.Default(llmtest.Says(`{"headline": "Village of Sample hangs a new bell", "facts": []}`))
	if f := doctor(); !f.OK || !strings.HasPrefix(f.Text, "small answers. Today (UTC): 0.0015 spent, a cap of 1.0000; requests: 1,") {
		t.Errorf("finding %+v", f)
	}
	m.WantKey("another")
	if f := doctor(); f.OK || !strings.Contains(f.Text, "check llm.api_key") || !strings.Contains(f.Text, "0.0015 spent") {
		t.Errorf("finding %+v", f)
	}
	db, err := store.Open(t.Context(), s.config.Database.Path, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.ReserveModel(t.Context(), time.Now(), 990_000_000, news.ModelBudget{}); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if f := doctor(); !f.OK || !strings.Contains(f.Text, "the daily cap is reached") || !strings.Contains(f.Text, "0.9915 spent") {
		t.Errorf("finding %+v", f)
	}
	s.config.LLM = config.Default().LLM
	if f := doctor(); !f.OK || !strings.HasPrefix(f.Text, "none") {
		t.Errorf("finding %+v", f)
	}
}
