package main

import (
	"context"
	"encoding/json"
	"errors"

	"newsdesk/news"
	"newsdesk/verify"

	"github.com/spf13/cobra"
)

// claimedFact is a fact as `verify --jsonl` reads it: an object with the place
// it rests on, or only its text.
type claimedFact struct {
	Text  string `json:"text"`
	Start *int   `json:"start"`
	End   *int   `json:"end"`
}

// UnmarshalJSON takes a string as well.
func (f *claimedFact) UnmarshalJSON(b []byte) error {
	if json.Unmarshal(b, &f.Text) == nil {
		return nil
	}
	type object claimedFact
	return json.Unmarshal(b, (*object)(f))
}

// claimedRow is a line of input of `verify --jsonl`.
type claimedRow struct {
	textArticle
	Facts []claimedFact `json:"facts"`
}

// verdictRow is a line of output of `verify --jsonl`.
type verdictRow struct {
	ID    string    `json:"id"`
	Facts []verdict `json:"facts"`
}

type verdict struct {
	Text      string `json:"text"`
	Supported bool   `json:"supported"`
	Reason    string `json:"reason"`
	What      string `json:"what,omitempty"`
}

func newVerify() *cobra.Command {
	var jsonl bool
	cmd := &cobra.Command{
		Use:   "verify --jsonl [FILE]",
		Short: "Check facts against the article that they are drawn from",
		Long: `Check facts against the article that they are drawn from, as the bot does before
it posts them. The input is one JSON object a line: id, text (the article),
language and published where known, and facts. A fact is a string, or an object
with text, start and end: the bytes of the sentence in text that it rests on.
Without these the sentence that fits best is taken. The output is one line each:
for every fact its text, whether it is supported, and the reason if not; "what"
names the word or number that is to blame.`,
		Example: `  newsdesk verify --jsonl facts.jsonl
  echo '{"id":"a","text":"Mill Bridge may open in May.","facts":["Mill Bridge opens in May."]}' | newsdesk verify --jsonl`,
		Args: atMost(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !jsonl {
				return usageError{errors.New("verify reads JSON Lines: add --jsonl")}
			}
			in, _, err := openInput(cmd.InOrStdin(), args)
			if err != nil {
				return err
			}
			defer in.Close()
			return eachLine(cmd.Context(), in, cmd.OutOrStdout(), cmd.ErrOrStderr(), 0,
				func(_ context.Context, row claimedRow) (verdictRow, error) { return judged(row), nil })
		},
	}
	cmd.Flags().BoolVar(&jsonl, "jsonl", false, "one JSON object a line in, one out")
	return cmd
}

// judged checks the facts of one line.
func judged(row claimedRow) verdictRow {
	out := verdictRow{ID: row.ID, Facts: []verdict{}}
	c := verify.New(row.article(1))
	for _, f := range row.Facts {
		fact := news.Fact{Text: f.Text}
		if f.Start != nil && f.End != nil {
			fact.Span = news.Span{Start: *f.Start, End: *f.End}
		} else {
			fact.Span, _ = c.Locate(f.Text)
		}
		got := c.Check(fact)
		out.Facts = append(out.Facts, verdict{Text: f.Text, Supported: got.Supported(), Reason: string(got.Reason), What: got.What})
	}
	return out
}
