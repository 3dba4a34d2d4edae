package store

// SetRarity makes a few articles many. See engine.ranks and sampled.
func (db *DB) SetRarity(ranked, sample int64) { db.ranked, db.sample = ranked, sample }

// Vector is vector.
func Vector(title, body string) string {
	text, _ := vector(title, body)
	return storable(text)
}

// Queries returns what is asked of PostgreSQL for a person's text.
func Queries(text string) []string { return queries(telling(text)) }
