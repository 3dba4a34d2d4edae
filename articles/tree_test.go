package articles

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Blanks go where they show nothing, and stay where they part words.
func TestTrim_DropsBlanksBetweenBlocks(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"<div>\n <p>One</p>\n\n <p>Two</p>\n</div>":        "<div><p>One</p><p>Two</p></div>",
		"<p>One\n<b>two</b> <i>three</i>\n four</p>":       "<p>One\n<b>two</b> <i>three</i>\n four</p>",
		"<div><span>One</span>\n<span>two</span></div>":    "<div><span>One</span>\n<span>two</span></div>",
		"<div>One <p>two</p> three</div>":                  "<div>One <p>two</p> three</div>",
		"<span> <b>one</b> </span>":                        "<span> <b>one</b> </span>",
		"<pre>\n\n one\n  two\n</pre>":                     "<pre>\n\n one\n  two\n</pre>",
		"<ul>\n<li>a\n<li>b\n</ul>":                        "<ul><li>a\n</li><li>b\n</li></ul>",
		"<p>a</p> <!-- c --> <p>b</p>":                     "<p>a</p>  <p>b</p>",
		"<a href=/a>one</a> <script>x</script> <a>two</a>": `<a href="/a">one</a>  <a>two</a>`,
	} {
		doc, err := html.Parse(strings.NewReader("<body>" + in))
		if err != nil {
			t.Fatal(err)
		}
		trim(doc)
		var b strings.Builder
		if err := html.Render(&b, doc); err != nil {
			t.Fatal(err)
		}
		_, got, _ := strings.Cut(b.String(), "<body>")
		if got = strings.TrimSuffix(got, "</body></html>"); got != want {
			t.Errorf("%q\n got %q\nwant %q", in, got, want)
		}
	}
}
