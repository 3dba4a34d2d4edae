package feeds

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"unicode"

	"newsdesk/news"
)

// identify gives every item a GUID: its own, else its address without tracking
// parameters, else a hash of its title and text. Those it makes differ from
// all others in the document; those the feed gave stay as they are, repeated
// or not (see distinct).
func identify(items []news.Item) {
	used := make(map[string]bool, len(items))
	for i := range items {
		it := &items[i]
		if it.GUID = strings.TrimSpace(it.GUID); len(it.GUID) > maxGUID {
			it.GUID = digest(it.GUID)
		}
		if it.GUID != "" {
			used[it.GUID] = true
			it.Identity = news.IdentityGUID
		}
	}
	for i := range items {
		it := &items[i]
		if it.GUID != "" {
			continue
		}
		id := ""
		if it.URL != "" {
			id, it.Identity = canonical(it.URL), news.IdentityAddress
		}
		if id == "" || len(id) > maxGUID {
			id, it.Identity = digest(it.URL, it.Title, it.Summary, it.Content), news.IdentityText
		}
		if used[id] {
			id += "#" + digest(it.Title, it.Summary, it.Content)[:12]
		}
		for n, plain := 2, id; used[id]; n++ {
			id = plain + "-" + strconv.Itoa(n)
		}
		it.GUID = id
		used[id] = true
	}
}

// distinct tells apart items that share a GUID but not an address or title:
// some feeds give all items one GUID. Every one of them gets a suffix made of
// what differs, so that it keeps its name when the others leave the feed while
// at least two remain. Copies of one item are dropped but for the first.
func distinct(items []news.Item) []news.Item {
	count := make(map[string]int, len(items))
	for _, it := range items {
		count[it.GUID]++
	}
	if len(count) == len(items) {
		return items
	}
	whats := make(map[string]map[string]bool)
	what := func(it news.Item) string {
		if it.URL != "" {
			return canonical(it.URL)
		}
		return strings.ToLower(it.Title)
	}
	for _, it := range items {
		if count[it.GUID] > 1 {
			if whats[it.GUID] == nil {
				whats[it.GUID] = make(map[string]bool)
			}
			whats[it.GUID][what(it)] = true
		}
	}
	seen := make(map[string]bool, len(items))
	out := make([]news.Item, 0, len(items))
	for _, it := range items {
		if len(whats[it.GUID]) > 1 {
			it.GUID = cutBytes(it.GUID, maxGUID-13) + "#" + digest(what(it))[:12]
		}
		if !seen[it.GUID] {
			seen[it.GUID] = true
			out = append(out, it)
		}
	}
	return out
}

// AddressKeys returns, for each item, what its address is known by, "" where it
// has none. Addresses of one page have one key: whatever the scheme, the "www.",
// the mobile or AMP form, the tracking parameters. An address that may hold many
// articles (a front page, or one that several items of the document share)
// counts together with the title only.
func AddressKeys(items []news.Item) []string {
	keys := make([]string, len(items))
	shared := make(map[string]int, len(items))
	for i, it := range items {
		if it.URL == "" {
			continue
		}
		keys[i] = pageKey(it.URL)
		shared[keys[i]]++
	}
	for i, it := range items {
		if keys[i] != "" && (shared[keys[i]] > maxSharing || !tells(keys[i])) {
			keys[i] += " " + titleKey(it.Title)
		}
	}
	return keys
}

// AddressKey is what an address is known by, whatever it holds: see
// [AddressKeys].
func AddressKey(address string) string { return pageKey(address) }

// maxSharing is how many items of a document may have one address and still be
// known by it: a feed may list an article and its correction.
const maxSharing = 2

// tells says whether an address is one article's, going by its key: it has a
// query, a number, a long name or a path of some depth.
func tells(key string) bool {
	_, path, _ := strings.Cut(key, "/")
	if strings.ContainsAny(path, "?0123456789") {
		return true
	}
	path = strings.Trim(path, "/")
	last := path[strings.LastIndexByte(path, '/')+1:]
	return strings.Count(last, "-")+strings.Count(last, "_") >= 2 || strings.Count(path, "/") >= 2 || len(last) >= 20
}

// titleKey is a title without case, blanks and signs.
func titleKey(title string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, title)
}

// digest hashes text to 32 characters.
func digest(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write([]byte(p))
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}
