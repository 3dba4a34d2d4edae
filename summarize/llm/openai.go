package llm

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/option"
	"github.com/openai/openai-go/v3/packages/param"
	"github.com/openai/openai-go/v3/shared"
)

// openAIHost is OpenAI's own server, whose newer models refuse what every other
// server knows (max_tokens, temperature).
const openAIHost = "api.openai.com"

// OpenAIURL is where OpenAI's own server is.
const OpenAIURL = "https://" + openAIHost + "/v1/"

// OpenAI speaks OpenAI's chat completions protocol: OpenAI itself, Ollama,
// llama.cpp, vLLM and others. Make one with [NewOpenAI].
type OpenAI struct {
	chat  openai.ChatCompletionService
	model string
	own   bool // the server is OpenAI's
}

// NewOpenAI returns a Model at baseURL, or at OpenAI's own server where that is
// "". The key may be "". Nothing is read from the environment, and the client is
// used for every request: see [HTTPClient].
func NewOpenAI(client *http.Client, baseURL, key, model string) *OpenAI {
	if baseURL == "" {
		baseURL = OpenAIURL
	}
	u, err := url.Parse(baseURL)
	opts := []option.RequestOption{option.WithHTTPClient(client), option.WithBaseURL(baseURL), option.WithMaxRetries(0)}
	if key != "" {
		opts = append(opts, option.WithAPIKey(key))
	}
	return &OpenAI{chat: openai.NewChatCompletionService(opts...), model: model, own: err == nil && u.Host == openAIHost}
}

// Ask implements Model.
func (o *OpenAI) Ask(ctx context.Context, p Prompt) (Reply, error) {
	params := openai.ChatCompletionNewParams{
		Model:    o.model,
		Messages: []openai.ChatCompletionMessageParamUnion{openai.SystemMessage(p.System), openai.UserMessage(p.User)},
		ResponseFormat: openai.ChatCompletionNewParamsResponseFormatUnion{OfJSONSchema: &shared.ResponseFormatJSONSchemaParam{
			JSONSchema: shared.ResponseFormatJSONSchemaJSONSchemaParam{Name: p.Name, Schema: p.Schema, Strict: param.NewOpt(true)},
		}},
	}
	if o.own {
		params.MaxCompletionTokens = param.NewOpt(int64(p.Most))
	} else {
		params.MaxTokens, params.Temperature = param.NewOpt(int64(p.Most)), param.NewOpt(0.0)
	}
	res, err := o.chat.New(ctx, params)
	if err != nil {
		if refused, ok := errors.AsType[*openai.Error](err); ok {
			return Reply{}, statusFailure(refused.StatusCode, header(refused.Response))
		}
		return Reply{}, readFailure(ctx, err)
	}
	if len(res.Choices) == 0 {
		return Reply{InputTokens: int(res.Usage.PromptTokens), OutputTokens: int(res.Usage.CompletionTokens)}, nil
	}
	c := res.Choices[0]
	return Reply{
		Text: c.Message.Content, Complete: c.FinishReason != "length" && c.FinishReason != "content_filter" && c.Message.Refusal == "",
		InputTokens: int(res.Usage.PromptTokens), OutputTokens: int(res.Usage.CompletionTokens),
	}, nil
}

func header(r *http.Response) http.Header {
	if r == nil {
		return nil
	}
	return r.Header
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
