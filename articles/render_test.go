package articles

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Cells of a table that only places things on a page are no cells of a row: their
// paragraphs stay apart.
func TestRender_TablesOfLayout(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, page, want string }{
		{"a table of figures", `<table><tr><th>Town<th>Dead<tr><td>Aden<td>3</table>`, "Town | Dead\nAden | 3"},
		{
			"one cell around paragraphs",
			`<table><tr><td><p>The river rose above its defences overnight, and the town behind them was under water by six.<p>Forecasters expect a pause in the rain from Tuesday, and more of it by the weekend.</table>`,
			"The river rose above its defences overnight, and the town behind them was under water by six.\n\nForecasters expect a pause in the rain from Tuesday, and more of it by the weekend.",
		},
	} {
		doc, err := html.Parse(strings.NewReader(tc.page))
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(render(doc), "\n\n"); got != tc.want {
			t.Errorf("%s: %q, want %q", tc.name, got, tc.want)
		}
	}
}

func TestRender_Lines(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, page, want string }{
		{"blanks of all kinds", "<p> The  river\n\trose\u00a0 high. <b>Very</b> high .", "The river rose high. Very high ."},
		{"invisible characters", "<p>flood\u00adwater\u200b \x7f\ufeffrises", "floodwater rises"},
		{"other letters", "<p>Über  東京 — naïve “words”", "Über 東京 — naïve “words”"},
		{"lines as written", "<pre>one  two\n three\n\nfour</pre>", "one two\nthree\nfour"},
		{"a dash for each item", "<ul><li>one<p>more</p></li><li><b>two</b></ul>after", "- one\nmore\n- two\n\nafter"},
		{"paragraphs in a cell", "<table><tr><td><p>a</p><p>b</p><td>c</table>", "a b | c"},
		{"an article in an item", "<ul><li>one<article>in<p>it</article>two</ul>", "- one\nin\n\nit\n\ntwo"},
	} {
		doc, err := html.Parse(strings.NewReader(tc.page))
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(render(doc), "\n\n"); got != tc.want {
			t.Errorf("%s: %q, want %q", tc.name, got, tc.want)
		}
	}
}
