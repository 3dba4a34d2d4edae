package articles

import "testing"

func TestTitle(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, og, tag string
		h1            []string
		want          string
	}{
		{"the headline in other words", "Zero waste living guide for beginners : Saltby", "", []string{"A beginner's guide to zero waste living"}, "A beginner's guide to zero waste living"},
		{"a heading that tells of something else", "Dredging closes the harbour basin", "", []string{"Select your location"}, "Dredging closes the harbour basin"},
		{"the site's name as heading", "Dredging closes the harbour basin", "Saltby Echo: Dredging closes the harbour basin", []string{"Saltby Echo"}, "Dredging closes the harbour basin"},
		{"the heading in <title> alone", "", "Dredging closes the harbour basin | Saltby Echo", []string{"Dredging closes the harbour basin"}, "Dredging closes the harbour basin"},
		{"a heading with where it is from and a count", "Dredging closes the harbour basin", "", []string{"Dredging closes the harbour basin (echo.example) 87"}, "Dredging closes the harbour basin"},
		{"a heading that says more", "Dredging closes the harbour basin", "", []string{"Dredging closes the harbour basin until the end of May"}, "Dredging closes the harbour basin until the end of May"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			h := head{meta: map[string]string{"og:title": c.og}, title: c.tag, h1: c.h1}
			if got := h.titleOf(""); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
