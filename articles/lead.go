package articles

import (
	"slices"
	"strconv"
	"strings"

	"newsdesk/internal/picture"
)

// Where a picture is offered, the most trusted first.
const (
	fromOpenGraph = iota
	fromTwitter
	fromLD
	fromLink
	fromMicrodata
	offerKinds
)

// maxPictures bounds the pictures kept of each kind.
const maxPictures = 12

// offers are the pictures that a page offers, by where, in document order.
type offers [offerKinds][]picture.Picture

func (o *offers) add(kind int, ref string) {
	if ref != "" && len(o[kind]) < maxPictures {
		o[kind] = append(o[kind], picture.Picture{URL: ref})
	}
}

// meta takes in one meta element. Open Graph's width and height belong to the
// image before them.
func (o *offers) meta(name, content string) {
	switch name {
	case "og:image", "og:image:url", "og:image:secure_url":
		same := func(p picture.Picture) bool { return schemeless(p.URL) == schemeless(content) }
		if !slices.ContainsFunc(o[fromOpenGraph], same) { // else another address of the same
			o.add(fromOpenGraph, content)
		}
	case "og:image:width", "og:image:height", "twitter:image:width", "twitter:image:height":
		kind := fromOpenGraph
		if strings.HasPrefix(name, "twitter") {
			kind = fromTwitter
		}
		n := len(o[kind])
		if n == 0 {
			return
		}
		if last := &o[kind][n-1]; strings.HasSuffix(name, "width") {
			last.Width = picture.Pixels(content)
		} else {
			last.Height = picture.Pixels(content)
		}
	case "twitter:image", "twitter:image:src":
		o.add(fromTwitter, content)
	case "thumbnailurl", "image":
		o.add(fromMicrodata, content)
	}
}

// ld reads a value of JSON-LD: an address, an ImageObject, a reference to one,
// or a list of these.
func (o *offers) ld(v any, byID map[string]map[string]any, depth int) {
	if depth > 2 {
		return
	}
	switch v := v.(type) {
	case string:
		if m, ok := byID[v]; ok && m["url"] != nil {
			v = str(m["url"])
		}
		o.add(fromLD, v)
	case []any:
		for _, e := range v[:min(len(v), maxPictures)] {
			o.ld(e, byID, depth+1)
		}
	case map[string]any:
		for _, k := range []string{"url", "contentUrl"} {
			ref := str(v[k])
			if ref == "" {
				continue
			}
			if o.add(fromLD, ref); len(o[fromLD]) < maxPictures {
				last := &o[fromLD][len(o[fromLD])-1]
				last.Width, last.Height = pixels(v["width"]), pixels(v["height"])
			}
			return
		}
		if m, ok := byID[str(v["@id"])]; ok {
			o.ld(m, byID, depth+1)
		}
	}
}

func schemeless(address string) string {
	_, rest, ok := strings.Cut(address, "//")
	if !ok {
		return address
	}
	return rest
}

// pixels reads a length of JSON-LD: a number, a text, or a QuantitativeValue.
func pixels(v any) int {
	switch v := v.(type) {
	case string:
		return picture.Pixels(v)
	case float64:
		return picture.Pixels(strconv.FormatFloat(v, 'f', -1, 64))
	case map[string]any:
		if _, deeper := v["value"].(map[string]any); !deeper {
			return pixels(v["value"])
		}
	}
	return 0
}

// logoOf is the address of a publisher's logo.
func logoOf(v any, byID map[string]map[string]any) string {
	m, ok := v.(map[string]any)
	if !ok {
		return ""
	}
	if r, ok := byID[str(m["@id"])]; ok && m["logo"] == nil {
		m = r
	}
	var o offers
	o.ld(m["logo"], byID, 1)
	if len(o[fromLD]) == 0 {
		return ""
	}
	return o[fromLD][0].URL
}

// leadImage is the picture that the page shows when it is shared, the first that
// may lead a story: not the site's own emblem, and not one on the reader's own
// network unless the page stands there, too.
func (h *head) leadImage() string {
	emblems := []string{h.absolute(h.ld.logo)}
	for _, e := range h.emblems {
		emblems = append(emblems, h.absolute(e))
	}
	offered := h.pictures
	offered[fromLD] = h.ld.pictures[fromLD]
	local := h.base != nil && picture.Local(h.base.String())
	for _, list := range offered {
		for _, p := range list {
			p.URL = h.absolute(p.URL)
			if p.Leads() && !slices.Contains(emblems, p.URL) && (local || !picture.Local(p.URL)) {
				return p.URL
			}
		}
	}
	return ""
}
