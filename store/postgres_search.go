package store

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kljensen/snowball/english"
	"golang.org/x/text/unicode/norm"

	"newsdesk/ask"
	"newsdesk/news"
)

// The word index on PostgreSQL is a tsvector for each article, of words that
// are parted, folded and stemmed here: its own parser depends on the server's
// locale, and removing accents on an extension.

const (
	// maxWord bounds a word of the index, in bytes; PostgreSQL allows 2046.
	maxWord = 200
	// maxPlace is the last place in a text that a tsvector tells apart.
	maxPlace = 16383
	// maxPlaces is how many places it keeps of a word.
	maxPlaces = 255
	// maxVector bounds a tsvector's text, in bytes; PostgreSQL allows 1 MB of
	// its own form, which is no larger.
	maxVector = 1 << 19
)

// lexemes calls yield for each word of a text as the index has it, in order.
func lexemes(text string, yield func(string)) {
	for rest := text; rest != ""; {
		r, size := firstRune(rest)
		switch {
		case unspaced(r):
			n := span(rest, unspaced)
			run := letters(rest[:n])
			for i := range run {
				yield(string(run[i:min(i+2, len(run))])) // the last character stands alone
			}
			rest = rest[n:]
		case wordRune(r):
			n := span(rest, func(r rune) bool { return wordRune(r) && !unspaced(r) })
			if w := lexeme(rest[:n]); w != "" {
				yield(w)
			}
			rest = rest[n:]
		default:
			rest = rest[size:]
		}
	}
}

// lexeme is a word in the form by which it is compared: in lower case, without
// accents, its stem. "" is none.
func lexeme(word string) string {
	word = unaccented(word)
	if len(word) > maxWord {
		word = strings.ToValidUTF8(word[:maxWord], "")
	}
	return english.Stem(word, true)
}

// unaccented makes a word lower case without accents. The marks of scripts
// that have their own, such as the vowels of Devanagari, stay.
func unaccented(word string) string {
	for i := range len(word) {
		if word[i] >= utf8.RuneSelf {
			return norm.NFC.String(strings.Map(func(r rune) rune {
				if unicode.Is(unicode.Mn, r) && unicode.Is(unicode.Inherited, r) {
					return -1
				}
				return unicode.ToLower(r)
			}, norm.NFD.String(word)))
		}
	}
	return strings.ToLower(word)
}

// vector writes an article's words as a tsvector, and counts them.
func vector(title, body string) (text string, size int64) {
	places := map[string][]int64{}
	var order []string
	length := 0
	add := func(w string) {
		size++
		known, ok := places[w]
		if length > maxVector || len(known) >= maxPlaces {
			return
		}
		if !ok {
			order = append(order, w)
			length += len(w) + 4
		}
		places[w] = append(known, min(size, maxPlace))
		length += 7
	}
	lexemes(title, add)
	inTitle := size
	size++ // no phrase reaches from the title into the body
	lexemes(body, add)
	b := make([]byte, 0, length)
	for _, w := range order {
		b = append(b, quoteLexeme(w)...)
		mark := byte(':')
		for _, place := range places[w] {
			b = strconv.AppendInt(append(b, mark), place, 10)
			if mark = ','; place <= inTitle {
				b = append(b, 'A')
			}
		}
		b = append(b, ' ')
	}
	return string(b), size - 1
}

// quoteLexeme writes a word within a tsvector or tsquery.
func quoteLexeme(w string) string {
	if strings.ContainsAny(w, `'\`) {
		w = strings.ReplaceAll(strings.ReplaceAll(w, `\`, `\\`), `'`, `''`)
	}
	return "'" + w + "'"
}

// query writes a term as a tsquery; "" where it has no words.
func query(t term) string {
	first, _ := firstRune(t.text)
	if unspaced(first) { // a pair, or the beginning of one
		q := quoteLexeme(t.text)
		if t.prefix {
			q += ":*"
		}
		return q
	}
	var words []string
	lexemes(t.text, func(w string) { words = append(words, quoteLexeme(w)) })
	return strings.Join(words, " <-> ")
}

// queries writes those of the terms that have words.
func queries(ts []term) []string {
	var out []string
	for _, t := range ts {
		if q := query(t); q != "" {
			out = append(out, q)
		}
	}
	return out
}

// ranks: an article takes about five microseconds, more with more words.
func (postgres) ranks() int64 { return 3000 }

func (postgres) index(ctx context.Context, tx *transaction, a news.Article) error {
	words, size := vector(a.Title, a.Body)
	_, err := tx.ExecContext(ctx, `INSERT INTO articles_words (article, size, words) VALUES ($1, $2, $3::tsvector)
		ON CONFLICT (article) DO UPDATE SET size = excluded.size, words = excluded.words`, a.ID, size, storable(words))
	return err
}

func (p postgres) reindex(ctx context.Context, tx *transaction, a news.Article) error {
	return p.index(ctx, tx, a)
}

func (postgres) count(ctx context.Context, q querier, t term, after int64) (n int64, err error) {
	text := query(t)
	if text == "" {
		return 0, nil
	}
	err = q.QueryRowContext(ctx, `SELECT count(*) FROM articles_words WHERE words @@ $1::tsquery AND article > $2`, text, after).Scan(&n)
	return n, err
}

const (
	// measured is how many of the newest articles tell how rare a word is and
	// how long articles are.
	measured = 1000
	// seldom is the number of those below which a word is counted in all
	// articles: it is in few of them.
	seldom = 10
)

// weigh returns how much each term tells, by how rare it is, and how many words
// an article usually has.
func weigh(ctx context.Context, db querier, terms []string) (telling []float64, usual float64, err error) {
	var b strings.Builder
	b.WriteString(`SELECT count(*), coalesce(min(article), 0), coalesce(max(article), 0), coalesce(avg(size), 1)`)
	args := []any{measured}
	found := make([]int64, len(terms))
	var some, from, to int64
	into := []any{&some, &from, &to, &usual}
	for i, t := range terms {
		fmt.Fprintf(&b, `, count(*) FILTER (WHERE words @@ $%d::tsquery)`, i+2)
		args, into = append(args, t), append(into, &found[i])
	}
	b.WriteString(` FROM (SELECT article, size, words FROM articles_words ORDER BY article DESC LIMIT $1) AS a`)
	if err := db.QueryRowContext(ctx, b.String(), args...).Scan(into...); err != nil {
		return nil, 0, err
	}
	all, scale := float64(some), 1.0
	if some == measured { // there are more, which hold words as often
		all = float64(to)
		scale = all / float64(to-from+1)
	}
	for i, n := range found {
		holding := float64(n) * scale
		if scale > 1 && n < seldom {
			if err := db.QueryRowContext(ctx, `SELECT count(*) FROM articles_words WHERE words @@ $1::tsquery`, terms[i]).Scan(&n); err != nil {
				return nil, 0, err
			}
			holding = float64(n)
		}
		telling = append(telling, max(math.Log((all-holding+0.5)/(holding+0.5)), 1e-6))
	}
	return telling, max(usual, 1), nil
}

// hits writes the beginning of a statement that finds articles, as "hits (id,
// score)", and its arguments. q is the tsquery that they match, first the first
// of them.
//
// The score is BM25 as FTS5 has it (k1 1.2, b 0.75), with a word in the title
// counting three times one in the body. How often a word is there, n, is read
// off ts_rank, which for one word is the sum of weight/i² over its places,
// divided by π²/6: exact for one place, and less for more. For each word the
// score is telling · n(k1+1)/(n+k), which is telling · (k1+1)(1 − k/(n+k)), with
// k = k1(1−b + b·size/usual). The terms are written out because a loop over them
// takes ten times as long.
func hits(ctx context.Context, db querier, q string, terms []string, first int64) (text string, args []any, err error) {
	telling, usual, err := weigh(ctx, db, terms)
	if err != nil {
		return "", nil, err
	}
	args = []any{q, first, usual}
	var b strings.Builder
	b.WriteString(`WITH hits AS MATERIALIZED (SELECT w.article AS id, 2.2 * (0`)
	for i, t := range terms {
		fmt.Fprintf(&b, ` + $%d::float8 * (1 - w.k / (4.934802 * ts_rank('{0.33333334, 0.33333334, 0.33333334, 1}', w.words, $%d::tsquery) + w.k))`,
			len(args)+1, len(args)+2)
		args = append(args, telling[i], t)
	}
	b.WriteString(`) AS score FROM (SELECT article, words, 1.2 * (0.25 + 0.75 * size / $3::float8) AS k FROM articles_words
		WHERE words @@ $1::tsquery AND article >= $2) AS w) `)
	return b.String(), args, nil
}

func (postgres) search(ctx context.Context, q querier, guild news.GuildID, ts []term, first, since int64, limit int) ([]ask.Hit, error) {
	terms := queries(ts)
	if len(terms) == 0 {
		return nil, nil
	}
	text, args, err := hits(ctx, q, joined(terms, " | "), terms, first)
	if err != nil {
		return nil, err
	}
	n := len(args)
	return list(ctx, q, scanHit, text+fmt.Sprintf(`SELECT a.id, coalesce(a.event, 0), a.title, a.outlet, a.url, a.body,
			coalesce(a.published, a.seen), h.score
		FROM hits h JOIN articles a ON a.id = h.id
		WHERE a.state = 'done' AND a.dated >= $%d AND %s ORDER BY h.score DESC, a.id LIMIT $%d`, n+1, visible("a.topic", n+3), n+2), append(args, since, limit, guild)...)
}

func (postgres) searchEvents(ctx context.Context, q querier, guild news.GuildID, ts []term, all bool, topic string, first, since int64) ([]news.EventID, error) {
	terms := queries(ts)
	if len(terms) == 0 {
		return nil, nil
	}
	op := " | "
	if all {
		op = " & "
	}
	text, args, err := hits(ctx, q, joined(terms, op), terms, first)
	if err != nil {
		return nil, err
	}
	n := len(args)
	return list(ctx, q, one[news.EventID], text+fmt.Sprintf(`SELECT a.event FROM hits h JOIN articles a ON a.id = h.id JOIN events e ON e.id = a.event
		WHERE a.dated >= $%[1]d AND ($%[2]d = '' OR e.topic = $%[2]d OR 'feed:' || a.feed = $%[2]d) AND %[3]s
		GROUP BY a.event ORDER BY max(h.score) DESC, max(a.dated) DESC, a.event DESC`, n+1, n+2, visible("e.topic", n+3)), append(args, since, topic, guild)...)
}

// joined writes queries as one.
func joined(terms []string, op string) string { return "(" + strings.Join(terms, ")"+op+"(") + ")" }
