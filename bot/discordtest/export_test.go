package discordtest

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// HasSpec tells whether the server judges by Discord's document.
func (s *Server) HasSpec() bool { return s.judge.doc != nil }

// CheckAnswer judges an answer of the fake by Discord's document. path is the
// address's, version and all.
func (s *Server) CheckAnswer(method, path string, status int, body []byte) []string {
	_, rest, _ := apiPath(path)
	r, _ := findRoute(method, rest)
	if r == nil || len(body) == 0 {
		return nil
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		return []string{err.Error()}
	}
	var out []string
	for _, v := range s.judge.check(pointer("paths", r.pattern, strings.ToLower(method), "responses", strconv.Itoa(status), "content", "application/json", "schema"), value) {
		out = append(out, v.String())
	}
	return out
}
