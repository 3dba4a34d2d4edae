package feeds

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"newsdesk/internal/bodies"
	"newsdesk/news"
)

// answer reads what a server sent.
func (f *Fetcher) answer(ctx context.Context, resp *http.Response, feed news.Feed) (Result, error) {
	res := Result{Status: resp.StatusCode, MovedTo: movedTo(resp), MaxAge: maxAge(resp.Header), Pace: feed.Pace}
	switch resp.StatusCode {
	case http.StatusNotModified:
		if feed.ETag == "" && feed.LastModified == "" { // nothing was asked: by this alone the feed is never read
			return res, &HTTPError{Status: resp.StatusCode, RetryAfter: retryAfter(resp.Header)}
		}
		res.NotModified = true
		// A 304 may bring newer validators; those it leaves out still hold.
		res.Validators = validators(resp.Header)
		if res.Validators.ETag == "" {
			res.Validators.ETag = feed.ETag
		}
		if res.Validators.LastModified == "" {
			res.Validators.LastModified = feed.LastModified
		}
		res.BodyHash = feed.BodyHash
		return res, nil
	case http.StatusOK, http.StatusNonAuthoritativeInfo: // the latter from a proxy that changed something
	default:
		return res, &HTTPError{Status: resp.StatusCode, RetryAfter: retryAfter(resp.Header)}
	}

	share := f.o.Memory.Open()
	defer share.Close() // the bytes are needed until they are parsed
	body, err := f.body(ctx, resp, share)
	res.Bytes = received(resp, len(body))
	long := err != nil && int64(len(body)) == f.o.MaxBody // over the bound, ours or the client's
	broken := err != nil && !long
	if err != nil && (len(body) == 0 || errors.Is(err, context.Canceled)) {
		return res, err
	}
	if hash := bodyHash(body); !broken {
		res.BodyHash, res.Validators = hash, validators(resp.Header)
		if hash == feed.BodyHash {
			res.Unchanged = true
			return res, nil
		}
	}
	_ = resp.Body.Close() // the next request to its host need not wait for what follows
	doc, unread := f.parse(ctx, body, resp.Header.Get("Content-Type"), finalURL(resp, feed.URL))
	if unread != nil || err != nil && len(doc.Items) == 0 {
		res.MovedTo = "" // where the redirects lead there is no feed
		if errors.Is(unread, ErrNotFeed) {
			return res, unread
		}
		return res, cmp.Or(err, unread)
	}
	res.Title, res.Items, res.Partial, res.Notes = doc.Title, doc.Items, doc.Partial, doc.Notes
	res.Hub = linkedHub(resp.Header, baseOf("", finalURL(resp, feed.URL), ""))
	res.Hub.URL, res.Hub.Topic = cmp.Or(res.Hub.URL, doc.Hub.URL), cmp.Or(res.Hub.Topic, doc.Hub.Topic)
	res.Pace.TTL, res.Pace.SkipHours, res.Pace.SkipDays = doc.TTL, doc.SkipHours, doc.SkipDays
	switch {
	case long:
		res.Partial = false // there is no more to be had by asking again
		res.Notes = append(res.Notes, fmt.Sprintf("The feed has more than %d MB; what comes after was left out.", f.o.MaxBody>>20))
	case broken && !doc.Partial:
		res.Partial = true
		res.Notes = append(res.Notes, "The connection broke off before the end of the feed.")
	}
	return res, nil
}

// body reads a document up to the bound. With an error, such as that it is larger,
// it returns what came before it.
func (f *Fetcher) body(ctx context.Context, resp *http.Response, share *bodies.Share) ([]byte, error) {
	body, err := share.ReadAll(timeOf(ctx, resp), resp.Body, bufferSize(resp.ContentLength, f.o.MaxBody), f.o.MaxBody)
	switch {
	case int64(len(body)) > f.o.MaxBody:
		return body[:f.o.MaxBody], refuse(ErrTooLarge, "the document has more than %d MB", f.o.MaxBody>>20)
	case err != nil:
		return body, fmt.Errorf("read feed: %w", err)
	}
	return body, nil
}

// timeOf is how long there is time for a body: as long as for its request.
func timeOf(ctx context.Context, resp *http.Response) context.Context {
	if resp.Request != nil {
		return resp.Request.Context()
	}
	return ctx
}

// bufferSize is what to set aside for a body whose length is announced, -1
// where it is not. The announcement is not trusted beyond a megabyte.
func bufferSize(announced, limit int64) int64 {
	if announced < 0 {
		return 64 << 10
	}
	return min(announced+1, limit+1, 1<<20)
}

// received says how many bytes came over the wire, as far as the client tells.
func received(resp *http.Response, read int) int64 {
	if b, ok := resp.Body.(interface{ Received() int64 }); ok {
		return b.Received()
	}
	return int64(read)
}

func bodyHash(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:16])
}

func validators(h http.Header) Validators {
	v := Validators{ETag: h.Get("ETag"), LastModified: h.Get("Last-Modified")}
	if len(v.ETag) > maxValidator {
		v.ETag = ""
	}
	if len(v.LastModified) > maxValidator {
		v.LastModified = ""
	}
	return v
}

// finalURL is the address that answered, without credentials.
func finalURL(resp *http.Response, asked string) string {
	if resp.Request == nil || resp.Request.URL == nil {
		return asked
	}
	u := *resp.Request.URL
	u.User = nil
	return u.String()
}

// movedTo returns where the redirects lead if every one of them is permanent
// (301 or 308), and "" otherwise: one temporary hop makes the whole way
// temporary.
func movedTo(resp *http.Response) string {
	hops := 0
	for r := resp.Request; r != nil && r.Response != nil; r = r.Response.Request {
		if c := r.Response.StatusCode; c != http.StatusMovedPermanently && c != http.StatusPermanentRedirect {
			return ""
		}
		if hops++; hops > 100 {
			return ""
		}
	}
	if hops == 0 {
		return ""
	}
	to := finalURL(resp, "")
	if u, err := url.Parse(to); err != nil || u.Host == "" {
		return ""
	}
	return to
}

// retryAfter reads how long a server asks us to stay away (RFC 9110, section
// 10.2.3): seconds, or a date, which is counted from the server's own Date.
func retryAfter(h http.Header) time.Duration {
	v := strings.TrimSpace(h.Get("Retry-After"))
	if wait, ok := seconds(v); ok {
		return wait
	}
	at, err := http.ParseTime(v)
	if err != nil {
		return 0
	}
	from, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		return 0
	}
	return min(max(at.Sub(from), 0), maxRetryAfter)
}
