// Package outbox delivers posts: rows that say what shall appear in which
// channel. Within a channel they go out in order, one at a time, and each is
// one effect that may be repeated; across channels a bounded number go out at
// once. What cannot be delivered for the moment waits and holds back what
// follows it in its channel, or, where it is a line that failed time and again,
// the lines of its story; what can never be delivered is set aside with
// its reason.
//
// The package knows no Discord. A [Sender] does the sending and sorts its
// errors with [Permanent], [Blocked] and [After]; any other error is tried again later.
package outbox

import (
	"context"
	"errors"
	"time"

	"newsdesk/news"
)

// Receipt is what a delivered post left in its channel.
type Receipt struct {
	Message string    // the event's message
	Thread  string    // the message's thread, "" where there is none
	Rise    news.Rise // what a PostRise posted, or an edit made of it; zero where that is as it was
}

// Sender makes a post appear. It must be safe to call twice with one post.
type Sender interface {
	Send(ctx context.Context, p news.Post) (Receipt, error)
}

// Store holds the posts.
type Store interface {
	// DueChannels returns the channels whose first unsent post is due.
	DueChannels(ctx context.Context, now time.Time) ([]news.ChannelID, error)
	// NextPost returns the channel's first unsent post if it is due, else
	// news.ErrNotFound.
	NextPost(ctx context.Context, ch news.ChannelID, now time.Time) (news.Post, error)
	// MarkTried records, before a send, that from at on the post may have
	// arrived without our knowing.
	MarkTried(ctx context.Context, id news.PostID, at time.Time) error
	MarkSent(ctx context.Context, p news.Post, r Receipt) error
	// MarkRetry counts an attempt and stores the post's NotBefore and Tried.
	MarkRetry(ctx context.Context, p news.Post, reason string) error
	MarkDead(ctx context.Context, id news.PostID, reason string) error
	// MarkDeleted is MarkDead of a post whose message was deleted.
	MarkDeleted(ctx context.Context, id news.PostID, reason string) error
	// Block holds back all posts of a channel that takes none, until somebody
	// has mended it. Their attempts are not counted.
	Block(ctx context.Context, ch news.ChannelID, reason string, at time.Time) error
}

// permanentError marks an error that no repetition will heal.
type permanentError struct{ err error }

func (e permanentError) Error() string { return e.err.Error() }
func (e permanentError) Unwrap() error { return e.err }

// Permanent marks an error that no repetition will heal, such as a deleted
// channel.
func Permanent(err error) error { return permanentError{err} }

// IsPermanent reports whether err, or one it wraps, was marked by Permanent.
func IsPermanent(err error) bool {
	_, ok := errors.AsType[permanentError](err)
	return ok
}

// deletedError marks the refusal of what a deleted message would have to show.
type deletedError struct{ err error }

func (e deletedError) Error() string { return e.err.Error() }
func (e deletedError) Unwrap() error { return e.err }

// Deleted marks an error that is permanent because the post's message was deleted.
func Deleted(err error) error { return Permanent(deletedError{err}) }

// IsDeleted reports whether err, or one it wraps, was marked by Deleted.
func IsDeleted(err error) bool {
	_, ok := errors.AsType[deletedError](err)
	return ok
}

// blockedError marks an error of the channel and not of the post.
type blockedError struct{ err error }

func (e blockedError) Error() string { return e.err.Error() }
func (e blockedError) Unwrap() error { return e.err }

// Blocked marks an error that every post to the channel would meet until a
// person has acted, such as a missing permission.
func Blocked(err error) error { return blockedError{err} }

// IsBlocked reports whether err, or one it wraps, was marked by Blocked.
func IsBlocked(err error) bool {
	_, ok := errors.AsType[blockedError](err)
	return ok
}

// rationedError marks an edit that its message does not take for now.
type rationedError struct{ err error }

func (e rationedError) Error() string { return e.err.Error() }
func (e rationedError) Unwrap() error { return e.err }

// Rationed marks the refusal of an edit whose message takes none for a time,
// which Wait says where it is known: the newest edit is made then, and nothing
// else waits for it.
func Rationed(err error) error { return rationedError{err} }

// IsRationed reports whether err, or one it wraps, was marked by Rationed.
func IsRationed(err error) bool {
	_, ok := errors.AsType[rationedError](err)
	return ok
}

// afterError carries the time to wait.
type afterError struct {
	err  error
	wait time.Duration
}

func (e afterError) Error() string { return e.err.Error() }
func (e afterError) Unwrap() error { return e.err }

// After marks an error that may heal, but not before d has passed, such as an
// answer 429 with Retry-After. It is certain then that nothing arrived.
func After(d time.Duration, err error) error { return afterError{err, d} }

// Wait returns how long err asks to wait, and whether it asks at all.
func Wait(err error) (time.Duration, bool) {
	if a, ok := errors.AsType[afterError](err); ok {
		return a.wait, true
	}
	return 0, false
}
