package discord

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"newsdesk/outbox"
)

// What Discord refuses for good. Errors of Create, Edit and StartThread wrap
// one of these; all of them are marked with outbox.Permanent.
var (
	// ErrChannelGone says that the channel does not exist any more.
	ErrChannelGone = errors.New("the channel does not exist any more")
	// ErrNoAccess says that the bot cannot see the channel, or is no longer on its server.
	ErrNoAccess = errors.New("the bot can't see the channel: give it View Channel there, or invite it to the server again")
	// ErrMissingPermission says that the bot may not do this in the channel.
	ErrMissingPermission = errors.New("the bot lacks a permission there: it needs View Channel, Send Messages, Embed Links, Create Public Threads and Send Messages in Threads")
	// ErrMessageGone says that the message was deleted; it can be posted anew.
	ErrMessageGone = errors.New("the message was deleted")
	// ErrTooOldToEdit says that Discord takes no more edits of a message older
	// than an hour for now. It alone is not permanent: outbox.Wait tells how long.
	ErrTooOldToEdit = errors.New("the message is over an hour old and was edited too often")
	// ErrThreadArchived says that the thread is archived and takes no messages.
	ErrThreadArchived = errors.New("the thread is archived")
	// ErrTooManyThreads says that the server has no room for another thread.
	ErrTooManyThreads = errors.New("the server has as many open threads as it may have")
	// ErrTags says that a post has a tag that its forum does not have any more, or
	// none though it must. Unlike the others it is not permanent.
	ErrTags = errors.New("the tags are not those of the forum")
	// ErrEmptyMessage says that there was nothing to show.
	ErrEmptyMessage = errors.New("the message is empty")
	// ErrRefused says that Discord does not take the request as it stands.
	ErrRefused = errors.New("refused by Discord")
)

// ErrRateLimited says that Discord wants us to wait; errors that wrap it carry
// the wait (outbox.Wait).
var ErrRateLimited = errors.New("rate limit: wait")

// errNoRoute says that the server does not know the request. It may heal: the
// address may be mended.
var errNoRoute = errors.New("HTTP 404: there is no such route, or Discord is not at the configured address")

// Discord's error codes that this package tells apart.
// Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
const (
	codeUnknownChannel      = 10003
	codeUnknownGuild        = 10004
	codeUnknownMessage      = 10008
	codeUnknownInteraction  = 10062
	codeUnknownTag          = 10087
	codeEditsOfOldMessage   = 30046
	codeCrossposted         = 40033
	codeAlreadyAcknowledged = 40060
	codeNoTags              = 40066
	codeTagRequired         = 40067
	codeMissingAccess       = 50001
	codeEmptyMessage        = 50006
	codeCannotMessageUser   = 50007
	codeMissingPermissions  = 50013
	codeInvalidWebhookToken = 50027
	codeInvalidForm         = 50035
	codeThreadArchived      = 50083
	codeThreadExists        = 160004
	codeTooManyThreads      = 160006
)

// FatalError says that the bot cannot go on until a person has acted. Its text
// says what to do.
type FatalError struct{ Sentence string }

// Error returns the sentence.
func (e *FatalError) Error() string { return e.Sentence }

// The sentences of fatal errors.
const (
	sentenceToken   = "Discord refuses the bot token: copy it anew from the developer portal > Bot > Reset Token, and put it into the configuration"
	sentenceShard   = "Discord wants this bot to run in shards, which Newsdesk cannot: it serves up to 2,500 servers. Take it off some of them, or run a second bot for the rest"
	sentenceVersion = "Discord no longer speaks this version of its protocol: install a newer release of Newsdesk"
	sentenceIntents = "Discord refuses the intents that the bot asks for: install a newer release of Newsdesk"
)

// fatalClose returns the error for close codes after which a new connection
// would only fail again, and nil for all others.
// Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
func fatalClose(code int) *FatalError {
	switch code {
	case 4004:
		return &FatalError{sentenceToken}
	case 4010, 4011:
		return &FatalError{sentenceShard}
	case 4012:
		return &FatalError{sentenceVersion}
	case 4013, 4014:
		return &FatalError{sentenceIntents}
	}
	return nil
}

// RefusedError is a refusal by Discord.
type RefusedError struct {
	Channel string // the channel it is about, "" where there is none
	Status  int    // HTTP status
	Code    int    // Discord's own code, 0 where the answer had none
	Detail  string // what Discord said about the form, bounded
	Reason  error  // one of this package's Err values
}

// Error returns one sentence with the channel and the cause.
func (e *RefusedError) Error() string {
	var b strings.Builder
	if e.Channel != "" {
		b.WriteString("channel " + e.Channel + ": ")
	}
	b.WriteString(e.Reason.Error())
	if e.Detail != "" {
		b.WriteString(": " + e.Detail)
	}
	if e.Code != 0 {
		fmt.Fprintf(&b, " (Discord error %d)", e.Code)
	} else {
		fmt.Fprintf(&b, " (HTTP %d)", e.Status)
	}
	return b.String()
}

// Unwrap returns the reason, so that errors.Is finds it.
func (e *RefusedError) Unwrap() error { return e.Reason }

// answerBody is an error as Discord's API writes it.
type answerBody struct {
	Code       int             `json:"code"`
	Message    string          `json:"message"`
	Errors     json.RawMessage `json:"errors"`
	RetryAfter float64         `json:"retry_after"` // seconds
	Global     bool            `json:"global"`
}

// edgeWait is how long to hold after a refusal that came from Discord's edge
// and named no time: such bans last from minutes to an hour.
const edgeWait = 10 * time.Minute

// oldEditWait is how long to leave an old message alone that takes no more
// edits, where Discord does not say: it counts them by the hour.
const oldEditWait = time.Hour

// cutShort says that an answer is Discord's own, and that it did not come whole:
// its edge answers with pages.
func cutShort(h http.Header, body []byte) bool {
	return strings.HasPrefix(h.Get("Content-Type"), "application/json") && !json.Valid(body)
}

// classify sorts an answer that is neither a success nor a rate limit.
func classify(channel string, status int, h http.Header, body []byte) error {
	if status != 401 && cutShort(h, body) {
		// The reason was cut off on its way: it may be one that is as good as a
		// success, such as that a thread is there already.
		return fmt.Errorf("HTTP %d from Discord, without a reason", status)
	}
	var ab answerBody
	isJSON := json.Unmarshal(body, &ab) == nil
	refused := func(reason error) error {
		return outbox.Permanent(&RefusedError{Channel: channel, Status: status, Code: ab.Code, Reason: reason})
	}
	switch ab.Code {
	case codeUnknownChannel:
		return refused(ErrChannelGone)
	case codeMissingAccess, codeUnknownGuild, codeCannotMessageUser:
		return refused(ErrNoAccess)
	case codeMissingPermissions:
		return refused(ErrMissingPermission)
	case codeUnknownTag, codeNoTags, codeTagRequired:
		return &RefusedError{Channel: channel, Status: status, Code: ab.Code, Reason: ErrTags}
	case codeUnknownMessage:
		return refused(ErrMessageGone)
	case codeEditsOfOldMessage:
		wait := seconds(ab.RetryAfter) // the header names a second (discord-api-docs#6109)
		if wait <= 0 {
			wait = oldEditWait
		}
		return outbox.After(wait, &RefusedError{Channel: channel, Status: status, Code: ab.Code, Reason: ErrTooOldToEdit})
	case codeThreadArchived:
		return refused(ErrThreadArchived)
	case codeTooManyThreads:
		return refused(ErrTooManyThreads)
	case codeEmptyMessage:
		return refused(ErrEmptyMessage)
	}
	switch {
	case status == 401 && ab.Code != codeInvalidWebhookToken:
		// Not permanent: once the operator has mended the token, it goes out.
		return outbox.After(time.Minute, &FatalError{sentenceToken})
	case status == 403 && (!isJSON || ab.Code == 0):
		return outbox.After(edgeWait, fmt.Errorf("HTTP 403 from Discord's edge: %w", ErrRateLimited))
	case status == 404 && ab.Code == 0:
		return errNoRoute
	case status == 408, status >= 500, status < 400:
		return fmt.Errorf("HTTP %d from Discord", status)
	case !isJSON:
		return fmt.Errorf("HTTP %d from Discord, without a reason", status)
	}
	detail := formErrors(ab.Errors)
	if detail == "" {
		detail = ab.Message
	}
	return outbox.Permanent(&RefusedError{
		Channel: channel, Status: status, Code: ab.Code, Reason: ErrRefused, Detail: cut(detail, 300),
	})
}

// formErrors flattens the error tree of an invalid form (50035) into
// "embeds.0.title: Must be 256 or fewer in length.; ...".
func formErrors(tree json.RawMessage) string {
	var out []string
	var walk func(path string, raw json.RawMessage, depth int)
	walk = func(path string, raw json.RawMessage, depth int) {
		var node map[string]json.RawMessage
		if depth > 12 || len(out) >= 5 || json.Unmarshal(raw, &node) != nil {
			return
		}
		var leaves []struct{ Message string }
		if own, ok := node["_errors"]; ok && json.Unmarshal(own, &leaves) == nil {
			for _, l := range leaves {
				out = append(out, strings.TrimPrefix(path, ".")+": "+l.Message)
			}
		}
		for _, k := range slices.Sorted(maps.Keys(node)) {
			if k != "_errors" {
				walk(path+"."+k, node[k], depth+1)
			}
		}
	}
	if len(tree) > 0 {
		walk("", tree, 0)
	}
	return strings.Join(out, "; ")
}

// hasCode reports whether err is a refusal with Discord's code.
func hasCode(err error, code int) bool {
	var r *RefusedError
	return errors.As(err, &r) && r.Code == code
}

// cut shortens foreign text to n runes and keeps it on one line.
func cut(s string, n int) string {
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) <= n {
		return string(r)
	}
	return string(r[:n-1]) + "…"
}
