package feeds

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzParse holds Parse to what callers rely on, whatever comes.
func FuzzParse(f *testing.F) {
	paths, err := filepath.Glob("testdata/ugly/*")
	if err != nil {
		f.Fatal(err)
	}
	for _, p := range paths {
		if strings.HasSuffix(p, ".golden") {
			continue
		}
		body, err := os.ReadFile(p)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(body, typeOf(filepath.Base(p)), feedURL)
	}
	for _, s := range []string{
		"<rss><item></rss>", "<rss><channel><item><item></item></item>", "<feed><entry/><entry></feed>", "<rdf:RDF><item rdf:about='&#0;'/>",
		"<rss a='<item>'><item b=\"", "<rss><item><![CDATA[]]]]><![CDATA[>]]></item></rss>", "<!DOCTYPE [<!ENTITY a 'b'>]><rss/>", "{\"items\":[]}",
		"<rss xml:base='%zz'><item xml:base=':'><link>a</link></item></rss>",
	} {
		f.Add([]byte(s), "", "")
	}
	f.Fuzz(func(t *testing.T, body []byte, contentType, url string) {
		doc, err := Parse(body, contentType, url)
		if err != nil {
			if len(doc.Items) > 0 || strings.ContainsAny(err.Error(), "\n\x00") || !utf8.ValidString(err.Error()) {
				t.Errorf("error %q with %d items", err, len(doc.Items))
			}
			return
		}
		if len(doc.Items) > MaxItems {
			t.Errorf("%d items", len(doc.Items))
		}
		for _, it := range doc.Items {
			switch {
			case it.GUID == "" || len(it.GUID) > maxGUID:
				t.Errorf("GUID %q", it.GUID)
			case it.URL != "" && !web(it.URL), it.Image != "" && !web(it.Image):
				t.Errorf("URL %q, image %q", it.URL, it.Image)
			case utf8.RuneCountInString(it.Title) > maxTitle, utf8.RuneCountInString(it.Summary) > maxSummary, len(it.Content) > 2*maxContent:
				t.Errorf("a field over its bound: %d, %d, %d", len(it.Title), len(it.Summary), len(it.Content))
			case strings.ContainsAny(it.Title, "\n\t\x00"):
				t.Errorf("title %q", it.Title)
			case !utf8.ValidString(it.Title + it.Summary + it.Content + it.GUID + it.URL + it.Author):
				t.Errorf("invalid UTF-8 in %+v", it)
			}
		}
	})
}

// FuzzRepaired checks that a repaired document is well formed: its layout is
// whole, and repairing it again changes nothing that matters.
func FuzzRepaired(f *testing.F) {
	for _, s := range []string{
		"<rss><channel><item>a & b<br></item></channel>", "<rss><item></p></item></rss>", "<a><b></a></b>", "<a b=c d='e' f>&#11;&amp;&x;</a>",
		"<a>]]></a>", "<a:b:c x:y:z='1' :d='2'/>", "<rss><item><item></rss>",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, doc []byte) {
		if !utf8.Valid(doc) || len(doc) == 0 || doc[0] != '<' || !nameStart(append(doc, 0)[1]) {
			return // rooted gives no such document
		}
		once, err := repaired(doc, "item")
		if err != nil {
			return
		}
		twice, err := repaired(once, "item")
		if err != nil {
			t.Fatalf("%q\nbecame %q: %v", doc, once, err)
		}
		if string(once) != string(twice) {
			t.Errorf("%q\nbecame %q\nthen   %q", doc, once, twice)
		}
	})
}
