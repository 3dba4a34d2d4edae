package feeds

import (
	"bytes"
	"cmp"
	"math"
	"slices"
	"time"
)

// Bounds on documents and fields.
const (
	// MaxBody is the size of a document in bytes, as sent and unpacked.
	MaxBody = 10 << 20
	// MaxItems is how many items of a document are kept, the newest ones.
	MaxItems = 500

	maxTitle   = 500       // runes
	maxSummary = 4_000     // runes
	maxContent = 512 << 10 // bytes of HTML
	maxAuthor  = 200       // runes
	maxURL     = 4_096     // bytes; a longer address is no address
	maxGUID    = 1_024     // bytes; a longer one is replaced by its hash
	maxPiece   = 1 << 20   // bytes of one piece of text in the document
)

// Bounds on the work that a document makes for the parser below, which builds
// maps for each foreign element, copies the namespaces in force for each tag,
// and joins text piece by piece. Real feeds stay below a tenth of each.
const (
	maxTokens   = 200_000
	maxDeclared = 200
	maxScoped   = 5_000_000
	maxRegrowth = 64 << 20
)

// proportionate refuses a document that is built to exhaust its reader.
func (o layout) proportionate() error {
	switch {
	case o.deepest > maxDepth:
		return refuse(ErrHostile, "the feed's elements are nested more than %d deep", maxDepth)
	case o.tokens > maxTokens:
		return refuse(ErrHostile, "the feed has more than %d tags for %d items", maxTokens, len(o.items))
	case o.scoped > maxScoped || o.declared > maxDeclared:
		return refuse(ErrHostile, "the feed declares namespaces out of all proportion")
	case o.regrowth > maxRegrowth:
		return refuse(ErrHostile, "the feed's text is in far too many pieces")
	}
	return nil
}

// newest returns the document with only its MaxItems newest items, in their
// order. An item without a date counts as old as the one before it, since feeds
// list the newest first.
func newest(doc []byte, o layout) []byte {
	type dated struct {
		index int
		at    int64 // unix seconds
	}
	list := make([]dated, len(o.items))
	last := int64(math.MaxInt64)
	for i, it := range o.items {
		if at, ok := peekDate(it.of(doc)); ok {
			last = at.Unix()
		}
		list[i] = dated{i, last}
	}
	slices.SortStableFunc(list, func(a, b dated) int { return cmp.Compare(b.at, a.at) })
	keep := make([]bool, len(o.items))
	for _, d := range list[:MaxItems] {
		keep[d.index] = true
	}
	var out bytes.Buffer
	out.Grow(len(doc) / 2)
	out.Write(doc[:o.head])
	pos := int32(o.head)
	for i, it := range o.items {
		// what stands between two items is copied only after a kept one
		if i > 0 && keep[i-1] {
			out.Write(doc[pos:it.start])
		}
		if keep[i] {
			out.Write(it.of(doc))
		}
		pos = it.end
	}
	out.Write(doc[pos:])
	return out.Bytes()
}

// peekDate finds an item's date without parsing the item.
func peekDate(item []byte) (time.Time, bool) {
	s := scanner{doc: item}
	for {
		t, ok := s.next()
		if !ok {
			return time.Time{}, false
		}
		if t.kind != kindStart {
			continue
		}
		switch string(bytes.ToLower(local(t.name))) {
		case "pubdate", "date", "published", "updated", "issued", "modified":
			text, ok := s.next()
			if !ok {
				return time.Time{}, false
			}
			raw := bytes.TrimSuffix(bytes.TrimPrefix(item[text.start:text.end], cdataOpen), cdataClose)
			if at, ok := parseDate(string(raw)); ok {
				return at, true
			}
		}
	}
}

// shortened returns the document with its pieces of text cut to maxPiece.
func shortened(doc []byte) []byte {
	out := make([]byte, 0, len(doc))
	s := scanner{doc: doc}
	for {
		t, ok := s.next()
		if !ok {
			return out
		}
		raw := doc[t.start:t.end]
		switch {
		case len(raw) <= maxPiece || t.kind != kindText && t.kind != kindCDATA:
			out = append(out, raw...)
		case t.kind == kindCDATA && !t.cut:
			out = append(append(out, cutBytes(string(raw), maxPiece)...), cdataClose...)
		default:
			out = append(out, cutBytes(string(raw), maxPiece)...)
		}
	}
}
