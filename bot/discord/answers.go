package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"newsdesk/bot/message"
)

const (
	maxTalks = 256  // interactions answered at once; the rest is dropped
	maxSeen  = 1024 // interaction ids remembered, against events sent twice
)

// sorry is shown in place of an error.
const sorry = "Something went wrong on our side. Try again in a minute."

// answers holds the interactions under way. All of them are answered side by
// side, but those of one person in one server are handled in order, one at a
// time, and so are the commands of a server's managers, which change what the
// server gets; the three seconds count from arrival all the same.
type answers struct {
	c *Client

	mu    sync.Mutex
	open  bool
	talks int
	lanes map[string]chan struct{} // the last handler of each person and server, closed when it is done
	seen  map[string]bool
	order []string // of seen, oldest first
	all   sync.WaitGroup
}

func newAnswers(c *Client) *answers {
	return &answers{c: c, lanes: map[string]chan struct{}{}, seen: map[string]bool{}}
}

// start begins taking in.
func (a *answers) start() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.open = true
}

// drain stops taking in, lets what is under way finish within a bound, calls
// cancel, which must end the context given to accept, and waits for the rest.
func (a *answers) drain(cancel func()) {
	a.mu.Lock()
	a.open = false
	a.mu.Unlock()
	t := time.AfterFunc(a.c.opt.Timing.Drain, cancel)
	a.all.Wait()
	t.Stop()
	cancel()
}

// accept takes in an interaction as it came. It does not block; ctx is what
// the handler gets.
func (a *answers) accept(ctx context.Context, data json.RawMessage) {
	in, answerable, err := decode(data)
	a.mu.Lock()
	defer a.mu.Unlock()
	if !a.open || a.seen[in.id] {
		return
	}
	switch {
	case !answerable:
		a.c.opt.Log.WarnContext(ctx, "interaction dropped", "reason", err)
		return
	case a.talks >= maxTalks:
		a.c.opt.Log.WarnContext(ctx, "interaction dropped", "reason", "too many at once")
		return
	}
	a.remember(in.id)
	t := &talk{c: a.c, incoming: in, handled: func() {}}
	if t.in.Kind != message.KindAutocomplete {
		lanes := []string{in.in.Guild + "/" + in.in.User}
		if in.in.Kind == message.KindCommand && a.c.commands[in.in.Command].ManageGuild {
			lanes = append(lanes, in.in.Guild+"/")
		}
		t.before, t.handled = a.line(lanes)
	}
	a.talks++
	a.all.Go(func() {
		defer func() {
			a.mu.Lock()
			a.talks--
			a.mu.Unlock()
		}()
		t.run(ctx, &a.all, err)
	})
}

// line puts a handler behind the last ones of its lanes: it starts when all of
// before are closed, and calls handled when it is done. The lock is held.
func (a *answers) line(lanes []string) (before []<-chan struct{}, handled func()) {
	done := make(chan struct{})
	for _, key := range lanes {
		if last := a.lanes[key]; last != nil {
			before = append(before, last)
		}
		a.lanes[key] = done
	}
	return before, func() {
		close(done)
		a.mu.Lock()
		defer a.mu.Unlock()
		for _, key := range lanes {
			if a.lanes[key] == done {
				delete(a.lanes, key)
			}
		}
	}
}

// remember books an interaction's id. The lock is held.
func (a *answers) remember(id string) {
	a.seen[id] = true
	if a.order = append(a.order, id); len(a.order) > maxSeen {
		delete(a.seen, a.order[0])
		a.order = a.order[1:]
	}
}

// talk is one interaction on its way to its answer.
type talk struct {
	c *Client
	incoming
	before  []<-chan struct{} // each closed when a handler that comes before is done
	handled func()            // called when this one is
}

// result is what the handler returned.
type result struct {
	reply message.Reply
	err   error
}

// run answers the interaction. broken says that it could not be understood.
func (t *talk) run(ctx context.Context, all *sync.WaitGroup, broken error) {
	limit := t.c.opt.Timing.Handle
	if t.in.Kind == message.KindAutocomplete {
		limit = t.c.opt.Timing.Autocomplete
	}
	hctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	got := make(chan result, 1)
	all.Go(func() {
		defer t.handled()
		for _, b := range t.before {
			<-b
		}
		r, err := message.Reply{}, broken
		if err == nil {
			r, err = t.handle(hctx)
		}
		got <- result{r, err}
	})
	// What is sent may outlive the handler's context, but not by much.
	sctx, stop := context.WithTimeout(context.WithoutCancel(ctx), limit+3*t.c.opt.Timing.Request)
	defer stop()
	if t.in.Kind == message.KindAutocomplete {
		t.suggest(sctx, t.await(hctx, got))
		return
	}
	deferred := false
	cmd := t.c.commands[t.in.Command]
	if t.in.Kind != message.KindCommand {
		cmd = message.Command{}
	}
	var res result
	if cmd.Slow {
		deferred = true
	} else {
		patience := time.NewTimer(t.c.opt.Timing.Defer)
		defer patience.Stop()
		select {
		case res = <-got:
		case <-patience.C:
			deferred = true
		}
	}
	if !deferred {
		t.log(ctx, res.err)
		t.answer(sctx, res)
		return
	}
	if !t.deferAnswer(sctx, cmd.Public) {
		cancel() // nobody will see the answer
		t.log(ctx, t.await(hctx, got).err)
		return
	}
	res = t.await(hctx, got)
	t.log(ctx, res.err)
	t.complete(sctx, res)
}

// await waits for the handler, or for the end of its time: a handler that does
// not obey its context must not keep the person waiting.
func (t *talk) await(hctx context.Context, got <-chan result) result {
	select {
	case r := <-got:
		return r
	case <-hctx.Done():
	}
	select {
	case r := <-got:
		return r
	default:
		return result{err: hctx.Err()}
	}
}

// handle calls the handler and turns a panic into an error.
func (t *talk) handle(ctx context.Context) (r message.Reply, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	if t.c.handler == nil {
		return r, errors.New("there is no handler")
	}
	return t.c.handler.Handle(ctx, t.in)
}

// log tells the operator once why a person was told sorry.
func (t *talk) log(ctx context.Context, err error) {
	if err == nil || errors.Is(err, context.Canceled) {
		return
	}
	t.c.opt.Log.ErrorContext(ctx, "interaction not answered", "kind", string(t.in.Kind), "command", t.in.Command,
		"custom_id", cut(t.in.Custom, 40), "guild", t.in.Guild, "error", err)
}
