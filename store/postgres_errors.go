package store

import (
	"context"
	"errors"
	"fmt"
	"net"

	"github.com/jackc/pgx/v5/pgconn"
)

// Classes and codes of PostgreSQL's errors, from appendix A of its manual.
const (
	pgWrongPassword   = "28P01"
	pgNotAllowed      = "28000"
	pgNoDatabase      = "3D000"
	pgNoPrivilege     = "42501"
	pgDiskFull        = "53100"
	pgTooManyClients  = "53300"
	pgShuttingDown    = "57P01"
	pgCrashed         = "57P02"
	pgStarting        = "57P03"
	pgLockUnavailable = "55P03"
	pgDataCorrupted   = "XX001"
	pgIndexCorrupted  = "XX002"
)

// damaged reports whether an error says that stored data cannot be read.
func damaged(err error) bool {
	code := sqlState(err)
	return code == pgDataCorrupted || code == pgIndexCorrupted
}

// sqlState returns the code of the server's error in err, "" where there is
// none.
func sqlState(err error) string {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return e.Code
	}
	return ""
}

// explain puts what is wrong and what to do before an error that a person will
// read. Its cause is kept in one line, without the address.
func (p postgres) explain(err error) error {
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	var say string
	switch sqlState(err) {
	case pgWrongPassword:
		say = fmt.Sprintf("the server refuses the password of %q; correct it in database.url", p.config.User)
	case pgNotAllowed:
		say = fmt.Sprintf("the server does not let %q in; check the user's name, and pg_hba.conf on the server", p.config.User)
	case pgNoDatabase:
		say = fmt.Sprintf("the server has no database %q; make it there with: createdb %s", p.config.Database, p.config.Database)
	case pgNoPrivilege:
		say = fmt.Sprintf("%q may not do that there; make that user the owner of the database and its tables", p.config.User)
	case pgDiskFull:
		say = "the server's disk is full; make room and try again"
	case pgTooManyClients:
		say = "the server has no connection left; raise its max_connections or stop another program"
	case pgShuttingDown, pgCrashed, pgStarting:
		say = "the server is starting or stopping; try again in a moment"
	case pgLockUnavailable:
		say = "another program holds the database; stop it and try again"
	case pgDataCorrupted, pgIndexCorrupted:
		say = "the database is damaged; restore the latest backup"
	default:
		return p.unreached(err)
	}
	return &explained{say, err}
}

// unreached explains that there is no server at the address.
func (p postgres) unreached(err error) error {
	if _, ok := errors.AsType[*pgconn.ConnectError](err); !ok {
		if _, ok := errors.AsType[net.Error](err); !ok {
			return err
		}
	}
	say := "the server cannot be reached; check that it runs, and its host and port in database.url"
	return &explained{say, err}
}

// explained is an error in words for a person. Its text ends with the innermost
// cause: the outer ones have many lines.
type explained struct {
	say   string
	cause error
}

func (e *explained) Error() string {
	inner := e.cause
	if c, ok := errors.AsType[*pgconn.PgError](e.cause); ok {
		inner = c
	} else if c, ok := errors.AsType[net.Error](e.cause); ok {
		inner = c
	} else if c, ok := errors.AsType[*pgconn.ConnectError](e.cause); ok {
		inner = c.Unwrap()
	}
	return e.say + " (" + oneLine(inner) + ")"
}

func (e *explained) Unwrap() error { return e.cause }
