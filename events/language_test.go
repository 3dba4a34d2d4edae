package events

import (
	"testing"

	"newsdesk/news"
)

// A story is told in the language of most outlets. // B9
func TestLanguage(t *testing.T) {
	t.Parallel()
	src := func(outlet, lang string) news.Source { return news.Source{Outlet: outlet, Lang: lang} }
	copied := src("D", "es")
	copied.CopyOf = 1
	for name, tt := range map[string]struct {
		sources []news.Source
		want    string
	}{
		"none":                  {nil, ""},
		"not known":             {[]news.Source{src("A", "")}, ""},
		"the first of two":      {[]news.Source{src("A", "es"), src("B", "en")}, "es"},
		"most":                  {[]news.Source{src("A", "es"), src("B", "en"), src("C", "en")}, "en"},
		"an outlet counts once": {[]news.Source{src("A", "es"), src("B", "en"), src("B", "en")}, "es"},
		"copies do not":         {[]news.Source{src("B", "en"), src("A", "es"), copied}, "en"},
	} {
		if got := Language(tt.sources); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
	if Foreign("en", "") || Foreign("", "en") || Foreign("en", "en") || !Foreign("es", "en") {
		t.Error("what is foreign is not told from what is not")
	}
}
