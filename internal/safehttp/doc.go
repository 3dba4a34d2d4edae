// Package safehttp is the HTTP client for addresses that strangers chose:
// feeds, article pages, images. What it promises:
//
//   - only http and https, at every hop of a redirect;
//   - no connection to a private, loopback, link-local, metadata, multicast or
//     otherwise special address. The check looks at the address that is dialled,
//     after name resolution, so that neither redirects nor a name server that
//     changes its answers gets round it;
//   - a bound on the time of a request including its body, on the number of
//     redirects, and on the size of a body both as received and unpacked;
//   - a bound on the requests at one host at once, and a rest after each that is as
//     long as it took, a second at most;
//   - no name is looked up again while the answer of its name server holds.
//
// Use it like an http.Client:
//
//	c := safehttp.New(safehttp.Options{UserAgent: "newsdesk/1 (+https://example.org)"})
//	resp, err := c.Do(req)        // follows redirects
//	defer resp.Body.Close()       // always: it gives the place at the host back
//	_, err = io.ReadAll(resp.Body) // ErrTooLarge, ErrTimeout
//
// The environment's proxy settings are ignored, there is no cookie jar, and
// credentials go to the host they were meant for and to no other. Errors are
// one plain sentence without credentials; tell them apart with errors.Is.
package safehttp
