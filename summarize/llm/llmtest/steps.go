package llmtest

import (
	"encoding/json"
	"net/http"
	"strings"
)

// Use is what an answer claims to have used.
type Use struct{ Input, Output int }

// Says answers with a text.
func Says(text string) Step { return Answers(func(Question) string { return text }) }

// Answers answers each question with what text makes of it, at 1,000 tokens in
// and 100 out.
func Answers(text func(Question) string) Step {
	return func(w http.ResponseWriter, _ *http.Request, q Question) {
		write(w, q, text(q), "", &Use{Input: 1000, Output: 100})
	}
}

// SaysUsing answers with a text and the use given; nil says nothing of use.
func SaysUsing(text string, u *Use) Step {
	return func(w http.ResponseWriter, _ *http.Request, q Question) { write(w, q, text, "", u) }
}

// Truncated answers with the beginning of a text, stopped by the limit of tokens.
func Truncated(text string) Step {
	return func(w http.ResponseWriter, _ *http.Request, q Question) {
		reason := "length"
		if q.Anthropic {
			reason = "max_tokens"
		}
		write(w, q, text[:len(text)*2/3], reason, &Use{Input: 1000, Output: q.Most})
	}
}

// Declines answers that it will not.
func Declines() Step {
	return func(w http.ResponseWriter, _ *http.Request, q Question) {
		reason := "content_filter"
		if q.Anthropic {
			reason = "refusal"
		}
		write(w, q, "I cannot help with that.", reason, &Use{Input: 1000, Output: 10})
	}
}

// Status answers with an HTTP status and headers, given as pairs.
func Status(code int, headers ...string) Step {
	return func(w http.ResponseWriter, _ *http.Request, _ Question) {
		for i := 0; i+1 < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(code)
		_, _ = w.Write([]byte(`{"type":"error","error":{"type":"scripted","message":"scripted"}}`)) // the client may be gone
	}
}

// Body answers 200 with any bytes as JSON.
func Body(body string) Step {
	return func(w http.ResponseWriter, _ *http.Request, _ Question) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(body)) // the client may be gone
	}
}

// Huge answers with a body of n bytes.
func Huge(n int) Step { return Says(strings.Repeat("x", n)) }

// Cut breaks the connection off in the middle of an answer.
func Cut() Step {
	return func(w http.ResponseWriter, _ *http.Request, _ Question) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", "5000")
		_, _ = w.Write([]byte(`{"id":"x","choices":[{"message":{"content":"{\"headline`)) // the rest never comes
		if f, ok := w.(http.Flusher); ok {
			f.Flush()
		}
		panic(http.ErrAbortHandler)
	}
}

// Hangs reads the question and never answers.
func (s *Server) Hangs() Step {
	return func(_ http.ResponseWriter, r *http.Request, _ Question) {
		select {
		case <-r.Context().Done():
		case <-s.gone:
		}
	}
}

// write answers in the question's protocol.
func write(w http.ResponseWriter, q Question, text, reason string, u *Use) {
	var body map[string]any
	if q.Anthropic {
		if reason == "" {
			reason = "end_turn"
		}
		body = map[string]any{
			"id": "msg_1", "type": "message", "role": "assistant", "model": q.Model, "stop_reason": reason,
			"content": []any{map[string]any{"type": "text", "text": text}},
		}
		if u != nil {
			body["usage"] = map[string]any{"input_tokens": u.Input, "output_tokens": u.Output}
		}
	} else {
		if reason == "" {
			reason = "stop"
		}
		body = map[string]any{
			"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": q.Model,
			"choices": []any{map[string]any{"index": 0, "finish_reason": reason, "message": map[string]any{"role": "assistant", "content": text}}},
		}
		if u != nil {
			body["usage"] = map[string]any{"prompt_tokens": u.Input, "completion_tokens": u.Output, "total_tokens": u.Input + u.Output}
		}
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(body) // the client may be gone
}
