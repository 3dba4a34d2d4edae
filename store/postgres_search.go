package store

import (
	"context"
	"database/sql"
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

func (postgres) index(ctx context.Context, tx *sql.Tx, a news.Article) error {
	words, size := vector(a.Title, a.Body)
	_, err := tx.ExecContext(ctx, `INSERT INTO articles_words (article, size, words) VALUES ($1, $2, $3::tsvector)
		ON CONFLICT (article) DO UPDATE SET size = excluded.size, words = excluded.words`, a.ID, size, storable(words))
	return err
}

func (postgres) count(ctx context.Context, q querier, t term, after int64) (n int64, err error) {
	text := query(t)
	if text == "" {
		return 0, nil
	}
	err = q.QueryRowContext(ctx, `SELECT count(*) FROM articles_words WHERE words @@ $1::tsquery AND article > $2`, text, after).Scan(&n)
	return n, err
}

// Rarity is told from as many articles at most, and the usual length from the
// newest ones.
const (
	countedMost = 5000
	measured    = 1000
)

// weigh returns how much each term tells, by how rare it is, and how many words
// an article has on average.
func weigh(ctx context.Context, q querier, terms []string) (telling []float64, size float64, err error) {
	var some, last int64
	err = q.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM (SELECT 1 FROM articles_words LIMIT $1) AS a),
			(SELECT coalesce(max(article), 0) FROM articles_words),
			(SELECT coalesce(avg(size), 0) FROM (SELECT size FROM articles_words ORDER BY article DESC LIMIT $2) AS a)`,
		countedMost, measured).Scan(&some, &last, &size)
	if err != nil {
		return nil, 0, err
	}
	all := float64(some)
	if some == countedMost {
		all = float64(last)
	}
	holding, err := list(ctx, q, one[int64], `SELECT (SELECT count(*) FROM
			(SELECT 1 FROM articles_words WHERE words @@ t.term::tsquery LIMIT $2) AS a)
		FROM unnest($1::text[]) WITH ORDINALITY AS t (term, n) ORDER BY t.n`, terms, countedMost)
	if err != nil {
		return nil, 0, err
	}
	for _, n := range holding {
		telling = append(telling, max(math.Log((all-float64(n)+0.5)/(float64(n)+0.5)), 1e-6))
	}
	return telling, max(size, 1), nil
}

// scored finds articles and their scores: $1 is a tsquery that they match, $2
// the first of them, $3 and $4 the terms and how much each tells, $5 how many
// words an article has on average.
//
// It is BM25 as FTS5 has it (k1 1.2, b 0.75), with a word in the title counting
// three times one in the body. How often a word is there is read off ts_rank,
// which for one word is the sum of weight/n² over its n places, divided by
// π²/6: exact for one place, and less than the count for more.
const scored = `WITH hits AS MATERIALIZED (
		SELECT w.article AS id, (
			SELECT sum(t.telling * t.often * 2.2 / (t.often + 1.2 * (0.25 + 0.75 * w.size / $5::float8))) FROM (
				SELECT u.telling, 3 * 1.64493406685 * ts_rank('{0.33333334, 0.33333334, 0.33333334, 1}', w.words, u.term::tsquery) AS often
				FROM unnest($3::text[], $4::float8[]) AS u (term, telling)
			) AS t) AS score
		FROM articles_words w WHERE w.words @@ $1::tsquery AND w.article >= $2
	) `

func (postgres) search(ctx context.Context, q querier, ts []term, first, since int64, limit int) ([]ask.Hit, error) {
	terms := queries(ts)
	if len(terms) == 0 {
		return nil, nil
	}
	telling, size, err := weigh(ctx, q, terms)
	if err != nil {
		return nil, err
	}
	return list(ctx, q, scanHit, scored+`SELECT a.id, coalesce(a.event, 0), a.title, a.outlet, a.url, a.body,
			coalesce(a.published, a.seen), h.score
		FROM hits h JOIN articles a ON a.id = h.id
		WHERE a.state = 'done' AND a.dated >= $6 ORDER BY h.score DESC, a.id LIMIT $7`,
		joined(terms, " | "), first, terms, telling, size, since, limit)
}

func (postgres) searchEvents(ctx context.Context, q querier, ts []term, all bool, topic string, first, since int64) ([]news.EventID, error) {
	terms := queries(ts)
	if len(terms) == 0 {
		return nil, nil
	}
	telling, size, err := weigh(ctx, q, terms)
	if err != nil {
		return nil, err
	}
	op := " | "
	if all {
		op = " & "
	}
	return list(ctx, q, one[news.EventID], scored+`SELECT a.event FROM hits h JOIN articles a ON a.id = h.id JOIN events e ON e.id = a.event
		WHERE a.dated >= $6 AND ($7 = '' OR e.topic = $7)
		GROUP BY a.event ORDER BY max(h.score) DESC, max(a.dated) DESC, a.event DESC`,
		joined(terms, op), first, terms, telling, size, since, topic)
}

// joined writes queries as one.
func joined(terms []string, op string) string { return "(" + strings.Join(terms, ")"+op+"(") + ")" }
