package discordtest

import (
	"io"
	"net/http"
	"net/http/httptest"
)

// Transport carries REST requests to the server without a network, each
// answered in the caller's goroutine. Whatever a fault does to a connection is
// an error here.
func (s *Server) Transport() http.RoundTripper { return transport{s} }

type transport struct{ s *Server }

// RoundTrip answers one request.
func (t transport) RoundTrip(r *http.Request) (_ *http.Response, err error) {
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	defer func() {
		switch p := recover(); p {
		case nil:
		case http.ErrAbortHandler: // the connection was cut
			if err = r.Context().Err(); err == nil {
				err = io.ErrUnexpectedEOF
			}
		default:
			panic(p)
		}
	}()
	w := httptest.NewRecorder()
	incoming := r.Clone(r.Context())
	if incoming.Body == nil {
		incoming.Body = http.NoBody
	}
	t.s.counted(t.s.serveREST).ServeHTTP(w, incoming)
	resp := w.Result()
	resp.Request = r
	return resp, nil
}
