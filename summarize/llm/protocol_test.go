package llm_test

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsdesk/summarize/llm"
)

// wire keeps what is sent and answers as told.
type wire struct {
	status int
	kind   string
	answer string

	req  *http.Request
	body map[string]any
}

// RoundTrip implements http.RoundTripper.
func (w *wire) RoundTrip(req *http.Request) (*http.Response, error) {
	w.req = req
	if err := json.NewDecoder(req.Body).Decode(&w.body); err != nil {
		return nil, err
	}
	return &http.Response{
		StatusCode: w.status, Header: http.Header{"Content-Type": {w.kind}}, Body: io.NopCloser(strings.NewReader(w.answer)), Request: req,
	}, nil
}

var hello = llm.Prompt{System: "be <brief>", User: "hello", Name: "greeting", Schema: map[string]any{"type": "object"}, Most: 90}

// What goes over the wire is what the protocols' documents say, to the letter.
func TestModels_Wire(t *testing.T) {
	t.Parallel()
	const (
		messages = `"messages": [{"role": "system", "content": "be <brief>"}, {"role": "user", "content": "hello"}]`
		format   = `"response_format": {"type": "json_schema", "json_schema": {"name": "greeting", "schema": {"type": "object"}, "strict": true}}`
		said     = `{"choices": [{"finish_reason": "stop", "message": {"content": "hi", "refusal": null}}], "usage": {"prompt_tokens": 5, "completion_tokens": 7}}`
	)
	for _, tc := range []struct {
		name    string
		make    func(*http.Client) llm.Model
		answer  string
		url     string
		headers map[string]string
		body    string
	}{
		{
			"OpenAI itself", func(c *http.Client) llm.Model { return llm.NewOpenAI(c, "", "k", "m") }, said,
			"https://api.openai.com/v1/chat/completions",
			map[string]string{"Authorization": "Bearer k"},
			`{"model": "m", ` + messages + `, ` + format + `, "max_completion_tokens": 90}`,
		},
		{
			"its protocol elsewhere", func(c *http.Client) llm.Model { return llm.NewOpenAI(c, "http://ollama:11434/v1", "", "m") }, said,
			"http://ollama:11434/v1/chat/completions",
			map[string]string{"Authorization": ""},
			`{"model": "m", ` + messages + `, ` + format + `, "max_tokens": 90, "temperature": 0}`,
		},
		{
			"Anthropic", func(c *http.Client) llm.Model { return llm.NewAnthropic(c, "", "k", "m") },
			`{"stop_reason": "end_turn", "content": [{"type": "thinking", "thinking": "?"}, {"type": "text", "text": "hi"}], "usage": {"input_tokens": 3, "cache_creation_input_tokens": null, "cache_read_input_tokens": 2, "output_tokens": 7}}`,
			"https://api.anthropic.com/v1/messages",
			map[string]string{"X-Api-Key": "k", "Anthropic-Version": "2023-06-01"},
			`{"model": "m", "max_tokens": 90, "system": [{"type": "text", "text": "be <brief>"}],
			  "messages": [{"role": "user", "content": [{"type": "text", "text": "hello"}]}],
			  "output_config": {"format": {"type": "json_schema", "schema": {"type": "object"}}}}`,
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			w := &wire{status: http.StatusOK, kind: "application/json", answer: tc.answer}
			got, err := tc.make(&http.Client{Transport: w}).Ask(t.Context(), hello)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(llm.Reply{Text: "hi", Complete: true, InputTokens: 5, OutputTokens: 7}, got); diff != "" {
				t.Errorf("reply (-want +got):\n%s", diff)
			}
			if url := w.req.URL.String(); w.req.Method != http.MethodPost || url != tc.url {
				t.Errorf("%s %s, want POST %s", w.req.Method, url, tc.url)
			}
			for name, want := range tc.headers {
				if got := w.req.Header.Get(name); got != want {
					t.Errorf("%s: %q, want %q", name, got, want)
				}
			}
			var want map[string]any
			if err := json.Unmarshal([]byte(tc.body), &want); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, w.body); diff != "" {
				t.Errorf("body (-want +got):\n%s", diff)
			}
		})
	}
}

// A proxy in front of a model answers in HTML: its status says what it means, and
// without one that says something it may pass.
func TestModels_HTML(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		status int
		want   llm.Kind
	}{
		{http.StatusOK, llm.Cut},
		{http.StatusBadGateway, llm.Broken},
		{http.StatusForbidden, llm.Refused},
	} {
		for _, make := range []func(*http.Client) llm.Model{
			func(c *http.Client) llm.Model { return llm.NewOpenAI(c, "", "k", "m") },
			func(c *http.Client) llm.Model { return llm.NewAnthropic(c, "", "k", "m") },
		} {
			w := &wire{status: tc.status, kind: "text/html", answer: "<html><body>sorry</body></html>"}
			_, err := make(&http.Client{Transport: w}).Ask(t.Context(), hello)
			if f, ok := err.(*llm.AskError); !ok || f.Kind != tc.want { //nolint:errorlint // the only error of a Model, as it is
				t.Errorf("%T, status %d: %v, want %q", make(nil), tc.status, err, tc.want)
			}
		}
	}
}
