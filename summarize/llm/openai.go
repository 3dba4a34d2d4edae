package llm

import (
	"context"
	"net/http"
	"net/url"
)

// openAIHost is OpenAI's own server, whose newer models refuse what every other
// server knows (max_tokens, temperature).
const openAIHost = "api.openai.com"

// OpenAIURL is where OpenAI's own server is.
const OpenAIURL = "https://" + openAIHost + "/v1/"

// OpenAI speaks OpenAI's chat completions protocol: OpenAI itself, Ollama,
// llama.cpp, vLLM and others. Make one with [NewOpenAI].
//
// https://platform.openai.com/docs/api-reference/chat/create
type OpenAI struct {
	to    endpoint
	model string
	own   bool // the server is OpenAI's
}

// NewOpenAI returns a Model at baseURL, or at OpenAI's own server where that is
// "". The key may be "". The client is used for every request: see [HTTPClient].
func NewOpenAI(client *http.Client, baseURL, key, model string) *OpenAI {
	if baseURL == "" {
		baseURL = OpenAIURL
	}
	u, err := url.Parse(baseURL)
	header := http.Header{}
	if key != "" {
		header.Set("Authorization", "Bearer "+key)
	}
	return &OpenAI{to: endpoint{client, baseURL, "chat/completions", header}, model: model, own: err == nil && u.Host == openAIHost}
}

type openAIQuestion struct {
	Model    string          `json:"model"`
	Messages []openAIMessage `json:"messages"`
	Format   struct {
		Type   string `json:"type"`
		Schema struct {
			Name   string         `json:"name"`
			Schema map[string]any `json:"schema"`
			Strict bool           `json:"strict"`
		} `json:"json_schema"`
	} `json:"response_format"`
	MaxTokens           int      `json:"max_tokens,omitempty"`
	MaxCompletionTokens int      `json:"max_completion_tokens,omitempty"`
	Temperature         *float64 `json:"temperature,omitempty"`
}

type openAIMessage struct {
	Role    string `json:"role"`
	Content string `json:"content"`
}

type openAIReply struct {
	Choices []struct {
		FinishReason string `json:"finish_reason"`
		Message      struct {
			Content string `json:"content"`
			Refusal string `json:"refusal"`
		} `json:"message"`
	} `json:"choices"`
	Usage struct {
		PromptTokens     int `json:"prompt_tokens"`
		CompletionTokens int `json:"completion_tokens"`
	} `json:"usage"`
}

// Ask implements Model.
func (o *OpenAI) Ask(ctx context.Context, p Prompt) (Reply, error) {
	q := openAIQuestion{Model: o.model, Messages: []openAIMessage{{"system", p.System}, {"user", p.User}}}
	q.Format.Type = "json_schema"
	q.Format.Schema.Name, q.Format.Schema.Schema, q.Format.Schema.Strict = p.Name, p.Schema, true
	if o.own {
		q.MaxCompletionTokens = p.Most
	} else {
		q.MaxTokens, q.Temperature = p.Most, new(float64)
	}
	var res openAIReply
	if err := o.to.post(ctx, q, &res); err != nil {
		return Reply{}, err
	}
	out := Reply{InputTokens: res.Usage.PromptTokens, OutputTokens: res.Usage.CompletionTokens}
	if len(res.Choices) > 0 {
		c := res.Choices[0]
		out.Text = c.Message.Content
		out.Complete = c.FinishReason != "length" && c.FinishReason != "content_filter" && c.Message.Refusal == ""
	}
	return out, nil
}
