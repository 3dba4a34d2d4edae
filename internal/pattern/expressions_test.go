package pattern

import (
	"errors"
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"path/filepath"
	"regexp/syntax"
	"strings"
	"testing"
)

// TestMustCompile_EveryExpressionIsOne reads the expressions of the whole program:
// MustCompile leaves that to whoever asks first.
func TestMustCompile_EveryExpressionIsOne(t *testing.T) {
	t.Parallel()
	total := 0
	for dir, files := range packagesWithPatterns(t) {
		n := 0
		for _, e := range expressionsOf(t, dir, files) {
			if _, err := syntax.Parse(e, syntax.Perl); err != nil {
				t.Errorf("%s: %q: %v", dir, e, err)
			}
			n++
		}
		if n == 0 {
			t.Errorf("%s: no expression was found", dir)
		}
		total += n
	}
	if total < 150 {
		t.Errorf("only %d expressions were found", total)
	}
}

// packagesWithPatterns returns the folders of the program that make patterns, each
// with its files.
func packagesWithPatterns(tb testing.TB) map[string][]string {
	tb.Helper()
	all, with := map[string][]string{}, map[string][]string{}
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != "../.." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || d.Name() == "tools" || d.Name() == "third_party"):
			return filepath.SkipDir
		case !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		dir := filepath.Dir(path)
		all[dir] = append(all[dir], path)
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, i := range f.Imports {
			if i.Path.Value == `"newsdesk/internal/pattern"` {
				with[dir] = nil
			}
		}
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	for dir := range with {
		with[dir] = all[dir]
	}
	return with
}

// nothing is what is known of other packages.
type nothing struct{}

func (nothing) Import(string) (*types.Package, error) { return nil, errors.New("not read") }

// expressionsOf returns the texts that a package makes patterns of: those handed to
// MustCompile, and to functions of its own that return a pattern.
func expressionsOf(tb testing.TB, dir string, files []string) []string {
	tb.Helper()
	fset := token.NewFileSet()
	var parsed []*ast.File
	makers := map[string]bool{"MustCompile": true, "MustCompileAny": true}
	for _, path := range files {
		f, err := parser.ParseFile(fset, path, nil, parser.SkipObjectResolution)
		if err != nil {
			tb.Fatal(err)
		}
		parsed = append(parsed, f)
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Type.Results != nil && len(fn.Type.Results.List) == 1 &&
				types.ExprString(fn.Type.Results.List[0].Type) == "*pattern.Regexp" {
				makers[fn.Name.Name] = true
			}
		}
	}
	// It fails for want of other packages; expressions are made of the package's own
	// constants.
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
	config := types.Config{Importer: nothing{}, Error: func(error) {}}
	_, _ = config.Check(dir, fset, parsed, info)
	var out []string
	for _, f := range parsed {
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			name := types.ExprString(call.Fun)
			if pkg, rest, qualified := strings.Cut(name, "."); qualified && pkg == "pattern" {
				name = rest
			}
			if !makers[name] {
				return true
			}
			for _, arg := range call.Args {
				if v := info.Types[arg].Value; v != nil && v.Kind() == constant.String {
					out = append(out, constant.StringVal(v))
				}
			}
			return true
		})
	}
	return out
}

// BenchmarkRegexp_Needs works out once what each expression of the program needs, as
// the first use of each does.
func BenchmarkRegexp_Needs(b *testing.B) {
	var all []string
	for dir, files := range packagesWithPatterns(b) {
		all = append(all, expressionsOf(b, dir, files)...)
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, expr := range all {
			MustCompile(expr).workOut()
		}
	}
}
