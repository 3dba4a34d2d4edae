package events

// Parsed is what a document says by itself, whatever else is in view. Many can
// be read at once, each by one; a [Grouper] takes them one by one. Its memory is
// used again by the next document.
type Parsed struct {
	doc      Doc
	kind     kind
	text     passage
	shingles []uint32 // of the text, sorted
	thin     bool     // hardly any text but the frame of its page
}

// Parse parses a document.
func (r *Parsed) Parse(d Doc) {
	r.doc, r.kind = d, kindOf(d.Kind, d.Title)
	r.text.read(d.Text, d.Lang)
	r.measure()
}

// measure finds out what depends on which sentences are dropped.
func (r *Parsed) measure() {
	r.shingles = r.text.shingles(r.shingles)
	r.thin = r.text.thin()
}
