package articles

import (
	"bytes"
	"mime"
	"net/http"
	"strings"
)

// sniff refuses what is no HTML: by its first bytes, whatever the header says,
// and by the header where the bytes don't contradict it.
func sniff(page []byte, contentType string) error {
	head := bytes.TrimLeft(page[:min(len(page), sniffed)], " \t\r\n\ufeff")
	if len(head) == 0 {
		return &NoArticleError{Reason: "the page is empty"}
	}
	for _, m := range []struct{ magic, what string }{
		{"%PDF-", "a PDF"},
		{"PK\x03\x04", "an archive"},
		{"\x1f\x8b", "compressed data"},
		{"{\\rtf", "a document"},
		{"\x89PNG", "an image"},
		{"\xff\xd8\xff", "an image"},
		{"GIF8", "an image"},
		{"RIFF", "a media file"},
		{"\x00\x00\x00\x1cftyp", "a video"},
	} {
		if bytes.HasPrefix(head, []byte(m.magic)) {
			return &notHTMLError{m.what}
		}
	}
	markup := bytes.IndexByte(head, '<') >= 0
	media, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		media, _, _ = strings.Cut(strings.ToLower(contentType), ";")
		media = strings.TrimSpace(media)
	}
	switch {
	case (head[0] == '{' || head[0] == '[') && (!markup || strings.Contains(media, "json")):
		return &notHTMLError{"JSON"}
	case media == "", media == "text/html", media == "application/xhtml+xml", media == "text/plain", media == "unknown/unknown":
		// what a page is called, or nothing at all
	case media == "application/xml" || media == "text/xml":
		if !bytes.Contains(bytes.ToLower(head), []byte("<html")) {
			return &notHTMLError{"XML"}
		}
	case media == "application/octet-stream":
		if !looksHTML(head) {
			return &notHTMLError{"data"}
		}
	default:
		if !looksHTML(head) {
			return &notHTMLError{kindName(media)}
		}
	}
	if isFeed(head) {
		return &notHTMLError{"a feed"}
	}
	if media == "" && !markup && !looksHTML(head) && bytes.IndexByte(head, 0) < 0 {
		return &notHTMLError{"plain text"}
	}
	return nil
}

func looksHTML(head []byte) bool {
	return strings.HasPrefix(http.DetectContentType(head), "text/html")
}

func isFeed(head []byte) bool {
	if bytes.Contains(head, []byte("<html")) { // as most pages do
		return false
	}
	low := bytes.ToLower(head)
	if bytes.Contains(low, []byte("<html")) || bytes.Contains(low, []byte("<!doctype html")) {
		return false
	}
	return bytes.Contains(low, []byte("<rss")) || bytes.Contains(low, []byte("<feed")) || bytes.Contains(low, []byte("<rdf:rdf"))
}

func kindName(media string) string {
	switch {
	case media == "application/pdf":
		return "a PDF"
	case strings.Contains(media, "json"):
		return "JSON"
	case strings.HasPrefix(media, "image/"):
		return "an image"
	case strings.HasPrefix(media, "video/"):
		return "a video"
	case strings.HasPrefix(media, "audio/"):
		return "a sound recording"
	}
	return "another kind of document"
}
