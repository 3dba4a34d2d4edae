package events

import (
	"strings"
	"testing"
)

func TestParseModel(t *testing.T) {
	t.Parallel()
	m, err := ParseModel(modelFile)
	if err != nil {
		t.Fatal(err)
	}
	if len(m.Trees) == 0 || m.Threshold <= 0 || m.Threshold >= 1 {
		t.Errorf("%d trees, threshold %v", len(m.Trees), m.Threshold)
	}
	for name, text := range map[string]string{
		"no model":       "{",
		"other features": `{"features":["a"]}`,
		"cut off":        strings.Replace(string(modelFile), `"v":[`, `"v":[1,`, 1),
	} {
		if _, err := ParseModel([]byte(text)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
