package discordtest

import (
	"context"
	"fmt"
)

// WaitFor returns when cond is true, looking again whenever something has
// changed here: a request, an event, a connection. cond may call any method.
func (s *Server) WaitFor(ctx context.Context, cond func() bool) error {
	for {
		s.mu.Lock()
		changed := s.changed
		s.mu.Unlock()
		if cond() {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("wait for a condition: %w", ctx.Err())
		case <-s.done:
			return errClosed
		}
	}
}

// WaitMessages waits until the channel holds at least n messages and returns
// all it holds, also when ctx ends first.
func (s *Server) WaitMessages(ctx context.Context, c *Channel, n int) ([]Message, error) {
	err := s.WaitFor(ctx, func() bool { return len(c.Messages()) >= n })
	messages := c.Messages()
	if err != nil {
		return messages, fmt.Errorf("%d messages in #%s, want %d: %w", len(messages), c.Name, n, err)
	}
	return messages, nil
}

// WaitConnected waits until a session is ready.
func (s *Server) WaitConnected(ctx context.Context) error {
	if err := s.WaitFor(ctx, s.Connected); err != nil {
		return fmt.Errorf("no gateway session: %w", err)
	}
	return nil
}

// WaitCommands waits until n global commands are registered.
func (s *Server) WaitCommands(ctx context.Context, n int) error {
	if err := s.WaitFor(ctx, func() bool { return len(s.Commands()) >= n }); err != nil {
		return fmt.Errorf("%d commands registered, want %d: %w", len(s.Commands()), n, err)
	}
	return nil
}
