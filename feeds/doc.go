// Package feeds turns the address of a feed into news items. It has three
// layers, each usable alone:
//
//   - Parse reads a document (RSS 0.9 to 2.0, RDF, Atom, JSON Feed) as servers
//     really send it: any charset, damaged, cut off, with relative links,
//     foreign dates and missing identifiers. It is pure and bounded.
//   - Fetcher asks a server politely (conditional GET) and parses what comes.
//   - Poller does one poll of one stored feed: fetch, decide what is quiet and
//     when to come back, save. It may be run twice without harm.
//
// Reading a document goes through these steps, one file each: unpack and
// decode (decode.go), find the root element or say what came instead (root.go),
// look over the markup (layout.go), cut it to the newest items and refuse what
// is built to exhaust (bounds.go), parse with gofeed, after a repair or item by
// item if need be (parse.go, json.go, repair.go), and put the fields in order
// (translate.go, links.go, identity.go, text.go, dates.go).
//
// What had to be put right is said in Document.Notes, one sentence each.
package feeds
