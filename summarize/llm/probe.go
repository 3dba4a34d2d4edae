package llm

import (
	"context"
	"errors"
)

// ErrCapped says that nothing more may be spent today.
var ErrCapped = errors.New("the daily cap is reached")

// Check asks the model to condense a few invented sentences and returns what is
// wrong, in one sentence. It is paid for and booked like every request.
func (s *Summarizer) Check(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, s.o.Timeout)
	defer cancel()
	const title, body = "Village gets a new bell", "The village of Sample hung a new bell on Tuesday, the mayor said. It weighs 300 kilograms and cost 9,000 crowns."
	p, err := prompt(title, body, s.o.Chance)
	if err != nil {
		return err
	}
	text, failure, reason := s.once(ctx, s.key(title, body), p, nil)
	switch {
	case reason == CapReached:
		return ErrCapped
	case reason != "":
		return errors.New(string(reason))
	case failure != nil:
		return failure
	}
	if _, err := parse(text); err != nil {
		return errOffSchema
	}
	return nil
}
