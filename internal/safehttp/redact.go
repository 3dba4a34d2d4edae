package safehttp

import (
	"net/url"
	"slices"
	"strings"
)

// hidden stands for what a log must not show.
const hidden = "..."

// keyWords are what the names of parameters hold whose values let in whoever has
// them; keyNames are such names.
var (
	keyWords = []string{"key", "token", "secret", "pass", "pwd", "auth", "sig", "session", "credential", "jwt"}
	keyNames = []string{"sid", "pw", "code"}
)

// Redacted returns an address as a log may show it: without name and password,
// either of which may be a key by itself, and without the values of parameters
// that are named like keys. It is "" for what is no address.
func Redacted(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	if u.User != nil {
		u.User = url.User(hidden)
	}
	pairs := strings.Split(u.RawQuery, "&")
	for i, pair := range pairs {
		if name, _, given := strings.Cut(pair, "="); given && isKey(name) {
			pairs[i] = name + "=" + hidden
		}
	}
	u.RawQuery = strings.Join(pairs, "&")
	return u.String()
}

func isKey(name string) bool {
	if plain, err := url.QueryUnescape(name); err == nil {
		name = plain
	}
	name = strings.ToLower(name)
	for _, w := range keyWords {
		if strings.Contains(name, w) {
			return true
		}
	}
	return slices.Contains(keyNames, name)
}
