package llm

import (
	"context"
	"errors"
	"net/http"

	"github.com/anthropics/anthropic-sdk-go"
	"github.com/anthropics/anthropic-sdk-go/option"
)

// AnthropicURL is where Anthropic's server is.
const AnthropicURL = "https://api.anthropic.com/"

// Anthropic speaks Anthropic's messages protocol. Make one with [NewAnthropic].
type Anthropic struct {
	messages anthropic.MessageService
	model    string
}

// NewAnthropic returns a Model at baseURL, or at Anthropic's own server where
// that is "". Nothing is read from the environment, and the client is used for
// every request: see [HTTPClient].
func NewAnthropic(client *http.Client, baseURL, key, model string) *Anthropic {
	if baseURL == "" {
		baseURL = AnthropicURL
	}
	opts := []option.RequestOption{option.WithHTTPClient(client), option.WithBaseURL(baseURL), option.WithMaxRetries(0)}
	if key != "" {
		opts = append(opts, option.WithAPIKey(key))
	}
	return &Anthropic{messages: anthropic.NewMessageService(opts...), model: model}
}

// Ask implements Model.
func (a *Anthropic) Ask(ctx context.Context, p Prompt) (Reply, error) {
	res, err := a.messages.New(ctx, anthropic.MessageNewParams{
		Model:        a.model,
		MaxTokens:    int64(p.Most),
		System:       []anthropic.TextBlockParam{{Text: p.System}},
		Messages:     []anthropic.MessageParam{anthropic.NewUserMessage(anthropic.NewTextBlock(p.User))},
		OutputConfig: anthropic.OutputConfigParam{Format: anthropic.JSONOutputFormatParam{Schema: p.Schema}},
	})
	if err != nil {
		if refused, ok := errors.AsType[*anthropic.Error](err); ok {
			return Reply{}, statusFailure(refused.StatusCode, header(refused.Response))
		}
		return Reply{}, readFailure(ctx, err)
	}
	u := res.Usage
	out := Reply{
		Complete:    res.StopReason == anthropic.StopReasonEndTurn || res.StopReason == anthropic.StopReasonStopSequence,
		InputTokens: int(u.InputTokens + u.CacheCreationInputTokens + u.CacheReadInputTokens), OutputTokens: int(u.OutputTokens),
	}
	for _, b := range res.Content {
		if b.Type == "text" {
			out.Text += b.Text
		}
	}
	return out, nil
}
