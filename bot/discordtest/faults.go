package discordtest

import (
	"net/http"
	"slices"
	"strings"
	"time"
)

// Fault is a way for one REST request to go wrong. Make one with the Fault...
// functions and plan it with FailNext.
type Fault struct {
	kind   faultKind
	status int
	code   int
	text   string
	after  time.Duration
}

type faultKind int

const (
	faultStatus      faultKind = iota // answered instead of handled
	faultStatusAfter                  // handled, then answered otherwise
	faultCutBefore                    // connection cut, not handled
	faultCutAfter                     // handled, then connection cut
	faultHang                         // never answered, not handled
	faultSlow                         // handled, the body comes late
	faultTruncated                    // handled, half the body comes
	faultLimit                        // 429 of the bucket
	faultSharedLimit                  // 429 of a shared bucket
	faultGlobalLimit                  // 429 of everything
	faultHTMLLimit                    // 429 of Cloudflare
)

// FaultStatus answers with a status such as 502, without doing anything.
func FaultStatus(status int) Fault { return Fault{kind: faultStatus, status: status} }

// FaultStatusAfter does what was asked, then answers with a status such as
// 504, as if the answer had been lost on the way.
func FaultStatusAfter(status int) Fault { return Fault{kind: faultStatusAfter, status: status} }

// FaultError answers with an error of Discord's, such as (403, 50013,
// "Missing Permissions"), without doing anything.
func FaultError(status, code int, message string) Fault {
	return Fault{kind: faultStatus, status: status, code: code, text: message}
}

// FaultCutBefore cuts the connection before anything is done.
func FaultCutBefore() Fault { return Fault{kind: faultCutBefore} }

// FaultCutAfter does what was asked and cuts the connection before the
// answer: the message is stored, the client does not know.
func FaultCutAfter() Fault { return Fault{kind: faultCutAfter} }

// FaultHang leaves the request unanswered until the client gives up.
func FaultHang() Fault { return Fault{kind: faultHang} }

// FaultSlowBody sends the headers at once and the body after a time.
func FaultSlowBody(d time.Duration) Fault { return Fault{kind: faultSlow, after: d} }

// FaultTruncatedJSON does what was asked and sends the first half of the
// answer as if it were the whole.
func FaultTruncatedJSON() Fault { return Fault{kind: faultTruncated} }

// FaultRateLimited answers 429 for the request's bucket, and does so until d
// is over.
func FaultRateLimited(d time.Duration) Fault { return Fault{kind: faultLimit, after: d} }

// FaultRateLimitedShared is FaultRateLimited with scope "shared": the limit of
// the resource, which does not count as an invalid request.
func FaultRateLimitedShared(d time.Duration) Fault { return Fault{kind: faultSharedLimit, after: d} }

// FaultRateLimitedGlobal answers 429 to all routes but those of interactions,
// until d is over, and without the headers of a bucket.
func FaultRateLimitedGlobal(d time.Duration) Fault { return Fault{kind: faultGlobalLimit, after: d} }

// FaultRateLimitedHTML answers everything with Cloudflare's 429, a web page,
// until d is over.
func FaultRateLimitedHTML(d time.Duration) Fault { return Fault{kind: faultHTMLLimit, after: d} }

type plannedFault struct {
	method, pattern string
	fault           Fault
}

// FailNext plans faults, each for one request with the method and a path that
// matches the pattern, in turn. Patterns are paths without version, such as
// "/channels/*/messages": "*" and "{name}" stand for one part. An empty
// method stands for any, an empty pattern too.
func (s *Server) FailNext(method, pattern string, faults ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range faults {
		s.faults = append(s.faults, &plannedFault{method, pattern, f})
	}
}

// PendingFaults counts the planned faults that no request has met yet.
func (s *Server) PendingFaults() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.faults)
}

// ClearFaults takes back the planned faults that no request has met yet.
func (s *Server) ClearFaults() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = nil
}

func (s *Server) takeFault(c *call) *Fault {
	for i, p := range s.faults {
		if (p.method == "" || p.method == c.method) && pathMatches(p.pattern, c.path) {
			s.faults = slices.Delete(s.faults, i, i+1)
			return &p.fault
		}
	}
	return nil
}

func pathMatches(pattern, path string) bool {
	if pattern == "" {
		return true
	}
	want, got := strings.Split(pattern, "/"), strings.Split(path, "/")
	if len(want) != len(got) {
		return false
	}
	for i, w := range want {
		if w != "*" && !strings.HasPrefix(w, "{") && w != got[i] {
			return false
		}
	}
	return true
}

// early tells whether the fault stands in place of the handler.
func (f *Fault) early() bool {
	switch f.kind {
	case faultStatusAfter, faultCutAfter, faultSlow, faultTruncated:
		return false
	}
	return true
}

// answer is what an early fault says. The caller holds s.mu.
func (f *Fault) answer(s *Server, c *call) answer {
	switch f.kind {
	case faultLimit, faultSharedLimit:
		b := s.bucketOf(c)
		b.until, b.shared = wall().Add(f.after), f.kind == faultSharedLimit
		return *s.bucketAnswer(b, f.after, b.shared)
	case faultGlobalLimit:
		s.globalUntil = wall().Add(f.after)
		return *s.globalAnswer(f.after)
	case faultHTMLLimit:
		s.countInvalid()
		s.shutUntil = wall().Add(f.after)
		a, _ := s.shutOut()
		return a
	}
	if f.code != 0 {
		return refuse(&apiError{status: f.status, code: f.code, message: f.text}).with(s.limitHeader(c))
	}
	return f.gatewayPage()
}

// gatewayPage is what a failing proxy before Discord says: no JSON.
func (f *Fault) gatewayPage() answer {
	h := http.Header{}
	h.Set("Content-Type", "text/html")
	return answer{status: f.status, header: h, raw: []byte("<html><body><h1>" + http.StatusText(f.status) + "</h1></body></html>\n")}
}

// deliver gives an answer in the fault's way. It returns false where the
// answer shall be written as usual.
func (f *Fault) deliver(s *Server, w http.ResponseWriter, r *http.Request, a answer) bool {
	switch f.kind {
	case faultCutBefore, faultCutAfter:
		cut(w)
		return true
	case faultHang:
		select {
		case <-r.Context().Done():
		case <-s.done:
		}
		cut(w)
		return true
	case faultStatusAfter:
		page := f.gatewayPage()
		data := page.encode()
		page.writeHeader(w, len(data))
		_, _ = w.Write(data)
		return true
	case faultSlow:
		data := a.encode()
		a.writeHeader(w, len(data))
		_ = http.NewResponseController(w).Flush() // a client that has left: its own affair
		timer := time.NewTimer(f.after)
		defer timer.Stop()
		select {
		case <-timer.C:
			_, _ = w.Write(data)
		case <-r.Context().Done():
		case <-s.done:
		}
		return true
	case faultTruncated:
		data := a.encode()
		data = data[:len(data)/2]
		a.writeHeader(w, len(data))
		_, _ = w.Write(data)
		return true
	}
	return false
}

// cut ends the connection without an answer.
func cut(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler) // net/http's own way to cut a connection
	}
	_ = conn.Close()
}
