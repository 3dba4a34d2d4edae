package feeds

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
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

// distinct gives items that their GUID or address does not tell apart another
// one: some feeds give all items one GUID, count them anew every day, or link
// all of them to the front page. Every item that shares its GUID gets a suffix
// made of what differs, so that it keeps its name when the others leave the feed
// while at least two remain. Copies of one item are dropped but for the first, and
// so are items that tell nothing.
func distinct(items []news.Item) []news.Item {
	items = slices.DeleteFunc(items, tellsNothing)
	renamed(items)
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

// tellsNothing says whether an item has nothing that could be read or shown.
func tellsNothing(it news.Item) bool {
	return it.URL == "" && it.Title == "" && it.Summary == "" && it.Content == ""
}

// renamed gives the items whose GUID says where they stand, not which article
// they are, one that does: their address where it is theirs alone, else one made
// of the title. What stands first in the feed would otherwise be taken for what
// stood first before, and be lost.
func renamed(items []news.Item) {
	var addresses, titles map[string]int // counted when a GUID of no use is met
	for i := range items {
		it := &items[i]
		if it.Identity != news.IdentityAddress && (it.Identity != news.IdentityGUID || !placeholder(it.GUID)) {
			continue
		}
		if addresses == nil {
			addresses, titles = sharing(items)
		}
		name := it.GUID
		if it.URL != "" {
			name = canonical(it.URL)
			if key := pageKey(it.URL); addresses[key] == 1 && !front(key) && len(name) <= maxGUID {
				it.GUID, it.Identity = name, news.IdentityAddress
				continue
			}
		} else if !web(name) {
			name = "" // the number of a place
		}
		what := titleKey(it.Title)
		if what == "" || titles[what] > 1 {
			what += "\n" + it.Summary + it.Content
		}
		it.GUID = cutBytes(name, maxGUID-13) + "#" + digest(what)[:12]
	}
}

// sharing counts the items of each address, by its key, and of each title.
func sharing(items []news.Item) (addresses, titles map[string]int) {
	addresses, titles = make(map[string]int, len(items)), make(map[string]int, len(items))
	for _, it := range items {
		if it.URL != "" {
			addresses[pageKey(it.URL)]++
		}
		titles[titleKey(it.Title)]++
	}
	return addresses, titles
}

// placeholder says whether a GUID cannot be one article's: a small number, which
// is its place in the feed or of the day, or a front page.
func placeholder(guid string) bool {
	if len(guid) <= maxPlace {
		return strings.Trim(guid, "0123456789") == ""
	}
	if !web(guid) {
		return false
	}
	return front(pageKey(guid))
}

// front says whether an address is a site's front page, going by its key.
func front(key string) bool { return strings.HasSuffix(key, "/") }

// maxPlace is how many digits the number of an item's place has at most.
const maxPlace = 3

// AddressKeys returns, for each item, what its address is known by, "" where it
// has none. Addresses of one page have one key: whatever the scheme, the "www.",
// the mobile or AMP form, the tracking parameters. An address that may hold many
// articles (a front page, or one that several items of the document share)
// counts together with the title only. An item that has nothing but its text is
// known by its title and date, so that it may be corrected.
func AddressKeys(items []news.Item) []string {
	keys := make([]string, len(items))
	shared := make(map[string]int, len(items))
	var texts []int
	for i, it := range items {
		switch {
		case it.URL != "":
			keys[i] = pageKey(it.URL)
		case web(it.GUID): // it may change as an address does
			keys[i] = pageKey(it.GUID)
		case it.Identity == news.IdentityText:
			texts = append(texts, i)
			continue
		default:
			continue
		}
		shared[keys[i]]++
	}
	keyTexts(items, texts, keys)
	for i, it := range items {
		if shared[keys[i]] > 0 && (shared[keys[i]] > maxSharing || !tells(keys[i])) {
			keys[i] += " " + titleKey(it.Title)
		}
	}
	return keys
}

// keyTexts gives the items of the given indexes keys made of title and date, of
// the title alone where there is no date and it is long enough not to come again.
// Items that share one are left without.
func keyTexts(items []news.Item, which []int, keys []string) {
	count := make(map[string]int, len(which))
	for _, i := range which {
		it := items[i]
		title := titleKey(it.Title)
		if title == "" || it.Published.IsZero() && len(strings.Fields(it.Title)) < tellingWords {
			continue
		}
		keys[i] = "text " + strconv.FormatInt(it.Published.Unix(), 10) + " " + title
		count[keys[i]]++
	}
	for _, i := range which {
		if count[keys[i]] > 1 {
			keys[i] = ""
		}
	}
}

// tellingWords is how many words a title has that is no "Weather" or "Morning
// round-up".
const tellingWords = 5

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
