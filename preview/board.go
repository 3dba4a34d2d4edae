// Package preview shows channels as a web page on loopback: the same rendered
// messages that Discord would get, as they come, with a box in which slash
// commands can be typed. It stands in for Discord where there is no token, and
// lets a newcomer see what Newsdesk does.
//
// A [Board] holds the channels in memory and takes posts the way Discord does;
// a [Server] shows it. The page is rendered here, works without script, and
// loads nothing from elsewhere.
package preview

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"time"

	"newsdesk/bot/message"
)

// Guild is the id of the one guild that a board's channels belong to.
const Guild = "1"

// maxMessages bounds a channel: older messages scroll away, as the page would
// grow without end.
const maxMessages = 200

// ErrUnknown says that a channel or message is not on the board.
var ErrUnknown = errors.New("no such channel or message on the board")

// Entry is one message on the board.
type Entry struct {
	ID       string
	By       string // who wrote it; "" is Newsdesk
	At       time.Time
	Edited   time.Time // zero where it was never edited
	Message  message.Message
	ThreadID string
	Thread   string  // the thread's name
	Replies  []Entry // the thread's messages
}

// Channel is a channel and what stands in it, oldest first.
type Channel struct {
	ID, Name string
	Entries  []Entry
}

// Board is a set of channels. It is safe for concurrent use.
type Board struct {
	now func() time.Time

	mu       sync.Mutex
	channels []*Channel
	nonces   map[string]string // nonce to message id: a repeat makes no second message
	last     int64             // last id given
	seq      uint64            // counts changes
	watchers map[chan Update]bool
}

// Update says that a message came or changed.
type Update struct {
	Seq     uint64
	Channel string
	Entry   Entry // the top-level message, with its thread
}

// NewBoard returns a board without channels.
func NewBoard(now func() time.Time) *Board {
	return &Board{now: now, nonces: map[string]string{}, watchers: map[chan Update]bool{}}
}

// AddChannel adds a channel; adding one twice changes nothing.
func (b *Board) AddChannel(id, name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.find(id) == nil {
		b.channels = append(b.channels, &Channel{ID: id, Name: name})
	}
}

// Create posts a message and returns its id. A nonce that was used before
// returns the first message's id.
func (b *Board) Create(_ context.Context, channel string, m message.Message, nonce string) (string, error) {
	return b.add(channel, nonce, Entry{Message: m})
}

// Restore puts a message back that was posted by an earlier run, under the id
// it had, which tells when that was.
func (b *Board) Restore(channel, id string, m message.Message) error {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return fmt.Errorf("restore message %q: %w", id, err)
	}
	_, err = b.add(channel, "", Entry{ID: id, At: time.UnixMilli(n >> 8), Message: m})
	return err
}

// Say posts a message in somebody's name, such as a command's public answer.
func (b *Board) Say(channel, by string, m message.Message) (string, error) {
	return b.add(channel, "", Entry{By: by, Message: m})
}

func (b *Board) add(channel, nonce string, e Entry) (string, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if id, seen := b.nonces[nonce]; seen && nonce != "" {
		return id, nil
	}
	if e.At.IsZero() {
		e.At = b.now()
	}
	if e.ID == "" {
		b.last = max(b.last+1, e.At.UnixMilli()<<8)
		e.ID = strconv.FormatInt(b.last, 10)
	}
	if ch := b.find(channel); ch != nil {
		ch.Entries = append(ch.Entries, e)
		if len(ch.Entries) > maxMessages {
			ch.Entries = slices.Delete(ch.Entries, 0, len(ch.Entries)-maxMessages)
		}
		b.changed(channel, e)
	} else if ch, parent := b.thread(channel); parent != nil {
		parent.Replies = append(parent.Replies, e)
		b.changed(ch, *parent)
	} else {
		return "", fmt.Errorf("post in channel %s: %w", channel, ErrUnknown)
	}
	if nonce != "" {
		b.nonces[nonce] = e.ID
	}
	return e.ID, nil
}

// Edit replaces a message.
func (b *Board) Edit(_ context.Context, channel, id string, m message.Message) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	e := b.entry(channel, id)
	if e == nil {
		return fmt.Errorf("edit message %s: %w", id, ErrUnknown)
	}
	e.Message, e.Edited = m, b.now()
	b.changed(channel, *e)
	return nil
}

// Find finds nothing: a message's fate is never unknown here, since the board
// answers at once and does not outlive the process.
func (b *Board) Find(context.Context, string, message.Message, time.Time) (string, error) {
	return "", nil
}

// About says that each channel of the page is a text channel.
func (b *Board) About(context.Context, string) (message.Channel, error) {
	return message.Channel{Kind: message.TextChannel}, nil
}

// CreatePost refuses: the page has no forums.
func (b *Board) CreatePost(context.Context, string, string, []string, message.Message) (string, error) {
	return "", ErrUnknown
}

// FindPost finds nothing: the page has no forums.
func (b *Board) FindPost(context.Context, string, string, message.Message, time.Time) (string, error) {
	return "", nil
}

// StartThread opens a thread on a message; its id is the message's. A message
// that has one keeps it.
func (b *Board) StartThread(_ context.Context, channel, id, name string) (string, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	e := b.entry(channel, id)
	if e == nil {
		return "", fmt.Errorf("start a thread on message %s: %w", id, ErrUnknown)
	}
	if e.ThreadID == "" {
		e.ThreadID, e.Thread = id, name
	}
	return e.ThreadID, nil
}

// Missing says which permissions are lacking in a channel: none, where the
// channel exists.
func (b *Board) Missing(_ context.Context, channel string, _ bool) ([]string, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.find(channel) == nil {
		return nil, fmt.Errorf("look at channel %s: %w", channel, ErrUnknown)
	}
	return nil, nil
}

// Notifies says that every role exists and is notified: the page has none.
func (b *Board) Notifies(context.Context, string, string) (exists, notified bool, err error) {
	return true, true, nil
}

// Channels returns the channels, and the number of changes so far.
func (b *Board) Channels() ([]Channel, uint64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	out := make([]Channel, len(b.channels))
	for i, ch := range b.channels {
		out[i] = Channel{ID: ch.ID, Name: ch.Name, Entries: make([]Entry, len(ch.Entries))}
		for j, e := range ch.Entries {
			out[i].Entries[j] = e.clone()
		}
	}
	return out, b.seq
}

// Watch returns a stream of updates from now on and a function that ends it. A
// watcher that does not keep up has its stream closed, and must read anew.
func (b *Board) Watch() (updates <-chan Update, stop func()) {
	ch := make(chan Update, 64)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.watchers[ch] = true
	return ch, func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		if b.watchers[ch] {
			delete(b.watchers, ch)
			close(ch)
		}
	}
}

func (b *Board) changed(channel string, e Entry) {
	b.seq++
	for ch := range b.watchers {
		select {
		case ch <- Update{Seq: b.seq, Channel: channel, Entry: e.clone()}:
		default:
			delete(b.watchers, ch)
			close(ch)
		}
	}
}

func (e Entry) clone() Entry {
	e.Replies = slices.Clone(e.Replies)
	return e
}

func (b *Board) find(id string) *Channel {
	for _, ch := range b.channels {
		if ch.ID == id {
			return ch
		}
	}
	return nil
}

func (b *Board) entry(channel, id string) *Entry {
	ch := b.find(channel)
	if ch == nil {
		return nil
	}
	for i := range ch.Entries {
		if ch.Entries[i].ID == id {
			return &ch.Entries[i]
		}
	}
	return nil
}

func (b *Board) thread(id string) (channel string, parent *Entry) {
	for _, ch := range b.channels {
		for i := range ch.Entries {
			if ch.Entries[i].ThreadID == id && id != "" {
				return ch.ID, &ch.Entries[i]
			}
		}
	}
	return "", nil
}
