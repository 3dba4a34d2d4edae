package discordtest

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// size counts a text as strictly as any side does: in code points or UTF-16
// units, whichever is more.
func size(text string) int {
	return max(utf8.RuneCountInString(text), len(utf16.Encode([]rune(text))))
}

// items reads a list out of decoded JSON.
func items(v any) []any {
	list, _ := v.([]any)
	return list
}

// number reads a whole number out of decoded JSON, also one written as text.
func number(v any) int {
	text := ""
	switch n := v.(type) {
	case json.Number:
		text = n.String()
	case string:
		text = n
	case int:
		return n
	}
	i, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return i
}

// rules collects what is wrong with a body.
type rules struct {
	found []violation
}

// at is a place in a body.
type at []string

func (a at) to(parts ...any) at {
	out := slices.Clone(a)
	for _, p := range parts {
		out = append(out, fmt.Sprint(p))
	}
	return out
}

func (r *rules) add(where at, code, format string, args ...any) {
	r.found = append(r.found, violation{path: where, code: code, message: fmt.Sprintf(format, args...)})
}

func (r *rules) required(where at) {
	r.add(where, "BASE_TYPE_REQUIRED", "This field is required")
}

// text checks a text of low to high characters; low above 0 makes it
// required, and blanks alone do not do.
func (r *rules) text(where at, v any, low, high int) int {
	text, isText := v.(string)
	switch {
	case v == nil && low == 0:
		return 0
	case v == nil:
		r.required(where)
		return 0
	case !isText:
		r.add(where, "STRING_TYPE_CONVERT", "Could not interpret %q as string.", fmt.Sprint(v))
		return 0
	case low > 0 && strings.TrimSpace(text) == "":
		r.required(where)
		return 0
	}
	n := size(text)
	if n > high {
		r.add(where, "BASE_TYPE_MAX_LENGTH", "Must be %d or fewer in length.", high)
	}
	return n
}

// list checks how many items a list has and returns them.
func (r *rules) list(where at, v any, low, high int) []any {
	list, isList := v.([]any)
	switch {
	case v == nil && low == 0:
		return nil
	case v == nil:
		r.required(where)
		return nil
	case !isList:
		r.add(where, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
		return nil
	case len(list) < low || len(list) > high:
		r.add(where, "BASE_TYPE_BAD_LENGTH", "Must be between %d and %d in length.", low, high)
	}
	return list
}

// object reads an object; anything else but null is a violation.
func (r *rules) object(where at, v any) map[string]any {
	object, isObject := v.(map[string]any)
	if !isObject && v != nil {
		r.add(where, "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")
	}
	return object
}

// address checks a URL; schemes besides http and https may be allowed.
func (r *rules) address(where at, v any, schemes ...string) {
	if v == nil {
		return
	}
	text, isText := v.(string)
	if !isText {
		r.add(where, "STRING_TYPE_CONVERT", "Could not interpret %q as string.", fmt.Sprint(v))
		return
	}
	schemes = append([]string{"http", "https"}, schemes...)
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Scheme == "" || u.Host == "":
		r.add(where, "URL_TYPE_INVALID_URL", "Not a well formed URL.")
	case !slices.Contains(schemes, strings.ToLower(u.Scheme)):
		r.add(where, "URL_TYPE_INVALID_SCHEME", "Scheme %q must be one of %v.", u.Scheme, schemes)
	case size(text) > 2048:
		r.add(where, "BASE_TYPE_MAX_LENGTH", "Must be 2048 or fewer in length.")
	}
}

// oneOf checks a number against those allowed.
func (r *rules) oneOf(where at, v any, allowed ...int) {
	if v != nil && !slices.Contains(allowed, number(v)) {
		r.add(where, "BASE_TYPE_CHOICES", "Value must be one of %v.", allowed)
	}
}

// threadRules are those for starting a thread.
func threadRules(c *call) ([]violation, *apiError) {
	r := &rules{}
	body := c.object()
	r.text(at{"name"}, body["name"], 1, 100)
	r.oneOf(at{"auto_archive_duration"}, body["auto_archive_duration"], 60, 1440, 4320, 10080)
	r.list(at{"applied_tags"}, body["applied_tags"], 0, 5)
	if post, found := body["message"].(map[string]any); found {
		r.message(at{"message"}, post, false)
		if len(r.found) == 0 && isEmpty(post, len(c.files)) {
			return nil, errEmptyMessage
		}
	}
	return r.found, nil
}
