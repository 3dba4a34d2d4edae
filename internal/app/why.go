package app

import (
	"context"
	"errors"

	"newsdesk/bot"
	"newsdesk/store"
	"newsdesk/trail"
)

// Why says what became of a link, an event or the words of a title, in all
// channels: as text for the operator's terminal, and as data.
func Why(ctx context.Context, o Options, query string) (text string, report bot.Report, err error) {
	db, err := store.Open(ctx, o.Config.Database.Path, o.Log)
	if err != nil {
		return "", bot.Report{}, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	x, err := bot.Explain(ctx, db, db, query, trail.Scope{All: true})
	if err != nil {
		return "", bot.Report{}, err
	}
	known := bot.DefaultTopics()
	return x.Text(known), x.Report(known), nil
}
