package feeds

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"newsdesk/news"
)

// maxLinkHeader bounds what is read of a Link header, in bytes.
const maxLinkHeader = 8 << 10

// hubOf reads the hub that a feed names in what stands before its first item,
// and the address that the hub knows the feed by.
// Source: https://www.w3.org/TR/websub/#discovery
func hubOf(head []byte, base *url.URL) news.Hub {
	var hub news.Hub
	for s := (scanner{doc: head}); hub.URL == "" || hub.Topic == ""; {
		t, ok := s.next()
		if !ok {
			break
		}
		if t.kind != kindStart || t.cut || !equalFold(local(t.name), "link") {
			continue
		}
		tag := head[t.start:t.end]
		if rel := decoded(tag, "rel"); rel != "" {
			take(&hub, rel, absolute(base, decoded(tag, "href")))
		}
	}
	return hub
}

// jsonHub reads the hub of a JSON feed, whose members are given by name.
// Source: https://www.jsonfeed.org/version/1.1/#hubs
func jsonHub(head map[string]json.RawMessage, base *url.URL) news.Hub {
	var hub news.Hub
	var hubs []struct {
		Type string `json:"type"`
		URL  string `json:"url"`
	}
	_ = json.Unmarshal(head["hubs"], &hubs) // in another form: no hub
	for _, h := range hubs {
		if strings.EqualFold(h.Type, "websub") {
			take(&hub, "hub", absolute(base, h.URL))
		}
	}
	var self string
	_ = json.Unmarshal(head["feed_url"], &self) // in another form: not said
	take(&hub, "self", absolute(base, self))
	return hub
}

// linkedHub reads the hub that an answer's headers name, which goes before what
// stands in the document (RFC 8288, section 3).
func linkedHub(h http.Header, base *url.URL) news.Hub {
	var hub news.Hub
	for _, line := range h.Values("Link") {
		for l := range headerLinks(line[:min(len(line), maxLinkHeader)]) {
			take(&hub, l.rel, absolute(base, l.target))
		}
	}
	return hub
}

// take books an address under what it is; the first of each kind counts.
func take(hub *news.Hub, rel, address string) {
	for kind := range strings.FieldsSeq(strings.ToLower(rel)) {
		switch {
		case kind == "hub" && hub.URL == "":
			hub.URL = address
		case kind == "self" && hub.Topic == "":
			hub.Topic = address
		}
	}
}

// headerLink is one value of a Link header.
type headerLink struct{ target, rel string }

// headerLinks yields the values of a Link header. What is no link is left out.
func headerLinks(line string) func(yield func(headerLink) bool) {
	return func(yield func(headerLink) bool) {
		for {
			open := strings.IndexByte(line, '<')
			if open < 0 {
				return
			}
			end := strings.IndexByte(line[open:], '>')
			if end < 0 {
				return
			}
			l := headerLink{target: line[open+1 : open+end]}
			line = line[open+end+1:]
			for {
				var name, value string
				var more bool
				if name, value, line, more = parameter(line); !more {
					break
				}
				if strings.EqualFold(name, "rel") && l.rel == "" {
					l.rel = value
				}
			}
			if l.rel != "" && !yield(l) {
				return
			}
		}
	}
}

// parameter reads the next ";name=value" of a link, and false where the link
// ends.
func parameter(line string) (name, value, rest string, more bool) {
	line = strings.TrimLeft(line, " \t")
	if !strings.HasPrefix(line, ";") {
		return "", "", line, false
	}
	line = strings.TrimLeft(line[1:], " \t")
	i := strings.IndexAny(line, "=;,")
	if i < 0 || line[i] != '=' {
		if i < 0 {
			i = len(line)
		}
		return strings.TrimSpace(line[:i]), "", line[i:], true
	}
	name, line = strings.TrimSpace(line[:i]), strings.TrimLeft(line[i+1:], " \t")
	if quoted, ok := strings.CutPrefix(line, `"`); ok {
		value, rest, _ = strings.Cut(quoted, `"`)
		return name, value, rest, true
	}
	i = strings.IndexAny(line, ";, \t")
	if i < 0 {
		i = len(line)
	}
	return name, line[:i], line[i:], true
}
