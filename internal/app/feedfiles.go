package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/discord"
	"newsdesk/bot/message"
	"newsdesk/feeds"
	"newsdesk/internal/safehttp"
	"newsdesk/news"
)

const (
	// maxFeedFile bounds a list of feeds that somebody attached, in bytes: some
	// thousand feeds.
	maxFeedFile = 512 << 10
	// fileWithin bounds how long it is fetched.
	fileWithin = 20 * time.Second
	// maxFeedAddress bounds an address in it, in bytes.
	maxFeedAddress = 2048
)

const tooLargeFile = "it is too large: 512 KB are the most"

// feedFiles reads and writes the lists of feeds that those who manage servers
// attach and get.
type feedFiles struct{ *App }

// ReadFeeds fetches a list that was attached, where Discord keeps it and nowhere
// else, and reads it.
func (f feedFiles) ReadFeeds(ctx context.Context, file message.File) ([]bot.ListedFeed, string, error) {
	if max(file.Size, int64(len(file.Data))) > maxFeedFile {
		return nil, tooLargeFile, nil
	}
	data := file.Data
	if file.URL != "" {
		var problem string
		var err error
		if data, problem, err = f.attachment(ctx, file.URL); err != nil || problem != "" {
			return nil, problem, err
		}
	}
	listed, err := feeds.ReadFolders(bytes.NewReader(data))
	for _, known := range []error{feeds.ErrNotOPML, feeds.ErrBrokenOPML, feeds.ErrNoFeeds} {
		if errors.Is(err, known) {
			return nil, known.Error(), nil // a sentence for people
		}
	}
	if err != nil {
		return nil, "", err
	}
	return f.listed(ctx, listed)
}

// attachment fetches a file that somebody attached.
func (f feedFiles) attachment(ctx context.Context, address string) (data []byte, problem string, err error) {
	if !discord.FileAddress(address, f.opts.Config.Discord.APIURL) {
		return nil, "it does not lie where Discord keeps files", nil
	}
	client := safehttp.New(safehttp.Options{
		AllowPrivate: allowed(f.opts.Config), Timeout: fileWithin, MaxBody: maxFeedFile, MaxRedirects: -1, UserAgent: agent(f.opts.Config, f.opts.Version),
	})
	defer client.CloseIdleConnections()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return nil, "", fmt.Errorf("fetch an attached file: %w", err)
	}
	const lost = "it could not be fetched from Discord; try again in a minute"
	resp, err := client.Do(req)
	if err != nil {
		f.opts.Log.WarnContext(ctx, "attached file not fetched", "error", err)
		return nil, lost, ctx.Err()
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		f.opts.Log.WarnContext(ctx, "attached file not fetched", "status", resp.StatusCode)
		return nil, lost, nil
	}
	data, err = io.ReadAll(resp.Body)
	switch {
	case errors.Is(err, safehttp.ErrTooLarge):
		return nil, tooLargeFile, nil
	case err != nil:
		f.opts.Log.WarnContext(ctx, "attached file not fetched", "error", err)
		return nil, lost, ctx.Err()
	}
	return data, "", nil
}

// listed recognises the feeds of a list that are followed already, and refuses
// addresses that no poll could read.
func (f feedFiles) listed(ctx context.Context, list []news.Feed) ([]bot.ListedFeed, string, error) {
	known, err := f.db.Feeds(ctx)
	if err != nil {
		return nil, "", err
	}
	followed := map[string]string{}
	for _, k := range known {
		for _, address := range openAddresses(k) {
			followed[feedKey(address)] = k.URL
		}
	}
	out := make([]bot.ListedFeed, len(list))
	for i, l := range list {
		one := bot.ListedFeed{URL: l.URL, Name: l.Name, Folder: l.Topic}
		key := feedKey(l.URL)
		if address, ok := followed[key]; ok {
			one.URL = address
		} else {
			followed[key] = l.URL // for one that stands in the list twice
		}
		one.Problem = f.unusable(one.URL)
		out[i] = one
	}
	return out, "", nil
}

// feedKey is the same for two addresses if sameFeed says that they are one feed.
func feedKey(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return u.User.String() + " " + feeds.AddressKey(address)
}

// unusable says why an address can be no feed's, without asking anybody, and ""
// where it may be one.
func (f feedFiles) unusable(address string) string {
	u, err := url.Parse(address)
	if err != nil || len(address) > maxFeedAddress {
		return "the address is not valid"
	}
	if ip, err := netip.ParseAddr(u.Hostname()); err == nil && !safehttp.Reachable(ip, allowed(f.opts.Config)) {
		return problem(safehttp.ErrPrivateAddress)
	}
	return ""
}

// WriteFeeds writes feeds as OPML. A feed that several servers follow has the
// address that one of them gave: where that one had it from is left out.
func (f feedFiles) WriteFeeds(list []news.Feed) ([]byte, error) {
	list = slices.Clone(list)
	for i := range list {
		list[i].URL = feeds.Untracked(list[i].URL)
	}
	var b bytes.Buffer
	err := feeds.WriteOPML(&b, "Newsdesk", list)
	return b.Bytes(), err
}
