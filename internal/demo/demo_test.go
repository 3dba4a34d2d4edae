package demo_test

import (
	"strings"
	"testing"
	"time"

	"newsdesk/internal/demo"
)

var start = time.Date(2026, 3, 3, 12, 0, 0, 0, time.UTC) // a Tuesday

func TestArticles_AreWhole(t *testing.T) {
	t.Parallel()
	list, err := demo.Articles(start)
	if err != nil {
		t.Fatal(err)
	}
	outlets := map[string]bool{}
	for i, a := range list {
		outlets[a.Outlet] = true
		if a.Title == "" || len(a.Paragraphs) < 4 {
			t.Errorf("%q has %d paragraphs", a.Title, len(a.Paragraphs))
		}
		if i > 0 && a.At < list[i-1].At {
			t.Errorf("%q is out of order", a.Title)
		}
		if text := strings.Join(a.Paragraphs, " "); strings.Contains(text, "{") {
			t.Errorf("%q has a placeholder left", a.Title)
		}
	}
	if len(list) < 12 || len(outlets) != 4 {
		t.Errorf("%d articles by %d outlets, want at least 12 by 4", len(list), len(outlets))
	}
	if last := list[len(list)-1].At; last > time.Minute {
		t.Errorf("the demo takes %v, want at most a minute", last)
	}
}
