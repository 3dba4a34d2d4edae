package feeds_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"newsdesk/feeds"
	"newsdesk/news"
)

// typical is a feed of 30 items and some 45 KB, as outlets send them.
func typical() []byte {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>The Harbour Post</title><link>https://harbour.example/</link>`)
	for i := range 30 {
		fmt.Fprintf(&b, `<item><title>Ferry company adds sailing number %d to the island</title><link>https://harbour.example/news/%d?utm_source=rss</link>`+
			`<guid isPermaLink="false">harbour-%d</guid><pubDate>%s</pubDate><dc:creator><![CDATA[Ada Quay]]></dc:creator>`+
			`<media:content url="https://harbour.example/i/%d.jpg" medium="image"/><category>Transport</category><description><![CDATA[<p>%s</p>]]></description></item>`,
			i, i, i, day.Add(time.Duration(i)*time.Minute).Format(time.RFC1123Z), i, strings.Repeat("The crossing takes forty minutes &amp; leaves on the hour. ", 20))
	}
	b.WriteString(`</channel></rss>`)
	return []byte(b.String())
}

func BenchmarkParse(b *testing.B) {
	body := typical()
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		if doc, err := feeds.Parse(body, "application/rss+xml; charset=utf-8", "https://harbour.example/feed"); err != nil || len(doc.Items) != 30 {
			b.Fatal(len(doc.Items), err)
		}
	}
}

func BenchmarkPoll_NotModified(b *testing.B) {
	_, m, p := polled(b, feeds.Options{})
	if _, err := p.Poll(b.Context(), 1); err != nil {
		b.Fatal(err)
	}
	m.results = nil
	b.ReportAllocs()
	for b.Loop() {
		out, err := p.Poll(b.Context(), news.FeedID(1))
		if err != nil || !out.NotModified {
			b.Fatal(out, err)
		}
		m.results = m.results[:0]
	}
}
