package llm

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
)

// endpoint is where one protocol's questions go, and with which headers.
type endpoint struct {
	client *http.Client
	base   string
	path   string
	header http.Header
}

// post asks, and decodes the answer into reply. Every error is a *AskError.
func (e endpoint) post(ctx context.Context, question, reply any) error {
	to, err := url.JoinPath(e.base, e.path)
	if err != nil {
		return transportFailure(ctx, err)
	}
	var body bytes.Buffer
	enc := json.NewEncoder(&body)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(question); err != nil {
		return transportFailure(ctx, err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, to, &body)
	if err != nil {
		return transportFailure(ctx, err)
	}
	req.Header = e.header.Clone()
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", "newsdesk")
	resp, err := e.client.Do(req)
	if err != nil {
		return transportFailure(ctx, err)
	}
	defer resp.Body.Close()
	if resp.StatusCode >= 400 {
		return statusFailure(resp.StatusCode, resp.Header)
	}
	// Read whole first: a body that breaks off is not one that is no JSON.
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		return transportFailure(ctx, err)
	}
	// What does not even say that it is JSON comes from something in between, such
	// as a page to log in: that may pass.
	if kind, _, err := mime.ParseMediaType(resp.Header.Get("Content-Type")); err != nil || kind != "application/json" && !strings.HasSuffix(kind, "+json") {
		return &AskError{Kind: Cut}
	}
	if err := json.NewDecoder(bytes.NewReader(text)).Decode(reply); err != nil {
		return readFailure(ctx, err)
	}
	return nil
}

// readFailure tells a body that is no JSON, or JSON of another kind, from one
// that did not arrive whole.
func readFailure(ctx context.Context, err error) *AskError {
	_, syntax := errors.AsType[*json.SyntaxError](err)
	_, wrong := errors.AsType[*json.UnmarshalTypeError](err)
	if syntax || wrong {
		return &AskError{Kind: Garbled}
	}
	return transportFailure(ctx, err)
}
