package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"syscall"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/discord"
	"newsdesk/bot/message"
	"newsdesk/news"
	"newsdesk/outbox"
	"newsdesk/preview"
	"newsdesk/store"
)

// previewPrefix begins the ids of the preview page's channels. Discord's are
// numbers.
const previewPrefix = "preview-"

// ownChannels is an outbox without the channels of other surfaces: what waits
// for the preview page is not for Discord, and the other way round.
type ownChannels struct {
	*store.DB
	owns   func(news.ChannelID) bool
	keeper *keeper // nil where no channel can be blocked
}

// Block pauses a channel, and has it looked at.
func (s ownChannels) Block(ctx context.Context, ch news.ChannelID, reason string, at time.Time) error {
	err := s.DB.Block(ctx, ch, reason, at)
	if s.keeper != nil {
		s.keeper.look()
	}
	return err
}

// DueChannels returns the due channels of this surface.
func (s ownChannels) DueChannels(ctx context.Context, now time.Time) ([]news.ChannelID, error) {
	all, err := s.DB.DueChannels(ctx, now)
	return slices.DeleteFunc(all, func(ch news.ChannelID) bool { return !s.owns(ch) }), err
}

// discordSurface is Discord.
type discordSurface struct{ *discord.Client }

// discordOptions says who the bot is. What Discord wants to be waited for is
// remembered in db, where there is one.
func discordOptions(o Options, db *store.DB) discord.Options {
	c := o.Config.Discord
	out := discord.Options{Token: c.Token.Reveal(), APIURL: c.APIURL, Log: o.Log, Now: o.Now}
	if db != nil {
		out.Waits = db
	}
	return out
}

func newDiscord(a *App) (surface, error) {
	o := discordOptions(a.opts, a.db)
	o.Server = func(ev discord.ServerEvent) { a.keeper.notice(ev) }
	client, err := discord.New(o, countedCommands{a.commands, a.metrics, a.opts.Now})
	if err != nil {
		return nil, fmt.Errorf("prepare the connection to Discord: %w", err)
	}
	a.keeper = newKeeper(a.db, client, func() { a.relay.Wake() }, a.opts.Log, a.opts.Now)
	return discordSurface{client}, nil
}

// Create posts a message.
func (d discordSurface) Create(ctx context.Context, channel string, m message.Message, nonce string) (string, error) {
	id, err := d.Client.Create(ctx, channel, m, nonce)
	return id, told(err)
}

// Edit brings a message up to date.
func (d discordSurface) Edit(ctx context.Context, channel, id string, m message.Message) error {
	return told(d.Client.Edit(ctx, channel, id, m))
}

// About says what a channel is.
func (d discordSurface) About(ctx context.Context, channel string) (message.Channel, error) {
	about, err := d.Client.About(ctx, channel)
	return about, told(err)
}

// CreatePost opens a post in a forum.
func (d discordSurface) CreatePost(ctx context.Context, forum, title string, tags []string, m message.Message) (string, error) {
	id, err := d.Client.CreatePost(ctx, forum, title, tags, m)
	return id, told(err)
}

// FindPost looks for a post in a forum.
func (d discordSurface) FindPost(ctx context.Context, forum, title string, m message.Message, since time.Time) (string, error) {
	id, err := d.Client.FindPost(ctx, forum, title, m, since)
	return id, told(err)
}

// Publish shows a message of an announcement channel to those who follow it.
func (d discordSurface) Publish(ctx context.Context, channel, id string) error {
	return told(d.Client.Publish(ctx, channel, id))
}

// StartThread opens a message's thread.
func (d discordSurface) StartThread(ctx context.Context, channel, id, name string) (string, error) {
	thread, err := d.Client.StartThread(ctx, channel, id, name)
	return thread, told(err)
}

// told puts Discord's refusals into the poster's terms.
func told(err error) error {
	switch {
	case errors.Is(err, discord.ErrMessageGone):
		return fmt.Errorf("%w: %w", bot.ErrMessageGone, err)
	case errors.Is(err, discord.ErrTooOldToEdit):
		return fmt.Errorf("%w: %w", bot.ErrTooOldToEdit, err)
	case errors.Is(err, discord.ErrChannelGone):
		return outbox.Blocked(fmt.Errorf("%w: %w", bot.ErrChannelGone, err))
	case errors.Is(err, discord.ErrNoAccess), errors.Is(err, discord.ErrMissingPermission):
		return outbox.Blocked(err)
	}
	return err
}

func (d discordSurface) takeIn(ctx context.Context) error { return d.Run(ctx) }

func (discordSurface) owns(ch news.ChannelID) bool {
	return !strings.HasPrefix(string(ch), previewPrefix)
}

// pageSurface is the preview page.
type pageSurface struct {
	*preview.Board
	listener net.Listener
	server   *preview.Server
	ready    func(string)
}

// newPage makes the preview page: a channel for each topic that is followed,
// subscribed to it, with the messages of earlier runs.
func newPage(ctx context.Context, a *App) (surface, error) {
	board := preview.NewBoard(a.opts.Now)
	for _, topic := range a.topics {
		id := news.ChannelID(previewPrefix + topic)
		board.AddChannel(string(id), topic)
		if _, err := a.db.Subscribe(ctx, news.Subscription{Guild: preview.Guild, Channel: id, Topic: topic}); err != nil {
			return nil, fmt.Errorf("subscribe the preview page: %w", err)
		}
	}
	server, err := preview.NewServer(preview.Options{
		Notice: a.opts.Notice, Board: board, Commands: countedCommands{a.commands, a.metrics, a.opts.Now}, Parse: bot.ParseTyped, Log: a.opts.Log, Now: a.opts.Now,
	})
	if err != nil {
		return nil, err
	}
	listener, err := listen(ctx, "preview.listen", a.opts.Config.Preview.Listen, a.opts.AnyPort)
	if err != nil {
		return nil, err
	}
	return &pageSurface{Board: board, listener: listener, server: server, ready: a.opts.Ready}, nil
}

// restored is how many posts of earlier runs are shown again.
const restored = 500

// restore shows the messages that an earlier run posted on the page, as they
// would be written today.
func restore(ctx context.Context, db *store.DB, board *preview.Board, poster *bot.Poster) error {
	delivered, err := db.Delivered(ctx, previewPrefix, restored)
	if err != nil {
		return fmt.Errorf("load earlier messages: %w", err)
	}
	for _, p := range delivered {
		channel := string(p.Channel)
		switch p.Kind {
		case news.PostAlert, news.PostDigest:
			err = board.Restore(channel, p.Message, poster.Message(p))
		case news.PostRise:
			if p.Rise.Message == "" { // it was posted before that was noted
				_, err = board.Create(ctx, channel, poster.Message(p), "")
			} else {
				err = board.Restore(channel, p.Rise.Message, poster.Message(p))
			}
		case news.PostEdit:
			err = board.Edit(ctx, channel, p.Message, poster.Message(p))
		case news.PostLine:
			if p.Event.Into != 0 && p.Thread == "" {
				continue // there was none to end
			}
			if _, err = board.StartThread(ctx, channel, p.Message, bot.ThreadName(p)); err == nil {
				_, err = board.Create(ctx, p.Thread, poster.Message(p), "")
			}
		}
		if err != nil && !errors.Is(err, preview.ErrUnknown) { // its topic is no longer followed
			return err
		}
	}
	return nil
}

// listen opens the address that a key of the configuration names.
func listen(ctx context.Context, key, address string, anyPort bool) (net.Listener, error) {
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", address)
	if errors.Is(err, syscall.EADDRINUSE) && anyPort {
		l, err = lc.Listen(ctx, "tcp", "127.0.0.1:0")
	}
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("%s is taken by another program, perhaps by another Newsdesk: stop it, or set %s to another port", address, key)
	}
	if err != nil {
		return nil, fmt.Errorf("listen on %s (%s): %w", address, key, err)
	}
	return l, nil
}

func (p *pageSurface) takeIn(ctx context.Context) error {
	if p.ready != nil {
		p.ready("http://" + p.listener.Addr().String() + "/")
	}
	return p.server.Serve(ctx, p.listener)
}

// Create posts a message; what cannot be found on the page never will be.
func (p *pageSurface) Create(ctx context.Context, channel string, m message.Message, nonce string) (string, error) {
	id, err := p.Board.Create(ctx, channel, m, nonce)
	return id, gone(err)
}

// Edit replaces a message; what cannot be found on the page never will be.
func (p *pageSurface) Edit(ctx context.Context, channel, id string, m message.Message) error {
	return gone(p.Board.Edit(ctx, channel, id, m))
}

// StartThread opens a thread; what cannot be found on the page never will be.
func (p *pageSurface) StartThread(ctx context.Context, channel, id, name string) (string, error) {
	thread, err := p.Board.StartThread(ctx, channel, id, name)
	return thread, gone(err)
}

func gone(err error) error {
	if errors.Is(err, preview.ErrUnknown) {
		return outbox.Permanent(fmt.Errorf("%w: %w", bot.ErrMessageGone, err))
	}
	return err
}

func (*pageSurface) owns(ch news.ChannelID) bool {
	return strings.HasPrefix(string(ch), previewPrefix)
}
