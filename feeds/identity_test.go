package feeds

import (
	"strconv"
	"testing"
	"time"

	"newsdesk/news"
)

// M7: what stands first in a feed is not taken for what stood there before, where
// GUIDs are places or links all lead to the front page, and what moved down is not
// told again.
func TestDistinct_TakesNoPlaceForAnArticle(t *testing.T) {
	t.Parallel()
	titles := []string{"Harbour bridge approved", "Mayor resigns", "Bank cuts rates"}
	for name, make := range map[string]func(title string, place int) news.Item{
		"numbers, links of their own": func(title string, place int) news.Item {
			return news.Item{GUID: strconv.Itoa(place + 1), URL: "https://h.example/" + title[:4], Title: title}
		},
		"numbers, no links": func(title string, place int) news.Item {
			return news.Item{GUID: strconv.Itoa(place + 1), Title: title}
		},
		"numbers, front page": func(title string, place int) news.Item {
			return news.Item{GUID: strconv.Itoa(place), URL: "https://h.example/", Title: title}
		},
		"front page as GUID": func(title string, _ int) news.Item {
			return news.Item{GUID: "https://www.h.example", URL: "https://h.example/n/" + title[:4], Title: title}
		},
		"front page, no GUID": func(title string, _ int) news.Item {
			return news.Item{URL: "https://h.example/", Title: title, Summary: title + ", it was said."}
		},
		"a shared page, no GUID": func(title string, _ int) news.Item {
			return news.Item{URL: "https://h.example/news.html", Title: title}
		},
		"numbers, one title": func(title string, place int) news.Item {
			return news.Item{GUID: strconv.Itoa(place), Title: "Quake report", Summary: title}
		},
	} {
		var polls [2][]news.Item // two articles; a new one above them
		for i, at := range [][]int{{1, 0}, {2, 1, 0}} {
			for place, n := range at {
				polls[i] = append(polls[i], make(titles[n], place))
			}
			identify(polls[i])
			polls[i] = distinct(polls[i])
		}
		before, after := polls[0], polls[1]
		if len(before) != 2 || len(after) != 3 {
			t.Errorf("%s: %d and %d items, want 2 and 3", name, len(before), len(after))
			continue
		}
		if after[1].GUID != before[0].GUID || after[2].GUID != before[1].GUID {
			t.Errorf("%s: what moved down has another name: %q and %q, were %q and %q", name, after[1].GUID, after[2].GUID, before[0].GUID, before[1].GUID)
		}
		if after[0].GUID == before[0].GUID || after[0].GUID == before[1].GUID {
			t.Errorf("%s: the new one is taken for an old one: %q", name, after[0].GUID)
		}
	}
}

func TestDistinct_KeepsAGUIDThatIsOne(t *testing.T) {
	t.Parallel()
	for _, guid := range []string{"1234", "a1", "https://h.example/?p=1", "https://h.example/n/1", "tag:h.example,2026:1"} {
		items := []news.Item{{GUID: guid, URL: "https://h.example/", Title: "Bridge approved"}}
		identify(items)
		if got := distinct(items); got[0].GUID != guid || got[0].Identity != news.IdentityGUID {
			t.Errorf("%q became %q (%s)", guid, got[0].GUID, got[0].Identity)
		}
	}
	edited := func(title string) string {
		items := []news.Item{{GUID: "57", URL: "http://h.example/bridge", Title: title}}
		identify(items)
		return distinct(items)[0].GUID
	}
	if a, b := edited("Bridge approved"), edited("Bridge approved after all"); a != b {
		t.Errorf("an edited title made %q of %q", b, a)
	}
}

func TestDistinct_DropsWhatTellsNothing(t *testing.T) {
	t.Parallel()
	items := []news.Item{{Title: "Bridge approved"}, {}, {GUID: "7"}, {Content: "<p>Text</p>"}}
	identify(items)
	if got := distinct(items); len(got) != 2 || got[0].Title == "" || got[1].Content == "" {
		t.Errorf("kept %+v", got)
	}
}

func TestAddressKeys(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 27, 8, 0, 0, 0, time.UTC)
	text := func(title, summary string, at time.Time) news.Item {
		return news.Item{GUID: summary, Title: title, Summary: summary, Published: at, Identity: news.IdentityText}
	}
	const long = "Council approves the new harbour bridge"
	for _, c := range []struct {
		name string
		a, b news.Item
		same bool
	}{
		{"escapes", news.Item{URL: "https://h.example/n/br%c3%bccke"}, news.Item{URL: "https://h.example/n/br\u00fccke"}, true},
		{"an escaped slash", news.Item{URL: "https://h.example/n/a%2fb-c-d"}, news.Item{URL: "https://h.example/n/a/b-c-d"}, false},
		{"a language's mobile host", news.Item{URL: "https://en.m.h.example/n/a-b-c"}, news.Item{URL: "https://en.h.example/n/a-b-c"}, true},
		{"a reference to feeds", news.Item{URL: "https://h.example/n/a-b-c?ref=RSS"}, news.Item{URL: "https://h.example/n/a-b-c"}, true},
		{"a reference to another thing", news.Item{URL: "https://h.example/view?ref=10"}, news.Item{URL: "https://h.example/view?ref=11"}, false},
		{"a GUID that is the address", news.Item{GUID: "http://www.h.example/n/a-b-c"}, news.Item{GUID: "https://h.example/n/a-b-c"}, true},
		{"a corrected text", text(long, "Voted 5 to 4.", at), text(long, "Voted 6 to 4.", at), true},
		{"a title that comes again", text("Weather", "Rain.", at), text("Weather", "Snow.", at.Add(24*time.Hour)), false},
		{"a corrected text without a date", text(long, "Voted 5 to 4.", time.Time{}), text(long, "Voted 6 to 4.", time.Time{}), true},
		{"a short title without a date", text("Weather", "Rain.", time.Time{}), text("Weather", "Snow.", time.Time{}), false},
	} {
		a, b := AddressKeys([]news.Item{c.a})[0], AddressKeys([]news.Item{c.b})[0]
		if same := a == b && a != ""; same != c.same {
			t.Errorf("%s: %q and %q, want one article: %t", c.name, a, b, c.same)
		}
	}
	twice := []news.Item{text("Quake report", "Chile", at), text("Quake report", "Peru", at)}
	if got := AddressKeys(twice); got[0] != "" || got[1] != "" {
		t.Errorf("two items of one title and time: %q", got)
	}
}
