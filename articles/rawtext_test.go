package articles

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// treeOf is a page's tree without the texts of scripts, but JSON-LD, and styles.
func treeOf(t *testing.T, page io.Reader) string {
	t.Helper()
	doc, err := html.Parse(page)
	if err != nil {
		return err.Error()
	}
	visit(doc, func(n *html.Node) bool {
		if n.Namespace == "" && (n.Data == "style" || n.Data == "script" && !isJSONLD(n)) {
			for n.FirstChild != nil {
				n.RemoveChild(n.FirstChild)
			}
		}
		return true
	})
	var b strings.Builder
	if err := html.Render(&b, doc); err != nil {
		return err.Error()
	}
	return b.String()
}

func TestWithoutScripts(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ page, want string }{
		{"<p>a</p><script>let x = '<p>b</p>'</script><p>c", "<p>a</p><script></script><p>c"},
		{"<STYLE type=x>a > b {}</STYLE>c", "<STYLE type=x></STYLE>c"},
		{`<script type="application/ld+json">{}</script><script src=x>y</script >`, `<script type="application/ld+json">{}</script><script src=x></script >`},
		{`<script data-x="</script>">y</script>`, `<script data-x="</script>"></script>`},
		{"<script><!-- x --></script>", "<script></script>"},
		{"<!-- <script>a</script> --><script>b</script>", "<!-- <script>a</script> --><script></script>"},
		{"<!--><script>b</script>-->", "<!--><script></script>-->"},
		{"<textarea><script>a</script></textarea><script>b</script>", "<textarea><script>a</script></textarea><script></script>"},
		{`<a title="<script>">a</a><script>b</script>`, `<a title="<script>">a</a><script></script>`},
		{"<svg><path d='M0 0'/><title>x</title></svg><script>b</script>", "<svg><path d='M0 0'/><title>x</title></svg><script></script>"},
		{"<svg><style>a</style></svg><script>b</script>", "<svg><style>a</style></svg><script></script>"},
		{"<select><style>a</style><option>b</select>", "<select><style></style><option>b</select>"},
		// From here on the parser's rules are others, so the page is left as it is.
		{"<script><!-- <script> </script> --></script>", "<script><!-- <script> </script> --></script>"},
		{"<svg><p>a</p></svg><script>b</script>", "<svg><p>a</p></svg><script>b</script>"},
		{"<math><mi>x</mi></math><style>a</style>", "<math><mi>x</mi></math><style>a</style>"},
		{"<script>never closed", "<script>never closed"},
	} {
		got, err := io.ReadAll(withoutScripts([]byte(tc.page)))
		if err != nil || string(got) != tc.want {
			t.Errorf("%s\n got %s\nwant %s", tc.page, got, tc.want)
		}
		if got, want := treeOf(t, bytes.NewReader(got)), treeOf(t, strings.NewReader(tc.page)); got != want {
			t.Errorf("%s: another tree\n got %s\nwant %s", tc.page, got, want)
		}
	}
}

// The tree of any page is the same without its scripts.
func FuzzWithoutScripts(f *testing.F) {
	pages, err := filepath.Glob("testdata/*.html")
	if err != nil || len(pages) == 0 {
		f.Fatal(err)
	}
	for _, path := range pages {
		page, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(page)
	}
	for _, page := range []string{
		"<p>a<script>b</script>c<style>d</style>", "<script><!-- <script> --></script>", "<svg><title><style>a</title></svg><style>b</style>",
		`<a b="c>" d='e' f=g/><script/x>y</script/>`, "<!----!><style>a</style>--><!--!><style>b</style>-->", "<select><script>a</script></select><table><style>b</style><tr>",
		"<math><mi><style>a</style></mi></math>", "<svg/><script>a</script>", "<svg><![CDATA[<style>]]></svg><style>b</style>", "<noscript><style>a</style></noscript>",
		"<template><script>a</script></template>", "</style><style></style x><xmp><style>a</xmp>", "<textarea></textarea ><style =>\"'>a</style>",
	} {
		f.Add([]byte(page))
	}
	f.Fuzz(func(t *testing.T, page []byte) {
		if len(page) > 1<<16 {
			return
		}
		if got, want := treeOf(t, withoutScripts(page)), treeOf(t, bytes.NewReader(page)); got != want {
			t.Errorf("another tree\n got %q\nwant %q", got, want)
		}
	})
}
