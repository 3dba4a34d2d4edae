package feeds

import (
	"bytes"
	"encoding/json"
	"html"
	"strings"

	"github.com/mmcdole/gofeed"
	jsonfeed "github.com/mmcdole/gofeed/json"
)

// maxJSONItems bounds how many items of a JSON feed are looked at.
const maxJSONItems = 10 * MaxItems

// maxJSONFields bounds what stands beside the items.
const maxJSONFields = 200

// readJSON reads a JSON Feed. Items that do not fit the format are left out;
// of a document that breaks off, what was whole is kept.
func (d *Document) readJSON(doc []byte, contentType, feedURL string) error {
	head := make(map[string]json.RawMessage)
	var items []*jsonfeed.Item
	dec := json.NewDecoder(bytes.NewReader(doc))
	found, lost, fields := false, 0, 0
	_, err := dec.Token() // "{"
	if err == nil {
		for dec.More() && err == nil {
			var key json.Token
			if key, err = dec.Token(); err != nil {
				break
			}
			if name, _ := key.(string); name != "items" {
				if fields++; fields > maxJSONFields {
					return refuse(ErrHostile, "the JSON feed has more than %d fields beside its items", maxJSONFields)
				}
				var raw json.RawMessage
				if err = dec.Decode(&raw); err == nil {
					head[name] = raw
				}
				continue
			}
			found = true
			items, lost, err = jsonItems(dec)
		}
	}
	if err == nil {
		_, err = dec.Token() // "}"
	}
	switch {
	case !found && isFeedVersion(head["version"]) && err == nil:
		// a feed that has nothing to say yet
	case !found:
		return refuse(ErrNotFeed, "this is JSON, but not a JSON feed%s", typed(contentType))
	case len(items) == 0 && (err != nil || lost > 0):
		return refuse(ErrBroken, "the JSON feed is damaged and no item can be read")
	case err != nil:
		d.Partial = true
		d.note("The feed was cut off; %s of it could be read.", counted(len(items)))
	}
	if lost > 0 {
		d.note("%s could not be read.", counted(lost))
	}
	delete(head, "items")
	feed := &jsonfeed.Feed{}
	if raw, err := json.Marshal(head); err != nil || json.Unmarshal(raw, feed) != nil {
		feed = &jsonfeed.Feed{}
		_ = json.Unmarshal(head["title"], &feed.Title) // the title alone is worth having
		_ = json.Unmarshal(head["home_page_url"], &feed.HomePageURL)
	}
	feed.Items = items
	out, err := (&gofeed.DefaultJSONTranslator{}).Translate(feed)
	if err != nil {
		return refuse(ErrBroken, "the JSON feed is damaged")
	}
	d.translate(parsed{feed: out}, layout{}, nil, feedURL)
	d.Hub = jsonHub(head, baseOf("", feedURL, d.Link))
	d.keepNewest()
	return nil
}

func isFeedVersion(raw json.RawMessage) bool {
	return bytes.Contains(raw, []byte("jsonfeed.org"))
}

// jsonItems reads the array of items; the decoder stands before it.
func jsonItems(dec *json.Decoder) (items []*jsonfeed.Item, lost int, err error) {
	open, err := dec.Token()
	if err != nil || open != json.Delim('[') {
		return nil, 0, err
	}
	for dec.More() {
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			return items, lost, err
		}
		if len(items) >= maxJSONItems {
			continue
		}
		it := &jsonfeed.Item{}
		if json.Unmarshal(raw, it) != nil && json.Unmarshal(looser(raw), it) != nil {
			lost++
			continue
		}
		if it.ContentHTML == "" && it.ContentText != "" {
			it.ContentHTML = marked(it.ContentText)
		}
		items = append(items, it)
	}
	_, err = dec.Token()
	return items, lost, err
}

// looser keeps only the fields of an item that are strings where they must be.
func looser(raw json.RawMessage) json.RawMessage {
	var all map[string]json.RawMessage
	if json.Unmarshal(raw, &all) != nil {
		return raw
	}
	kept := make(map[string]json.RawMessage, len(all))
	for k, v := range all {
		switch {
		case len(v) == 0 || k == "author" || k == "authors" || k == "tags" || k == "attachments":
		case k == "id" || v[0] == '"':
			kept[k] = v
		case (k == "date_published" || k == "date_modified") && v[0] >= '0' && v[0] <= '9':
			kept[k] = json.RawMessage(`"` + string(v) + `"`) // seconds since 1970
		}
	}
	out, err := json.Marshal(kept)
	if err != nil {
		return raw
	}
	return out
}

// marked makes HTML of plain text, whose paragraphs are parted by blank lines.
func marked(text string) string {
	var out strings.Builder
	for para := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n") {
		if para = strings.TrimSpace(para); para != "" {
			out.WriteString("<p>" + html.EscapeString(para) + "</p>\n")
		}
	}
	return out.String()
}
