package articles

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"

	"newsdesk/news"
)

// hostilePage is a page made to cost time or memory.
type hostilePage struct {
	name string
	body func() string
	ok   bool // there is an article in it all the same
}

// fill repeats a piece, with its number where it has a %d, until a page is as
// long as pages are read.
func fill(head, piece, tail string) func() string {
	return repeated(maxPage, maxPage, head, piece, tail)
}

// times is fill with a number of pieces.
func times(n int, head, piece, tail string) func() string {
	return repeated(n, 2*maxPage, head, piece, tail)
}

func repeated(n, size int, head, piece, tail string) func() string {
	if raceEnabled { // the detector makes it ten times slower
		n, size = n/64+1, size/64
	}
	return func() string {
		var b strings.Builder
		b.WriteString(head)
		for i := 0; i < n && b.Len()+len(piece)+len(tail) < size-256; i++ {
			b.WriteString(strings.ReplaceAll(piece, "%d", strconv.Itoa(i)))
		}
		b.WriteString(tail)
		return b.String()
	}
}

// hostilePages are written by us, one for each way of which we know. The page's
// own article stands before or after the attack where it can.
func hostilePages() []hostilePage {
	own := article()
	long := paragraphs[0] + " "
	return []hostilePage{
		// nesting
		{"nested div", fill("", "<div>", ""), false},
		{"nested inline", fill(own, "<b><i>a ", ""), false},
		{"nested just below the parser's bound", times(6000, own, strings.Repeat("<div>", 400)+"a"+strings.Repeat("</div>", 400), ""), true},
		{"nested lists", fill(own, "<ul><li>a ", ""), false},
		{"nested tables", fill(own, "<table><tr><td>a ", ""), false},
		{"nested quotes", fill(own, "<blockquote><p>a ", ""), false},
		{"nested iframes", fill(own, `<iframe srcdoc="<iframe srcdoc=''>">`, ""), true},
		{"nested templates", fill(own, "<template><p>a ", ""), false},
		{"many templates", fill(own, "<template><p>a</p></template>", ""), true},
		{"nested drawings", fill(own, "<svg><g>", ""), false},
		{"nested foreign objects", fill(own, "<svg><foreignObject><p>a ", ""), false},
		{"nested select", fill(own, "<select><option>a ", ""), true},
		{"nested forms", fill(own, "<form><input><p>a ", ""), true},
		{"nested objects", fill(own, "<object><applet><marquee>a ", ""), false},
		{"nested rubies", fill(own, "<ruby><rt>a<rp>", ""), false},
		// formatting that the parser opens again in each paragraph
		{"formatting left open before paragraphs", func() string {
			return own + times(400, "", "<b id=%d>", "")() + fill("", "<p>a", "")()
		}, true},
		{"formatting left open, closed in the wrong order", fill(own, "<b id=%d><p><i>a</b>", ""), true},
		{"links left open", fill(own, "<a href=/%d><p>a", ""), true},
		{"fonts left open in cells", fill(own, "<table><td><font color=%d>a", ""), false},
		{"text in front of tables", fill(own+"<table>", "a<tr>", ""), true},
		{"text in front of tables, formatted", fill(own+"<table>", "<b id=%d>a<tr>", ""), false},
		// attributes
		{"a million attributes", fill(own+"<p ", "a%d=1 ", ">a</p>"), true},
		{"a million equal attributes", fill(own+"<p ", "a ", ">a</p>"), true},
		{"attributes of a second html", fill(own, "<html a%d>", ""), true},
		{"attributes of a second body", fill(own, "<body a%d=1>", ""), true},
		{"one long attribute", fill(own+`<img alt="`, "word ", `">`), true},
		{"an attribute never closed", fill(own+`<p title="`, "word ", ""), true},
		{"entities in attributes", fill(own+`<img alt="`, "&amp;amp;", `">`), true},
		{"classes", fill(own+`<div class="`, "c%d ", `"><p>a</div>`), true},
		{"classes of many elements", fill(own, `<div class="article content comment sidebar related c%d">a</div>`, ""), true},
		{"paragraphs deep in elements with long names", times(1500, own+strings.Repeat(`<div class="shoutbox `+strings.Repeat("column ", 900)+`">`, 400), "<p>Item %d: "+long, ""), true},
		{"names of authors", fill(own+`<div class="author related `+strings.Repeat("column ", 2000)+`">`, "<b>Mara Ellison</b>", ""), true},
		{"navigation in navigation", times(400, own, "<nav>"+long, strings.Repeat("a<i>b</i>", 20_000)), true},
		{"names of attributes", fill(own, `<p data-%d data-a data-b=c>`, ""), true},
		// tables
		{"rows", fill(own+"<table>", "<tr><td>a<td>b", ""), true},
		{"cells of one row", fill(own+"<table><tr>", "<td>a", ""), true},
		{"cells with paragraphs", fill(own+"<table><tr>", "<td><p>"+long+"<p>b", ""), true},
		{"cells that span all", fill(own+"<table>", `<tr><td colspan=1000 rowspan=65534>a`, ""), true},
		// tags
		{"paragraphs never closed", fill("", "<p>"+long, ""), false},
		{"tags never closed", fill(own, "<div class=a", ""), true},
		{"angle brackets", fill(own, "<", ""), true},
		{"closing tags", fill(own, "</p></div></b>", ""), true},
		{"closing tags of what is not open", fill(own, "</x%d>", ""), true},
		{"names of tags", fill(own, "<x%d>a</x%d>", ""), true},
		{"breaks", fill(own, "a<br>", ""), true},
		{"rules", fill(own, "<hr>", ""), true},
		{"headlines", fill("", "<h1>"+headline+" %d</h1>", own), true},
		{"headlines never closed", fill(own, "<h1>a ", ""), true},
		{"times", fill(own, `<time datetime="2026-03-02T08:00:00Z">a</time>`, ""), true},
		{"definitions", fill(own+"<dl>", "<dt>a<dd>b", ""), true},
		{"options", fill(own+"<select>", "<option>a", ""), true},
		// what is no text
		{"scripts", fill(own, "<script>var a = '</p>'; if (a < b && c > d) { e() }</script>", ""), true},
		{"one script", fill(own+"<script>", "var a = '<p>'; if (a < b && c > d) { e() }\n", "</script>"), true},
		{"a script never closed", fill(own+"<script>", "var a = '<p>';\n", ""), true},
		{"comments in a script", fill(own+"<script>", "<!--<script>", ""), true},
		{"styles", fill(own, "<style>p{color:red}</style>", ""), true},
		{"comments", fill(own, "<!-- a -->", ""), true},
		{"a comment never closed", fill(own+"<!--", "-- >", ""), true},
		{"doctypes", fill("", "<!DOCTYPE html>", own), false},
		{"CDATA", fill(own+"<svg>", "<![CDATA[a]]>", ""), true},
		{"processing instructions", fill(own, "<?php a ?>", ""), true},
		{"JSON-LD", fill(`<script type="application/ld+json">{"@type":"NewsArticle","a":[`, `{"a":1},`, `0]}</script>`+own), true},
		{"JSON-LD in pieces", fill(own, `<script type="application/ld+json">{"@type":"NewsArticle","author":{"name":"a"}}</script>`, ""), true},
		{"JSON-LD nested", fill(`<script type="application/ld+json">`, `{"@graph":[`, "</script>"+own), true},
		{"JSON-LD with commas too many", fill(`<script type="application/ld+json">[1`, ", \n", "]</script>"+own), true},
		{"JSON-LD of references", fill(`<script type="application/ld+json">[{"@type":"NewsArticle","author":{"@id":"1"}}`, `,{"@id":"%d","name":{"@id":"%d"}}`, "]</script>"+own), true},
		{"meta", fill("", `<meta property="p%d" content="a">`, own), false},
		{"links to icons", fill("", `<link rel="icon canonical" href="/%d">`, own), false},
		{"bases", fill("", `<base href="/%d/">`, own), false},
		// text
		{"one line", fill(own+"<p>", "word after word ", ""), true},
		{"one word", fill(own+"<p>", "x", ""), true},
		{"one word of letters that join", fill(own+"<p>", "e\u0301\u0302\u0303", ""), true},
		{"Chinese", fill("<h1>海港</h1><p>", "海港关闭。", ""), true},
		{"Chinese paragraphs", fill("<h1>海港</h1>", "<p>海港将于五月关闭，渔民担心他们的季节。", ""), true},
		{"entities", fill(own+"<p>", "&amp;&#8217;&nbsp;", ""), true},
		{"entities of two characters", fill(own+"<p>", "&NotNestedGreaterGreater;", ""), true},
		{"entities never closed", fill(own+"<p>", "&CounterClockwiseContourIntegra", ""), true},
		{"a billion entities", fill(`<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>`+own+"<p>", "&b;", ""), true},
		{"ampersands", fill(own+"<p>", "&", ""), true},
		{"blanks", fill(own+"<p>", " \n", ""), true},
		{"blanks in preformatted text", fill(own+"<pre>", " \n", "</pre>"), true},
		{"lines in preformatted text", fill(own+"<pre>", "a\n", "</pre>"), true},
		{"stops", fill(own+"<p>", ". ", ""), true},
		{"quotes", fill(own+"<p>", "“«\"", ""), true},
		{"lines that are furniture", fill(own, "<p>Read more: "+headline+"</p>", ""), true},
		{"lines that may be furniture", fill(own, "<p>"+strings.Repeat("a ", 250)+"newsletter</p>", ""), true},
		{"lines of a wall", fill(own, "<p>we and our partners use "+strings.Repeat("a ", 10)+"</p>", ""), true},
		{"one paragraph again and again", fill("", "<p>"+long+"</p>", ""), false},
		{"other paragraphs", fill("", "<p>Tide %d: "+long+"</p>", ""), true},
		{"short paragraphs", fill(own, "<p>a</p>", ""), true},
		{"short other paragraphs", fill(own, "<p>a%d</p>", ""), true},
		{"dates", fill(own, "<p>Published March 2, 2026</p>", ""), true},
		// links
		{"links", fill(own, `<a href="/a">some words of a link</a> `, ""), true},
		{"10,000 links", times(10_000, own, `<a href="/a%d">some words of a link</a> `, ""), true},
		{"links in items", fill(own+"<ul>", `<li><a href="/a%d">some words of a link</a>`, ""), true},
		{"links in paragraphs", fill("", `<p><a href="/a%d">`+long+`</a></p>`, ""), false},
		{"links with long addresses", fill(own, `<a href="/`+strings.Repeat("a", 15_000)+`">a</a>`, ""), true},
		{"pictures", fill(own, `<img src="/%d.jpg" width=1 alt="some words">`, ""), true},
		{"figures", fill(own, `<figure><img src="/%d.jpg"><figcaption>some words</figcaption></figure>`, ""), true},
		{"inlined pictures", fill(own, `<img src="data:image/png;base64,`+strings.Repeat("A", 30_000)+`">`, ""), true},
		// just within the bounds below which both extractors read a page
		{"as many paragraphs", times(largeParas-20, own, "<p>Tide %d: "+long+"</p>", ""), true},
		{"as many short paragraphs", times(largeParas-20, own, "<p>a%d</p>", ""), true},
		{"as many spans", times(largeTree-200, own+"<p>", "<span>word %d </span>", ""), true},
		{"as many boxes", times(largeTree-200, own, `<div class="content">word %d</div>`, ""), true},
		{"as many boxes with text", times(4000, own, `<div class="comment post">`+long[:100]+`</div>`, ""), true},
		{"as many cells", times(largeTree-1000, own+"<table><tr>", "<td>a%d", ""), true},
		{"as many rows", times(largeTree/2-500, own+"<table>", "<tr><td>a%d", ""), true},
		{"as many links", times(maxLinks-20, own, `<li><a href="/%d">some words of a link</a></li>`, ""), true},
		{"as many links in paragraphs", times(largeParas-20, own, `<p><a href="/%d">some</a> `+long+`</p>`, ""), true},
		{"as many headings", times(largeTree-200, own, "<h2>heading %d</h2>", ""), true},
		{"as many pictures", times(largeTree-200, own, `<img src="/%d.jpg">`, ""), true},
		{"as many items", times(largeTree-200, own+"<ul>", "<li>item %d", ""), true},
		{"as many quotes", times(largeTree-200, own, "<blockquote>a%d</blockquote>", ""), true},
		{"as deep", times(29, own, strings.Repeat("<div>", 400)+"a%d"+strings.Repeat("</div>", 400), ""), true},
		{"as deep with text at each level", times(29, own, strings.Repeat("<div>some words ", 400)+strings.Repeat("</div>", 400), ""), true},
		{"as deep in lists", times(29, own, strings.Repeat("<ul><li>some words ", 200)+strings.Repeat("</ul>", 200), ""), true},
		{"as deep in formatting", times(29, own, "<p>"+strings.Repeat("<em>a ", 400)+strings.Repeat("</em>", 400), ""), true},
		{"as long", times(8, own, "<p>"+strings.Repeat("word after word ", 3900)+"</p>", ""), true},
		{"as long in one text", times(1, own, "<p>"+strings.Repeat("word after word ", 4000), ""), true},
		{"as long in lines", times(largeParas-50, own+"<p>", long+"<br>", ""), true},
		{"long attributes", times(180, own, `<div class="`+strings.Repeat("content comment ", 1000)+`">a</div>`, ""), true},
		{"lines told before", times(largeParas-20, own, "<p>"+paragraphs[0]+"</p>", ""), true},
		{"lines of links", times(largeTree/3, own, `<p><a href="/%d">Read more</a></p>`, ""), true},

		// bytes
		{"bytes that are no text", fill(own+"<p>", "\xff\xfe\x80", ""), true},
		{"zeroes", fill(own+"<p>", "\x00", ""), true},
		{"UTF-8 cut short", fill(own+"<p>", "\xe2\x82", ""), true},
		{"escapes of ISO-2022-JP", fill(`<meta charset="iso-2022-jp">`+own+"<p>", "\x1b$B%\x1b(B", ""), true},
		{"UTF-7", fill(`<meta charset="utf-7">`+own+"<p>", "+ADw-p+AD4-", ""), true},
		{"UTF-16 by mark", func() string { return "\xff\xfe" + fill(own+"<p>", "a\x00", "")() }, true},
		{"an unknown encoding", fill(`<meta charset="x-%d">`+own+"<p>", "\x80\x81", ""), true},
		{"GB 18030", fill(`<meta charset="gb18030">`+own+"<p>", "\x81\x30\x81\x30", ""), true},
	}
}

func (p hostilePage) bytes() []byte {
	return []byte("<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>" + headline + "</title></head><body>" + p.body())
}

// Whatever a page is made of, what comes of it is an article or a reason, and
// bounded.
func TestExtract_HostilePages(t *testing.T) {
	t.Parallel()
	for _, page := range hostilePages() {
		t.Run(page.name, func(t *testing.T) {
			t.Parallel()
			p, err := Extract(page.bytes(), "text/html", news.Item{}, "https://example.org/a")
			switch {
			case err != nil && !errors.Is(err, ErrNoArticle):
				t.Errorf("error of no known kind: %v", err)
			case err != nil && strings.Contains(err.Error(), "runtime error"):
				t.Errorf("a panic was caught: %v", err)
			case page.ok && err != nil && !raceEnabled:
				t.Errorf("its article was not found: %v", err)
			}
			if len(p.Text) > maxText+maxText/8 || len(p.Title) > 10*maxTitle || len(p.Byline) > maxTitle {
				t.Errorf("%d bytes of text, title %.80q, byline %.80q", len(p.Text), p.Title, p.Byline)
			}
		})
	}
}

// hostileMemory is what a program that reads such a page may take in all, in MB.
const hostileMemory = 200

// childEnv makes the test program the child of TestExtract_HostileMemory.
const childEnv = "NEWSDESK_TEST_HOSTILE"

// One process without the race detector, on one core, reads each of the pages
// and says what memory it came to hold. The processor time is told, not judged:
// go test ./articles -run HostileMemory -v. M7
func TestExtract_HostileMemory(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("the memory of a process is read from Linux's /proc")
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	program := filepath.Join(t.TempDir(), "articles.test")
	build := exec.CommandContext(ctx, "go", "test", "-c", "-race=false", "-o", program, ".")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	child := exec.CommandContext(ctx, program)
	child.Env = append(os.Environ(), childEnv+"=1", "GOMAXPROCS=1")
	out, err := child.Output()
	if err != nil {
		t.Fatalf("the process ended with %v after\n%s", err, out)
	}
	lines := 0
	for line := range strings.Lines(string(out)) {
		name, rest, _ := strings.Cut(strings.TrimSpace(line), "\t")
		var kb, ms int
		if _, err := fmt.Sscanf(rest, "%d kB\t%d ms", &kb, &ms); err != nil {
			t.Errorf("%q: %v", line, err)
			continue
		}
		lines++
		t.Logf("%4d MB %5d ms  %s", kb>>10, ms, name)
		if kb>>10 > hostileMemory {
			t.Errorf("%s: %d MB, want at most %d", name, kb>>10, hostileMemory)
		}
	}
	if want := len(hostilePages()); lines != want {
		t.Errorf("%d pages were read, want %d", lines, want)
	}
}

// readHostilePages is the child.
func readHostilePages(w io.Writer) error {
	for _, page := range hostilePages() {
		body := page.bytes()
		debug.FreeOSMemory()
		if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0); err != nil { // forget the peak
			return err
		}
		before, err := processorTime()
		if err != nil {
			return err
		}
		_, _ = Extract(body, "text/html", news.Item{}, "https://example.org/a")
		after, err := processorTime()
		if err != nil {
			return err
		}
		status, err := os.ReadFile("/proc/self/status")
		if err != nil {
			return err
		}
		_, peak, _ := bytes.Cut(status, []byte("VmHWM:"))
		peak, _, _ = bytes.Cut(peak, []byte("\n"))
		if _, err := fmt.Fprintf(w, "%s\t%s\t%d ms\n", page.name, bytes.TrimSpace(peak), after-before); err != nil {
			return err
		}
	}
	return nil
}

// processorTime is what this process has used, in milliseconds: the 14th and 15th
// field of its stat, in hundredths of a second.
func processorTime() (int, error) {
	stat, err := os.ReadFile("/proc/self/stat")
	if err != nil {
		return 0, err
	}
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	user, err1 := strconv.Atoi(fields[11])
	system, err2 := strconv.Atoi(fields[12])
	return 10 * (user + system), errors.Join(err1, err2)
}

// BenchmarkExtract_Hostile says what each of the pages costs.
func BenchmarkExtract_Hostile(b *testing.B) {
	for _, page := range hostilePages() {
		body := page.bytes()
		b.Run(page.name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(body)))
			for b.Loop() {
				_, _ = Extract(body, "text/html", news.Item{}, "https://example.org/a")
			}
		})
	}
}
