package safehttp

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
)

// The codings that are asked for and unpacked. A stream in brotli may make its
// reader keep as much of it as its window, 16 MB, but no more than twice what it
// announces to unpack to.
const (
	codingGzip   = "gzip"
	codingBrotli = "br"
)

// codingDeflate is not asked for, and sent all the same by some.
const codingDeflate = "deflate"

// codings are the names by which servers call them.
var codings = map[string]string{
	"gzip": codingGzip, "x-gzip": codingGzip, "br": codingBrotli, "deflate": codingDeflate,
}

// gzipReaders are kept because each holds 40 KB of windows and tables.
var gzipReaders = sync.Pool{New: func() any { return new(gzip.Reader) }}

// Body is the body of a response: unpacked, bounded, and bound to the place at
// the host. Callers that want to know what came over the wire find it behind
// http.Response.Body:
//
//	if b, ok := resp.Body.(*safehttp.Body); ok { n = b.Received() }
type Body struct {
	ctx    context.Context //nolint:containedctx // the body lives as long as its request; only the cause of an end is read
	host   string
	wire   io.ReadCloser
	packed string       // the coding, "" where there is none
	plain  io.Reader    // what it unpacks to; nil until the first Read
	gz     *gzip.Reader // nil where it is not in gzip

	received, given, max int64

	err    error
	once   sync.Once
	place  *place
	cancel context.CancelFunc
}

func newBody(resp *http.Response, limit int64, p *place, cancel context.CancelFunc) *Body {
	b := &Body{
		ctx: resp.Request.Context(), host: resp.Request.URL.Host,
		wire: resp.Body, max: limit, place: p, cancel: cancel,
	}
	coding := codings[strings.ToLower(strings.TrimSpace(resp.Header.Get("Content-Encoding")))]
	if coding != "" && resp.Request.Method != http.MethodHead {
		b.packed = coding
		resp.Header.Del("Content-Encoding")
		resp.Header.Del("Content-Length")
		resp.ContentLength, resp.Uncompressed = -1, true
	}
	return b
}

// Received returns how many bytes came over the wire so far.
func (b *Body) Received() int64 { return b.received }

// Read gives the unpacked bytes. It returns ErrTooLarge once more than the
// bound were received or unpacked, and ErrTimeout once the request's time is up.
func (b *Body) Read(p []byte) (int, error) {
	if b.err != nil {
		return 0, b.err
	}
	n, err := b.read(p)
	b.given += int64(n)
	if over := b.given - b.max; over > 0 {
		n -= int(over)
		b.given = b.max
		err = tooLarge(b.max)
	}
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, ErrTooLarge) {
		err = describeBody(b.host, causeOf(b.ctx, err))
	}
	b.err = err
	return n, err
}

func (b *Body) read(p []byte) (int, error) {
	if b.packed == "" {
		return (*wire)(b).Read(p)
	}
	if b.plain == nil {
		var err error
		if b.plain, err = b.unpack(); err != nil {
			return 0, err
		}
	}
	return b.plain.Read(p)
}

// unpack begins to undo the coding that the server named. Some name one and send
// the text as it is.
func (b *Body) unpack() (io.Reader, error) {
	head := make([]byte, 4)
	n, err := io.ReadFull((*wire)(b), head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, err
	}
	head = head[:n]
	whole := io.MultiReader(bytes.NewReader(head), (*wire)(b))
	switch {
	case bare(head):
		return whole, nil
	case b.packed == codingBrotli:
		return brotli.NewReader(whole), nil
	case b.packed == codingDeflate:
		// RFC 9110 means zlib by it; what has no header of zlib's is without.
		if n >= 2 && head[0]&0x0f == 8 && (int(head[0])<<8|int(head[1]))%31 == 0 {
			return zlib.NewReader(whole)
		}
		return flate.NewReader(whole), nil
	}
	gz := gzipReaders.Get().(*gzip.Reader)
	if err := gz.Reset(whole); err != nil {
		gzipReaders.Put(gz)
		return nil, err
	}
	b.gz = gz
	return gz, nil
}

// bare says whether a body begins with markup, and so is not packed: no stream in
// gzip, zlib or brotli can, and one in bare deflate does so by chance.
func bare(head []byte) bool {
	head = bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
	return len(head) > 0 && head[0] == '<' && (len(head) < 2 || head[1] == '?' || head[1] == '!' || 'A' <= head[1]&^0x20 && head[1]&^0x20 <= 'Z')
}

// wire is the body as received: it counts, and bounds the packed size too,
// since a packed stream can go on for ever without unpacking to anything.
type wire Body

func (w *wire) Read(p []byte) (int, error) {
	n, err := w.wire.Read(p)
	w.received += int64(n)
	if w.received > w.max {
		if w.packed == "" {
			return n, err // the unpacked bound says the same, and gives the bytes up to it
		}
		return 0, tooLarge(w.max)
	}
	return n, err
}

// Close ends the request and gives the place at the host back.
func (b *Body) Close() error {
	var err error
	b.once.Do(func() {
		if b.gz != nil {
			gzipReaders.Put(b.gz)
			b.gz = nil
		}
		b.packed, b.plain = "", nil
		if b.err == nil {
			b.err = http.ErrBodyReadAfterClose
		}
		err = b.wire.Close()
		b.cancel()
		b.place.release()
	})
	return err
}

func tooLarge(limit int64) error {
	return fmt.Errorf("%w: over %s", ErrTooLarge, size(limit))
}

func size(n int64) string {
	switch {
	case n >= 1<<20 && n%(1<<20) == 0:
		return fmt.Sprintf("%d MB", n>>20)
	case n >= 1<<10 && n%(1<<10) == 0:
		return fmt.Sprintf("%d KB", n>>10)
	}
	return fmt.Sprintf("%d bytes", n)
}
