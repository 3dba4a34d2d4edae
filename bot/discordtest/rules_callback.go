package discordtest

import "encoding/json"

// callbackRules are those for the first answer to an interaction.
func callbackRules(c *call) ([]violation, *apiError) {
	r := &rules{}
	body := c.object()
	data := r.object(at{"data"}, body["data"])
	switch kind := number(body["type"]); kind {
	case answerMessage:
		r.message(at{"data"}, data, false)
		if len(r.found) == 0 && isEmpty(data, len(c.files)) {
			return nil, errEmptyMessage
		}
	case answerDefer, answerDeferUpdate:
	case answerUpdate:
		r.message(at{"data"}, data, true)
	case answerAutocompletion:
		for i, x := range r.list(at{"data", "choices"}, data["choices"], 0, maxChoices) {
			where := at{"data", "choices"}.to(i)
			choice := r.object(where, x)
			r.text(where.to("name"), choice["name"], 1, maxCommandText)
			if _, isNumber := choice["value"].(json.Number); !isNumber {
				r.text(where.to("value"), choice["value"], 1, maxCommandText)
			}
		}
		if data == nil {
			r.required(at{"data"})
		}
	case answerModal:
		r.modal(at{"data"}, data)
	default:
		r.add(at{"type"}, "BASE_TYPE_CHOICES", "There is no answer of type %d.", kind)
	}
	return r.found, nil
}

// modal checks a modal: a title, a custom id and one to five fields.
func (r *rules) modal(where at, data map[string]any) {
	r.text(where.to("title"), data["title"], 1, 45)
	r.text(where.to("custom_id"), data["custom_id"], 1, maxCustomID)
	customs := map[string]bool{}
	for i, x := range r.list(where.to("components"), data["components"], 1, 5) {
		here := where.to("components", i)
		row := r.object(here, x)
		var inner []any
		switch number(row["type"]) {
		case typeRow:
			inner = r.list(here.to("components"), row["components"], 1, 1)
		case typeLabel:
			r.text(here.to("label"), row["label"], 1, 45)
			r.text(here.to("description"), row["description"], 0, 100)
			if row["component"] == nil {
				r.required(here.to("component"))
			} else {
				inner = []any{row["component"]}
			}
		case typeText:
		default:
			r.add(here.to("type"), "UNION_TYPE_CHOICES", "A modal holds rows and labels.")
		}
		for _, v := range inner {
			field := r.object(here, v)
			r.text(here.to("custom_id"), field["custom_id"], 1, maxCustomID)
			id, _ := field["custom_id"].(string)
			if customs[id] {
				r.add(here.to("custom_id"), "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")
			}
			customs[id] = true
			if number(field["type"]) == typeTextInput {
				r.oneOf(here.to("style"), field["style"], 1, 2)
				r.text(here.to("placeholder"), field["placeholder"], 0, 100)
			}
		}
	}
}
