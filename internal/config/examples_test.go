package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"newsdesk/internal/config"
)

// The examples are configurations that the program takes, but for the files
// that they name.
func TestExamples_AreTaken(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob(filepath.Join("..", "..", "examples", "*.toml"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no examples: %v", err)
	}
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		token := filepath.Join(t.TempDir(), "token")
		if err := os.WriteFile(token, []byte("a-token\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, named := range []string{"newsdesk.token", "/etc/newsdesk/token"} {
			b = []byte(strings.ReplaceAll(string(b), `"`+named+`"`, `"`+filepath.ToSlash(token)+`"`))
		}
		if _, err := config.Parse(name, b, func(string) string { return "" }); err != nil {
			t.Errorf("%v", err)
		}
	}
}
