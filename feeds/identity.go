package feeds

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"

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
		}
	}
	for i := range items {
		it := &items[i]
		if it.GUID != "" {
			continue
		}
		id := ""
		if it.URL != "" {
			id = canonical(it.URL)
		}
		if id == "" || len(id) > maxGUID {
			id = digest(it.URL, it.Title, it.Summary, it.Content)
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

// digest hashes text to 32 characters.
func digest(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write([]byte(p))
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}
