package articles

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsdesk/news"

	"newsdesk/internal/pattern"
)

// maxFeedText bounds the feed's own text that is read, in bytes.
const maxFeedText = 512 << 10

// readOn matches what feeds put after a text that they cut off.
var readOn = pattern.MustCompile(`(?i)\s*(?:\[(?:\.\.\.|…|&hellip;|&#8230;)\]|\[read more\]|\(?(?:continue reading|read more|read the full (?:story|article))\b[^.!?]{0,120}?(?:→|»|\.\.\.|…)?\)?)\s*$`)

// FromFeed makes an article of what the feed itself says, without the page:
// Content where it has more than Summary, else Summary, cleaned by the same
// rules as pages. why is one sentence for readers that says why.
func FromFeed(it news.Item, why string) news.Article {
	paras := clean(htmlText(it.Content), nil, it.Title)
	if summary := clean(plainText(it.Summary), nil, it.Title); size2(summary) > size2(paras) {
		paras = summary
	}
	if n := len(paras); n > 0 {
		if paras[n-1] = strings.TrimSpace(readOn.ReplaceAllString(paras[n-1], "")); paras[n-1] == "" {
			paras = paras[:n-1]
		}
	}
	return news.Article{
		GUID: it.GUID, URL: it.URL, Title: it.Title, Image: it.Image, Published: it.Published, Updated: changedAt(it.Updated, it.Published),
		Byline: personName(it.Author, "", ""), Lang: language(paras, ""),
		Body: strings.Join(paras, "\n\n"), Method: news.MethodFeed, Why: why,
		Kind: kindOf(it.URL, paras, it.Title),
	}
}

func size2(paras []string) int {
	n := 0
	for _, p := range paras {
		n += len(p)
	}
	return n
}

// htmlText renders a feed's markup.
func htmlText(markup string) []string {
	if strings.TrimSpace(markup) == "" {
		return nil
	}
	markup = strings.ToValidUTF8(markup[:min(len(markup), maxFeedText)], "")
	nodes, err := html.ParseFragment(strings.NewReader(markup), &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div})
	if err != nil {
		return nil
	}
	root := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
	for _, n := range nodes {
		root.AppendChild(n)
	}
	trim(root)
	return render(root)
}

// plainText splits a feed's summary at blank lines.
func plainText(s string) []string {
	s = strings.ToValidUTF8(s[:min(len(s), maxFeedText)], "")
	var paras []string
	for p := range strings.SplitSeq(strings.ReplaceAll(s, "\r", ""), "\n\n") {
		if p = fold(p); p != "" {
			paras = append(paras, p)
		}
	}
	return paras
}

// longestText is how many bytes of text one of markup makes at most: none makes
// even as many, but for a few characters with names.
const longestText = 2

// mayBeFuller tells whether the feed's text can be fuller than the page's, before
// it is read.
func mayBeFuller(it news.Item, page string) bool {
	n := longestText * max(len(it.Content), len(it.Summary))
	return n >= enoughFeed && n*2 > len(page)*3
}

// enoughFeed is the least length of a feed's text that may stand for the page's,
// in bytes.
const enoughFeed = 1000

// fuller tells whether the feed's text is clearly the longer one: what the page
// shows is then its beginning, before a wall.
func fuller(feed, page string) bool {
	return len(feed) >= enoughFeed && len(feed)*2 > len(page)*3
}
