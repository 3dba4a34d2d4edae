package llmtest

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

// Key is the key that the server wants, unless a test changes it.
const Key = "llmtest-key-5f1c"

// Question is a request as both protocols mean it.
type Question struct {
	Anthropic bool   // else OpenAI's protocol
	Model     string //
	System    string
	User      string
	Schema    map[string]any // of the answer
	Most      int            // output tokens
}

// Step is what the server does with one question.
type Step func(w http.ResponseWriter, r *http.Request, q Question)

// Server is a scripted server. It is safe for concurrent use.
type Server struct {
	tb   testing.TB
	http *httptest.Server
	gone chan struct{} // closed when the test ends

	mu        sync.Mutex
	key       string
	next      []Step
	otherwise Step
	asked     []Question
}

// New starts a server that stops when the test ends. It answers 500 until told
// otherwise.
func New(tb testing.TB) *Server {
	tb.Helper()
	s := &Server{tb: tb, key: Key, otherwise: Status(http.StatusInternalServerError), gone: make(chan struct{})}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v1/chat/completions", s.openAI)
	mux.HandleFunc("POST /v1/messages", s.anthropic)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		tb.Errorf("llmtest: %s %s: no such address", r.Method, r.URL.Path)
		http.NotFound(w, r)
	})
	s.http = httptest.NewServer(mux)
	tb.Cleanup(func() {
		close(s.gone)
		s.http.CloseClientConnections()
		s.http.Close()
	})
	return s
}

// OpenAIURL is the base address for OpenAI's protocol.
func (s *Server) OpenAIURL() string { return s.http.URL + "/v1" }

// AnthropicURL is the base address for Anthropic's protocol.
func (s *Server) AnthropicURL() string { return s.http.URL }

// Default sets what is done with a question when no step is left.
func (s *Server) Default(step Step) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.otherwise = step
}

// Next appends steps for the next questions, one each.
func (s *Server) Next(steps ...Step) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.next = append(s.next, steps...)
}

// WantKey changes the key that the server wants; others get a 401 that repeats
// the wrong key, as some servers do.
func (s *Server) WantKey(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.key = key
}

// Asked returns the questions so far.
func (s *Server) Asked() []Question {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Question(nil), s.asked...)
}

// Gone is closed when the test ends: a step that hangs waits for it.
func (s *Server) Gone() <-chan struct{} { return s.gone }

func (s *Server) take(w http.ResponseWriter, r *http.Request, key string, q Question) {
	s.mu.Lock()
	want, step := s.key, s.otherwise
	if key == want {
		s.asked = append(s.asked, q)
		if len(s.next) > 0 {
			step, s.next = s.next[0], s.next[1:]
		}
	}
	s.mu.Unlock()
	if key != want {
		http.Error(w, `{"type":"error","error":{"type":"authentication_error","message":"Incorrect API key provided: `+key+`"}}`, http.StatusUnauthorized)
		return
	}
	step(w, r, q)
}

// read decodes a body, strictly in what the protocols require.
func (s *Server) read(r *http.Request, into any) bool {
	s.tb.Helper()
	b, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err == nil {
		err = json.Unmarshal(b, into)
	}
	if err != nil {
		s.tb.Errorf("llmtest: %s: %v", r.URL.Path, err)
	}
	if ct := r.Header.Get("Content-Type"); !strings.HasPrefix(ct, "application/json") {
		s.tb.Errorf("llmtest: %s: content type %q", r.URL.Path, ct)
	}
	return err == nil
}

func (s *Server) openAI(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Model     string
		Stream    bool
		MaxTokens int `json:"max_tokens"`
		Messages  []struct{ Role, Content string }
		Format    struct {
			Type   string
			Schema struct {
				Name   string
				Strict bool
				Schema map[string]any
			} `json:"json_schema"`
		} `json:"response_format"`
	}
	if !s.read(r, &body) {
		return
	}
	f := body.Format
	if body.Model == "" || body.Stream || body.MaxTokens <= 0 || f.Type != "json_schema" || f.Schema.Name == "" || !f.Schema.Strict ||
		len(body.Messages) != 2 || body.Messages[0].Role != "system" || body.Messages[1].Role != "user" {
		s.tb.Errorf("llmtest: a request that OpenAI's protocol does not know: %+v", body)
		http.Error(w, "{}", http.StatusBadRequest)
		return
	}
	key := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	s.take(w, r, key, Question{
		Model: body.Model, System: body.Messages[0].Content, User: body.Messages[1].Content, Schema: f.Schema.Schema, Most: body.MaxTokens,
	})
}

func (s *Server) anthropic(w http.ResponseWriter, r *http.Request) {
	type text struct{ Type, Text string }
	var body struct {
		Model     string
		Stream    bool
		MaxTokens int `json:"max_tokens"`
		System    []text
		Messages  []struct {
			Role    string
			Content []text
		}
		Output struct {
			Format struct {
				Type   string
				Schema map[string]any
			}
		} `json:"output_config"`
	}
	if !s.read(r, &body) {
		return
	}
	if body.Model == "" || body.Stream || body.MaxTokens <= 0 || body.Output.Format.Type != "json_schema" || len(body.System) != 1 ||
		len(body.Messages) != 1 || body.Messages[0].Role != "user" || len(body.Messages[0].Content) != 1 || r.Header.Get("Anthropic-Version") == "" {
		s.tb.Errorf("llmtest: a request that Anthropic's protocol does not know: %+v", body)
		http.Error(w, "{}", http.StatusBadRequest)
		return
	}
	s.take(w, r, r.Header.Get("X-Api-Key"), Question{
		Anthropic: true, Model: body.Model, System: body.System[0].Text, User: body.Messages[0].Content[0].Text,
		Schema: body.Output.Format.Schema, Most: body.MaxTokens,
	})
}
