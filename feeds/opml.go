package feeds

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"slices"
	"strings"

	"newsdesk/internal/charset"
	"newsdesk/news"
)

// maxOPML bounds a list of feeds, in bytes.
const maxOPML = 64 << 20

// What can be wrong with a list of feeds; the sentences are for people.
var (
	ErrNotOPML    = errors.New("this is not an OPML file: export the list of feeds from your reader as OPML")
	ErrBrokenOPML = errors.New("this is not a whole OPML file")
	ErrNoFeeds    = errors.New("this OPML file lists no feed")
)

// ReadOPML reads a list of feeds as feed readers export it (OPML 2.0, section
// "Subscription lists"). A folder becomes the topic of the feeds in it, the
// innermost counting; an address that stands twice counts once. Outlines that
// name no http or https feed are passed over; a list without any feed is an
// error.
func ReadOPML(r io.Reader) ([]news.Feed, error) { return collectOPML(r, innermost) }

// EachInOPML is ReadOPML for long lists: it calls with each feed, and keeps none. Of
// a list that turns out to be broken, some were told.
func EachInOPML(r io.Reader, call func(news.Feed)) error { return readOPML(r, innermost, call) }

// ReadFolders is ReadOPML for lists whose folders are no topics: a feed's Topic is
// the name of the innermost folder as it stands there, "" outside of any.
func ReadFolders(r io.Reader) ([]news.Feed, error) {
	return collectOPML(r, func(folders []string) string {
		for _, name := range slices.Backward(folders) {
			if name != "" {
				return name
			}
		}
		return ""
	})
}

func collectOPML(r io.Reader, topic func(folders []string) string) (out []news.Feed, err error) {
	if err := readOPML(r, topic, func(f news.Feed) { out = append(out, f) }); err != nil {
		return nil, err
	}
	return out, nil
}

func readOPML(r io.Reader, topic func(folders []string) string, call func(news.Feed)) error {
	var raw bytes.Buffer
	if f, ok := r.(interface{ Stat() (fs.FileInfo, error) }); ok { // else it is copied as it grows
		if info, err := f.Stat(); err == nil && info.Size() < maxOPML {
			raw.Grow(int(info.Size()) + bytes.MinRead)
		}
	}
	if _, err := raw.ReadFrom(io.LimitReader(r, maxOPML)); err != nil {
		return fmt.Errorf("read the list of feeds: %w", err)
	}
	text, _ := charset.UTF8(raw.Bytes(), "")
	d := xml.NewDecoder(bytes.NewReader(text))
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // it is UTF-8 by now
	d.Strict = false
	d.Entity = xml.HTMLEntity
	var folders []string // "" for an outline that is a feed
	seen := map[string]bool{}
	root := false
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return fmt.Errorf("%w: %w", ErrBrokenOPML, err)
		}
		switch el := token.(type) {
		case xml.StartElement:
			switch strings.ToLower(el.Name.Local) {
			case "opml":
				root = true
			case "outline":
				f, name := outline(el)
				folders = append(folders, name)
				if f.URL != "" && !seen[f.URL] {
					seen[f.URL] = true
					f.Topic = topic(folders)
					call(f)
				}
			}
		case xml.EndElement:
			if strings.EqualFold(el.Name.Local, "outline") && len(folders) > 0 {
				folders = folders[:len(folders)-1]
			}
		}
	}
	if !root {
		return ErrNotOPML
	}
	if len(seen) == 0 {
		return ErrNoFeeds
	}
	return nil
}

// outline reads one outline element: a feed, or the name of a folder.
func outline(el xml.StartElement) (f news.Feed, folder string) {
	var text, title, address string
	for _, a := range el.Attr {
		switch strings.ToLower(a.Name.Local) {
		case "text":
			text = strings.TrimSpace(a.Value)
		case "title":
			title = strings.TrimSpace(a.Value)
		case "xmlurl":
			if address = strings.TrimSpace(a.Value); unfed(address) != address {
				if address = unfed(address); !web(address) {
					address = "http://" + address // what feed: stood for
				}
			}
		}
	}
	if title == "" {
		title = text
	}
	if title == address { // WriteOPML's own, for a feed without a name
		title = ""
	}
	if u, err := url.Parse(address); address != "" && err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" {
		return news.Feed{URL: address, Name: title}, ""
	}
	if address != "" {
		return news.Feed{}, ""
	}
	return news.Feed{}, title
}

// innermost makes a topic of the nearest folder that has a name.
func innermost(folders []string) string {
	for _, name := range slices.Backward(folders) {
		if s := slug(name); s != "" {
			return s
		}
	}
	return "news"
}

// WriteOPML writes a list of feeds for feed readers: a folder for each topic,
// in the order in which they first appear, and those without one in none. ReadOPML
// gives the same feeds back where the topics are slugs, ReadFolders always.
func WriteOPML(w io.Writer, title string, list []news.Feed) error {
	type outlineXML struct {
		Text     string       `xml:"text,attr"`
		Title    string       `xml:"title,attr,omitempty"`
		Type     string       `xml:"type,attr,omitempty"`
		URL      string       `xml:"xmlUrl,attr,omitempty"`
		Outlines []outlineXML `xml:"outline"`
	}
	var doc struct {
		XMLName xml.Name     `xml:"opml"`
		Version string       `xml:"version,attr"`
		Title   string       `xml:"head>title"`
		Body    []outlineXML `xml:"body>outline"`
	}
	doc.Version, doc.Title = "2.0", title
	folder := map[string]int{}
	for _, f := range list {
		name := f.Name
		if name == "" {
			name = f.URL
		}
		one := outlineXML{Text: name, Title: f.Name, Type: "rss", URL: f.URL}
		if f.Topic == "" {
			doc.Body = append(doc.Body, one)
			continue
		}
		at, ok := folder[f.Topic]
		if !ok {
			at = len(doc.Body)
			folder[f.Topic] = at
			doc.Body = append(doc.Body, outlineXML{Text: f.Topic})
		}
		doc.Body[at].Outlines = append(doc.Body[at].Outlines, one)
	}
	text, err := xml.MarshalIndent(doc, "", "  ")
	if err != nil {
		return fmt.Errorf("write OPML: %w", err)
	}
	_, err = fmt.Fprintf(w, "%s%s\n", xml.Header, text)
	return err
}
