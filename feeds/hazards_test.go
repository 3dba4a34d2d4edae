package feeds

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"
)

// hazards are documents built to exhaust their reader, most of them just under
// the bound on size. want is nil where the document may be read.
func hazards() map[string]struct {
	body func() string
	want error
} {
	size := MaxBody - 1<<10
	if raceEnabled { // the detector makes it ten times slower; the race is in other tests
		size /= 40
	}
	fill := func(head, piece, tail string) func() string {
		return func() string { return head + strings.Repeat(piece, (size-len(head)-len(tail))/len(piece)) + tail }
	}
	const rss, end = `<rss version="2.0"><channel><title>t</title>`, `</channel></rss>`
	return map[string]struct {
		body func() string
		want error
	}{
		"nested tags":           {fill(rss+"<item>", "<a>", ""), ErrHostile},
		"nested foreign tags":   {fill(rss+"<item>", "<x:a>", ""), ErrHostile},
		"nested items":          {fill(rss, "<item>", ""), nil},
		"empty items":           {fill(rss, "<item/>", end), nil},
		"small items":           {fill(rss, "<item><title>Tide</title><pubDate>Mon, 02 Mar 2026 09:30:00 GMT</pubDate></item>", end), nil},
		"foreign elements":      {fill(rss+"<item>", "<x:a/>", "</item>"+end), ErrHostile},
		"many attributes":       {fill(rss+"<item ", "a='' ", "></item>"+end), ErrHostile},
		"namespaces":            {fill("<rss "+strings.Repeat(`xmlns:a="b" `, 1000)+"><channel>", "<item><b/></item>", end), ErrHostile},
		"namespaces in an item": {fill("<rss "+strings.Repeat(`xmlns:a="b" `, 1000)+"><channel><item>", "<b/>", "</item>"+end), ErrHostile},
		"text in pieces":        {fill(rss+"<item><x:a>", "<![CDATA[abc]]>", "</x:a></item>"+end), ErrHostile},
		"text in few pieces":    {fill(rss+"<item><x:a>", "<![CDATA["+strings.Repeat("x", 5000)+"]]>", "</x:a></item>"+end), ErrHostile},
		"comments":              {fill(rss+"<item><x:a>x", "<!---->", "</x:a></item>"+end), ErrHostile},
		"one long title":        {fill(rss+"<item><title>", "Tide table. ", "</title></item>"+end), nil},
		"long markup":           {fill(rss+"<item><description><![CDATA[", "<p>", "]]></description></item>"+end), nil},
		"scripts in a text":     {fill(rss+"<item><description><![CDATA[", "<script>", "]]></description></item>"+end), nil},
		"entities in a title":   {fill(rss+"<item><title>", "&amp;amp;", "</title></item>"+end), nil},
		"ampersands":            {fill(rss+"<item><title>", "&", "</title></item>"+end), nil},
		"angle brackets":        {fill(rss+"<item><title>", "<", "</title></item>"+end), ErrHostile},
		"open quotes":           {fill(rss+"<item><title>", `<a b="'>`, "</title></item>"+end), ErrHostile},
		"directives":            {fill("", "<!x>", ""), ErrNotFeed},
		"open comments":         {fill("", "<!--", ""), ErrNotFeed},
		"end tags":              {fill(rss+"<item>", "</a>", "</item>"+end), ErrHostile},
		"based markup":          {fill(`<feed xml:base="http://a.example/"><entry><content type="html"><![CDATA[`, "<b>", "]]></content></entry></feed>"), nil},
		"xhtml":                 {fill(`<feed><entry><content type="xhtml"><div>`, "<p>x</p>", "</div></content></entry></feed>"), ErrHostile},
		"JSON items":            {fill(`{"version":"https://jsonfeed.org/version/1","items":[{}`, ",{}", "]}"), nil},
		"JSON fields":           {fill(`{"version":"https://jsonfeed.org/version/1"`, `,"a":1`, `,"items":[]}`), ErrHostile},
		"JSON nested":           {fill(`{"items":`, "[", ""), ErrBroken},
		"gzip bomb": {func() string {
			var b bytes.Buffer
			gz := gzip.NewWriter(&b)
			blank := bytes.Repeat([]byte(" "), 1<<20)
			for range 64 {
				_, _ = gz.Write(blank)
			}
			_ = gz.Close()
			return b.String()
		}, ErrTooLarge},
		"entities in entities": {func() string {
			var b strings.Builder
			b.WriteString("<!DOCTYPE rss [<!ENTITY e0 \"ha\">")
			for i := 1; i < 12; i++ {
				fmt.Fprintf(&b, "<!ENTITY e%d \"%s\">", i, strings.Repeat(fmt.Sprintf("&e%d;", i-1), 10))
			}
			return b.String() + "]>" + rss + "<item><title>&e11;</title></item>" + end
		}, nil},
		"just enough foreign": {func() string {
			return rss + "<item>" + strings.Repeat("<x:a y='z'/>", maxTokens/2-20) + "</item>" + end
		}, nil},
		"just enough nested": {func() string {
			return rss + "<item>" + strings.Repeat(strings.Repeat("<x:a>", 190)+strings.Repeat("</x:a>", 190), maxTokens/380-2) + "</item>" + end
		}, nil},
		"just enough xhtml": {func() string {
			return `<feed><entry><content type="xhtml"><div>` + strings.Repeat("<b>", 150) + strings.Repeat("<p>x</p>", maxTokens/3-200) + "</div></content></entry></feed>"
		}, nil},
		"over the bound": {func() string { return strings.Repeat(" ", MaxBody+1) }, ErrTooLarge},
	}
}

// TestParse_Hazards holds every attack to 200 MB of memory taken in all; the
// time it takes is printed, not judged, for it depends on the machine. M6
func TestParse_Hazards(t *testing.T) { //nolint:paralleltest // it counts the memory that the process takes
	for name, tc := range hazards() {
		t.Run(name, func(t *testing.T) { //nolint:paralleltest // as above
			body := []byte(tc.body())
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			doc, err := Parse(body, "", "http://harbour.example/")
			took := time.Since(start)
			runtime.ReadMemStats(&after)
			taken := (after.TotalAlloc - before.TotalAlloc) >> 20
			t.Logf("%v, %d MB, %d items, %v", took.Round(time.Millisecond), taken, len(doc.Items), err)
			if !errors.Is(err, tc.want) && (!raceEnabled || err != nil) { // a fortieth of an attack may be none
				t.Errorf("err = %v, want %v", err, tc.want)
			}
			if len(doc.Items) > MaxItems {
				t.Errorf("%d items, want at most %d", len(doc.Items), MaxItems)
			}
			if taken > 200 && !raceEnabled {
				t.Errorf("took %d MB, want at most 200", taken)
			}
		})
	}
}
