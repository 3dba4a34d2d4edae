package charset

import (
	"bytes"
	"mime"
	"regexp"
	"strings"
	"sync"

	"golang.org/x/text/encoding/htmlindex"
)

// prescan is how many bytes are searched for a declaration, and longestTag how many of
// a tag: what stands further inside is text of the page.
const (
	prescan    = 4096
	longestTag = 650
)

var (
	xmlEncoding = once(`(?i)\sencoding\s*=\s*["']\s*([a-z0-9._:\-]{2,40})`)
	metaCharset = once(`(?is)^\s.*?charset\s*=\s*["']?\s*([a-z0-9._:\-]{2,40})`)

	headerParam  = once(`(?i)charset\s*=\s*["']?\s*([a-z0-9._:\-]{2,40})`)
	numberedPage = once(`^(?:x-)?(?:win|windows|cp|ms|ibm)[-_]?(\d{3,4})$`)
)

// once compiles an expression when it is first used.
func once(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}

// declared lists the encodings claimed for the body, the most trusted first,
// each once, under their canonical names.
func declared(body []byte, contentType string) []string {
	header := canonical(headerCharset(contentType))
	own := canonical(ownCharset(body[:min(len(body), prescan)]))
	var names []string
	add := func(n string) {
		if n != "" && (len(names) == 0 || names[0] != n) {
			names = append(names, n)
		}
	}
	if header == nameLatin1 && own != "" {
		add(own)
		add(header)
		return names
	}
	add(header)
	add(own)
	return names
}

// headerCharset reads the charset parameter, also out of headers that are not
// well formed.
func headerCharset(contentType string) string {
	if _, params, err := mime.ParseMediaType(contentType); err == nil {
		return params["charset"]
	}
	if m := headerParam().FindStringSubmatch(contentType[:min(len(contentType), 300)]); m != nil {
		return m[1]
	}
	return ""
}

// ownCharset reads what a document says of itself. A document whose
// declaration could be read as ASCII can't be UTF-16, whatever it says: the
// HTML standard reads such a claim as UTF-8, and so does this.
func ownCharset(head []byte) string {
	label := declaredIn(head, "<?xml", xmlEncoding)
	if label == "" {
		label = declaredIn(head, "<meta", metaCharset)
	}
	l := strings.ToLower(label)
	if strings.HasPrefix(l, "utf-16") || strings.HasPrefix(l, "utf-32") || l == "unicode" || strings.HasPrefix(l, "ucs") {
		return nameUTF8
	}
	return label
}

// declaredIn returns what an expression finds behind the beginning of a tag, in
// whatever letters that is written, and before its end; "" for nothing. One expression
// for all of it looks at all that stands before, and where it bounds the tag, it takes
// longer to make than all else of a small refresh.
func declaredIn(head []byte, tag string, in func() *regexp.Regexp) string {
	for {
		i := bytes.IndexByte(head, '<')
		if i < 0 || len(head)-i < len(tag) {
			return ""
		}
		if head = head[i:]; bytes.EqualFold(head[:len(tag)], []byte(tag)) {
			inside, _, _ := bytes.Cut(head[len(tag):min(len(head), len(tag)+longestTag)], []byte(">"))
			if m := in().FindSubmatch(inside); m != nil {
				return string(m[1])
			}
		}
		head = head[1:]
	}
}

// canonical maps a label to the WHATWG's name for it, "" where it is unknown
// or no text encoding.
func canonical(label string) string {
	label = strings.ToLower(strings.TrimSpace(label))
	if label == "" {
		return ""
	}
	enc, err := htmlindex.Get(label)
	if err != nil {
		m := numberedPage().FindStringSubmatch(label)
		if m == nil {
			return ""
		}
		switch m[1] {
		case "932":
			label = "shift_jis"
		case "936":
			label = "gbk"
		case "949":
			label = "euc-kr"
		case "950":
			label = "big5"
		case "65001", "6500":
			label = nameUTF8
		default:
			label = "windows-" + m[1]
		}
		if enc, err = htmlindex.Get(label); err != nil {
			return ""
		}
	}
	name, err := htmlindex.Name(enc)
	if err != nil || name == "replacement" || name == "x-user-defined" || strings.HasPrefix(name, "utf-16") {
		return "" // UTF-16 is known by its zero bytes before any label is asked
	}
	return name
}
