package articles

import (
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"time"

	readability "codeberg.org/readeck/go-readability/v2"
	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"

	"newsdesk/internal/charset"
	"newsdesk/news"
)

// Page is the article found in a web page.
type Page struct {
	Title     string
	Byline    string    // "" where the page names no person
	Published time.Time // the feed's date, else the page's own; zero where neither says
	Updated   time.Time // the page's time of its last change, else the feed's; zero where neither says, or not after Published
	Site      string    // the outlet's name for itself, else its host
	Lang      string    // ISO 639-1, "" where unknown
	Image     string    // absolute address, "" where there is none
	Canonical string    // absolute address on the same site, "" where the page gives none
	Text      string    // plain text, paragraphs parted by blank lines
	Method    news.Method
	Kind      news.Kind
	Locked    bool    // Text is only the beginning: the rest is for subscribers
	Quality   float64 // 0 to 1: how sure it is that Text is the article
}

// Extract finds the article in a page. contentType is the Content-Type header
// and pageURL the address after redirects; both may be "", and it may be the
// zero Item where there is no feed. It is a pure function of its arguments,
// bounded in time and memory by the size of the page, of which it reads the
// first 3 MB.
//
// Errors: ErrNotHTML where the bytes are something else, ErrNoArticle (with the
// reason, see NoArticleError) where no article can be found or trusted. The
// Page returned with ErrNoArticle holds what is known of title, image, date and
// canonical address, but no text.
func Extract(page []byte, contentType string, it news.Item, pageURL string) (p Page, err error) {
	defer func() {
		// The extractors are other people's code run on hostile pages; a page
		// that makes one of them panic holds no article for us.
		if r := recover(); r != nil {
			p, err = Page{}, &NoArticleError{Reason: fmt.Sprintf("the page could not be read: %v", r)}
		}
	}()
	it.Title = strings.ToValidUTF8(it.Title, "")
	cut := len(page) > maxPage
	if cut {
		page = page[:maxPage]
	}
	if err := sniff(page, contentType); err != nil {
		return Page{}, err
	}
	text, _ := charset.UTF8(page, contentType)
	text, many := bounded(text)
	cut = cut || many
	doc, err := html.Parse(withoutScripts(text))
	if err != nil {
		return Page{}, &NoArticleError{Reason: "the page could not be read: " + err.Error()}
	}
	s := trim(doc)
	h := readHead(doc, pageURL)
	base := h.base
	if base == nil {
		base, _ = url.Parse("http://page.invalid/")
	}

	title := h.titleOf(it.Title)
	c := read(doc, base, s, title, it.Title)
	p = Page{
		Title:     title,
		Byline:    h.bylineOf(c.byline, c.author),
		Published: it.Published,
		Site:      h.site(),
		Image:     h.leadImage(),
		Canonical: h.canonicalFor(pageURL),
		Method:    news.MethodPage,
	}
	if p.Published.IsZero() {
		p.Published = h.published()
	}
	if p.Updated = h.updated(); p.Updated.IsZero() {
		p.Updated = it.Updated
	}
	p.Updated = changedAt(p.Updated, p.Published)
	if cut || s.cut {
		p.Method = news.MethodPageCut
	}
	if p.Lang = primaryLanguage(h.lang); p.Lang == "" || p.Lang != c.lang { // else text and page agree
		p.Lang = language(c.paras, h.lang)
	}
	p.Kind = h.kindOf(pageURL, c.paras, title, it.Title)
	if sentToGate(it.URL, pageURL) {
		return p, &NoArticleError{Reason: whyScreen}
	}
	paras, walled := withoutNotices(c.paras)
	n := countOf(paras)
	if walled && !h.ld.free && n < oneWallWord {
		return p, &NoArticleError{Reason: whyScreen}
	}
	p.Quality, err = judge(paras, n, it.Title, title)
	if err != nil {
		return p, err
	}
	if p.Locked = walled && !h.ld.free && n < maxWallWords || h.behindWall(n); walled || p.Locked {
		p.Method = news.MethodPageCut
	}
	p.Text = strings.Join(paras, "\n\n")
	return p, nil
}

// reading is what the extractors made of a page.
type reading struct {
	paras  []string
	byline string // as go-readability tells it
	author string // as go-trafilatura does, "" where it was not asked
	lang   string // as go-trafilatura tells it from the text, "" where it was not asked
}

// read runs the extractors and cleans what they found. go-readability reads every
// page. Where its text is surely the article, where the page is large, and where it
// is in a script that go-trafilatura's thresholds don't suit, that is all; else
// go-trafilatura, which costs three times as much, reads the page as well, with
// go-readability's outcome as its fallback, and the two are reconciled.
func read(doc *html.Node, base *url.URL, s size, titles ...string) reading {
	parser := readability.NewParser()
	parser.Logger = slog.New(slog.DiscardHandler)
	page := copyOf(doc, func(n *html.Node) bool { return unread(n.Data) || besideText(n.Data) && 2*plainSize(n) < s.text })
	ra, err := parser.ParseAndMutate(page, base)
	if err != nil {
		ra = readability.Article{}
	}
	judged := make(map[string]bool)
	wide := clean(render(withoutFigures(ra.Node)), judged, titles...)
	alone := reading{paras: wide, byline: ra.Byline()}
	if s.large() || denseScript(wide) {
		return alone
	}
	if paras, sure := chosen(page, ra.Node, wide); sure {
		alone.paras = paras
		return alone
	}
	opts := trafilatura.Options{
		OriginalURL:     base,
		EnableFallback:  true,
		ExcludeComments: true,
		Focus:           trafilatura.FavorPrecision,
		HtmlDateMode:    trafilatura.Disabled, // guessed dates are worse than none
	}
	if ra.Node != nil {
		opts.FallbackCandidates = &trafilatura.FallbackCandidates{Readability: ra.Node}
	}
	tr, err := trafilatura.ExtractDocument(copyOf(doc, func(n *html.Node) bool { return dropped(n.Data) }), opts)
	if err != nil || tr == nil {
		return alone
	}
	strict := clean(render(tr.ContentNode), judged, titles...)
	return reading{reconcile(strict, wide), ra.Byline(), tr.Metadata.Author, tr.Metadata.Language}
}

// withoutFigures drops pictures with their captions.
func withoutFigures(n *html.Node) *html.Node {
	if n == nil {
		return nil
	}
	var figures []*html.Node
	visit(n, func(c *html.Node) bool {
		if c != n && (c.Data == "figure" || c.Data == "figcaption") {
			figures = append(figures, c)
		}
		return true
	})
	for _, f := range figures {
		if f.Parent != nil {
			f.Parent.RemoveChild(f)
		}
	}
	return n
}
