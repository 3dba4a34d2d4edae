package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/pressly/goose/v3"

	"newsdesk/ask"
	"newsdesk/news"
)

// engine is one of the databases that the store runs on: all that differs
// between them. SQL that both take stands with its aggregate.
type engine interface {
	// name is what people are told the database is: never with a password.
	name() string
	// connect opens the pool of the one writing connection and that for
	// reading. A database that is there is first looked at, see foreign and
	// [newer].
	connect(ctx context.Context, known int64) (w, r *sql.DB, err error)
	// migrations names the folder of the tables' forms, and how goose is to
	// apply them.
	migrations() (folder string, dialect goose.Dialect, options []goose.ProviderOption, err error)
	// explain puts what is wrong and what to do before an error that a person
	// will read.
	explain(err error) error
	// check reads all there is and returns what is damaged, "" for nothing.
	check(ctx context.Context, q querier) (damage string, err error)
	// texts returns the statements that only this database takes.
	texts() texts
	// ranks is the most articles that one search shall rank.
	ranks() int64
	// begin makes a transaction the only one that writes, before it does.
	begin(ctx context.Context, tx *transaction) error
	// claims opens a pool of one connection for a lock that lasts as long as
	// it; nil where the database has none. claim takes that lock: errClaimed
	// where another connection has it and does not give it back in time.
	claims() *sql.DB
	claim(ctx context.Context, conn *sql.Conn, patience time.Duration) error

	// index puts a waiting article into the word index, in which it counts once
	// it is condensed.
	index(ctx context.Context, tx *transaction, a news.Article) error
	// reindex puts a condensed article's words in the place of those it had.
	reindex(ctx context.Context, tx *transaction, a news.Article) error
	// count returns how many articles after an id hold a term.
	count(ctx context.Context, q querier, t term, after int64) (int64, error)
	// search returns the best articles from first on that hold any of the
	// terms and that a guild may see.
	search(ctx context.Context, q querier, guild news.GuildID, ts []term, first, since int64, limit int) ([]ask.Hit, error)
	// searchEvents returns the events of all articles from first on that hold
	// all or any of the terms and that a guild may see, the best first.
	searchEvents(ctx context.Context, q querier, guild news.GuildID, ts []term, all bool, topic string, first, since int64) ([]news.EventID, error)
}

// texts are statements in the words of one database.
type texts struct {
	size      string // an expression: the bytes that the database takes
	byGUID    string // finds rows of feed $1 by a list of guid_key, $2 in JSON, by their index
	byAddress string // the same by a list of url_key
}

// foreign is what is said of a database that is not ours.
const foreign = "another program, and is left as it is"

// newer refuses a database whose form is not known yet.
func newer(what string, have, known int64) error {
	if have <= known {
		return nil
	}
	return fmt.Errorf("the %s was written by a newer Newsdesk (form %d, this one knows up to %d), and is left as it is; "+
		"install that version or a newer one", what, have, known)
}

// form is the number of the newest migration that a database has had.
const form = `SELECT coalesce(max(version_id), 0) FROM goose_db_version WHERE is_applied`
