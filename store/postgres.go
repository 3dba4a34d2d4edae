package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"hash/crc32"
	"maps"
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

const (
	// reachWithin bounds the wait for a server, where the address does not.
	reachWithin = 10 * time.Second
	// writeLock is the advisory lock that a writing transaction holds, together
	// with the schema's name: "News" in ASCII.
	writeLock = 0x4E657773
	// formLock is held while tables are brought up to date, likewise: "Form" in
	// ASCII.
	formLock = 0x466F726D
	// runLock is that of a [Claim], likewise: "Runs" in ASCII.
	runLock = 0x52756E73
)

// postgres is a database on a PostgreSQL server.
type postgres struct {
	config *pgx.ConnConfig
}

func newPostgres(address string) (engine, error) {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		// The cause may quote the address, and with it the password.
		return nil, errors.New("the address of the PostgreSQL database cannot be read; " +
			"write it as postgres://user:password@host:5432/name, with %XX for characters that have a meaning in addresses")
	}
	config.ConnectTimeout = cmp.Or(config.ConnectTimeout, reachWithin)
	config.RuntimeParams["application_name"] = cmp.Or(config.RuntimeParams["application_name"], "newsdesk")
	return postgres{config}, nil
}

func (p postgres) name() string {
	c := p.config
	u := url.URL{Scheme: "postgres", User: url.User(c.User), Path: "/" + c.Database}
	if strings.HasPrefix(c.Host, "/") {
		u.RawQuery = url.Values{"host": {c.Host}}.Encode()
	} else {
		u.Host = net.JoinHostPort(c.Host, strconv.Itoa(int(c.Port)))
	}
	return u.String()
}

func (p postgres) migrations() (string, goose.Dialect, []goose.ProviderOption, error) {
	id := formLock<<31 | int64(crc32.ChecksumIEEE([]byte(p.config.RuntimeParams["search_path"])))
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockID(id), lock.WithLockTimeout(1, 300))
	return "migrations/postgres", goose.DialectPostgres, []goose.ProviderOption{goose.WithSessionLocker(locker)}, err
}

func (p postgres) connect(ctx context.Context, known int64) (w, r *sql.DB, err error) {
	reading := p.config.Copy()
	reading.RuntimeParams["default_transaction_read_only"] = "on"
	r = sql.OpenDB(connector(*reading))
	r.SetMaxOpenConns(readers)
	r.SetMaxIdleConns(readers)
	w = sql.OpenDB(connector(*p.config))
	w.SetMaxOpenConns(1)
	have, err := inspectTables(ctx, r, known)
	if err == nil {
		err = p.writable(ctx, w, have < known)
	}
	if err != nil {
		return nil, nil, errors.Join(p.explain(err), r.Close(), w.Close())
	}
	return w, r, nil
}

// writable says what keeps the tables from being written, or made.
func (p postgres) writable(ctx context.Context, q querier, make bool) error {
	var schema sql.NullString
	var may sql.NullBool
	var readOnly string
	err := q.QueryRowContext(ctx, `SELECT current_schema(), has_schema_privilege(current_schema(), 'CREATE'),
		current_setting('transaction_read_only')`).Scan(&schema, &may, &readOnly)
	switch {
	case err != nil:
		return err
	case !schema.Valid:
		return fmt.Errorf("there is no schema %q to work in; make it with CREATE SCHEMA, or take search_path out of the address",
			p.config.RuntimeParams["search_path"])
	case readOnly == "on":
		return errors.New("the server takes no changes: it is a replica, or set to read only; name the primary server")
	case make && !may.Bool:
		return fmt.Errorf("%q may not make tables there; make that user the database's owner with ALTER DATABASE %s OWNER TO %s",
			p.config.User, p.config.Database, p.config.User)
	}
	return nil
}

// inspectTables looks whether the tables that are there, if any, are ours and
// not from the future, and returns their form.
func inspectTables(ctx context.Context, q querier, known int64) (have int64, err error) {
	var all, goose, ours int
	err = q.QueryRowContext(ctx, `SELECT count(*), count(*) FILTER (WHERE relname = 'goose_db_version'),
			count(*) FILTER (WHERE relname IN ('feeds', 'events', 'articles', 'posts'))
		FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')`).Scan(&all, &goose, &ours)
	if err != nil {
		return 0, err
	}
	if goose > 0 {
		if err := q.QueryRowContext(ctx, form).Scan(&have); err != nil {
			return 0, err
		}
	}
	switch {
	case have == 0 && all == goose: // empty, or stopped before the first migration
		return 0, nil
	case goose == 0 || ours < 4:
		return 0, errors.New("it holds the tables of " + foreign + "; name an empty database, made by: createdb newsdesk")
	}
	return have, newer("database", have, known)
}

// begin takes the lock that SQLite's transactions take by themselves: ids and
// times of arrival must rise in the order of commits.
func (postgres) begin(ctx context.Context, tx *transaction) error {
	_, err := tx.ExecContext(ctx, `SELECT pg_advisory_xact_lock($1, hashtext(current_schema()))`, writeLock)
	return err
}

// claims: the server shall notice within a minute that the machine at the other
// end is gone.
func (p postgres) claims() *sql.DB {
	config := p.config.Copy()
	maps.Copy(config.RuntimeParams, map[string]string{"tcp_keepalives_idle": "20", "tcp_keepalives_interval": "10", "tcp_keepalives_count": "3"})
	pool := sql.OpenDB(connector(*config))
	pool.SetMaxOpenConns(1)
	return pool
}

func (p postgres) claim(ctx context.Context, conn *sql.Conn, patience time.Duration) error {
	// 0 would wait for ever.
	_, err := conn.ExecContext(ctx, `SELECT set_config('lock_timeout', $1, false)`, strconv.FormatInt(max(patience.Milliseconds(), 1), 10))
	if err == nil {
		_, err = conn.ExecContext(ctx, `SELECT pg_advisory_lock($1, hashtext(current_schema()))`, runLock)
	}
	if sqlState(err) == pgLockUnavailable {
		return errClaimed
	}
	return p.explain(err)
}

// check reads every value of every table. Where the server keeps checksums,
// that finds what a disk has changed.
func (postgres) check(ctx context.Context, q querier) (damage string, err error) {
	// The statements are the server's own, with its quotation of the names.
	reads, err := list(ctx, q, one[string], `SELECT format('SELECT count(length(t::text)) FROM %I AS t', relname)
		FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' ORDER BY relname`)
	if err != nil {
		return "", err
	}
	for _, read := range reads {
		var n int64
		err := q.QueryRowContext(ctx, read).Scan(&n)
		if damaged(err) {
			return err.Error(), nil
		}
		if err != nil {
			return "", err
		}
	}
	return "", nil
}

func (postgres) texts() texts {
	return texts{
		size: `(SELECT coalesce(sum(pg_total_relation_size(oid)), 0)::bigint FROM pg_class
			WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r')`,
		byGUID: `SELECT guid_key, url_key, identity, id, said FROM articles
			WHERE feed = $1 AND guid_key IN (SELECT value::bigint FROM jsonb_array_elements_text($2::jsonb))`,
		byAddress: `SELECT guid_key, url_key, identity, id, said FROM articles
			WHERE feed = $1 AND url_key IN (SELECT value::bigint FROM jsonb_array_elements_text($2::jsonb))`,
	}
}

var _ engine = postgres{}

// oneLine is the text of an error in one line.
func oneLine(err error) string { return strings.Join(strings.Fields(fmt.Sprint(err)), " ") }
