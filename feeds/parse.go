package feeds

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/atom"
	"github.com/mmcdole/gofeed/rss"

	"newsdesk/news"
)

// Document is a feed as it was read.
type Document struct {
	Kind    string      // KindRSS, KindAtom or KindJSON
	Title   string      // plain text, "" where the feed has none
	Link    string      // the site that the feed belongs to, absolute, "" where unknown
	Items   []news.Item // in document order; GUID is never empty
	Partial bool        // the document was cut off: Items are those that were whole
	Notes   []string    // what had to be put right, one sentence each

	Hub       news.Hub      // where it can be subscribed to; its Until is not set
	TTL       time.Duration // least time between two polls that it asks for, 0 where it does not
	SkipHours uint32        // as in news.Pace
	SkipDays  uint8         // as in news.Pace
}

// Parse reads a feed. body is as it came (it may be packed with gzip),
// contentType the header of that name or "", and feedURL the address that
// answered, after redirects, or "": relative links are resolved against it.
//
// Dates are reported as they stand, in UTC, wrong ones included. An error is
// one sentence that says what came instead; it wraps ErrNotFeed, ErrEmpty,
// ErrTooLarge, ErrBroken or ErrHostile. A feed without items is no error.
func Parse(body []byte, contentType, feedURL string) (Document, error) {
	text, notes, err := decode(body, contentType)
	if err != nil {
		return Document{}, err
	}
	doc, kind, err := rooted(text, contentType)
	if err != nil {
		return Document{}, err
	}
	d := Document{Kind: kind, Notes: notes}
	if len(doc) < len(bytes.TrimSpace(text)) && kind != KindJSON && noisy(text[:len(text)-len(doc)]) {
		d.note("There was text before the feed.")
	}
	if kind == KindJSON {
		err = d.readJSON(doc, contentType, feedURL)
	} else {
		err = d.readXML(doc, contentType, feedURL)
	}
	if err != nil {
		return Document{}, err
	}
	identify(d.Items)
	return d, nil
}

func (d *Document) note(format string, args ...any) {
	d.Notes = append(d.Notes, fmt.Sprintf(format, args...))
}

// counted says how many items.
func counted(n int) string {
	if n == 1 {
		return "1 item"
	}
	return fmt.Sprintf("%d items", n)
}

// noisy says whether there is more than a declaration and comments in front.
func noisy(lead []byte) bool {
	s := scanner{doc: lead}
	for {
		t, ok := s.next()
		if !ok {
			return false
		}
		raw := bytes.Trim(lead[t.start:t.end], "\ufeff \t\r\n\x00")
		if (t.kind == kindText && len(raw) > 0) || t.kind == kindStart {
			return true
		}
	}
}

// readXML reads RSS, RDF and Atom: as it stands, else repaired, else item by
// item.
func (d *Document) readXML(doc []byte, contentType, feedURL string) error {
	itemName := "item"
	if d.Kind == KindAtom {
		itemName = "entry"
	}
	doc = paired(doc)
	o := look(doc, itemName)
	if len(o.items) > MaxItems {
		d.note("The feed has %d items; the newest %d were read.", len(o.items), MaxItems)
		doc = newest(doc, o)
		o = look(doc, itemName)
	}
	if o.longest > maxPiece {
		d.note("A text of more than %d MB was cut.", maxPiece>>20)
		doc = shortened(doc)
		o = look(doc, itemName)
	}
	err := o.proportionate()
	if err != nil {
		return err
	}
	if o.rdf && !o.channel && len(o.items) == 0 && o.whole {
		return refuse(ErrNotFeed, "this is RDF without a channel or items, not a feed%s", typed(contentType))
	}
	if !o.whole {
		if len(o.items) == 0 {
			return refuse(ErrBroken, "the feed is cut off before the end of its first item")
		}
		d.Partial = true
		d.note("The feed was cut off; %s of it could be read.", counted(len(o.items)))
		doc = salvaged(doc, o)
	}
	original := doc
	doc = withoutBases(doc)
	if !o.whole || !o.wellShut {
		if o.whole {
			d.note("The feed's tags did not match; they were put right.")
		}
		if doc, err = repaired(doc, itemName); err != nil {
			return err
		}
	}
	if o.whole && o.wellShut {
		if p, ok := quick(doc, d.Kind); ok {
			d.translate(p, o, original, feedURL)
			return nil
		}
	}
	p, err := parseXML(doc, d.Kind)
	if err != nil {
		d.note("The feed was not well-formed; it was repaired.")
		fixed, err2 := repaired(doc, itemName)
		if err2 != nil {
			return err2
		}
		if p, err = parseXML(fixed, d.Kind); err != nil {
			p, err = d.readPieces(fixed, itemName)
		}
	}
	if err != nil {
		return err
	}
	d.translate(p, o, original, feedURL)
	return nil
}

// parsed is what gofeed made of a document: its common form and the one below.
type parsed struct {
	feed *gofeed.Feed
	rss  []*rss.Item // nil for Atom and JSON

	channel *rss.Feed // nil for Atom and JSON
}

// errParser stands for a fault inside the parser.
var errParser = errors.New("the parser gave up")

// parseXML runs gofeed over a document that begins with its root element.
func parseXML(doc []byte, kind string) (p parsed, err error) {
	defer func() {
		if recover() != nil { // a stranger's document must not end the program
			p, err = parsed{}, errParser
		}
	}()
	if kind == KindAtom {
		f, err := (&atom.Parser{}).Parse(bytes.NewReader(doc))
		if err != nil {
			return parsed{}, err
		}
		p.feed, err = (&gofeed.DefaultAtomTranslator{}).Translate(f)
		return p, err
	}
	f, err := (&rss.Parser{}).Parse(bytes.NewReader(doc))
	if err != nil {
		return parsed{}, err
	}
	p.rss, p.channel = f.Items, f
	p.feed, err = (&gofeed.DefaultRSSTranslator{DisableContentImageScan: true}).Translate(f)
	return p, err
}

// readPieces reads a document item by item and leaves out those that cannot
// be read.
func (d *Document) readPieces(doc []byte, itemName string) (parsed, error) {
	o := look(doc, itemName)
	if len(o.items) == 0 {
		return parsed{}, refuse(ErrBroken, "the feed is damaged and cannot be repaired")
	}
	root := startTag(doc)
	tail := "</" + string(tagName(doc[1:])) + ">"
	whole := parsed{feed: &gofeed.Feed{}}
	if head, err := repaired(doc[:o.head], itemName); err == nil {
		if p, err := parseXML(head, d.Kind); err == nil {
			whole = p
		}
	}
	lost := 0
	for _, it := range o.items {
		piece := slices.Concat(root, it.of(doc), []byte(tail))
		p, err := parseXML(piece, d.Kind)
		if err != nil || len(p.feed.Items) == 0 {
			lost++
			continue
		}
		whole.feed.Items = append(whole.feed.Items, p.feed.Items...)
		whole.rss = append(whole.rss, p.rss...)
	}
	if lost == len(o.items) {
		return parsed{}, refuse(ErrBroken, "the feed is damaged and none of its %d items can be read", lost)
	}
	d.note("%s could not be read.", counted(lost))
	return whole, nil
}
