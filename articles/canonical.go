package articles

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// bylineOf picks the author: what go-readability found, then what JSON-LD, meta and
// the page's markup say, then what go-trafilatura found, which cleans names too well.
func (h *head) bylineOf(found, last string) string {
	candidates := []string{strings.Join(h.ld.Authors, ", ")}
	if strings.EqualFold(h.first("twitter:label1"), "written by") {
		candidates = append(candidates, h.first("twitter:data1"))
	}
	candidates = append(candidates, h.first("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl"), h.near.byline)
	candidates = append(append(candidates, h.authors...), h.near.named)
	found = unglued(found, candidates)
	return byline(h.site(), h.host, slices.Concat([]string{found}, candidates, []string{last})...)
}

// canonicalFor returns the page's own address for itself, "" where it gives
// none that can be believed: it has to be http or https, on the same site as
// the page, and not the site's front page unless the page is that.
func (h *head) canonicalFor(pageURL string) string {
	for _, ref := range []string{h.canonical, h.first("og:url")} {
		abs := h.absolute(ref)
		if abs != "" && (pageURL == "" || sameSite(abs, pageURL)) {
			return abs
		}
	}
	return ""
}

// sameSite tells whether two addresses belong to one registered domain, so that
// amp.example.com and www.example.com agree while a page can't pass itself off
// as another site's. A front page is no address for an article.
func sameSite(a, b string) bool {
	x, err1 := url.Parse(a)
	y, err2 := url.Parse(b)
	if err1 != nil || err2 != nil {
		return false
	}
	if strings.Trim(x.Path, "/") == "" && x.RawQuery == "" && strings.Trim(y.Path, "/") != "" {
		return false
	}
	hx, hy := strings.ToLower(x.Hostname()), strings.ToLower(y.Hostname())
	if hx == hy {
		return true
	}
	dx, err1 := publicsuffix.EffectiveTLDPlusOne(hx)
	dy, err2 := publicsuffix.EffectiveTLDPlusOne(hy)
	return err1 == nil && err2 == nil && dx == dy
}
