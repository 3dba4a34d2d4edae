package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"newsdesk/articles"
	"newsdesk/internal/app"
	"newsdesk/internal/config"
	"newsdesk/internal/safehttp"
	"newsdesk/news"

	"github.com/spf13/cobra"
)

// maxPage bounds a page read from a file, in bytes after decompression.
const maxPage = 16 << 20

// pageIn is a page as the batch form reads it.
type pageIn struct {
	ID       string `json:"id"`
	URL      string `json:"url"`
	HTML     string `json:"html"`
	HTMLFile string `json:"html_file"`
}

// pageOut is the article in it.
type pageOut struct {
	ID        string `json:"id,omitempty"`
	URL       string `json:"url,omitempty"`
	Title     string `json:"title"`
	Byline    string `json:"byline"`
	Published string `json:"published"`
	Updated   string `json:"updated,omitempty"` // where it is after that
	Site      string `json:"site"`
	Language  string `json:"language"`
	Image     string `json:"image"`
	Canonical string `json:"canonical"`
	Text      string `json:"text"`
	Method    string `json:"method,omitempty"`
	Locked    bool   `json:"locked,omitempty"` // the text is only the beginning, the rest is for subscribers
	Error     string `json:"error,omitempty"`  // why there is no article
}

func newPageOut(p articles.Page) pageOut {
	out := pageOut{
		Title: p.Title, Byline: p.Byline, Site: p.Site, Language: p.Lang,
		Image: p.Image, Canonical: p.Canonical, Text: p.Text, Method: string(p.Method), Locked: p.Locked,
	}
	if !p.Published.IsZero() {
		out.Published = p.Published.Format(time.RFC3339)
	}
	if !p.Updated.IsZero() {
		out.Updated = p.Updated.Format(time.RFC3339)
	}
	return out
}

func newExtract() *cobra.Command {
	var jsonl bool
	cmd := &cobra.Command{
		Use:   "extract [FILE|URL]",
		Short: "Print the article in a page",
		Long: `Print the article in a page as JSON: title, byline, published, site, language,
image, canonical address, text. Without a file or address the page is read from
standard input. With --jsonl the input is one JSON object a line (id, url, and
html or html_file) and the output one line each.`,
		Example: "  newsdesk extract page.html\n  newsdesk extract --jsonl pages.jsonl",
		Args:    atMost(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !jsonl {
				p, address, err := readPage(cmd, args)
				if err != nil {
					return err
				}
				out := newPageOut(p)
				out.URL = address
				return writeJSON(cmd.OutOrStdout(), out)
			}
			in, dir, err := openInput(cmd.InOrStdin(), args)
			if err != nil {
				return err
			}
			defer in.Close()
			return eachLine(cmd.Context(), in, cmd.OutOrStdout(), cmd.ErrOrStderr(), 0,
				func(_ context.Context, in pageIn) (pageOut, error) { return extractLine(dir, in) })
		},
	}
	cmd.Flags().BoolVar(&jsonl, "jsonl", false, "one JSON object a line in, one out")
	return cmd
}

func extractLine(dir string, in pageIn) (pageOut, error) {
	page := []byte(in.HTML)
	if in.HTMLFile != "" {
		path := in.HTMLFile
		if !filepath.IsAbs(path) {
			path = filepath.Join(dir, path)
		}
		var err error
		if page, err = readFile(path); err != nil {
			return pageOut{}, err
		}
	}
	p, err := articles.Extract(page, "", news.Item{}, in.URL)
	out := newPageOut(p)
	if err != nil {
		out.Error = err.Error()
	}
	out.ID = in.ID
	return out, nil
}

// readRaw reads a file as it is.
func readRaw(path string) ([]byte, error) {
	f, err := os.Open(path) //nolint:gosec // the person at the shell names the file
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, cause(err))
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxPage))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, cause(err))
	}
	return b, nil
}

// readFile reads a file, unpacked where its name ends in .gz.
func readFile(path string) ([]byte, error) {
	b, err := readRaw(path)
	if err != nil || !strings.HasSuffix(path, ".gz") {
		return b, err
	}
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err == nil {
		b, err = io.ReadAll(io.LimitReader(z, maxPage))
	}
	if err != nil {
		return nil, fmt.Errorf("unpack %s: %w", path, err)
	}
	return b, nil
}

func isWeb(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}

// load reads a page from the web, a file or standard input. An address that is
// named by the person at the shell may be a private one.
func load(cmd *cobra.Command, args []string) (page []byte, contentType, address string, err error) {
	switch {
	case len(args) == 0 || args[0] == "-":
		page, err = io.ReadAll(io.LimitReader(cmd.InOrStdin(), maxPage))
	case isWeb(args[0]):
		return fetch(cmd.Context(), args[0])
	case strings.Contains(args[0], "://"):
		return nil, "", "", usageError{fmt.Errorf("%s: only addresses that begin with http:// or https:// can be read", safehttp.Redacted(args[0]))}
	default:
		page, err = readFile(args[0])
	}
	return page, "", "", err
}

func fetch(ctx context.Context, address string) (page []byte, contentType, final string, err error) {
	c := config.Default()
	for _, everything := range []string{"0.0.0.0/0", "::/0"} {
		var p config.Prefix
		if err := p.UnmarshalText([]byte(everything)); err != nil {
			return nil, "", "", err
		}
		c.HTTP.AllowPrivate = append(c.HTTP.AllowPrivate, p)
	}
	client := app.HTTPClient(c, version())
	defer client.CloseIdleConnections()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, "", "", usageError{fmt.Errorf("%q is no address", address)}
	}
	res, err := client.Do(req)
	if err != nil {
		return nil, "", "", fmt.Errorf("fetch the page: %w", err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return nil, "", "", fmt.Errorf("the page answered %d", res.StatusCode)
	}
	page, err = io.ReadAll(io.LimitReader(res.Body, maxPage))
	if err != nil {
		return nil, "", "", fmt.Errorf("fetch the page: %w", err)
	}
	return page, res.Header.Get("Content-Type"), res.Request.URL.String(), nil
}

func readPage(cmd *cobra.Command, args []string) (p articles.Page, address string, err error) {
	page, contentType, address, err := load(cmd, args)
	if err != nil {
		return articles.Page{}, "", err
	}
	if p, err = articles.Extract(page, contentType, news.Item{}, address); err != nil {
		return articles.Page{}, "", fmt.Errorf("no article found: %w", err)
	}
	return p, address, nil
}

// readArticle reads an article for summarizing: a page, or plain text whose
// first line is the headline.
func readArticle(cmd *cobra.Command, args []string) (news.Article, error) {
	page, contentType, address, err := load(cmd, args)
	if err != nil {
		return news.Article{}, err
	}
	text := strings.TrimSpace(string(page))
	if text == "" {
		return news.Article{}, errors.New("the input is empty")
	}
	if address == "" && !strings.HasPrefix(text, "<") {
		title, body, _ := strings.Cut(text, "\n")
		return news.Article{ID: 1, Title: strings.TrimSpace(title), Body: strings.TrimSpace(body), Method: news.MethodPage}, nil
	}
	p, err := articles.Extract(page, contentType, news.Item{}, address)
	if err != nil {
		return news.Article{}, fmt.Errorf("no article found: %w", err)
	}
	return news.Article{ID: 1, Title: p.Title, Body: p.Text, Lang: p.Lang, URL: address, Published: p.Published, Method: p.Method}, nil
}
