package preview

import (
	"bytes"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"strings"
	"time"

	"newsdesk/bot/message"
)

//go:embed assets
var assets embed.FS

// views renders the page and its parts.
type views struct{ t *template.Template }

func newViews() (views, error) {
	t, err := template.New("").Funcs(template.FuncMap{
		"hex":   func(c int) string { return fmt.Sprintf("#%06x", c&0xffffff) },
		"iso":   func(t time.Time) string { return t.UTC().Format(time.RFC3339) },
		"clock": func(t time.Time) string { return t.UTC().Format("2 Jan 15:04") },
		"web": func(u string) bool {
			return strings.HasPrefix(u, "https://") || strings.HasPrefix(u, "http://")
		},
	}).ParseFS(assets, "assets/*.html")
	if err != nil {
		return views{}, fmt.Errorf("parse the page's templates: %w", err)
	}
	return views{t}, nil
}

// page is the whole page.
type page struct {
	Title    string
	Notice   string // one line above the channels, "" for none
	Channels []channelLink
	Current  Channel
	Seq      uint64
	Messages []entryView
	Reply    *replyView
	Line     string // what was typed
	Commands []message.Command
	Names    []string // the first words of the commands' names
	// TakesFiles says that a command takes one.
	TakesFiles bool
}

type channelLink struct {
	ID, Name string
	Current  bool
	Count    int
}

// entryView is an entry with what it needs to be rendered.
type entryView struct {
	Entry
	Channel string
	Reply   bool // answers a command: only this reader sees it
	Update  bool
	Files   []fileView
	Text    func(string) template.HTML
	Replies []entryView
}

// fileView is a file that comes with a reply. It is part of the page: the page
// keeps nothing of what it answered.
type fileView struct {
	Name string
	URL  template.URL
}

func download(files []message.File) []fileView {
	var out []fileView
	for _, f := range files {
		out = append(out, fileView{f.Name, template.URL("data:application/octet-stream;base64," + base64.StdEncoding.EncodeToString(f.Data))}) //nolint:gosec // made here, of letters and digits
	}
	return out
}

// replyView is the answer to a command, shown to who asked.
type replyView struct {
	Asked string
	Shown entryView
}

func (r rendering) entry(channel string, e Entry) entryView {
	v := entryView{Entry: e, Channel: channel, Text: r.markup}
	for _, reply := range e.Replies {
		v.Replies = append(v.Replies, r.entry(channel, reply))
	}
	return v
}

// render executes a template into memory, so that a failure leaves no half a
// page.
func (v views) render(name string, data any) ([]byte, error) {
	var b bytes.Buffer
	if err := v.t.ExecuteTemplate(&b, name, data); err != nil {
		return nil, fmt.Errorf("render %s: %w", name, err)
	}
	return b.Bytes(), nil
}
