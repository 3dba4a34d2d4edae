package articles

import (
	"encoding/json"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"newsdesk/internal/pattern"
	"newsdesk/news"
)

// ld is what the page's JSON-LD says of the article.
type ld struct {
	Headline, Published, Modified, Publisher, Body string
	Authors                                        []string
	pictures                                       offers
	logo                                           string   // the publisher's
	free, paid                                     bool     // it says that all may read it, or that not all may
	lockedParts                                    []string // selectors of what not all may read, at most maxAuthors
	found                                          bool
	live                                           bool      // it is a running account
	shows                                          news.Kind // what it describes beside an article
}

// Bounds of what is read of a page's JSON-LD: the nesting that is followed, and
// the nodes looked at. bounds.go has those of its size.
const (
	maxLDDepth = 12
	maxLDNodes = 5000
)

var (
	articleTypes  = []string{"Article", "NewsArticle", "BlogPosting", "Report", "LiveBlogPosting", "AnalysisNewsArticle", "OpinionNewsArticle", "ReportageNewsArticle", "ReviewNewsArticle", "BackgroundNewsArticle", "AskPublicNewsArticle", "TechArticle", "ScholarlyArticle", "SocialMediaPosting", "AdvertiserContentArticle", "MedicalScholarlyArticle"}
	trailingComma = pattern.MustCompile(`,\s*([}\]])`)
)

// add reads one script. The first article found counts; a page that only
// describes itself as a WebPage gives its date.
func (l *ld) add(script string) {
	script = strings.TrimSpace(script)
	script = strings.TrimSuffix(strings.TrimPrefix(script, "<!--"), "-->")
	script = strings.TrimSuffix(strings.TrimSpace(script), ";")
	var v any
	if json.Unmarshal([]byte(script), &v) != nil {
		// The usual faults: raw line ends inside strings, a comma too many.
		repaired := strings.Map(func(r rune) rune {
			if r < 0x20 {
				return ' '
			}
			return r
		}, script)
		repaired = trailingComma.ReplaceAllString(repaired, "$1")
		if json.Unmarshal([]byte(repaired), &v) != nil {
			return
		}
	}
	byID := map[string]map[string]any{}
	nodes := 0
	var walk func(v any, depth int, f func(map[string]any))
	walk = func(v any, depth int, f func(map[string]any)) {
		if nodes++; depth > maxLDDepth || nodes > maxLDNodes {
			return
		}
		switch v := v.(type) {
		case []any:
			for _, e := range v {
				walk(e, depth+1, f)
			}
		case map[string]any:
			f(v)
			for _, k := range []string{"@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item", "hasPart"} {
				if c, ok := v[k]; ok {
					walk(c, depth+1, f)
				}
			}
		}
	}
	walk(v, 0, func(m map[string]any) {
		if id, ok := m["@id"].(string); ok && (m["name"] != nil || m["url"] != nil) {
			byID[id] = m
		}
	})
	nodes = 0
	walk(v, 0, func(m map[string]any) {
		l.sort(m)
		if isType(m, articleTypes) && !l.found {
			l.found = true
			l.take(m, byID)
		}
	})
}

func isType(m map[string]any, types []string) bool {
	is := func(v any) bool {
		s, _ := v.(string)
		if i := strings.LastIndexAny(s, "/:#"); i >= 0 {
			s = s[i+1:]
		}
		return slices.Contains(types, s)
	}
	if list, ok := m["@type"].([]any); ok {
		return slices.ContainsFunc(list, is)
	}
	return is(m["@type"])
}

func (l *ld) take(m map[string]any, byID map[string]map[string]any) {
	l.Headline = cleanLD(str(m["headline"]))
	if p := str(m["datePublished"]); p != "" {
		l.Published = p
	}
	l.Modified = str(m["dateModified"])
	l.pictures.ld(m["image"], byID, 0)
	l.pictures.ld(m["thumbnailUrl"], byID, 0)
	l.logo = logoOf(m["publisher"], byID)
	l.Publisher = firstOf(names(m["publisher"], byID, 0))
	l.Body = str(m["articleBody"])
	l.access(m)
	for _, a := range names(m["author"], byID, 0) {
		if a = cleanLD(a); a != "" && len(l.Authors) < maxAuthors && !slices.Contains(l.Authors, a) {
			l.Authors = append(l.Authors, a)
		}
	}
}

// access reads whether an article is free, and which of its parts are not.
func (l *ld) access(m map[string]any) {
	l.free, l.paid = truth(m["isAccessibleForFree"])
	parts, ok := m["hasPart"].([]any)
	if !ok {
		parts = []any{m["hasPart"]}
	}
	for _, p := range parts[:min(len(parts), maxLDNodes)] {
		part, ok := p.(map[string]any)
		if !ok {
			continue
		}
		if _, paid := truth(part["isAccessibleForFree"]); !paid {
			continue
		}
		l.free, l.paid = false, true
		selectors, ok := part["cssSelector"].([]any)
		if !ok {
			selectors = []any{part["cssSelector"]}
		}
		for _, s := range selectors {
			for one := range strings.SplitSeq(str(s), ",") {
				if one = strings.TrimSpace(one); one != "" && len(l.lockedParts) < maxAuthors {
					l.lockedParts = append(l.lockedParts, one)
				}
			}
		}
	}
}

// truth reads a truth value of JSON-LD: true, "True", "http://schema.org/False".
func truth(v any) (yes, no bool) {
	if b, ok := v.(bool); ok {
		return b, !b
	}
	s := strings.ToLower(str(v))
	s = s[strings.LastIndexByte(s, '/')+1:]
	return s == "true", s == "false"
}

func firstOf(s []string) string {
	if len(s) == 0 {
		return ""
	}
	return cleanLD(s[0])
}

// cleanLD unescapes a value that was escaped for HTML before it was put into
// JSON, which is common.
func cleanLD(s string) string { return fold(html.UnescapeString(s)) }

func str(v any) string {
	s, _ := v.(string)
	return s
}

// names reads the name of a person or an organization: a string, an object, a
// reference to one, or a list of these.
func names(v any, byID map[string]map[string]any, depth int) []string {
	if depth > 3 {
		return nil
	}
	switch v := v.(type) {
	case string:
		if m, ok := byID[v]; ok {
			return names(m["name"], byID, depth+1)
		}
		return []string{v}
	case []any:
		var all []string
		for _, e := range v[:min(len(v), maxAuthors)] {
			all = append(all, names(e, byID, depth+1)...)
		}
		return all
	case map[string]any:
		if v["name"] == nil {
			if m, ok := byID[str(v["@id"])]; ok {
				return names(m["name"], byID, depth+1)
			}
			return nil
		}
		return names(v["name"], byID, depth+1)
	}
	return nil
}
