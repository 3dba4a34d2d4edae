package articles

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"newsdesk/internal/bodies"
	"newsdesk/news"
)

// Doer sends a request, following redirects. It is an *http.Client or one that
// refuses private addresses; bounding time, size and redirects is its part.
type Doer interface {
	Do(req *http.Request) (*http.Response, error)
}

// Asker is a Doer that asks before it goes where a redirect leads. A Doer that is
// none is asked only where it led; and one that lets few requests at once to a
// host must be one, since the question may need a request of its own.
type Asker interface {
	DoAsking(req *http.Request, may func(ctx context.Context, next *url.URL) error) (*http.Response, error)
}

// TemporaryError says that reading the page may succeed later: the network
// failed, or the server answered 408, 425, 429 or 5xx. The caller tries again,
// and takes FromFeed in the end.
type TemporaryError struct {
	RetryAfter time.Duration // what the server asked for, 0 where it asked for nothing
	Err        error
}

// Error returns the cause.
func (e *TemporaryError) Error() string { return e.Err.Error() }

// Unwrap returns the cause.
func (e *TemporaryError) Unwrap() error { return e.Err }

// ReaderOptions are the options of a Reader. The zero value is good.
type ReaderOptions struct {
	Workers int           // extractions at once; 2 where 0
	Budget  time.Duration // longest time waited for one extraction; 2 s where 0
	Agent   string        // User-Agent sent, "" leaves it to the client

	// Robot is the product token by which sites may keep the Reader out in their
	// robots.txt. "" reads everything. Feeds are not subject to it: to publish one
	// is to ask for it to be read.
	Robot string
	// Now is the clock; needed where Robot is set. Without it a page's time of its
	// last change is believed, whatever it is.
	Now func() time.Time

	// Memory is what pages share with others while they are read; nil bounds
	// nothing.
	Memory *bodies.Budget

	// Permanent tells whether an error of the client is for good (a refused
	// address, too many redirects) and the feed's text is to be used at once.
	// nil knows only unknown hosts and bad certificates.
	Permanent func(error) bool
}

// Reader reads articles: it fetches an item's page and extracts the article,
// or takes the feed's own text where that fails. It is safe for concurrent use.
type Reader struct {
	client Doer
	opts   ReaderOptions
	pool   *pool
	robots *robots // nil reads everything
}

// NewReader returns a Reader that fetches with client. Close it when done.
func NewReader(client Doer, opts ReaderOptions) *Reader {
	if opts.Workers <= 0 {
		opts.Workers = 2
	}
	if opts.Budget <= 0 {
		opts.Budget = 2 * time.Second
	}
	r := &Reader{client: client, opts: opts, pool: newPool(opts.Workers)}
	if opts.Robot != "" {
		r.robots = newRobots(client, opts.Robot, opts.Now, r.permanent)
	}
	return r
}

// Close waits for extractions that outlived their budget. Reads begun after it
// return ErrClosed.
func (r *Reader) Close() { r.pool.close() }

// Read returns the article of an item, with Body, Title, URL, GUID, Byline,
// Outlet, Lang, Image, Published, Method and Why filled. Where the page can't be
// had or holds no article, Body is the feed's own text, Method is MethodFeed and
// Why says why in one sentence. An error means that ctx ended, that the Reader
// was closed, or, as *TemporaryError, that a later attempt may fetch the page.
func (r *Reader) Read(ctx context.Context, it news.Item) (news.Article, error) {
	a, _, _, err := r.read(ctx, it, Validators{})
	return a, err
}

// read is Read, and ReadAgain where there are validators.
func (r *Reader) read(ctx context.Context, it news.Item, v Validators) (a news.Article, now Validators, unchanged bool, err error) {
	if u, err := url.Parse(it.URL); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return FromFeed(it, "the feed gives no address for the page"), now, false, nil
	}
	share := r.opts.Memory.Open()
	defer share.Close()
	f, why, err := r.fetch(ctx, it.URL, v, share)
	switch {
	case err != nil:
		return news.Article{}, now, false, err
	case why != "":
		return FromFeed(it, why), now, false, nil
	case f.unchanged:
		return news.Article{}, v, true, nil
	}
	a, err = r.understand(ctx, f, it)
	return a, f.validators, false, err
}

// understand makes an article of a page.
func (r *Reader) understand(ctx context.Context, f fetched, it news.Item) (news.Article, error) {
	p, err := r.extract(ctx, f, it)
	if r.opts.Now != nil && p.Updated.After(r.opts.Now().Add(-justNow)) {
		p.Updated = time.Time{}
	}
	var slow *slowError
	switch {
	case err == nil:
	case errors.As(err, &slow):
		return FromFeed(it, err.Error()), nil
	case ctx.Err() != nil || errors.Is(err, ErrClosed):
		return news.Article{}, fmt.Errorf("read %s: %w", redact(it.URL), err)
	default:
		return withPage(FromFeed(it, err.Error()), p), nil
	}
	if f.cut {
		p.Method = news.MethodPageCut
	}
	if p.Kind.Shows() {
		if own := FromFeed(it, "the page is there to be looked at or listened to"); own.Body != "" {
			return withPage(own, p), nil
		}
	}
	if p.Locked { // a beginning alone misleads; the feed's text is meant to stand alone
		if own := FromFeed(it, whyLocked); own.Body != "" {
			return withPage(own, p), nil
		}
	}
	if mayBeFuller(it, p.Text) {
		if own := FromFeed(it, "the feed holds more of the text than the page"); fuller(own.Body, p.Text) {
			return withPage(own, p), nil
		}
	}
	return withPage(news.Article{GUID: it.GUID, URL: it.URL, Title: p.Title, Body: p.Text, Lang: p.Lang, Method: p.Method, Image: it.Image, Byline: personName(it.Author, p.Site, "")}, p), nil
}

// withPage adds to an article what its page says about it.
func withPage(a news.Article, p Page) news.Article {
	if a.Title == "" {
		a.Title = p.Title
	}
	if p.Canonical != "" {
		a.URL = p.Canonical
	}
	if p.Image != "" {
		a.Image = p.Image
	}
	if p.Byline != "" {
		a.Byline = p.Byline
	}
	if a.Lang == "" {
		a.Lang = p.Lang
	}
	if a.Published.IsZero() {
		a.Published = p.Published
	}
	a.Updated = changedAt(p.Updated, a.Published)
	if p.Kind != news.KindReport {
		a.Kind = p.Kind
	}
	a.Outlet = p.Site
	return a
}

// fetched is a page as it came.
type fetched struct {
	body        []byte
	contentType string
	url         string // after redirects
	cut         bool   // the connection or a limit ended it early
	validators  Validators
	unchanged   bool // the server says that it is the page it was; there is no body
}

// usualPage is the room made for a page at first, in bytes: most need no more.
const usualPage = 160 << 10

// sniffed is how many bytes tell what a page is.
const sniffed = 2048

// enough is how many bytes of a page that broke off are worth reading.
const enough = 32 << 10

// fetch gets a page. why is not empty where the feed's text has to do.
func (r *Reader) fetch(ctx context.Context, addr string, v Validators, share *bodies.Share) (f fetched, why string, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, addr, nil)
	if err != nil {
		return f, "the feed gives no address for the page", nil
	}
	if r.robots != nil {
		if why, err := answered(r.robots.admit(ctx, req.URL)); err != nil || why != "" {
			return f, why, err
		}
	}
	req.Header.Set("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1")
	if r.opts.Agent != "" {
		req.Header.Set("User-Agent", r.opts.Agent)
	}
	conditional(req, v)
	resp, err := r.do(req)
	if err != nil {
		if why, _ := answered(err); why != "" {
			return f, why, nil
		}
		if later, ok := errors.AsType[*TemporaryError](err); ok {
			return f, "", later
		}
		return f, r.refusal(err), r.failure(ctx, addr, err)
	}
	defer resp.Body.Close()
	switch s := resp.StatusCode; {
	case s == http.StatusRequestTimeout, s == http.StatusTooEarly, s == http.StatusTooManyRequests, s >= 500:
		return f, "", &TemporaryError{RetryAfter: retryAfter(resp.Header), Err: fmt.Errorf("read %s: the page answered %d", redact(addr), s)}
	case s == http.StatusNotModified && v != Validators{}:
		f.unchanged = true
		return f, "", nil
	case s < 200 || s > 299:
		return f, fmt.Sprintf("the page answered %d", s), nil
	}
	f.contentType, f.url, f.validators = resp.Header.Get("Content-Type"), addr, validatorsOf(resp.Header)
	if resp.Request != nil && resp.Request.URL != nil {
		f.url = resp.Request.URL.String()
		if _, asked := r.client.(Asker); !asked && r.robots != nil && f.url != req.URL.String() {
			if why, err := answered(r.robots.allowed(ctx, resp.Request.URL)); err != nil || why != "" {
				return f, why, err
			}
		}
	}
	room := r.pool.room()
	n, err := io.ReadFull(resp.Body, room[:sniffed])
	f.body = room[:n]
	if err == nil {
		if kind := sniff(f.body, f.contentType); errors.Is(kind, ErrNotHTML) {
			r.pool.leave(room)
			f.body = nil
			return f, kind.Error(), nil // without reading all of a film
		}
		if f.body, err = share.ReadOn(timeOf(ctx, resp), f.body, resp.Body, maxPage); cap(f.body) > usualPage {
			r.pool.leave(room) // it was too small
		}
	} else if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	if err != nil {
		if len(f.body) < enough || ctx.Err() != nil {
			r.pool.leave(f.body)
			f.body = nil
			return f, r.refusal(err), r.failure(ctx, addr, err)
		}
		f.cut, f.validators = true, Validators{}
	}
	return f, "", nil
}

// do sends the request for a page, and lets no redirect lead where the reader may
// not go.
func (r *Reader) do(req *http.Request) (*http.Response, error) {
	if asker, ok := r.client.(Asker); ok && r.robots != nil {
		return asker.DoAsking(req, r.robots.allowed)
	}
	return r.client.Do(req)
}

// timeOf is how long there is time for a body: as long as for its request.
func timeOf(ctx context.Context, resp *http.Response) context.Context {
	if resp.Request != nil {
		return resp.Request.Context()
	}
	return ctx
}

// answered parts a site's refusal, which is an answer, from an error.
func answered(err error) (why string, _ error) {
	if refused, ok := errors.AsType[*refusedError](err); ok {
		return refused.why, nil
	}
	return "", err
}

// failure turns an error of the client into what Read returns: nil where the
// feed's text is to be used.
func (r *Reader) failure(ctx context.Context, addr string, err error) error {
	err = fmt.Errorf("read %s: %w", redact(addr), plainError(err))
	if ctx.Err() != nil {
		return err
	}
	if r.permanent(err) {
		return nil
	}
	return &TemporaryError{Err: err}
}

func (r *Reader) refusal(err error) string {
	if _, ok := errors.AsType[*net.DNSError](err); ok {
		return "the page's host is unknown"
	}
	return "the page could not be fetched: " + plainError(err).Error()
}

func (r *Reader) permanent(err error) bool {
	if unknown, ok := errors.AsType[*net.DNSError](err); ok && unknown.IsNotFound {
		return true
	}
	if isCertificate(err) {
		return true
	}
	return r.opts.Permanent != nil && r.opts.Permanent(err)
}

// plainError unwraps *url.Error, whose text repeats the address.
func plainError(err error) error {
	if u, ok := errors.AsType[*url.Error](err); ok {
		return u.Err
	}
	return err
}

// redact shortens an address for an error: host and path, no user, no query.
func redact(addr string) string {
	u, err := url.Parse(addr)
	if err != nil {
		return "page"
	}
	return u.Scheme + "://" + u.Host + u.EscapedPath()
}

// retryAfter reads the header's seconds; dates are left to the caller's own
// back-off, since there is no clock here.
func retryAfter(h http.Header) time.Duration {
	s, err := strconv.Atoi(strings.TrimSpace(h.Get("Retry-After")))
	if err != nil || s < 0 {
		return 0
	}
	return time.Duration(min(s, 24*3600)) * time.Second
}
