package discordtest

import (
	"errors"
	"fmt"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/text/language"
	phrases "golang.org/x/text/message"
)

// SpecVar names the environment variable with the path of Discord's
// openapi.json.
const SpecVar = "NEWSDESK_DISCORD_SPEC"

// NoSpec as Options.Spec leaves Discord's document out.
const NoSpec = "none"

const (
	specPlace   = "shared/data/discord/openapi.json"
	specURL     = "file:///openapi.json"
	maxDocFinds = 5 // findings of the document that are told of one body
)

// judge holds Discord's document; its zero value has none and finds nothing.
type judge struct {
	doc map[string]any

	mu       sync.Mutex
	compiler *jsonschema.Compiler
	schemas  map[string]*jsonschema.Schema // by JSON pointer; nil = the document has none
}

// judges shares the documents between the servers of a process: reading one
// takes 20 ms and compiling its schemas about as long again.
var judges struct {
	sync.Mutex
	byPath map[string]*judge
}

// newJudge finds the document. Without one it returns a judge that finds
// nothing, and says where it has looked.
func newJudge(path string) (j *judge, missing string, err error) {
	if path == "" {
		path = os.Getenv(SpecVar)
	}
	if path == NoSpec {
		return &judge{}, "Options.Spec is " + NoSpec, nil
	}
	if path == "" {
		if path = findSpec(); path == "" {
			return &judge{}, "no " + specPlace + " and no " + SpecVar, nil
		}
	}
	if path, err = filepath.Abs(path); err != nil {
		return nil, "", fmt.Errorf("discord description: %w", err)
	}
	judges.Lock()
	defer judges.Unlock()
	if j := judges.byPath[path]; j != nil {
		return j, "", nil
	}
	if j, err = loadJudge(path); err != nil {
		return nil, "", err
	}
	if judges.byPath == nil {
		judges.byPath = make(map[string]*judge)
	}
	judges.byPath[path] = j
	return j, "", nil
}

// findSpec looks beside the working directory and all folders above it.
func findSpec() string {
	dir, err := os.Getwd()
	if err != nil {
		return ""
	}
	for {
		parent := filepath.Dir(dir)
		if parent == dir {
			return ""
		}
		path := filepath.Join(parent, filepath.FromSlash(specPlace))
		if info, err := os.Stat(path); err == nil && !info.IsDir() {
			return path
		}
		dir = parent
	}
}

func loadJudge(path string) (*judge, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("discord description: %w", err)
	}
	defer f.Close()
	doc, err := jsonschema.UnmarshalJSON(f)
	if err != nil {
		return nil, fmt.Errorf("discord description %s: %w", path, err)
	}
	object, isObject := doc.(map[string]any)
	if !isObject {
		return nil, fmt.Errorf("discord description %s: no JSON object", path)
	}
	allowNumericStrings(object)
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource(specURL, object); err != nil {
		return nil, fmt.Errorf("discord description %s: %w", path, err)
	}
	return &judge{doc: object, compiler: c, schemas: make(map[string]*jsonschema.Schema)}, nil
}

// allowNumericStrings lets members that are typed as integers be decimal
// text too, as Discord does: clients send default_member_permissions so. The
// value of a choice stays as it is typed.
func allowNumericStrings(node any) {
	switch n := node.(type) {
	case []any:
		for _, x := range n {
			allowNumericStrings(x)
		}
	case map[string]any:
		properties, _ := n["properties"].(map[string]any)
		for name, p := range properties {
			schema, isObject := p.(map[string]any)
			if !isObject || name == "value" || schema["enum"] != nil {
				continue
			}
			types := texts(schema["type"])
			if one, isText := schema["type"].(string); isText {
				types = []string{one}
			}
			if slices.Contains(types, "integer") && !slices.Contains(types, "string") {
				list := []any{"string"}
				for _, t := range types {
					list = append(list, t)
				}
				schema["type"], schema["pattern"] = list, "^-?[0-9]+$"
			}
		}
		for _, x := range n {
			allowNumericStrings(x)
		}
	}
}

// document judges a request's body by Discord's document: JSON as it is, a form
// with the members of its payload_json and its files beside each other, as the
// document describes it.
func (j *judge) document(c *call) []violation {
	schema := func(kind string) string {
		return pointer("paths", c.pattern, strings.ToLower(c.method), "requestBody", "content", kind, "schema")
	}
	vs := j.check(schema("application/json"), c.body)
	if c.kind != "multipart/form-data" {
		return vs
	}
	form := maps.Clone(c.object())
	if form == nil {
		form = map[string]any{}
	}
	for _, f := range c.files {
		form[f.field] = string(f.data)
	}
	return append(vs, j.check(schema(c.kind), form)...)
}

// check validates a value by the schema at a JSON pointer of the document. It
// finds nothing where the document has no such place.
func (j *judge) check(pointer string, value any) []violation {
	schema, err := j.schema(pointer)
	if err != nil {
		return []violation{{code: "DOCUMENT", message: err.Error()}}
	}
	if schema == nil {
		return nil
	}
	err = schema.Validate(value)
	var failed *jsonschema.ValidationError
	switch {
	case err == nil:
		return nil
	case !errors.As(err, &failed):
		return []violation{{code: "DOCUMENT", message: err.Error()}}
	}
	return findings(failed)
}

// schema compiles the schema at a pointer once.
func (j *judge) schema(pointer string) (*jsonschema.Schema, error) {
	if j.doc == nil || !j.has(pointer) {
		return nil, nil //nolint:nilnil // no schema: nothing to find
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if s := j.schemas[pointer]; s != nil {
		return s, nil
	}
	s, err := j.compiler.Compile(specURL + "#" + pointer)
	if err != nil {
		return nil, fmt.Errorf("discord description at %s: %w", pointer, err)
	}
	j.schemas[pointer] = s
	return s, nil
}

// pointer writes a JSON pointer as a URL fragment.
func pointer(parts ...string) string {
	var b strings.Builder
	for _, p := range parts {
		p = strings.ReplaceAll(strings.ReplaceAll(p, "~", "~0"), "/", "~1")
		b.WriteString("/" + url.PathEscape(p))
	}
	return b.String()
}

// has tells whether the document has the place that a pointer names.
func (j *judge) has(pointer string) bool {
	var node any = j.doc
	for part := range strings.SplitSeq(strings.TrimPrefix(pointer, "/"), "/") {
		name, err := url.PathUnescape(part)
		if err != nil {
			return false
		}
		name = strings.ReplaceAll(strings.ReplaceAll(name, "~1", "/"), "~0", "~")
		object, isObject := node.(map[string]any)
		if !isObject {
			return false
		}
		if node, isObject = object[name]; !isObject {
			return false
		}
	}
	return true
}

// findings are the innermost causes of a failure: those that lie deepest in
// the body, since of several alternatives the one that fits best fails there.
func findings(failed *jsonschema.ValidationError) []violation {
	printer := phrases.NewPrinter(language.English)
	depth := 0
	var out []violation
	var walk func(e *jsonschema.ValidationError)
	walk = func(e *jsonschema.ValidationError) {
		for _, c := range e.Causes {
			walk(c)
		}
		if len(e.Causes) > 0 || len(e.InstanceLocation) < depth {
			return
		}
		if len(e.InstanceLocation) > depth {
			depth, out = len(e.InstanceLocation), nil
		}
		v := violation{path: e.InstanceLocation, code: "DOCUMENT", message: e.ErrorKind.LocalizedString(printer)}
		if len(out) < maxDocFinds && !slices.ContainsFunc(out, func(x violation) bool { return x.String() == v.String() }) {
			out = append(out, v)
		}
	}
	walk(failed)
	return out
}
