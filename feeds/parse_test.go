package feeds

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const feedURL = "http://harbour.example/feeds/all.xml"

// typeOf is the content type that an ugly document is served under.
func typeOf(name string) string {
	switch {
	case name == "charset-from-header.xml":
		return "text/xml; charset=windows-1252"
	case strings.HasSuffix(name, ".json"):
		return "application/feed+json"
	}
	return ""
}

// TestParse_Ugly reads the documents of testdata/ugly, one quirk each, and
// compares with what people have checked. M6
func TestParse_Ugly(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("testdata/ugly/*")
	if err != nil {
		t.Fatal(err)
	}
	read := 0
	for _, path := range paths {
		if strings.HasSuffix(path, ".golden") {
			continue
		}
		read++
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			body, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			doc, err := Parse(body, typeOf(filepath.Base(path)), feedURL)
			got := rendered(t, doc, err)
			golden := path + ".golden"
			if *update {
				if err := os.WriteFile(golden, got, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
	if read < 35 {
		t.Errorf("only %d documents in testdata/ugly", read)
	}
}

// rendered writes a document for reading: what is empty is left out.
func rendered(t *testing.T, doc Document, err error) []byte {
	t.Helper()
	if err != nil {
		return []byte("error: " + err.Error() + "\n")
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "kind: %s\ntitle: %s\nlink: %s\npartial: %v\n", doc.Kind, doc.Title, doc.Link, doc.Partial)
	for _, n := range doc.Notes {
		fmt.Fprintf(&b, "note: %s\n", n)
	}
	for _, it := range doc.Items {
		fmt.Fprintf(&b, "\nid: %s\n", it.GUID)
		for _, f := range [][2]string{
			{"url", it.URL},
			{"title", it.Title},
			{"author", it.Author},
			{"image", it.Image},
			{"published", stamp(it.Published)},
			{"updated", stamp(it.Updated)},
			{"summary", it.Summary},
			{"content", it.Content},
		} {
			if f[1] != "" {
				fmt.Fprintf(&b, "%s: %s\n", f[0], strings.ReplaceAll(f[1], "\n", "\n  "))
			}
		}
	}
	return b.Bytes()
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}

func TestParse_Refuses(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		body, contentType string
		kind              error
		text              string
	}{
		"nothing":     {"", "", ErrEmpty, "the answer is empty, not a feed"},
		"blanks":      {" \n\ufeff ", "application/rss+xml", ErrEmpty, "the answer is empty, not a feed"},
		"page":        {"<!doctype html><html><head><title>Log in &amp; read</title></head>", "text/html; charset=utf-8", ErrNotFeed, "this is an HTML page, not a feed: “Log in & read” (sent as text/html)"},
		"no title":    {"<html><body>x", "", ErrNotFeed, "this is an HTML page, not a feed"},
		"other XML":   {`<?xml version="1.0"?><note><to>you</to></note>`, "application/xml", ErrNotFeed, "this is XML of another kind, <note>, not a feed (sent as application/xml)"},
		"OPML":        {`<opml version="2.0"><body/></opml>`, "", ErrNotFeed, "this is a list of feeds (OPML), not a feed"},
		"sitemap":     {`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>`, "", ErrNotFeed, "this is a sitemap, not a feed"},
		"JSON":        {`{"posts": [1, 2]}`, "application/json", ErrNotFeed, "this is JSON, but not a JSON feed (sent as application/json)"},
		"JSON list":   {`[{"id": 1}]`, "", ErrNotFeed, "this is JSON, but not a JSON feed"},
		"text":        {"Sorry, come back tomorrow.", "text/plain", ErrNotFeed, "this is text that begins “Sorry, come back tomorrow.”, not a feed (sent as text/plain)"},
		"PDF":         {"%PDF-1.7\n%\xe2\xe3", "application/pdf", ErrNotFeed, "this is a PDF file, not a feed (sent as application/pdf)"},
		"fragment":    {"<p>Error <b>500</b></p>", "", ErrNotFeed, "this is a piece of HTML, not a feed"},
		"prolog only": {`<?xml version="1.0"?>`, "", ErrNotFeed, "this is XML without any content, not a feed"},
		"RDF":         {`<rdf:RDF xmlns:rdf="x"><foaf:Person/></rdf:RDF>`, "", ErrNotFeed, "this is RDF without a channel or items, not a feed"},
		"cut early":   {`<rss version="2.0"><channel><title>Har`, "", ErrBroken, "the feed is cut off before the end of its first item"},
		"broken gzip": {"\x1f\x8b\x08\x00garbage", "", ErrBroken, "the answer is packed with gzip and damaged"},
		"odd JSON":    {`{"version":"https://jsonfeed.org/version/1","items":[1, "a", []]}`, "", ErrBroken, "the JSON feed is damaged and no item can be read"},
		"broken JSON": {`{"version":"https://jsonfeed.org/version/1","items":[{"id"`, "", ErrBroken, "the JSON feed is damaged and no item can be read"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			doc, err := Parse([]byte(tc.body), tc.contentType, "")
			if err == nil {
				t.Fatalf("taken for a feed: %+v", doc)
			}
			if !errors.Is(err, tc.kind) || err.Error() != tc.text {
				t.Errorf("got  %q (%v)\nwant %q", err, errors.Unwrap(err), tc.text)
			}
		})
	}
}

// TestParse_DEV reads the documents of the development set, where it is there.
func TestParse_DEV(t *testing.T) {
	t.Parallel()
	dir := os.Getenv("NEWSDESK_FEEDS")
	if dir == "" {
		dir = "../../shared/data/feeds"
	}
	raw, err := os.ReadFile(filepath.Join(dir, "truth.json"))
	if err != nil {
		t.Skip("SKIPPED: the development set of feeds is not here; set NEWSDESK_FEEDS to its folder: ", err)
	}
	var truth map[string]struct {
		Must  string
		Items []struct{}
	}
	if err := json.Unmarshal(raw, &truth); err != nil {
		t.Fatal(err)
	}
	input, err := os.ReadFile(filepath.Join(dir, "input.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	read := 0
	for line := range strings.Lines(string(input)) {
		var in struct {
			ID, File, URL string
			ContentType   string `json:"content_type"`
		}
		if err := json.Unmarshal([]byte(line), &in); err != nil {
			t.Fatal(err)
		}
		body, err := os.ReadFile(filepath.Join(dir, in.File))
		if err != nil {
			t.Fatal(err)
		}
		read++
		want := truth[in.ID]
		doc, err := Parse(body, in.ContentType, in.URL)
		if (err != nil) != (want.Must == "refuse") || len(doc.Items) != len(want.Items) {
			t.Errorf("%s: %d items, want %d (%s): %v", in.ID, len(doc.Items), len(want.Items), want.Must, err)
		}
	}
	if read == 0 {
		t.Error("the development set is empty")
	}
}
