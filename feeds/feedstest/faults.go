package feedstest

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Fault is a way to misbehave.
type Fault string

// The faults. Sizes are what the client sees unpacked.
const (
	None            Fault = ""
	NotModified     Fault = "304 whatever was asked"
	TooManyRequests Fault = "429 with Retry-After"
	Unavailable     Fault = "503 with Retry-After"
	ServerError     Fault = "500"
	NotFound        Fault = "404"
	Gone            Fault = "410"
	Slow            Fault = "accepts, never answers"
	Drip            Fault = "a byte every 20 ms, for ever"
	Reset           Fault = "closes without an answer"
	Truncated       Fault = "XML that stops in its second half"
	CutConnection   Fault = "less than Content-Length says"
	Stalls          Fault = "stops in the middle, and keeps the connection"
	Proxied         Fault = "203"
	WrongCharset    Fault = "windows-1251 bytes, declared as UTF-8"
	UndeclaredGzip  Fault = "a gzip body without Content-Encoding"
	HTMLInstead     Fault = "200 with a login page"
	Empty           Fault = "200 without a body"
	NewETag         Fault = "same body, new ETag each time"
	MovedForGood    Fault = "301 to the path with /moved, where the feed is"
	MovedForNow     Fault = "302 to the path with /moved, where the feed is"
	PrivateRedirect Fault = "302 to a cloud's metadata address"
	FileRedirect    Fault = "302 to a file: address"
	Loop            Fault = "redirects to itself"
	EndlessRedirect Fault = "redirects to a new address each time"
	GzipBomb        Fault = "512 MB of blanks in half a megabyte"
	Huge            Fault = "valid items without end, up to 64 MB"
	EntityBomb      Fault = "entities that stand for entities"
	DeepXML         Fault = "a million nested elements"
)

const (
	bombSize = 512 << 20
	hugeSize = 64 << 20
)

// misbehave answers with a fault.
func (s *Server) misbehave(w http.ResponseWriter, r *http.Request, a answer) {
	h := w.Header()
	here := r.URL.Path
	switch a.fault {
	case NotModified:
		w.WriteHeader(http.StatusNotModified)
	case TooManyRequests, Unavailable:
		wait := a.retryAfter
		if wait == 0 {
			wait = 2 * time.Minute
		}
		h.Set("Retry-After", strconv.Itoa(int(wait/time.Second)))
		w.WriteHeader(map[Fault]int{TooManyRequests: http.StatusTooManyRequests, Unavailable: http.StatusServiceUnavailable}[a.fault])
	case ServerError:
		http.Error(w, "the database is not there", http.StatusInternalServerError)
	case NotFound:
		http.NotFound(w, r)
	case Gone:
		w.WriteHeader(http.StatusGone)
	case Slow:
		s.waitFor(r)
	case Drip:
		s.drip(w, r)
	case Reset:
		panic(http.ErrAbortHandler)
	case Truncated:
		a.body, a.etag = a.body[:len(a.body)*3/4], ""
		a.serve(w, r)
	case CutConnection:
		h.Set("Content-Type", a.contentType)
		h.Set("Content-Length", strconv.Itoa(len(a.body)))
		_, _ = w.Write(a.body[:len(a.body)*3/4])
		_ = http.NewResponseController(w).Flush() // so that this much arrives
		panic(http.ErrAbortHandler)
	case Stalls:
		h.Set("Content-Type", a.contentType)
		_, _ = w.Write(a.body[:len(a.body)*3/4])
		_ = http.NewResponseController(w).Flush()
		s.waitFor(r)
	case Proxied:
		h.Set("Content-Type", a.contentType)
		w.WriteHeader(http.StatusNonAuthoritativeInfo)
		_, _ = w.Write(a.body)
	case WrongCharset:
		h.Set("Content-Type", "application/rss+xml; charset=utf-8")
		_, _ = w.Write(cyrillic())
	case UndeclaredGzip:
		h.Set("Content-Type", a.contentType)
		gz := gzip.NewWriter(w)
		_, _ = gz.Write(a.body)
		_ = gz.Close()
	case HTMLInstead:
		h.Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, "<!DOCTYPE html>\n<html><head><title>Please log in</title></head><body><form><input name=user></form></body></html>")
	case Empty:
		h.Set("Content-Type", a.contentType)
	case NewETag:
		r.Header.Del("If-None-Match")
		a.etag = fmt.Sprintf(`"%d"`, s.Requests(here))
		a.serve(w, r)
	default:
		s.mislead(w, r, a)
	}
}

// mislead answers with a redirect or a bomb.
func (s *Server) mislead(w http.ResponseWriter, r *http.Request, a answer) {
	h := w.Header()
	here := r.URL.Path
	switch a.fault {
	case MovedForGood:
		http.Redirect(w, r, here+"/moved", http.StatusMovedPermanently)
	case MovedForNow:
		http.Redirect(w, r, here+"/moved", http.StatusFound)
	case PrivateRedirect:
		http.Redirect(w, r, "http://169.254.169.254/latest/meta-data/", http.StatusFound)
	case FileRedirect:
		h.Set("Location", "file:///etc/hostname")
		w.WriteHeader(http.StatusFound)
	case Loop:
		http.Redirect(w, r, here, http.StatusFound)
	case EndlessRedirect:
		http.Redirect(w, r, here+"?hop="+strconv.Itoa(s.Requests(here)), http.StatusFound)
	case GzipBomb:
		h.Set("Content-Type", a.contentType)
		h.Set("Content-Encoding", "gzip")
		gz := gzip.NewWriter(w)
		pour(gz, `<?xml version="1.0"?><rss version="2.0"><channel>`, strings.Repeat(" ", 64<<10), bombSize)
		_ = gz.Close()
	case Huge:
		h.Set("Content-Type", a.contentType)
		pour(w, `<?xml version="1.0"?><rss version="2.0"><channel>`,
			"<item><title>Tide table</title><link>http://tides.example/</link></item>\n", hugeSize)
	case EntityBomb:
		h.Set("Content-Type", a.contentType)
		_, _ = io.WriteString(w, entityBomb())
	case DeepXML:
		h.Set("Content-Type", a.contentType)
		_, _ = io.WriteString(w, "<rss><channel><item>"+strings.Repeat("<a>", 1_000_000))
	default:
		http.Error(w, "no such fault: "+string(a.fault), http.StatusNotImplemented)
	}
}

// waitFor blocks until the client or the test is gone.
func (s *Server) waitFor(r *http.Request) {
	select {
	case <-r.Context().Done():
	case <-s.done:
	}
}

func (s *Server) drip(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/rss+xml")
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-r.Context().Done():
			return
		case <-s.done:
			return
		case <-tick.C:
			if _, err := w.Write([]byte{' '}); err != nil {
				return
			}
			if http.NewResponseController(w).Flush() != nil {
				return
			}
		}
	}
}

// pour writes head and then piece until size bytes are out or the client has
// enough.
func pour(w io.Writer, head, piece string, size int) {
	if _, err := io.WriteString(w, head); err != nil {
		return
	}
	chunk := []byte(strings.Repeat(piece, max(1, (64<<10)/len(piece))))
	for sent := 0; sent < size; sent += len(chunk) {
		if _, err := w.Write(chunk); err != nil {
			return
		}
	}
}

// cyrillic is a feed whose title is "Погода" in windows-1251.
func cyrillic() []byte {
	var b bytes.Buffer
	b.WriteString(`<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>`)
	word := []byte{0xcf, 0xee, 0xe3, 0xee, 0xe4, 0xe0}
	b.Write(word)
	b.WriteString("</title>")
	for i := range 5 {
		fmt.Fprintf(&b, "<item><guid>w%d</guid><title>", i)
		for range 4 {
			b.Write(word)
			b.WriteByte(' ')
		}
		b.WriteString("</title></item>")
	}
	b.WriteString("</channel></rss>")
	return b.Bytes()
}

// entityBomb is a document whose title would be 10^9 letters.
func entityBomb() string {
	var b strings.Builder
	b.WriteString("<?xml version=\"1.0\"?>\n<!DOCTYPE rss [\n<!ENTITY e0 \"ha\">\n")
	for i := 1; i < 10; i++ {
		fmt.Fprintf(&b, "<!ENTITY e%d \"%s\">\n", i, strings.Repeat(fmt.Sprintf("&e%d;", i-1), 10))
	}
	b.WriteString(`]><rss version="2.0"><channel><title>&e9;</title><item><guid>1</guid><title>&e9;</title></item></channel></rss>`)
	return b.String()
}
