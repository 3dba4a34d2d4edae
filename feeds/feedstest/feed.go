package feedstest

import (
	"bytes"
	"encoding/xml"
	"strings"
	"time"
)

// Item is one entry of a feed made by SetRSS. What is empty is left out.
type Item struct {
	Title     string
	Link      string // absolute, or a path of the server
	GUID      string
	Summary   string // HTML or plain text
	Image     string // address of an enclosed picture
	Author    string
	Published time.Time
}

// Feed is the feed at one path of a Server.
type Feed struct {
	server *Server
	path   string
	answer answer // guarded by server.mu
}

// URL is the feed's absolute address.
func (f *Feed) URL() string { return f.server.URL(f.path) }

// SetRSS serves an RSS 2.0 document with these items, in this order.
func (f *Feed) SetRSS(title string, items ...Item) {
	body := f.rss(title, items)
	f.SetBody("application/rss+xml; charset=utf-8", body)
}

// SetBody serves any bytes under any content type; "" sends none but what the
// server guesses.
func (f *Feed) SetBody(contentType string, body []byte) {
	f.server.mu.Lock()
	defer f.server.mu.Unlock()
	f.set(contentType, body)
}

func (f *Feed) set(contentType string, body []byte) {
	f.answer.contentType, f.answer.body, f.answer.etag = contentType, bytes.Clone(body), etagOf(body)
}

// SetModified sends a Last-Modified header; the zero time sends none.
func (f *Feed) SetModified(at time.Time) {
	f.server.mu.Lock()
	defer f.server.mu.Unlock()
	f.answer.modified = at
}

// SetFault makes every answer misbehave until SetFault(None).
func (f *Feed) SetFault(fault Fault) {
	f.server.mu.Lock()
	defer f.server.mu.Unlock()
	f.answer.fault = fault
}

// SetRetryAfter sets what TooManyRequests and Unavailable ask for, in whole
// seconds; 0 is 120 seconds.
func (f *Feed) SetRetryAfter(d time.Duration) {
	f.server.mu.Lock()
	defer f.server.mu.Unlock()
	f.answer.retryAfter = d
}

// Requests is how often the feed was asked for.
func (f *Feed) Requests() int { return f.server.Requests(f.path) }

type rssDoc struct {
	XMLName xml.Name   `xml:"rss"`
	Version string     `xml:"version,attr"`
	Channel rssChannel `xml:"channel"`
}

type rssChannel struct {
	Title string    `xml:"title"`
	Link  string    `xml:"link"`
	Items []rssItem `xml:"item"`
}

type rssItem struct {
	Title       string        `xml:"title,omitempty"`
	Link        string        `xml:"link,omitempty"`
	GUID        *rssGUID      `xml:"guid"`
	Description string        `xml:"description,omitempty"`
	Author      string        `xml:"http://purl.org/dc/elements/1.1/ creator,omitempty"`
	PubDate     string        `xml:"pubDate,omitempty"`
	Enclosure   *rssEnclosure `xml:"enclosure"`
}

type rssGUID struct {
	IsPermaLink bool   `xml:"isPermaLink,attr"`
	Value       string `xml:",chardata"`
}

type rssEnclosure struct {
	URL  string `xml:"url,attr"`
	Type string `xml:"type,attr"`
}

// rss renders a document.
func (f *Feed) rss(title string, items []Item) []byte {
	doc := rssDoc{Version: "2.0", Channel: rssChannel{Title: title, Link: f.server.URL("/")}}
	for _, it := range items {
		out := rssItem{Title: it.Title, Link: it.Link, Description: it.Summary, Author: it.Author}
		if strings.HasPrefix(it.Link, "/") {
			out.Link = f.server.URL(it.Link)
		}
		if it.GUID != "" {
			out.GUID = &rssGUID{Value: it.GUID}
		}
		if it.Image != "" {
			out.Enclosure = &rssEnclosure{URL: it.Image, Type: "image/jpeg"}
		}
		if !it.Published.IsZero() {
			out.PubDate = it.Published.UTC().Format(time.RFC1123Z)
		}
		doc.Channel.Items = append(doc.Channel.Items, out)
	}
	body, err := xml.MarshalIndent(doc, "", " ")
	if err != nil {
		panic("feedstest: an RSS document of strings does not marshal: " + err.Error())
	}
	return append([]byte(xml.Header), body...)
}
