package discordtest

import (
	"net/http"
	"strings"
)

// apiError is a refusal as Discord words it.
type apiError struct {
	status  int
	code    int
	message string
	tree    map[string]any // of 50035
	retry   float64        // seconds, of 429
}

// The refusals, with Discord's codes.
var (
	errUnauthorized       = &apiError{status: http.StatusUnauthorized, message: "401: Unauthorized"}
	errNotFoundRoute      = &apiError{status: http.StatusNotFound, message: "404: Not Found"}
	errUnknownChannel     = &apiError{status: http.StatusNotFound, code: 10003, message: "Unknown Channel"}
	errUnknownGuild       = &apiError{status: http.StatusNotFound, code: 10004, message: "Unknown Guild"}
	errUnknownMember      = &apiError{status: http.StatusNotFound, code: 10007, message: "Unknown Member"}
	errUnknownMessage     = &apiError{status: http.StatusNotFound, code: 10008, message: "Unknown Message"}
	errUnknownWebhook     = &apiError{status: http.StatusNotFound, code: 10015, message: "Unknown Webhook"}
	errUnknownInteraction = &apiError{status: http.StatusNotFound, code: 10062, message: "Unknown interaction"}
	errUnknownUser        = &apiError{status: http.StatusNotFound, code: 10013, message: "Unknown User"}
	errTooLarge           = &apiError{status: http.StatusRequestEntityTooLarge, code: 40005, message: "Request entity too large"}
	errUnknownTag         = &apiError{status: http.StatusNotFound, code: 10087, message: "Unknown Tag"}
	errDeletedTag         = &apiError{status: http.StatusNotFound, code: 10087, message: "Unknown Tag"}
	errNoTags             = &apiError{status: http.StatusBadRequest, code: 40066, message: "There are no tags available that can be set by non-moderators"}
	errTagRequired        = &apiError{status: http.StatusBadRequest, code: 40067, message: "A tag is required to create a forum post in this channel"}
	errCrossposted        = &apiError{status: http.StatusBadRequest, code: 40033, message: "This message has already been crossposted"}
	errAcknowledged       = &apiError{status: http.StatusBadRequest, code: 40060, message: "Interaction has already been acknowledged."}
	errMissingAccess      = &apiError{status: http.StatusForbidden, code: 50001, message: "Missing Access"}
	errNotAuthor          = &apiError{status: http.StatusForbidden, code: 50005, message: "Cannot edit a message authored by another user"}
	errEmptyMessage       = &apiError{status: http.StatusBadRequest, code: 50006, message: "Cannot send an empty message"}
	errDMClosed           = &apiError{status: http.StatusForbidden, code: 50007, message: "Cannot send messages to this user"}
	errNotText            = &apiError{status: http.StatusBadRequest, code: 50008, message: "Cannot send messages in a non-text channel"}
	errMissingPermissions = &apiError{status: http.StatusForbidden, code: 50013, message: "Missing Permissions"}
	errWrongChannelKind   = &apiError{status: http.StatusBadRequest, code: 50024, message: "Cannot execute action on this channel type"}
	errWebhookToken       = &apiError{status: http.StatusUnauthorized, code: 50027, message: "Invalid Webhook Token"}
	errAPIVersion         = &apiError{status: http.StatusBadRequest, code: 50041, message: "Invalid API version provided"}
	errArchived           = &apiError{status: http.StatusBadRequest, code: 50083, message: "Thread is archived"}
	errInvalidJSON        = &apiError{status: http.StatusBadRequest, code: 50109, message: "The request body contains invalid JSON."}
	errThreadExists       = &apiError{status: http.StatusBadRequest, code: 160004, message: "A thread has already been created for this message"}
	errThreadLocked       = &apiError{status: http.StatusBadRequest, code: 160005, message: "Thread is locked"}
	errTooManyThreads     = &apiError{status: http.StatusBadRequest, code: 160006, message: "Maximum number of active threads reached"}
)

// body is the JSON of the refusal.
func (e *apiError) body() map[string]any {
	b := map[string]any{"message": e.message, "code": e.code}
	if e.tree != nil {
		b["errors"] = e.tree
	}
	if e.status == http.StatusTooManyRequests {
		b["retry_after"], b["global"] = e.retry, false
	}
	return b
}

// violation is one rule broken by one member of a request body.
type violation struct {
	path    []string // member names and indices from the top; empty for the body as a whole
	code    string   // such as BASE_TYPE_MAX_LENGTH
	message string
}

func (v violation) String() string {
	return strings.Join(v.path, ".") + ": " + v.message
}

// invalidForm builds the 50035 of violations, with its tree of members.
func invalidForm(vs []violation) *apiError {
	tree := map[string]any{}
	for _, v := range vs {
		node := tree
		for _, p := range v.path {
			next, ok := node[p].(map[string]any)
			if !ok {
				next = map[string]any{}
				node[p] = next
			}
			node = next
		}
		list, _ := node["_errors"].([]any)
		node["_errors"] = append(list, map[string]any{"code": v.code, "message": v.message})
	}
	return &apiError{status: http.StatusBadRequest, code: 50035, message: "Invalid Form Body", tree: tree}
}
