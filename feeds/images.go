package feeds

import (
	"path"
	"strings"

	ext "github.com/mmcdole/gofeed/extensions"
)

// image returns an item's picture as an absolute address: media:content,
// media:thumbnail, an enclosure, itunes:image, in this order, media:group
// included; "" where there is none.
func (s source) image() string {
	if s.rss == nil && s.item.Image != nil { // JSON Feed
		if u := absolute(s.base, s.item.Image.URL); u != "" {
			return u
		}
	}
	media := s.item.Extensions["media"]
	if u := s.mediaImage(media); u != "" {
		return u
	}
	for _, g := range media["group"] {
		if u := s.mediaImage(g.Children); u != "" {
			return u
		}
	}
	for _, e := range s.item.Enclosures {
		if strings.HasPrefix(strings.ToLower(e.Type), "image/") || e.Type == "" && imageFile(e.URL) {
			if u := absolute(s.base, e.URL); u != "" {
				return u
			}
		}
	}
	if it := s.item.ITunesExt; it != nil {
		return absolute(s.base, it.Image)
	}
	return ""
}

func (s source) mediaImage(m map[string][]ext.Extension) string {
	for _, c := range m["content"] {
		kind, medium := strings.ToLower(c.Attrs["type"]), strings.ToLower(c.Attrs["medium"])
		if medium == "image" || strings.HasPrefix(kind, "image") || medium == "" && kind == "" && imageFile(c.Attrs["url"]) {
			if u := absolute(s.base, c.Attrs["url"]); u != "" {
				return u
			}
		}
	}
	for _, c := range m["content"] { // a thumbnail inside of a film
		if u := s.thumbnail(c.Children); u != "" {
			return u
		}
	}
	return s.thumbnail(m)
}

func (s source) thumbnail(m map[string][]ext.Extension) string {
	for _, t := range m["thumbnail"] {
		if u := absolute(s.base, t.Attrs["url"]); u != "" {
			return u
		}
	}
	return ""
}

// imageFile says whether an address ends like a picture's.
func imageFile(u string) bool {
	u, _, _ = strings.Cut(u, "?")
	switch strings.ToLower(path.Ext(u)) {
	case ".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif":
		return true
	}
	return false
}
