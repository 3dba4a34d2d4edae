package app

import (
	"context"
	"time"

	"newsdesk/ask"
	"newsdesk/bot"
)

// answers puts what package ask says into the bot's terms.
type answers struct{ *ask.Answerer }

// Answer asks the stored articles.
func (a answers) Answer(ctx context.Context, question string, asked, since time.Time) (bot.Answer, error) {
	found, err := a.Answerer.Answer(ctx, question, asked, since)
	if err != nil {
		return bot.Answer{}, err
	}
	out := bot.Answer{Question: found.Question, Found: found.Found, Short: found.Short, Score: found.Score, Docs: found.Docs}
	for _, q := range found.Quotes {
		out.Quotes = append(out.Quotes, bot.Quote{
			Text: q.Text, Article: q.Article, Title: q.Title, Outlet: q.Outlet, URL: q.URL, Published: q.Published,
		})
	}
	return out, nil
}
