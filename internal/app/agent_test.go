package app

import (
	"io"
	"net/http"
	"net/netip"
	"testing"

	"newsdesk/feeds/feedstest"
	"newsdesk/internal/config"
)

// M5: sites are told who reads them, and how to reach whoever runs it.
func TestHTTPClient_SaysWhoItIs(t *testing.T) {
	t.Parallel()
	s := feedstest.New(t)
	s.Feed("/news.xml").SetRSS("Harbour Post")
	for contact, want := range map[string]string{
		"":                        "Newsdesk/1.2",
		"https://example.org/bot": "Newsdesk/1.2 (+https://example.org/bot)",
	} {
		c := config.Default()
		c.HTTP.Contact = contact
		c.HTTP.AllowPrivate = []config.Prefix{{Prefix: netip.MustParsePrefix("127.0.0.0/8")}}
		client := HTTPClient(c, "1.2")
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL("/news.xml"), nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, resp.Body)
		_ = resp.Body.Close()
		client.CloseIdleConnections()
		if got := s.LastHeader("/news.xml").Get("User-Agent"); got != want {
			t.Errorf("with contact %q it calls itself %q, want %q", contact, got, want)
		}
	}
}
