package discordtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

const (
	maxRequest = 25 << 20 // bytes of a request
	maxFile    = 10 << 20 // bytes of a file in it
)

// Request is one REST request as it came.
type Request struct {
	Method  string
	Path    string // without "/api" and the version, such as "/channels/1/messages"
	Query   string
	Version string // "9", "10", or "" where the address named none
	Body    json.RawMessage
	Status  int      // as answered; 0 while in flight or where the connection was cut
	Refused []string // what the judge said; empty = in order
	At      time.Time
}

// Step is how far a REST request has come.
type Step string

// The steps of a request.
const (
	StepArrived  Step = "arrived"  // read; nothing was done yet
	StepDone     Step = "done"     // what was asked is done; the answer was not sent
	StepAnswered Step = "answered" // the answer is on its way
)

func (s *Server) step(step Step, c *call) {
	if s.o.OnStep != nil {
		s.o.OnStep(step, c.r.Method, c.path)
	}
}

// call is a request on its way through the handlers.
type call struct {
	*route
	r      *http.Request
	index  int               // in Server.requests
	path   string            // as in Request
	params map[string]string // by the names of the route's pattern
	query  url.Values
	raw    []byte
	kind   string // media type of the body
	body   any    // as jsonschema.UnmarshalJSON decodes, nil without a body
	files  []file
}

type file struct {
	field string // of the form
	name  string
	data  []byte
}

// object returns the body's members, empty where it is no object.
func (c *call) object() map[string]any {
	m, _ := c.body.(map[string]any)
	return m
}

// answer is what a handler says.
type answer struct {
	status int
	body   any // nil = no body
	header http.Header
	raw    []byte // in place of body
}

func ok(body any) answer                   { return answer{status: http.StatusOK, body: body} }
func created(body any) answer              { return answer{status: http.StatusCreated, body: body} }
func noContent() answer                    { return answer{status: http.StatusNoContent} }
func refuse(err *apiError) answer          { return answer{status: err.status, body: err.body()} }
func (a answer) with(h http.Header) answer { a.header = h; return a }

// serveREST answers one request.
func (s *Server) serveREST(w http.ResponseWriter, r *http.Request) {
	raw, err := io.ReadAll(io.LimitReader(r.Body, maxRequest+1))
	if err != nil {
		return // the client is gone
	}
	if s.serveFile(w, r) {
		return
	}
	c := &call{r: r, raw: raw, query: r.URL.Query()}
	version, rest, okPath := apiPath(r.URL.EscapedPath())
	c.path = rest
	s.step(StepArrived, c)

	s.mu.Lock()
	c.index = len(s.requests)
	s.requests = append(s.requests, Request{
		Method: r.Method, Path: c.path, Query: r.URL.RawQuery, Version: version, Body: jsonBody(r, raw), At: s.now(),
	})
	if old := c.index - s.o.Keep; s.o.Keep > 0 && old >= 0 {
		s.requests[old].Body = nil
	}
	a, planned := s.answerTo(c, version, okPath)
	s.touch()
	s.mu.Unlock()
	s.step(StepDone, c)

	if planned != nil && planned.deliver(s, w, r, a) {
		s.finish(c, 0)
		return
	}
	s.write(w, c, a)
	s.step(StepAnswered, c)
}

// answerTo decides what is answered, and which fault spoils it. The caller
// holds s.mu.
func (s *Server) answerTo(c *call, version string, okPath bool) (answer, *Fault) {
	refused := func(e *apiError, problem string) (answer, *Fault) {
		if problem != "" {
			s.refusal(c, problem)
		}
		return refuse(e), nil
	}
	if a, shut := s.shutOut(); shut {
		return a, nil
	}
	switch {
	case !okPath:
		return refused(errNotFoundRoute, "no such address")
	case version != "" && version != "9" && version != "10":
		return refused(errAPIVersion, "API version "+version)
	case !strings.HasPrefix(c.r.UserAgent(), "DiscordBot ("):
		return refused(&apiError{status: http.StatusForbidden, code: 40333, message: "internal network error"},
			fmt.Sprintf("User-Agent %q: Discord wants \"DiscordBot (address, version)\"", c.r.UserAgent()))
	}
	c.route, c.params = findRoute(c.r.Method, c.path)
	if c.route == nil {
		return refused(errNotFoundRoute, "no such route in this fake")
	}
	if !c.open && (s.tokenReset || c.r.Header.Get("Authorization") != "Bot "+s.o.Token) {
		return refuse(errUnauthorized), nil
	}
	verdict := s.examine(c)
	planned := s.takeFault(c)
	limit := s.spend(c)
	if planned != nil && planned.early() {
		return planned.answer(s, c), planned
	}
	if limit != nil {
		return *limit, nil
	}
	if verdict != nil {
		return refuse(verdict).with(s.limitHeader(c)), planned
	}
	a := c.handler(s, c)
	if a.header == nil {
		a.header = s.limitHeader(c)
	}
	return a, planned
}

// examine reads and judges the body. The caller holds s.mu.
func (s *Server) examine(c *call) *apiError {
	if len(c.raw) > maxRequest {
		s.refusal(c, "request of more than 25 MiB")
		return errTooLarge
	}
	if err := c.decode(); err != nil {
		s.refusal(c, err.message)
		return err
	}
	if c.body == nil {
		if c.schema != "" && c.needsBody {
			s.refusal(c, "no body")
			return errInvalidJSON
		}
		return nil
	}
	var vs []violation
	vs = append(vs, s.judge.document(c)...)
	vs = append(vs, uploadRules(c)...)
	own, other := c.rules(c)
	vs = append(vs, own...)
	for _, v := range vs {
		s.refusal(c, v.String())
	}
	if other != nil {
		s.refusal(c, other.message)
		return other
	}
	if len(vs) > 0 {
		return invalidForm(vs)
	}
	return nil
}

// refusal records a problem with a request.
func (s *Server) refusal(c *call, text string) {
	s.requests[c.index].Refused = append(s.requests[c.index].Refused, text)
	s.problem(c.r.Method + " " + c.path + ": " + text)
}

// decode reads a body of JSON, or a multipart one with its files.
func (c *call) decode() *apiError {
	if len(c.raw) == 0 {
		return nil
	}
	kind, params, err := mime.ParseMediaType(c.r.Header.Get("Content-Type"))
	if err != nil {
		return &apiError{status: http.StatusBadRequest, message: "a body without a Content-Type"}
	}
	text := c.raw
	c.kind = kind
	switch kind {
	case "application/json":
	case "multipart/form-data":
		var e *apiError
		if text, e = c.multipart(params["boundary"]); e != nil {
			return e
		}
		if text == nil {
			return nil
		}
	default:
		return &apiError{status: http.StatusUnsupportedMediaType, message: "Content-Type " + kind + " is not taken"}
	}
	if c.body, err = jsonschema.UnmarshalJSON(bytes.NewReader(text)); err != nil {
		return errInvalidJSON
	}
	return nil
}

func (c *call) multipart(boundary string) (payload []byte, e *apiError) {
	mr := multipart.NewReader(bytes.NewReader(c.raw), boundary)
	for {
		part, err := mr.NextPart()
		if err == io.EOF { //nolint:errorlint // NextPart returns this very value
			return payload, nil
		}
		if err != nil {
			return nil, errInvalidJSON
		}
		data, err := io.ReadAll(part)
		if err != nil {
			return nil, errInvalidJSON
		}
		switch {
		case part.FormName() == "payload_json":
			payload = data
		case strings.HasPrefix(part.FormName(), "file") && len(data) > maxFile:
			return nil, errTooLarge
		case strings.HasPrefix(part.FormName(), "file"):
			c.files = append(c.files, file{part.FormName(), part.FileName(), data})
		}
	}
}

// apiPath splits "/api/v10/users/@me" into version and path.
func apiPath(p string) (version, path string, ok bool) {
	p, ok = strings.CutPrefix(p, "/api")
	if !ok || !strings.HasPrefix(p, "/") {
		return "", p, false
	}
	if v, found := strings.CutPrefix(p, "/v"); found {
		if n := strings.IndexByte(v, '/'); n > 0 && strings.Trim(v[:n], "0123456789") == "" {
			return v[:n], v[n:], true
		}
	}
	return "", p, true
}

// jsonBody is what Request keeps of a body: JSON, also out of a multipart one.
func jsonBody(r *http.Request, raw []byte) json.RawMessage {
	if json.Valid(raw) {
		return slices.Clone(raw)
	}
	c := &call{raw: raw}
	if kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err == nil && kind == "multipart/form-data" {
		if payload, e := c.multipart(params["boundary"]); e == nil && json.Valid(payload) {
			return payload
		}
	}
	return nil
}

// write sends an answer and records its status.
func (s *Server) write(w http.ResponseWriter, c *call, a answer) {
	data := a.encode()
	s.finish(c, a.status)
	a.writeHeader(w, len(data))
	_, _ = w.Write(data)                      // a client that has left: its own affair
	_ = http.NewResponseController(w).Flush() // so that the step after it is one
}

func (a answer) encode() []byte {
	if a.raw != nil || a.body == nil {
		return a.raw
	}
	data, err := json.Marshal(a.body)
	if err != nil {
		return []byte(`{"message":"500: Internal Server Error","code":0}`)
	}
	return data
}

func (a answer) writeHeader(w http.ResponseWriter, size int) {
	h := w.Header()
	maps.Copy(h, a.header)
	if h.Get("Content-Type") == "" && size > 0 {
		h.Set("Content-Type", "application/json")
	}
	w.WriteHeader(a.status)
}

// finish records the status that was answered, and counts refusals.
func (s *Server) finish(c *call, status int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests[c.index].Status = status
	if status == http.StatusUnauthorized || status == http.StatusForbidden {
		s.countInvalid()
	}
	s.touch()
}

// Requests lists all REST requests, oldest first.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.requests)
}
