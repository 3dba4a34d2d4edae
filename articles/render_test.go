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
