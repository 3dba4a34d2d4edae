// Package demo carries sample news, all invented: thirteen articles by four
// outlets on four happenings, among them copies, a story whose numbers change
// and two that merely look alike. A [Server] publishes them on loopback over
// about a minute, as real outlets would: a feed each, and a page an article.
package demo

import (
	"bytes"
	"context"
	"embed"
	"encoding/xml"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"newsdesk/news"
)

//go:embed content
var content embed.FS

// Topic is the topic of all sample feeds.
const Topic = "demo"

// Question is one that the sample news answer once they have all come.
const Question = "How many people died in the Velmora earthquake?"

// Article is a sample article.
type Article struct {
	Outlet, Title, Byline string
	At                    time.Duration // after the start
	Paragraphs            []string
	path                  string
}

// Articles returns the sample articles in the order they are published. today
// is the day that their "{today}" stands for.
func Articles(today time.Time) ([]Article, error) {
	names, err := fs.Glob(content, "content/*.txt")
	if err != nil {
		return nil, fmt.Errorf("list the sample articles: %w", err)
	}
	out := make([]Article, 0, len(names))
	for _, name := range names {
		b, err := content.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read a sample article: %w", err)
		}
		a, err := parse(strings.ReplaceAll(string(b), "{today}", today.Weekday().String()))
		if err != nil {
			return nil, fmt.Errorf("sample article %s: %w", name, err)
		}
		a.path = strings.TrimSuffix(path.Base(name), ".txt")
		out = append(out, a)
	}
	slices.SortStableFunc(out, func(a, b Article) int { return int(a.At - b.At) })
	return out, nil
}

// parse reads "key: value" lines, a blank line, and paragraphs.
func parse(s string) (Article, error) {
	head, body, ok := strings.Cut(s, "\n\n")
	if !ok {
		return Article{}, errors.New("no blank line after the head")
	}
	var a Article
	for line := range strings.Lines(head) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch key {
		case "outlet":
			a.Outlet = value
		case "title":
			a.Title = value
		case "byline":
			a.Byline = value
		case "at":
			seconds, err := strconv.Atoi(value)
			if err != nil {
				return Article{}, fmt.Errorf("at: %w", err)
			}
			a.At = time.Duration(seconds) * time.Second
		default:
			return Article{}, fmt.Errorf("unknown key %q", key)
		}
	}
	a.Paragraphs = strings.Split(strings.TrimSpace(body), "\n\n")
	return a, nil
}

// Server publishes the sample articles.
type Server struct {
	articles []Article
	start    time.Time
	pace     float64
	now      func() time.Time
	listener net.Listener
}

// NewServer listens on loopback. pace is how many times faster than planned
// the articles come: 1 takes about a minute.
func NewServer(ctx context.Context, pace float64, now func() time.Time) (*Server, error) {
	articles, err := Articles(now())
	if err != nil {
		return nil, err
	}
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("serve the sample news: %w", err)
	}
	return &Server{articles: articles, start: now(), pace: pace, now: now, listener: l}, nil
}

// Feeds returns the outlets' feeds.
func (s *Server) Feeds() []news.Feed {
	var out []news.Feed
	for _, a := range s.articles {
		f := news.Feed{URL: s.url("/" + slug(a.Outlet) + "/feed.xml"), Name: a.Outlet, Topic: Topic}
		if !slices.Contains(out, f) {
			out = append(out, f)
		}
	}
	return out
}

// Length is the time until the last article is out.
func (s *Server) Length() time.Duration { return s.due(s.articles[len(s.articles)-1]) }

func (s *Server) due(a Article) time.Duration { return time.Duration(float64(a.At) / s.pace) }

func (s *Server) url(p string) string { return "http://" + s.listener.Addr().String() + p }

func slug(outlet string) string { return strings.ToLower(strings.ReplaceAll(outlet, " ", "-")) }

// Serve answers until ctx ends, and returns when every answer has.
func (s *Server) Serve(ctx context.Context, log *slog.Logger) error {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{outlet}/feed.xml", s.feed)
	mux.HandleFunc("GET /{outlet}/{article}", s.page)
	srv := &http.Server{
		Handler: mux, ReadHeaderTimeout: 10 * time.Second,
		BaseContext: func(net.Listener) context.Context { return ctx },
		ErrorLog:    slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
	ended := make(chan error, 1)
	go func() { ended <- srv.Serve(s.listener) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serve the sample news: %w", err)
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

// out returns an outlet's articles that are out by now, newest first.
func (s *Server) out(outlet string) []Article {
	var list []Article
	for _, a := range s.articles {
		if slug(a.Outlet) == outlet && s.now().Sub(s.start) >= s.due(a) {
			list = append(list, a)
		}
	}
	slices.Reverse(list)
	return list
}

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
	outlet := r.PathValue("outlet")
	list := s.out(outlet)
	etag := fmt.Sprintf(`"%s-%d"`, outlet, len(list))
	w.Header().Set("ETag", etag)
	if r.Header.Get("If-None-Match") == etag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	doc := rss{Version: "2.0", Title: outlet, Link: s.url("/" + outlet + "/")}
	for _, a := range list {
		doc.Title = a.Outlet
		link := s.url("/" + outlet + "/" + a.path)
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
<html lang="en"><head><meta charset="utf-8"><title>{{.Title}} | {{.Outlet}}</title>
<meta property="og:title" content="{{.Title}}"><meta property="og:site_name" content="{{.Outlet}}">
{{with .Byline}}<meta name="author" content="{{.}}">{{end}}</head>
<body><header><nav><a href="#">Home</a> <a href="#">World</a> <a href="#">Business</a> <a href="#">Sport</a></nav></header>
<main><article><h1>{{.Title}}</h1>{{with .Byline}}<p class="byline">By {{.}}</p>{{end}}
{{range .Paragraphs}}<p>{{.}}</p>
{{end}}</article></main>
<aside><h2>Most read</h2><ul><li><a href="#">Ten walks for the weekend</a></li><li><a href="#">Crossword</a></li></ul></aside>
<footer><p>{{.Outlet}} is an invented newspaper. All its news are invented, too.</p></footer></body></html>
`))

func (s *Server) page(w http.ResponseWriter, r *http.Request) {
	for _, a := range s.out(r.PathValue("outlet")) {
		if a.path == r.PathValue("article") {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_ = pageTemplate.Execute(w, a) // the reader has gone: nothing to do
			return
		}
	}
	http.NotFound(w, r)
}

// Count is the number of sample articles.
func (s *Server) Count() int { return len(s.articles) }
