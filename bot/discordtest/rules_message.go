package discordtest

import (
	"slices"
	"strings"
	"time"
)

// Limits of messages (Discord's documentation, "Message Resource"; the sum
// over embeds and the content are not in its document).
const (
	maxContent     = 2000
	maxEmbeds      = 10
	maxEmbedTotal  = 6000 // over all embeds of a message
	maxTitle       = 256
	maxDescription = 4096
	maxFields      = 25
	maxFieldName   = 256
	maxFieldValue  = 1024
	maxFooter      = 2048
	maxAuthor      = 256
	maxNonce       = 25
)

// createRules are those for a new message.
func createRules(c *call) ([]violation, *apiError) {
	r := &rules{}
	body := c.object()
	r.message(nil, body, false)
	r.text(at{"nonce"}, nonceText(body["nonce"]), 0, maxNonce)
	if len(r.found) == 0 && isEmpty(body, len(c.files)) {
		return nil, errEmptyMessage
	}
	return r.found, nil
}

func nonceText(v any) any {
	if _, isText := v.(string); isText {
		return v
	}
	return nil // numbers are the document's to judge
}

// editRules are those for a change to a message; what depends on the message
// as it is, is left to fits.
func editRules(c *call) ([]violation, *apiError) {
	r := &rules{}
	r.message(nil, c.object(), true)
	return r.found, nil
}

// message checks the members of a message. In an edit it is not known yet
// whether the message is one of components (V2).
func (r *rules) message(where at, body map[string]any, edit bool) {
	r.text(where.to("content"), body["content"], 0, maxContent)
	r.embeds(where.to("embeds"), body["embeds"])
	r.mentions(where.to("allowed_mentions"), body["allowed_mentions"])
	v2 := number(body["flags"])&FlagComponentsV2 != 0
	if v2 {
		r.noLegacy(where, body)
	}
	r.components(where.to("components"), body["components"], v2, v2 || edit)
}

// noLegacy refuses what goes not with Components V2.
func (r *rules) noLegacy(where at, body map[string]any) {
	text, _ := body["content"].(string)
	for k, there := range map[string]bool{
		"content": text != "", "embeds": len(items(body["embeds"])) > 0,
		"poll": body["poll"] != nil, "sticker_ids": len(items(body["sticker_ids"])) > 0,
	} {
		if there {
			r.add(where.to(k), "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
				"The '%s' field cannot be used when using MessageFlags.IS_COMPONENTS_V2", k)
		}
	}
}

func (r *rules) embeds(where at, v any) {
	total := 0
	for i, e := range r.list(where, v, 0, maxEmbeds) {
		object := r.object(where.to(i), e)
		if len(object) == 0 {
			r.add(where.to(i), "LIST_ITEM_VALUE_REQUIRED", "List item values of ModelType are required")
			continue
		}
		total += r.embed(where.to(i), object)
	}
	if total > maxEmbedTotal {
		r.add(where, "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of %d", maxEmbedTotal)
	}
}

// embed checks one embed and returns how many characters it shows.
func (r *rules) embed(where at, e map[string]any) int {
	n := r.text(where.to("title"), e["title"], 0, maxTitle)
	n += r.text(where.to("description"), e["description"], 0, maxDescription)
	r.address(where.to("url"), e["url"])
	if e["color"] != nil && (number(e["color"]) < 0 || number(e["color"]) > 0xffffff) {
		r.add(where.to("color"), "NUMBER_TYPE_MAX", "int value should be less than or equal to 16777215.")
	}
	if text, isText := e["timestamp"].(string); isText {
		if _, err := time.Parse(time.RFC3339, text); err != nil {
			r.add(where.to("timestamp"), "DATE_TIME_TYPE_PARSE", "Could not parse %q. Should be ISO8601.", text)
		}
	}
	if author := r.object(where.to("author"), e["author"]); author != nil {
		n += r.text(where.to("author", "name"), author["name"], 1, maxAuthor)
		r.address(where.to("author", "url"), author["url"])
		r.address(where.to("author", "icon_url"), author["icon_url"], "attachment")
	}
	if footer := r.object(where.to("footer"), e["footer"]); footer != nil {
		n += r.text(where.to("footer", "text"), footer["text"], 1, maxFooter)
		r.address(where.to("footer", "icon_url"), footer["icon_url"], "attachment")
	}
	for _, k := range []string{"image", "thumbnail"} {
		if picture := r.object(where.to(k), e[k]); picture != nil {
			r.address(where.to(k, "url"), picture["url"], "attachment")
		}
	}
	for i, f := range r.list(where.to("fields"), e["fields"], 0, maxFields) {
		field := r.object(where.to("fields", i), f)
		n += r.text(where.to("fields", i, "name"), field["name"], 1, maxFieldName)
		n += r.text(where.to("fields", i, "value"), field["value"], 1, maxFieldValue)
	}
	return n
}

// mentions checks allowed_mentions: known kinds, and no kind both in parse
// and by id.
func (r *rules) mentions(where at, v any) {
	m := r.object(where, v)
	parse := texts(m["parse"])
	for i, kind := range parse {
		if !slices.Contains([]string{"everyone", "roles", "users"}, kind) {
			r.add(where.to("parse", i), "BASE_TYPE_CHOICES", "Value must be one of ('everyone', 'roles', 'users').")
		}
	}
	for _, k := range []string{"roles", "users"} {
		if list := r.list(where.to(k), m[k], 0, 100); len(list) > 0 && slices.Contains(parse, k) {
			r.add(where, "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", "parse:[%q] and %s: [ids...] are mutually exclusive.", k, k)
		}
	}
}

// isEmpty tells whether a message would show nothing.
func isEmpty(body map[string]any, files int) bool {
	content, _ := body["content"].(string)
	if ref, found := body["message_reference"].(map[string]any); found && number(ref["type"]) == 1 {
		return false // a forward
	}
	return strings.TrimSpace(content) == "" && len(items(body["embeds"])) == 0 && files == 0 && body["poll"] == nil &&
		len(items(body["sticker_ids"])) == 0 &&
		(number(body["flags"])&FlagComponentsV2 == 0 || len(items(body["components"])) == 0)
}

// fits checks a change against the message as it is: V2 cannot be taken back
// and shows no content or embeds, and nobody may be left with nothing.
func fits(m *message, body map[string]any) *apiError {
	after := map[string]any{"flags": m.flags}
	if number(body["flags"])&FlagComponentsV2 != 0 {
		after["flags"] = m.flags | FlagComponentsV2
	}
	for _, k := range []string{"content", "embeds", "components"} {
		after[k] = m.object[k]
		if v, given := body[k]; given {
			after[k] = v
		}
	}
	r := &rules{}
	v2 := number(after["flags"])&FlagComponentsV2 != 0
	if v2 {
		r.noLegacy(nil, after)
	}
	if _, given := body["components"]; given {
		r.components(at{"components"}, body["components"], v2, v2)
	}
	if len(r.found) > 0 {
		e := invalidForm(r.found)
		e.message = "Invalid Form Body"
		return e
	}
	if isEmpty(after, len(items(m.object["attachments"]))) {
		return errEmptyMessage
	}
	return nil
}
