package owners

import (
	"strings"
	"testing"

	"newsdesk/feeds"
	"newsdesk/news"
)

func table(t *testing.T) *Table {
	t.Helper()
	table, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// Of each line, parse has checked that it is whole and unique.
func TestTable_HasEnoughOutlets(t *testing.T) { // B7
	t.Parallel()
	countries, owners := map[string]bool{}, map[string]bool{}
	list := table(t).Outlets()
	for _, o := range list {
		countries[o.Country], owners[o.Owner] = true, true
		if strings.TrimSpace(o.Name) != o.Name || strings.TrimSpace(o.Owner) != o.Owner {
			t.Errorf("%q, %q: blanks around it", o.Name, o.Owner)
		}
		for _, d := range o.Domains {
			if d != strings.ToLower(d) || !strings.Contains(d, ".") || strings.HasPrefix(d, "www.") || strings.ContainsAny(d, "/:") {
				t.Errorf("%s: %q is no domain", o.Name, d)
			}
			if got := registrable(d); got == "" {
				t.Errorf("%s: nobody can register %q", o.Name, d)
			}
		}
	}
	if len(list) < 90 {
		t.Errorf("%d outlets, want at least 90", len(list))
	}
	t.Logf("%d outlets of %d owners in %d countries", len(list), len(owners), len(countries))
}

func TestTable_KnowsTheCatalogue(t *testing.T) { // B7
	t.Parallel()
	table := table(t)
	list, err := feeds.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range list {
		byName, ok := table.Find("", f.Name)
		if !ok {
			t.Errorf("no outlet is called %q", f.Name)
		}
		if byAddress, ok := table.Find(f.URL, "something else"); !ok || byAddress.Name != byName.Name {
			t.Errorf("%s is of %q, by its name %q of %q", f.URL, byAddress.Name, f.Name, byName.Name)
		}
	}
}

func TestBehind(t *testing.T) { // B5, B7
	t.Parallel()
	table := table(t)
	bbc := news.Publisher{Owner: "British Broadcasting Corporation", Country: "GB", Kind: "public broadcaster"}
	for _, tt := range []struct {
		name, address, outlet string
		want                  news.Publisher
	}{
		{"a subdomain", "https://www.bbc.co.uk/news/1", "", bbc},
		{"another domain of the same", "https://BBC.com./news/1", "whatever", bbc},
		{"by name, with a section", "", "BBC News – World", bbc},
		{"by name, in an article about nothing", "http://127.0.0.1:8080/1", "BBC News", bbc},
		{"by name, handed on by another", "https://news.google.com/articles/x", "BBC News", bbc},
		{"a domain as a name", "", "bbc.co.uk", bbc},
		{"no other's name helps a site", "https://fake.example/bbc", "BBC News", news.Publisher{Owner: "fake.example"}},
		{"a look-alike host", "https://notbbc.co.uk/1", "", news.Publisher{Owner: "notbbc.co.uk"}},
		{"a host in front of another", "https://bbc.co.uk.example.org/1", "", news.Publisher{Owner: "example.org"}},
		{"unknown: its site", "https://news.valley-echo.co.uk/1", "Valley Echo – Sport", news.Publisher{Owner: "valley-echo.co.uk"}},
		{"unknown, on a shared host", "https://echo.github.io/1", "Echo", news.Publisher{Owner: "echo.github.io"}},
		{"unknown, without a site", "http://[::1]/1", "Valley Echo", news.Publisher{Owner: "Valley Echo"}},
		{"unknown, handed on", "https://feeds.feedburner.com/x", "Valley Echo", news.Publisher{Owner: "Valley Echo"}},
		{"nothing at all", "::", "", news.Publisher{}},
	} {
		if got := table.Behind(tt.address, tt.outlet); got != tt.want {
			t.Errorf("%s: Behind(%q, %q) = %+v, want %+v", tt.name, tt.address, tt.outlet, got, tt.want)
		}
	}
	for _, house := range [][2]string{{"https://variety.com/1", "https://deadline.com/1"}, {"https://www.ft.com/1", "https://asia.nikkei.com/1"}} {
		if a, b := table.Behind(house[0], ""), table.Behind(house[1], ""); a.Owner != b.Owner {
			t.Errorf("%s is of %q, %s of %q; want one owner", house[0], a.Owner, house[1], b.Owner)
		}
	}
}

func TestParse_RefusesLinesThatAreNotWhole(t *testing.T) {
	t.Parallel()
	const good = "Echo;The Echoes\techo.example\tGB\tEcho Trust\tnewspaper\thttps://echo.example/about\n"
	if _, err := parse(good); err != nil {
		t.Fatalf("a good line: %v", err)
	}
	for name, text := range map[string]string{
		"a part missing": "Echo\techo.example\tGB\tEcho Trust\tnewspaper\n",
		"no owner":       strings.Replace(good, "Echo Trust", "", 1),
		"no domain":      strings.Replace(good, "echo.example\t", "\t", 1),
		"country":        strings.Replace(good, "GB", "gb", 1),
		"kind":           strings.Replace(good, "newspaper", "paper", 1),
		"source":         strings.Replace(good, "https://echo.example/about", "ask me", 1),
		"same domain":    good + strings.Replace(good, "Echo;The Echoes", "Other", 1),
		"same name":      good + strings.NewReplacer("Echo;The Echoes", "ECHOES", "echo.example\tGB", "other.example\tGB").Replace(good),
	} {
		if _, err := parse(text); err == nil {
			t.Errorf("%s: taken without an error", name)
		}
	}
}

func FuzzBehind(f *testing.F) {
	f.Add("https://www.bbc.co.uk/news", "BBC News – World")
	f.Add("http://xn--/%zz", "a|b: c")
	table, err := New()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, address, name string) {
		if p := table.Behind(address, name); p.Owner == "" && (p.Country != "" || p.Kind != "") {
			t.Errorf("Behind(%q, %q) = %+v: a kind without an owner", address, name, p)
		}
	})
}
