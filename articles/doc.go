// Package articles turns a feed's item into an article: it fetches the page,
// finds the article in it, and falls back to the feed's own text.
//
//	r := articles.NewReader(client, articles.ReaderOptions{})
//	defer r.Close()
//	a, err := r.Read(ctx, item)  // a.Method says where the text is from, a.Why why
//	var later *articles.TemporaryError
//	if errors.As(err, &later) {  // try again; in the end: articles.FromFeed(item, "...")
//	}
//
// Extract is the pure part, page bytes in and Page out:
//
//	p, err := articles.Extract(body, contentType, news.Item{}, pageURL)
//
// What it does, in order: refuse what is no HTML (sniff.go); decode
// (internal/charset); parse once, without what stands in scripts (rawtext.go), and
// drop what is beyond the bounds (tree.go);
// read what the page says of itself (meta.go, jsonld.go, dates.go, near.go,
// title.go, byline.go); read the text with go-readability (extract.go), as plain
// paragraphs (render.go), without page furniture (clean.go, boilerplate.go); where
// that may not be the article or all of it (chooser.go), read it with go-trafilatura
// as well and make one text of the two readings (reconcile.go); and judge whether
// it can be the article (gate.go) or is a screen or the beginning before a paywall
// (walls.go).
//
// What is believed of a page, most trusted first:
//
//   - title: its single <h1> where that looks like the feed's title or og:title,
//     else og:title without the site's name, JSON-LD, <title>, the feed's title;
//   - byline: go-readability's, JSON-LD, meta, a name right below the headline or in
//     an element named for the author, go-trafilatura's where that was asked; never
//     the site's own name or an account's;
//   - date: the feed's, JSON-LD datePublished, meta, a <time> that calls itself the
//     publication, an unambiguous date right below the headline, else none. Dates
//     are never guessed from addresses or running text;
//   - language: the text's own, the declared one where the text is too short;
//   - image: og:image, Twitter's, JSON-LD's, the first that may lead a story by its
//     declared size and its address (internal/picture);
//   - canonical address: on the page's own site or not at all.
//
// Pages are hostile. Tags are bounded before the parser sees a page (bounds.go),
// and what is left before the extractors do, since they are superlinear and can't
// be cancelled; a page they panic on holds no article. The Reader runs them in a bounded pool with a time budget: an
// extraction that outlives it keeps its place in the pool until it ends, and
// Close waits for it.
//
// What sort of piece a page is (kind.go, pieces.go) is told from its JSON-LD and
// og:type, its address, marks in its title, and the form of its text. Of a
// gallery, a video or a recording the feed's text is taken: the words on such a
// page are captions and links.
//
// go-trafilatura brings four modules along that make tables when the program
// starts, one with 27 MB. third_party has empty ones in their place: no dates are
// guessed from text, and where go-trafilatura and go-readability find nothing, a
// third extractor finds no article either. Of the fourth, one function is used.
package articles
