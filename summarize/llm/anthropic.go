package llm

import (
	"context"
	"net/http"
)

// AnthropicURL is where Anthropic's server is.
const AnthropicURL = "https://api.anthropic.com/"

// anthropicVersion is the version of the protocol that is spoken.
const anthropicVersion = "2023-06-01"

// Anthropic speaks Anthropic's messages protocol. Make one with [NewAnthropic].
//
// https://platform.claude.com/docs/en/api/messages
type Anthropic struct {
	to    endpoint
	model string
}

// NewAnthropic returns a Model at baseURL, or at Anthropic's own server where
// that is "". The client is used for every request: see [HTTPClient].
func NewAnthropic(client *http.Client, baseURL, key, model string) *Anthropic {
	if baseURL == "" {
		baseURL = AnthropicURL
	}
	header := http.Header{"Anthropic-Version": {anthropicVersion}}
	if key != "" {
		header.Set("X-Api-Key", key)
	}
	return &Anthropic{to: endpoint{client, baseURL, "v1/messages", header}, model: model}
}

type anthropicQuestion struct {
	Model     string             `json:"model"`
	MaxTokens int                `json:"max_tokens"`
	System    []anthropicText    `json:"system"`
	Messages  []anthropicMessage `json:"messages"`
	Output    struct {
		Format struct {
			Type   string         `json:"type"`
			Schema map[string]any `json:"schema"`
		} `json:"format"`
	} `json:"output_config"`
}

type anthropicMessage struct {
	Role    string          `json:"role"`
	Content []anthropicText `json:"content"`
}

type anthropicText struct {
	Type string `json:"type"`
	Text string `json:"text"`
}

type anthropicReply struct {
	StopReason string          `json:"stop_reason"`
	Content    []anthropicText `json:"content"`
	Usage      struct {
		InputTokens              int `json:"input_tokens"`
		CacheCreationInputTokens int `json:"cache_creation_input_tokens"`
		CacheReadInputTokens     int `json:"cache_read_input_tokens"`
		OutputTokens             int `json:"output_tokens"`
	} `json:"usage"`
}

// Ask implements Model.
func (a *Anthropic) Ask(ctx context.Context, p Prompt) (Reply, error) {
	q := anthropicQuestion{
		Model: a.model, MaxTokens: p.Most, System: []anthropicText{{"text", p.System}},
		Messages: []anthropicMessage{{"user", []anthropicText{{"text", p.User}}}},
	}
	q.Output.Format.Type, q.Output.Format.Schema = "json_schema", p.Schema
	var res anthropicReply
	if err := a.to.post(ctx, q, &res); err != nil {
		return Reply{}, err
	}
	u := res.Usage
	out := Reply{
		Complete:    res.StopReason == "end_turn" || res.StopReason == "stop_sequence",
		InputTokens: u.InputTokens + u.CacheCreationInputTokens + u.CacheReadInputTokens, OutputTokens: u.OutputTokens,
	}
	for _, b := range res.Content {
		if b.Type == "text" {
			out.Text += b.Text
		}
	}
	return out, nil
}
