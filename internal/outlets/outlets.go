// Package outlets publishes articles on loopback, as outlets do and as time
// goes by: a feed for each topic of an outlet, and a page for each article.
package outlets

import (
	"bytes"
	"cmp"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode"

	"newsdesk/news"
)

// Article is what an outlet publishes.
type Article struct {
	Outlet, Topic, Title, Byline string
	At                           time.Duration // after the start
	Paragraphs                   []string      // at least one
	Path                         string        // last part of its address, unique within the outlet
	Lang                         string        // that its page declares, "" for English
}

// Server publishes articles.
type Server struct {
	articles []Article
	start    time.Time
	pace     float64
	now      func() time.Time
	listener net.Listener
}

// NewServer listens on loopback. The articles, in the order they come, are
// counted from start. pace is how many times faster than planned they come.
func NewServer(ctx context.Context, articles []Article, start time.Time, pace float64, now func() time.Time) (*Server, error) {
	if len(articles) == 0 {
		return nil, errors.New("there is no article to publish")
	}
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("serve the articles: %w", err)
	}
	return &Server{articles: articles, start: start, pace: pace, now: now, listener: l}, nil
}

// Feeds returns the outlets' feeds, one for each topic of an outlet.
func (s *Server) Feeds() []news.Feed {
	var out []news.Feed
	for _, a := range s.articles {
		f := news.Feed{URL: s.URL("/" + slug(a.Outlet) + "/" + slug(a.Topic) + ".xml"), Name: a.Outlet, Topic: a.Topic}
		if !slices.Contains(out, f) {
			out = append(out, f)
		}
	}
	return out
}

// Length is the time until the last article is out.
func (s *Server) Length() time.Duration { return s.due(s.articles[len(s.articles)-1]) }

func (s *Server) due(a Article) time.Duration { return time.Duration(float64(a.At) / s.pace) }

// URL is the address of a path on the server.
func (s *Server) URL(p string) string { return "http://" + s.listener.Addr().String() + p }

// slug makes a part of an address of a name.
func slug(name string) string {
	s := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return '-'
	}, name)
	return cmp.Or(s, "-")
}

// Serve answers until ctx ends, and returns when every answer has.
func (s *Server) Serve(ctx context.Context, log *slog.Logger) error {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{outlet}/{feed}", s.feed)
	mux.HandleFunc("GET /{outlet}/a/{article}", s.page)
	srv := &http.Server{
		Handler: mux, ReadHeaderTimeout: 10 * time.Second,
		BaseContext: func(net.Listener) context.Context { return ctx },
		ErrorLog:    slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
	ended := make(chan error, 1)
	go func() { ended <- srv.Serve(s.listener) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serve the articles: %w", err)
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	if err := srv.Shutdown(grace); err != nil {
		_ = srv.Close() // what did not end in time is cut off
	}
	<-ended //nolint:errcheck // http.ErrServerClosed
	return nil
}

// Close releases the address of a server that was never served.
func (s *Server) Close() error { return s.listener.Close() }

// feedLength is how many articles a feed lists at most.
const feedLength = 50

// out tells whether an article is out by now.
func (s *Server) out(a Article) bool { return s.now().Sub(s.start) >= s.due(a) }

type rss struct {
	XMLName xml.Name `xml:"rss"`
	Version string   `xml:"version,attr"`
	Title   string   `xml:"channel>title"`
	Link    string   `xml:"channel>link"`
	Items   []item   `xml:"channel>item"`
}

type item struct {
	Title       string `xml:"title"`
	Link        string `xml:"link"`
	GUID        string `xml:"guid"`
	PubDate     string `xml:"pubDate"`
	Description string `xml:"description"`
}

func (s *Server) feed(w http.ResponseWriter, r *http.Request) {
	outlet, topic := r.PathValue("outlet"), strings.TrimSuffix(r.PathValue("feed"), ".xml")
	var list []Article
	name := ""
	for _, a := range s.articles {
		if slug(a.Outlet) != outlet || slug(a.Topic) != topic {
			continue
		}
		name = a.Outlet
		if s.out(a) {
			list = append(list, a)
		}
	}
	if name == "" {
		http.NotFound(w, r)
		return
	}
	count := len(list)
	list = list[max(0, count-feedLength):]
	slices.Reverse(list) // newest first
	etag := fmt.Sprintf(`"%s-%d"`, outlet, count)
	w.Header().Set("ETag", etag)
	if r.Header.Get("If-None-Match") == etag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	doc := rss{Version: "2.0", Title: name, Link: s.URL("/" + outlet + "/")}
	for _, a := range list {
		link := s.URL("/" + outlet + "/a/" + a.Path)
		doc.Items = append(doc.Items, item{
			Title: a.Title, Link: link, GUID: link,
			PubDate: s.start.Add(s.due(a)).UTC().Format(time.RFC1123Z), Description: a.Paragraphs[0],
		})
	}
	var b bytes.Buffer
	b.WriteString(xml.Header)
	if err := xml.NewEncoder(&b).Encode(doc); err != nil {
		http.Error(w, "the feed could not be written", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/rss+xml; charset=utf-8")
	_, _ = b.WriteTo(w) // the reader has gone: nothing to do
}

var pageTemplate = template.Must(template.New("").Parse(`<!doctype html>
<html lang="{{if .Lang}}{{.Lang}}{{else}}en{{end}}"><head><meta charset="utf-8"><title>{{.Title}} | {{.Outlet}}</title>
<meta property="og:title" content="{{.Title}}"><meta property="og:site_name" content="{{.Outlet}}">
{{with .Byline}}<meta name="author" content="{{.}}">{{end}}</head>
<body><header><nav><a href="#">Home</a> <a href="#">World</a> <a href="#">Business</a> <a href="#">Sport</a></nav></header>
<main><article><h1>{{.Title}}</h1>{{with .Byline}}<p class="byline">By {{.}}</p>{{end}}
{{range .Paragraphs}}<p>{{.}}</p>
{{end}}</article></main>
<aside><h2>Most read</h2><ul><li><a href="#">Ten walks for the weekend</a></li><li><a href="#">Crossword</a></li></ul></aside>
<footer><p>{{.Outlet}}. All rights reserved.</p></footer></body></html>
`))

func (s *Server) page(w http.ResponseWriter, r *http.Request) {
	for _, a := range s.articles {
		if slug(a.Outlet) == r.PathValue("outlet") && a.Path == r.PathValue("article") && s.out(a) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_ = pageTemplate.Execute(w, a) // the reader has gone: nothing to do
			return
		}
	}
	http.NotFound(w, r)
}

// Count is the number of articles.
func (s *Server) Count() int { return len(s.articles) }
