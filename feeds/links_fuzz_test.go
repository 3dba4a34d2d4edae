package feeds

import (
	"net/url"
	"strings"
	"testing"
)

var oddAddresses = []string{
	"http://x.example", "HTTPS://X.example:443/a/?utm_source=b&c=d#e", "http://m.x.example/amp/a.amp.html?amp=1&b", "http://x.example/#!/a", "//x", "mailto:a",
	"https://www.google.com/amp/s/x.example/a", "https://x-example.cdn.ampproject.org/c/s/x.example/a/amp", "http://a:b@x.example/%zz", "http://[::1]:80/a?;&&=",
	"http://x.example/index.html?b=2&a=1", "http://www./", "http://x.example//a//?M=1&m=1",
}

// FuzzCanonical holds the normaliser to what identity rests on: it comes to an end,
// and neither scheme, nor password, nor where a reader came from makes another page.
func FuzzCanonical(f *testing.F) {
	for _, s := range oddAddresses {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := canonical(s)
		if twice := canonical(once); twice != once {
			t.Errorf("%q became %q, then %q", s, once, twice)
		}
		key := pageKey(s)
		u, err := url.Parse(s)
		if err != nil || u.Scheme != "http" || u.Host == "" || once != s {
			return // written anew below, it may change in more than was meant
		}
		for name, change := range map[string]func(*url.URL){
			"https": func(u *url.URL) {
				if u.Port() == "" {
					u.Scheme = "https"
				}
			},
			"tracking parameter": func(u *url.URL) { u.RawQuery = strings.TrimPrefix(u.RawQuery+"&utm_source=x", "&") },
			"name and password":  func(u *url.URL) { u.User = url.UserPassword("ann", "secret") },
		} {
			v := *u
			change(&v)
			if got := pageKey(v.String()); got != key {
				t.Errorf("%s: %q is known by %q, %q by %q", name, s, key, v.String(), got)
			}
		}
	})
}

// FuzzLinks holds discovery to addresses of the web.
func FuzzLinks(f *testing.F) {
	f.Add(`<base href="//b.example"><link rel="alternate feed" type=application/rss+xml href=f><a href="/rss.xml">x</a>`)
	f.Add(`<link rel=alternate type="application/atom+xml; charset=x" href="a b&#10;c"><link rel=feed href="javascript:1"><base href=":">`)
	f.Fuzz(func(t *testing.T, page string) {
		base, err := url.Parse("http://a.example/x/")
		if err != nil {
			t.Fatal(err)
		}
		for _, to := range links([]byte(page), base) {
			if u, err := url.Parse(to); err != nil || !web(to) || u.Hostname() == "" {
				t.Errorf("%q is no address", to)
			}
		}
	})
}
