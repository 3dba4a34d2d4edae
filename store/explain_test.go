package store

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
)

// TestExplainFile_Permission: a file that may not be read says what to check, and
// keeps its cause. (Tests that run as root can't provoke it with a file.)
func TestExplainFile_Permission(t *testing.T) {
	t.Parallel()
	err := explainFile(fmt.Errorf("stat: %w", &fs.PathError{Op: "stat", Path: "news.db", Err: fs.ErrPermission}))
	if !strings.Contains(err.Error(), "check the owner and permissions") || !errors.Is(err, fs.ErrPermission) {
		t.Errorf("got %v", err)
	}
	other := errors.New("other")
	if got := explainFile(other); !errors.Is(got, other) || got.Error() != "other" {
		t.Errorf("got %v, want it as it was", got)
	}
}
