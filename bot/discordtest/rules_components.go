package discordtest

import "slices"

// Types of component.
const (
	typeRow        = 1
	typeButton     = 2
	typeMenu       = 3
	typeTextInput  = 4
	typeChannels   = 8 // 5 to 8: menus of users, roles, mentionables, channels
	typeSection    = 9
	typeText       = 10
	typeThumbnail  = 11
	typeGallery    = 12
	typeFile       = 13
	typeSeparator  = 14
	typeContainer  = 17
	typeLabel      = 18
	styleLink      = 5
	stylePremium   = 6
	maxRows        = 5    // of a message without V2
	maxComponents  = 40   // of a message with V2, nested ones counted
	maxDisplayed   = 4000 // characters in all text displays of a message
	maxLabel       = 80
	maxCustomID    = 100
	maxPlaceholder = 150
	maxMenuOptions = 25
)

// tally is what is counted over all components of a message.
type tally struct {
	count, shown int
	customs      map[string]bool
	ids          map[int]bool
}

// components checks the components of a message. v2 says that the flag is
// set, lax that it may be.
func (r *rules) components(where at, v any, v2, lax bool) {
	high := maxRows
	if lax {
		high = maxComponents
	}
	t := &tally{customs: map[string]bool{}, ids: map[int]bool{}}
	for i, c := range r.list(where, v, 0, high) {
		object := r.object(where.to(i), c)
		kind := number(object["type"])
		if !lax && kind != typeRow {
			r.add(where.to(i, "type"), "UNION_TYPE_CHOICES", "Value of field \"type\" must be one of (1,).")
			continue
		}
		if !slices.Contains([]int{typeRow, typeSection, typeText, typeGallery, typeFile, typeSeparator, typeContainer}, kind) {
			r.add(where.to(i, "type"), "UNION_TYPE_CHOICES", "A component of type %d cannot stand here.", kind)
			continue
		}
		r.component(where.to(i), object, t)
	}
	if (v2 || lax) && t.count > maxComponents {
		r.add(where, "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", "The total number of components cannot exceed %d", maxComponents)
	}
	if t.shown > maxDisplayed {
		r.add(where, "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", "Total displayable text size exceeds maximum size of %d", maxDisplayed)
	}
}

// component checks one component and those inside it.
func (r *rules) component(where at, c map[string]any, t *tally) {
	t.count++
	if id := number(c["id"]); id != 0 {
		if t.ids[id] {
			r.add(where.to("id"), "COMPONENT_ID_DUPLICATED", "Component id cannot be duplicated")
		}
		t.ids[id] = true
	}
	switch kind := number(c["type"]); {
	case kind == typeRow:
		r.row(where, c, t)
	case kind == typeButton:
		r.button(where, c, t)
	case kind == typeMenu:
		r.menu(where, c, t)
	case kind > typeTextInput && kind <= typeChannels:
		r.customID(where, c, t)
		r.text(where.to("placeholder"), c["placeholder"], 0, maxPlaceholder)
	case kind == typeSection:
		r.nested(where, c, 1, 3, t, typeText)
		accessory := r.object(where.to("accessory"), c["accessory"])
		if k := number(accessory["type"]); k != typeButton && k != typeThumbnail {
			r.add(where.to("accessory"), "BASE_TYPE_REQUIRED", "A section needs a button or a thumbnail.")
			return
		}
		r.component(where.to("accessory"), accessory, t)
	case kind == typeText:
		t.shown += r.text(where.to("content"), c["content"], 1, maxDisplayed)
	case kind == typeThumbnail:
		r.media(where.to("media"), c["media"])
	case kind == typeGallery:
		for i, item := range r.list(where.to("items"), c["items"], 1, 10) {
			r.media(where.to("items", i, "media"), r.object(where.to("items", i), item)["media"])
		}
	case kind == typeFile:
		r.media(where.to("file"), c["file"])
	case kind == typeSeparator:
		r.oneOf(where.to("spacing"), c["spacing"], 1, 2)
	case kind == typeContainer:
		r.nested(where, c, 1, maxComponents, t, typeRow, typeText, typeSection, typeGallery, typeSeparator, typeFile)
	default:
		r.add(where.to("type"), "UNION_TYPE_CHOICES", "There is no component of type %d.", kind)
	}
}

// nested checks the components inside one that takes only some kinds.
func (r *rules) nested(where at, c map[string]any, low, high int, t *tally, kinds ...int) {
	for i, x := range r.list(where.to("components"), c["components"], low, high) {
		inner := r.object(where.to("components", i), x)
		if kind := number(inner["type"]); !slices.Contains(kinds, kind) {
			r.add(where.to("components", i, "type"), "UNION_TYPE_CHOICES", "A component of type %d cannot stand here.", kind)
			continue
		}
		r.component(where.to("components", i), inner, t)
	}
}

// row checks a row: up to five buttons, or one menu.
func (r *rules) row(where at, c map[string]any, t *tally) {
	buttons, menus := 0, 0
	for i, x := range r.list(where.to("components"), c["components"], 1, 5) {
		inner := r.object(where.to("components", i), x)
		switch kind := number(inner["type"]); {
		case kind == typeButton:
			buttons++
		case kind == typeMenu || kind > typeTextInput && kind <= typeChannels:
			menus++
		default:
			r.add(where.to("components", i, "type"), "UNION_TYPE_CHOICES", "A component of type %d cannot stand in a row.", kind)
			continue
		}
		r.component(where.to("components", i), inner, t)
	}
	if menus > 1 || menus == 1 && buttons > 0 {
		r.add(where.to("components"), "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified component exceeds the maximum width")
	}
}

func (r *rules) customID(where at, c map[string]any, t *tally) {
	r.text(where.to("custom_id"), c["custom_id"], 1, maxCustomID)
	id, isText := c["custom_id"].(string)
	if isText && t.customs[id] {
		r.add(where.to("custom_id"), "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")
	}
	t.customs[id] = true
}

func (r *rules) button(where at, c map[string]any, t *tally) {
	style := number(c["style"])
	r.text(where.to("label"), c["label"], 0, maxLabel)
	label, _ := c["label"].(string)
	switch {
	case style < 1 || style > stylePremium:
		r.add(where.to("style"), "BASE_TYPE_CHOICES", "Value must be one of (1, 2, 3, 4, 5, 6).")
		return
	case style != stylePremium && label == "" && c["emoji"] == nil:
		r.add(where, "BUTTON_COMPONENT_INVALID", "A button must have a label or emoji")
	}
	switch style {
	case styleLink:
		if address, _ := c["url"].(string); address == "" {
			r.add(where, "BUTTON_COMPONENT_URL_REQUIRED", "A url is required")
		} else if size(address) > 512 {
			r.add(where.to("url"), "BASE_TYPE_MAX_LENGTH", "Must be 512 or fewer in length.")
		}
		r.address(where.to("url"), c["url"], "discord")
		if id, _ := c["custom_id"].(string); id != "" {
			r.add(where, "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", "A custom id and url cannot both be specified")
		}
	case stylePremium:
		r.text(where.to("sku_id"), c["sku_id"], 1, 20)
	default:
		r.customID(where, c, t)
		if address, _ := c["url"].(string); address != "" {
			r.add(where, "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", "A custom id and url cannot both be specified")
		}
	}
}

func (r *rules) menu(where at, c map[string]any, t *tally) {
	r.customID(where, c, t)
	r.text(where.to("placeholder"), c["placeholder"], 0, maxPlaceholder)
	options := r.list(where.to("options"), c["options"], 1, maxMenuOptions)
	values := map[string]bool{}
	for i, o := range options {
		option := r.object(where.to("options", i), o)
		r.text(where.to("options", i, "label"), option["label"], 1, 100)
		r.text(where.to("options", i, "value"), option["value"], 1, 100)
		r.text(where.to("options", i, "description"), option["description"], 0, 100)
		if text, isText := option["value"].(string); isText {
			if values[text] {
				r.add(where.to("options", i, "value"), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The specified option value is already used")
			}
			values[text] = true
		}
	}
	if high := number(c["max_values"]); high < 0 || high > max(len(options), 1) {
		r.add(where.to("max_values"), "NUMBER_TYPE_MAX", "More values than options.")
	}
	if low := number(c["min_values"]); low < 0 || low > max(len(options), 1) {
		r.add(where.to("min_values"), "NUMBER_TYPE_MAX", "More values than options.")
	}
}

func (r *rules) media(where at, v any) {
	m := r.object(where, v)
	if m["url"] == nil {
		r.required(where.to("url"))
		return
	}
	r.address(where.to("url"), m["url"], "attachment")
}
