package app

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"time"

	"newsdesk/feeds"
	"newsdesk/internal/safehttp"
	"newsdesk/news"
)

// inside is a web all of whose names lead into a private network.
type inside struct{}

func (inside) Do(req *http.Request) (*http.Response, error) {
	return nil, fmt.Errorf("%s: %w", req.URL.Host, &safehttp.PrivateError{Addr: netip.MustParseAddr("10.0.0.7"), Named: true})
}

// M6: where a name leads inside a network is told to the operator's log, and not
// to those who asked for the feed or list it.
func TestFinder_KeepsPrivateAddressesToTheLog(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	f := finder{&App{opts: Options{Log: slog.New(slog.NewTextHandler(&log, nil)), Now: time.Now}}, feeds.NewFetcher(inside{}, feeds.FetchOptions{})}
	look, err := f.Look(t.Context(), "https://ann:secret@intranet.example/feed", false)
	if err != nil || look.Problem != "the name leads to a private address" {
		t.Errorf("the asker is told %q, %v", look.Problem, err)
	}
	if got := log.String(); !strings.Contains(got, "address=10.0.0.7") || strings.Contains(got, "secret") {
		t.Errorf("the log says %s", got)
	}
	// What a poll stores, and lists show.
	_, err = f.fetcher.Fetch(t.Context(), news.Feed{URL: "https://intranet.example/feed"})
	if got := feeds.Reason(err); got != "Intranet.example: the name leads to a private address" {
		t.Errorf("stored as %q", got)
	}
	if dialled(http.ErrBodyNotAllowed) != nil {
		t.Error("another failure is taken for one of these")
	}
}
