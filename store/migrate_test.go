package store

import "testing"

// TestUpward: of a migration the part is run that leads to its form, and nothing of
// that which leads back.
func TestUpward(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ text, want string }{
		{"-- Why.\n\n-- +goose Up\nCREATE TABLE a (b);\n\n-- +goose Down\nDROP TABLE a;\n", "\nCREATE TABLE a (b);\n\n"},
		{"-- +goose Up\r\nCREATE TABLE a (b);\r\n", "\r\nCREATE TABLE a (b);\r\n"},
	} {
		if got, err := upward(tt.text); err != nil || got != tt.want {
			t.Errorf("of %q: %q, %v; want %q", tt.text, got, err, tt.want)
		}
	}
	if got, err := upward("CREATE TABLE a (b);\n"); err == nil {
		t.Errorf("got %q, want an error: nothing says which way it leads", got)
	}
}
