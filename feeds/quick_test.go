package feeds

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// plainRSS and plainAtom are feeds as most are.
const plainRSS = `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>The Harbour &amp; Quay Post</title><link>https://harbour.example/</link><atom:link rel="self" href="https://harbour.example/feed"/>
<description><![CDATA[News & tides]]></description><ttl>30</ttl><skipHours><hour>3</hour></skipHours>
<item><title> Ferry &#8216;aground&#8217; &lt;i&gt;again&lt;/i&gt; </title><link>/1?a=1&amp;b=2</link><guid isPermaLink="false">1</guid>
<pubDate>Mon, 02 Mar 2026 08:00:00 +0100</pubDate><dc:creator>A. Writer</dc:creator><category domain="x">sea</category>
<description><![CDATA[<p>One</p>]]> &amp; two</description><content:encoded><![CDATA[<p>Long ]]]]><![CDATA[> text</p>]]></content:encoded>
<media:group><media:content url="https://harbour.example/1.jpg" medium="image"><media:credit role="author">P. Hoto</media:credit></media:content></media:group></item>
<!-- a comment -->
<item><guid>https://harbour.example/2</guid><title>Second &#150; third</title><enclosure url="/2.jpg" type="image/jpeg" length="1"/><author>desk@harbour.example (Desk)</author></item>
</channel></rss>`

const plainAtom = `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Harbour</title><link href="https://harbour.example/"/><id>x</id><updated>2026-03-02T08:00:00Z</updated>
<entry><title type="html">Ferry &amp;amp; quay &lt;b&gt;again&lt;/b&gt;</title><link rel="alternate" href="/1"/><id>tag:harbour.example,2026:1 2</id>
<updated>2026-03-02T08:00:00+01:00</updated><published>2026-03-02T07:00:00Z</published><author><name>A. Writer</name><email>a@harbour.example</email></author>
<summary>Short &#x2014; text</summary><content type="html"><![CDATA[<p>Long</p>]]></content></entry></feed>`

// same compares what quick gives with what gofeed's parser gives. It reports
// whether quick took the document.
func same(t *testing.T, doc []byte, kind string) bool {
	t.Helper()
	itemName := "item"
	if kind == KindAtom {
		itemName = "entry"
	}
	o := look(doc, itemName)
	if !o.whole || !o.wellShut || o.proportionate() != nil {
		return false
	}
	got, ok := quick(doc, kind)
	if !ok {
		return false
	}
	want, err := parseXML(doc, kind)
	if err != nil {
		t.Fatalf("quick took what the parser refuses: %v\n%s", err, doc)
	}
	read := func(p parsed) Document {
		d := Document{Kind: kind}
		d.translate(p, o, doc, "https://feeds.example/a/feed")
		return d
	}
	if diff := cmp.Diff(read(want), read(got)); diff != "" {
		t.Errorf("parser, quick:\n%s\n%s", diff, doc)
	}
	return true
}

func TestQuick_ReadsPlainFeedsAsTheParserDoes(t *testing.T) {
	t.Parallel()
	for kind, doc := range map[string]string{KindRSS: plainRSS, KindAtom: plainAtom} {
		if !same(t, []byte(doc), kind) {
			t.Errorf("%s: not taken", kind)
		}
	}
}

// Each of these has a second reading somewhere.
func TestQuick_LeavesTheUnusualToTheParser(t *testing.T) {
	t.Parallel()
	item := func(s string) string {
		return `<rss version="2.0"><channel><title>T</title><item>` + s + `</item></channel></rss>`
	}
	for _, doc := range []string{
		item("<title>a &nbsp; b</title>"), item("<title>a & b</title>"), item("<title>a <b>b</b></title>"),
		item("<title>a &#11; b</title>"), item("<title>a ]]> b</title>"), item("<title>a \x0b b</title>"),
		item("<Title>a</Title>"), item("<title>a</title><made:up>b</made:up>"), item("<dc:creator>undeclared</dc:creator>"),
		item(`<link href="http://a.example/">x</link>`), item("<pubDate>some day</pubDate>"), item("<title>a</title><?php x?>"),
		item(`<guid isPermaLink=false>1</guid>`), item(`<enclosure url="a&b"/>`), item("<title>a\r\nb</title>"),
		item(`<g xmlns="http://a.example/">x</g>`), `<rdf:RDF xmlns:rdf="x"><item/></rdf:RDF>`,
		`<rss xmlns="http://backend.userland.com/rss2"><channel><title>T</title></channel></rss>`,
		`<rss xmlns:dc="http://other.example/"><channel><title>T</title></channel></rss>`,
	} {
		if _, ok := quick([]byte(doc), KindRSS); ok {
			t.Errorf("taken: %s", doc)
		}
	}
}

// Every document of the corpus that quick takes is read alike.
func TestQuick_Corpus(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/ugly/*")
	if err != nil || len(files) == 0 {
		t.Fatal("no corpus", err)
	}
	for _, name := range files {
		body, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		text, _, err := decode(body, "")
		if err != nil {
			continue
		}
		if doc, kind, err := rooted(text, ""); err == nil && kind != KindJSON {
			same(t, doc, kind)
		}
	}
}

func FuzzQuick(f *testing.F) {
	for _, doc := range []string{plainRSS, plainAtom} {
		f.Add([]byte(doc))
	}
	f.Add([]byte(strings.ReplaceAll(plainRSS, "<![CDATA[", "<title> &#x99; &apos;</title><![CDATA[")))
	f.Fuzz(func(t *testing.T, doc []byte) {
		if doc, kind, err := rooted(doc, ""); err == nil && kind != KindJSON {
			same(t, doc, kind)
		}
	})
}

func BenchmarkQuick(b *testing.B) {
	var doc strings.Builder
	head, rest, _ := strings.Cut(plainRSS, "<item>")
	item, _, _ := strings.Cut(rest, "</item>")
	doc.WriteString(head)
	for i := range 30 {
		fmt.Fprintf(&doc, "<item>%s</item>", strings.Replace(item, "One", strings.Repeat(fmt.Sprint("word ", i, " "), 100), 1))
	}
	doc.WriteString("</channel></rss>")
	for name, read := range map[string]func([]byte, string) (parsed, bool){
		"quick":  quick,
		"parser": func(doc []byte, kind string) (parsed, bool) { p, err := parseXML(doc, kind); return p, err == nil },
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(doc.Len()))
			b.ReportAllocs()
			for b.Loop() {
				if _, ok := read([]byte(doc.String()), KindRSS); !ok {
					b.Fatal("not taken")
				}
			}
		})
	}
}
