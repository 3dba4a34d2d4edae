package feeds

import (
	"net/url"
	"slices"
	"strings"

	"newsdesk/internal/wordset"
)

// absolute makes a link of a feed an http or https address: as it stands where
// it is one, else resolved against base, "" where neither gives one. base is
// nil where nothing is known to resolve against.
func absolute(base *url.URL, link string) string {
	link = cleanLink(link)
	if link == "" || len(link) > maxURL {
		return ""
	}
	if web(link) {
		if u, err := url.Parse(link); err != nil || u.Hostname() == "" {
			return ""
		}
		return link
	}
	ref, err := url.Parse(link)
	if err != nil {
		return ""
	}
	if base == nil {
		if ref.Scheme == "" && ref.Host != "" { // "//host/path"
			return "https:" + link
		}
		return ""
	}
	u := base.ResolveReference(ref)
	if (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" {
		return ""
	}
	return u.String()
}

// cleanLink removes the blanks and line breaks that editors leave in links.
func cleanLink(s string) string {
	s = strings.TrimSpace(s)
	if strings.ContainsAny(s, " \t\r\n") {
		s = linkBlanks.Replace(s)
	}
	return s
}

var linkBlanks = strings.NewReplacer("\t", "", "\r", "", "\n", "", " ", "%20")

func web(s string) bool {
	return hasPrefixFold(s, "http://") || hasPrefixFold(s, "https://")
}

func hasFold(s, part string) bool {
	return s != "" && strings.Contains(strings.ToLower(s), part)
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// baseOf picks what relative links of a document are relative to: xml:base,
// the feed's own address, the channel's link.
func baseOf(xmlBase, feedURL, link string) *url.URL {
	for _, s := range []string{resolveAny(feedURL, xmlBase), feedURL, link} {
		if u, err := url.Parse(strings.TrimSpace(s)); err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" {
			return u
		}
	}
	return nil
}

// within returns base moved on by an item's own xml:base.
func within(base *url.URL, xmlBase string) *url.URL {
	if xmlBase == "" {
		return base
	}
	if s := absolute(base, xmlBase); s != "" {
		if u, err := url.Parse(s); err == nil {
			return u
		}
	}
	return base
}

// resolveAny resolves ref against base, both possibly relative or empty.
func resolveAny(base, ref string) string {
	if ref == "" {
		return base
	}
	b, err := url.Parse(strings.TrimSpace(base))
	if err != nil || base == "" {
		return ref
	}
	r, err := url.Parse(strings.TrimSpace(ref))
	if err != nil {
		return base
	}
	return b.ResolveReference(r).String()
}

// tracking are query parameters that say where a reader came from and nothing
// about what is read.
var tracking = wordset.Of(`fbclid gclid dclid msclkid yclid igshid mc_cid mc_eid cmpid ocid smid xtor ncid ftag srnd cmp partner _hsenc _hsmi`)

// trackingPrefixes begin such parameters.
var trackingPrefixes = []string{"utm_", "at_", "ns_", "pk_", "mtm_", "wt_"}

// canonical brings addresses of one page to one form: host in lower case, no
// default port, fragment, or tracking parameters. It is for comparing; the
// link that readers get stays as the feed has it.
func canonical(link string) string {
	u, err := url.Parse(link)
	if err != nil || u.Host == "" {
		return link
	}
	u.Scheme, u.Host = strings.ToLower(u.Scheme), strings.ToLower(u.Host)
	if p := u.Port(); p == "80" && u.Scheme == "http" || p == "443" && u.Scheme == "https" {
		u.Host = strings.TrimSuffix(u.Host, ":"+p)
	}
	if !strings.HasPrefix(u.Fragment, "!") { // "#!" was a path once
		u.Fragment, u.RawFragment = "", ""
	}
	if !hasFold(u.RawPath, "%2f") { // "%c3%bc", "%C3%BC" and "ü" are one letter
		u.RawPath = ""
	}
	u.RawQuery = untracked(u.RawQuery)
	u.User = nil
	if u.Path == "" {
		u.Path = "/"
	}
	return u.String()
}

// untracked returns a query without its tracking parameters.
func untracked(query string) string {
	if query == "" {
		return ""
	}
	kept := make([]string, 0, 8)
	for pair := range strings.SplitSeq(query, "&") {
		if name, _, _ := strings.Cut(pair, "="); pair != "" && !isTracking(strings.ToLower(name)) {
			kept = append(kept, pair)
		}
	}
	return strings.Join(kept, "&")
}

// Untracked returns an address without the parameters that say where a reader came
// from and nothing about what is read. What is no address is returned as it is.
func Untracked(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	query := untracked(u.RawQuery)
	if query == u.RawQuery {
		return address
	}
	u.RawQuery = query
	return u.String()
}

// mobileHosts and the paths and parameters below are the usual forms of a page
// for phones.
var mobileHosts = []string{"www.", "m.", "mobile.", "amp.", "touch."}

// carriers are parameters that say where a reader came from where they name a
// feed: "ref=rss".
var carriers = wordset.Of(`ref source src from via mod traffic_source`)

func isFeed(value string) bool {
	return value == "rss" || strings.HasPrefix(value, "rss_") || strings.HasPrefix(value, "rss-")
}

// pageKey brings the addresses of all copies of one page to one key: canonical,
// without scheme, "www.", the host, path or parameter of a copy for phones, a
// slash or "index.html" at the end; parameters in order. An article behind
// Google's or Cloudflare's AMP cache is the article. The key is for comparing
// and is no address.
func pageKey(link string) string {
	u, err := url.Parse(canonical(link))
	if err != nil || u.Host == "" {
		return link
	}
	host, path := u.Host, u.EscapedPath()
	if cached, ok := ampCached(host, path); ok {
		host, path, _ = strings.Cut(cached, "/")
		path = "/" + path
	}
	for _, p := range mobileHosts {
		if rest := strings.TrimPrefix(host, p); rest != host && strings.Contains(rest, ".") {
			host = rest
			break
		}
	}
	if lang, rest, ok := strings.Cut(host, ".m."); ok && !strings.Contains(lang, ".") && strings.Contains(rest, ".") {
		host = lang + "." + rest // en.m.wikinews.org
	}
	path = strings.TrimPrefix(path, "/amp/")
	path = strings.Trim(path, "/")
	for _, end := range []string{"/amp", ".amp", "/amp.html", "/index.html", "/index.php", "/index.htm"} {
		path = strings.TrimSuffix(path, end)
	}
	path = strings.Replace(path, ".amp.html", ".html", 1)
	key := host + "/" + path
	if u.RawQuery == "" {
		return key + fragment(u)
	}
	var kept []string
	for pair := range strings.SplitSeq(u.RawQuery, "&") {
		name, value, _ := strings.Cut(strings.ToLower(pair), "=")
		if name == "amp" || name == "outputtype" && value == "amp" || name == "m" && value == "1" || carriers.Has(name) && isFeed(value) {
			continue
		}
		kept = append(kept, pair)
	}
	if len(kept) == 0 {
		return key + fragment(u)
	}
	slices.Sort(kept)
	return key + "?" + strings.Join(kept, "&") + fragment(u)
}

func fragment(u *url.URL) string {
	if u.Fragment == "" {
		return ""
	}
	return "#" + u.Fragment
}

// ampCached finds the article's address in that of an AMP cache:
// www.google.com/amp/s/HOST/PATH and SITE.cdn.ampproject.org/c/s/HOST/PATH.
func ampCached(host, path string) (string, bool) {
	switch {
	case strings.HasPrefix(host, "www.google.") && strings.HasPrefix(path, "/amp/"):
		path = strings.TrimPrefix(path, "/amp/")
	case strings.HasSuffix(host, ".cdn.ampproject.org") && (strings.HasPrefix(path, "/c/") || strings.HasPrefix(path, "/v/")):
		path = path[len("/c/"):]
	default:
		return "", false
	}
	path = strings.TrimPrefix(path, "s/")
	at, _, _ := strings.Cut(path, "/")
	return strings.ToLower(at) + path[len(at):], strings.Contains(at, ".")
}

func isTracking(name string) bool {
	if tracking.Has(name) {
		return true
	}
	for _, p := range trackingPrefixes {
		if strings.HasPrefix(name, p) {
			return true
		}
	}
	return false
}
