package feeds

import (
	"path"
	"strings"

	ext "github.com/mmcdole/gofeed/extensions"

	"newsdesk/internal/picture"
)

// maxPictures bounds the pictures of one kind that are looked at in an item.
const maxPictures = 24

// image returns the picture that may lead an item as an absolute address:
// media:content, media:thumbnail, an enclosure, itunes:image, in this order,
// media:group included, and of several sizes the widest; "" where none may.
func (s source) image() string {
	if s.rss == nil && s.item.Image != nil { // JSON Feed
		if u := s.fit([]picture.Picture{{URL: s.item.Image.URL}}); u != "" {
			return u
		}
	}
	media := s.item.Extensions["media"]
	if u := s.mediaImage(media); u != "" {
		return u
	}
	for i, g := range media["group"] {
		if i == maxPictures {
			break
		}
		if u := s.mediaImage(g.Children); u != "" {
			return u
		}
	}
	var enclosed []picture.Picture
	for _, e := range s.item.Enclosures {
		if strings.HasPrefix(strings.ToLower(e.Type), "image/") || e.Type == "" && imageFile(e.URL) {
			enclosed = append(enclosed, picture.Picture{URL: e.URL})
		}
	}
	if u := s.fit(enclosed); u != "" {
		return u
	}
	if it := s.item.ITunesExt; it != nil {
		return s.fit([]picture.Picture{{URL: it.Image}})
	}
	return ""
}

// fit makes addresses absolute and returns the widest picture that may lead. One
// on the reader's own network may not, unless the feed is there as well.
func (s source) fit(offered []picture.Picture) string {
	if len(offered) == 0 {
		return ""
	}
	offered = offered[:min(len(offered), maxPictures)]
	for i := range offered {
		offered[i].URL = absolute(s.base, offered[i].URL)
	}
	u := picture.Widest(offered)
	if u != "" && picture.Local(u) && (s.base == nil || !picture.Local(s.base.String())) {
		return ""
	}
	return u
}

func (s source) mediaImage(m map[string][]ext.Extension) string {
	var offered, stills []picture.Picture
	for _, c := range m["content"] {
		kind, medium := strings.ToLower(c.Attrs["type"]), strings.ToLower(c.Attrs["medium"])
		if medium == "image" || strings.HasPrefix(kind, "image") || medium == "" && kind == "" && imageFile(c.Attrs["url"]) {
			offered = append(offered, sized(c))
		}
		stills = append(stills, thumbnails(c.Children)...) // a thumbnail inside of a film
	}
	for _, list := range [][]picture.Picture{offered, stills, thumbnails(m)} {
		if u := s.fit(list); u != "" {
			return u
		}
	}
	return ""
}

func thumbnails(m map[string][]ext.Extension) []picture.Picture {
	var out []picture.Picture
	for _, t := range m["thumbnail"] {
		out = append(out, sized(t))
	}
	return out
}

// sized is a picture with the size that the feed declares for it.
func sized(e ext.Extension) picture.Picture {
	return picture.Picture{URL: e.Attrs["url"], Width: picture.Pixels(e.Attrs["width"]), Height: picture.Pixels(e.Attrs["height"])}
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
