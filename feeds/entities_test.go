package feeds

import (
	"fmt"
	"strings"
	"testing"
)

// A title is shown with its entities resolved and its markup gone, in whichever
// of the usual ways it was escaped, and nothing is taken for markup that is not.
// Read is what readers see.
func TestParse_ResolvesTitlesOnce(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ read, raw string }{
		{"AT&T", "AT&amp;T"},
		{"AT&T", "AT&amp;amp;T"},
		{"AT&T", "<![CDATA[AT&T]]>"},
		{"AT&T", "<![CDATA[AT&amp;T]]>"},
		{"AT&T", "<![CDATA[AT&amp;amp;T]]>"},
		{"Don’t", "Don&#8217;t"},
		{"Don’t", "Don&#x2019;t"},
		{"Don’t", "Don&amp;#8217;t"},
		{"Don’t", "<![CDATA[Don&#8217;t]]>"},
		{"Don’t", "<![CDATA[Don&amp;#8217;t]]>"},
		{"Café", "Caf&eacute;"},
		{"Café", "Caf&amp;eacute;"},
		{`"Shut" until 5 < 6`, "&quot;Shut&quot; until 5 &lt; 6"},
		{`"Shut" until 5 < 6`, "&amp;quot;Shut&amp;quot; until 5 &amp;lt; 6"},
		{"Bold words", "&lt;b&gt;Bold&lt;/b&gt; words"},
		{"Bold words", "<![CDATA[<b>Bold</b> words]]>"},
		{"Bold words", "&amp;lt;b&amp;gt;Bold&amp;lt;/b&amp;gt; words"},
		{"Titanic’s return", "<![CDATA[<i>Titanic</i>&#8217;s return]]>"},
		{"Titanic’s return", "&lt;em&gt;Titanic&lt;/em&gt;&amp;rsquo;s return"},
		{"Use Vec<T> and <dialog>", "Use Vec&lt;T&gt; and &lt;dialog&gt;"},
		{"Use Vec<T> and <dialog>", "<![CDATA[Use Vec<T> and <dialog>]]>"},
		{"Use Vec<T> and <dialog>", "<![CDATA[Use Vec&lt;T&gt; and &lt;dialog&gt;]]>"},
		{"The <b> element is back", "The &amp;lt;b&amp;gt; element is back"},
		{"Fish & chips; R&D &c", "Fish &amp; chips; R&amp;D &amp;c"},
		{"Rates &up again", "Rates &amp;up again"},
	} {
		for name, doc := range map[string]string{
			"RSS":        `<rss version="2.0"><channel><title>t</title><item><guid>1</guid><title>%s</title></item></channel></rss>`,
			"RSS, whole": `<?xml version="1.0"?><!DOCTYPE rss><rss version="2.0"><channel><title>t</title><item><guid>1</guid><title>%s</title></item></channel></rss>`,
			"RSS 1.0":    `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>t</title></channel><item rdf:about="http://h.example/1"><title>%s</title></item></rdf:RDF>`,
			"Atom":       `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><title>%s</title></entry></feed>`,
			"Atom, HTML": `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><title type="html">%s</title></entry></feed>`,
		} {
			d, err := Parse(fmt.Appendf(nil, doc, c.raw), "", "http://h.example/")
			if err != nil || len(d.Items) != 1 {
				t.Errorf("%s, %s: %d items, %v", name, c.raw, len(d.Items), err)
				continue
			}
			if got := d.Items[0].Title; got != c.read {
				t.Errorf("%s, %s: %q, want %q", name, c.raw, got, c.read)
			}
		}
	}
	// XHTML is markup, JSON is text that may hold HTML.
	for want, doc := range map[string]string{
		"Bold & bare":           `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><b>Bold</b> &amp; bare</div></title></entry></feed>`,
		"Don’t use AT&T <dial>": `{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","title":"Don&#8217;t use AT&amp;T <dial>"}]}`,
	} {
		d, err := Parse([]byte(doc), "", "http://h.example/")
		if err != nil || len(d.Items) != 1 || d.Items[0].Title != want {
			t.Errorf("%.30s: %+v, %v; want %q", doc, d.Items, err, want)
		}
	}
}

// Text that only looks like markup stays.
func TestPlainTitle_LeavesCleanOnesAlone(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"AT&T", "Use Vec<T> and <dialog>", "3 < 5 and a<b", "a > b & c", "Fish &c", strings.Repeat("<", 50)} {
		if got := plainTitle(s); got != s {
			t.Errorf("%q becomes %q", s, got)
		}
	}
}
