package articles

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"newsdesk/news"
)

// told makes a page and go-readability's reading of it: what stands between
// <article> and </article>.
func told(t *testing.T, body string) (doc, node *html.Node, wide []string) {
	t.Helper()
	doc, err := html.Parse(strings.NewReader("<html><body>" + body + "</body></html>"))
	if err != nil {
		t.Fatal(err)
	}
	visit(doc, func(n *html.Node) bool {
		if n.Data == "article" {
			node = n
		}
		return node == nil
	})
	return doc, node, render(node)
}

// One reading is enough where it shows none of its faults and lacks nothing that
// the page tells.
func TestChosen(t *testing.T) {
	t.Parallel()
	prose := "<p>" + strings.Join(paragraphs, "</p><p>") + "</p>"
	other := "<p>The county library lends out fishing rods from Monday on, as part of its list of things that few people need twice a year.</p>"
	for name, tc := range map[string]struct {
		body string
		want bool
	}{
		"an article":                    {"<article>" + prose + "</article>", true},
		"with headings and lists":       {"<article>" + prose + "<h2>What the town says</h2>" + prose + "<ul><li>no ship from May</li><li>mud to the pit</li></ul></article>", true},
		"with short sentences":          {"<article>" + prose + strings.Repeat("<p>She agreed.</p>", 9) + "</article>", true},
		"a menu before it":              {"<article>" + strings.Repeat("<p>Home and away</p>", 9) + prose + "</article>", false},
		"captions in it":                {"<article>" + prose + strings.Repeat("<p>The basin at low water (Image: Echo)</p>", 4) + prose + "</article>", false},
		"names behind it":               {"<article>" + prose + strings.Repeat("<p>More by Mara Ellison</p>", 9) + "</article>", false},
		"teasers in it":                 {"<article>" + prose + strings.Repeat(`<p><a href=/x>Read why the county lends out rods.</a></p>`, 4) + "</article>", false},
		"run together":                  {"<article><p>" + strings.Repeat(strings.Join(paragraphs, " ")+" ", 2) + "</p>" + prose + "</article>", false},
		"too short to tell":             {"<article><p>" + paragraphs[0] + "</p></article>", false},
		"more of it elsewhere":          {"<article>" + prose + "</article><div>" + strings.Repeat(other, 2) + "</div>", false},
		"more of it before":             {"<div>" + strings.Repeat(other, 2) + "</div><article>" + prose + "</article>", false},
		"comments elsewhere":            {"<article>" + prose + "</article><div class=comments>" + strings.Repeat(other, 2) + "</div>", true},
		"teasers elsewhere":             {"<article>" + prose + "</article><div>" + strings.Repeat("<a href=/x>"+other+"</a>", 2) + "</div>", true},
		"what is hidden elsewhere":      {"<article>" + prose + "</article><div style='display: none'>" + strings.Repeat(other, 2) + "</div>", true},
		"one paragraph elsewhere":       {"<article>" + prose + "</article><div>" + other + "</div>", true},
		"a form and a footer elsewhere": {"<article>" + prose + "</article><form>" + other + other + "</form><footer>" + other + other + "</footer>", true},
	} {
		doc, node, wide := told(t, tc.body)
		if _, got := chosen(doc, node, wide); got != tc.want {
			s, known := signsOf(node, toLines(wide))
			s.missed(doc, known)
			t.Errorf("%s: chosen %v, %+v", name, got, s)
		}
	}
	// A paragraph left out of the middle is a fault however short.
	doc, node, wide := told(t, "<article>"+prose+other+prose+"</article>")
	if _, got := chosen(doc, node, append(wide[:len(paragraphs):len(paragraphs)], wide[len(paragraphs)+1:]...)); got {
		t.Error("a paragraph left out was not missed")
	}
	if _, got := chosen(doc, nil, nil); got {
		t.Error("nothing was chosen")
	}
}

// What stands before the first sentence and lines that are links are no part of it.
func TestChosen_DropsWhatTellsNothing(t *testing.T) {
	t.Parallel()
	prose := "<p>" + strings.Join(paragraphs, "</p><p>") + "</p>"
	doc, node, wide := told(t, "<article><p>View archive</p>"+prose+"<p><a href=/x>See the list</a></p><h2>In the town</h2>"+prose+"</article>")
	got, ok := chosen(doc, node, wide)
	want := append(append(append([]string{}, paragraphs...), "In the town"), paragraphs...)
	if diff := cmp.Diff(got, want); !ok || diff != "" {
		t.Errorf("chosen %v (-got +want)\n%s", ok, diff)
	}
}

// Old pages lay themselves out as a table and part paragraphs by breaks.
func TestExtract_ReadsPagesLaidOutAsATable(t *testing.T) {
	t.Parallel()
	lead := paragraphs[0][:120] + "."
	body := "<table><tr><td><h1>" + headline + "</h1><p>" + lead + "</p><div>" + strings.Join(paragraphs, "<br><br>\n") + "</div></td></tr></table>"
	p, err := Extract(pageOf("", body), "text/html", news.Item{}, "https://harbour.example/1")
	// The lead is the beginning of the first paragraph, so it is told once.
	if diff := cmp.Diff(strings.Split(p.Text, "\n\n"), paragraphs); err != nil || diff != "" {
		t.Errorf("%v (-got +want)\n%s", err, diff)
	}
}

// A copy lacks what stands beside an article, unless that is most of the page: then
// it was never closed.
func TestCopyOf(t *testing.T) {
	t.Parallel()
	doc, _, _ := told(t, `<p class=a>one</p><dialog><p>two</p></dialog><dialog open><p>three</p></dialog><nav><p>four</p></nav>`)
	got := copyOf(doc, func(n *html.Node) bool { return besideText(n.Data) })
	if diff := cmp.Diff(render(got), []string{"one", "three"}); diff != "" {
		t.Errorf("(-got +want)\n%s", diff)
	}
	if diff := cmp.Diff(render(doc), []string{"one", "two", "three", "four"}); diff != "" {
		t.Errorf("the page itself (-got +want)\n%s", diff)
	}
	for tag, open := range map[string]string{"nav": "<nav><a href=/>Home</a>", "aside": "<aside>", "footer": "<footer>"} {
		p, err := Extract(pageOf("", open+article()), "text/html", news.Item{}, "")
		if err != nil || !strings.Contains(p.Text, paragraphs[3]) {
			t.Errorf("%s that was never closed: %v, %.60q", tag, err, p.Text)
		}
	}
}

// The author stands in elements that are named for the author.
func TestExtract_FindsTheAuthor(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ mark, want string }{
		"a box":                      {`<div class="author-info"><div class="pic"></div><div class="text"><div class="name">Mara Ellison</div><div>Writer</div></div></div>`, "Mara Ellison"},
		"a member":                   {`<span class="story-byline">Posted by <a href="/u/1">MaraE</a> on Friday</span>`, "MaraE"},
		"with a post":                {`<p>Mara Ellison | Senior Writer | July 2, 2026</p>`, "Mara Ellison"},
		"in Russian":                 {`<span class="author">Автор: Иван Петров</span>`, "Иван Петров"},
		"in Greek":                   {`<span class="author">Συντάκτης: Νίκος Παππάς</span>`, "Νίκος Παππάς"},
		"an account":                 {`<div class="author">admin</div>`, ""},
		"a box of another":           {`<ul class="related"><li class="author">Jon Farrow</li></ul>`, ""},
		"glued to the time":          {`<div class="byline">Mara Ellison<span>Last updated: July 2, 2026</span></div>`, "Mara Ellison"},
		"what is no name":            {`<div class="author">Read more about us</div>`, ""},
		"an element named otherwise": {`<div class="place">Saltby Harbour</div>`, ""},
	} {
		body := "<article><h1>" + headline + "</h1>" + tc.mark + "<p>" + strings.Join(paragraphs, "</p><p>") + "</p></article>"
		p, err := Extract(pageOf("", body), "text/html", news.Item{}, "https://harbour.example/1")
		if err != nil || p.Byline != tc.want {
			t.Errorf("%s: byline %q, %v; want %q", name, p.Byline, err, tc.want)
		}
	}
}
