package safehttp

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"

	"golang.org/x/net/dns/dnsmessage"
)

// forbidden has one address of each kind that must not be dialled.
var forbidden = []string{
	"0.0.0.0", "0.1.2.3", "10.1.2.3", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.8.8.8", "169.254.169.254",
	"172.16.0.1", "172.31.255.254", "192.0.0.1", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1",
	"198.51.100.1", "203.0.113.1", "224.0.0.1", "239.1.2.3", "240.0.0.1", "255.255.255.255",
	"::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:0:127.0.0.1",
	"64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "2002:a00:1::1",
	"3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1", "2606:4700::5efe:10.0.0.1", "2606:4700::200:5efe:127.0.0.1",
}

// M6
func TestReachable(t *testing.T) {
	t.Parallel()
	for _, s := range forbidden {
		if Reachable(netip.MustParseAddr(s), nil) {
			t.Errorf("%s may be dialled", s)
		}
	}
	for _, s := range []string{
		"1.1.1.1", "8.8.8.8", "100.63.0.1", "100.128.0.1", "172.15.0.1", "172.32.0.1", "192.167.0.1", "223.255.255.1",
		"2606:4700::1111", "2a00:1450:4001::1", "64:ff9b::101:101", "2002:101:101::1", "::ffff:1.1.1.1", "2606:4700::5efe:1.1.1.1",
	} {
		if !Reachable(netip.MustParseAddr(s), nil) {
			t.Errorf("%s may not be dialled", s)
		}
	}
	allow := []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	for s, want := range map[string]bool{
		"127.0.0.1": true, "::ffff:127.0.0.1": true, "10.0.0.1": false, "::1": false,
		"64:ff9b::7f00:1": false, "2002:7f00:1::": false,
	} {
		if got := Reachable(netip.MustParseAddr(s), allow); got != want {
			t.Errorf("with 127.0.0.0/8 allowed, %s: %v", s, got)
		}
	}
	if Reachable(netip.Addr{}, nil) || Reachable(netip.MustParseAddr("fe80::1%eth0"), nil) {
		t.Error("an invalid or zoned address may be dialled")
	}
}

// urls are ways to write an address in a link.
func urls(addr string) []string {
	if strings.Contains(addr, ":") {
		return []string{"http://[" + addr + "]/", "https://[" + addr + "]:8443/x"}
	}
	return []string{"http://" + addr + "/", "https://" + addr + ":8443/x"}
}

// M6
func TestClient_RefusesLiterals(t *testing.T) {
	t.Parallel()
	c := New(Options{})
	for _, a := range forbidden {
		for _, u := range urls(a) {
			if _, _, err := fetch(t, c, u); !errors.Is(err, ErrPrivateAddress) {
				t.Errorf("%s: %v", u, err)
			}
		}
	}
	for _, u := range []string{"http://2130706433/", "http://0x7f.1/", "http://017700000001/", "http://localhost/", "http://localhost.localdomain:80/"} {
		if resp, _, err := fetch(t, c, u); err == nil {
			t.Errorf("%s answered %d", u, resp.StatusCode)
		}
	}
}

// M6
func TestClient_RefusesRedirects(t *testing.T) {
	t.Parallel()
	var target atomic.Value
	c, s := fixture(t, Options{AllowPrivate: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}},
		func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", target.Load().(string))
			w.WriteHeader(http.StatusFound)
		})
	for _, a := range forbidden {
		if a == "127.0.0.1" || a == "::ffff:127.0.0.1" {
			continue // the server itself
		}
		for _, u := range urls(a) {
			target.Store(u)
			if _, _, err := fetch(t, c, s.URL); !errors.Is(err, ErrPrivateAddress) {
				t.Errorf("redirect to %s: %v", u, err)
			}
		}
	}
}

// names is a name server on loopback that gives each question the next of its
// answers, which hold no longer than it takes to read them.
func names(t *testing.T, answers ...string) *net.Resolver {
	t.Helper()
	return lasting(t, 0, answers...)
}

// lasting is the same with answers that hold for seconds.
func lasting(t *testing.T, seconds uint32, answers ...string) *net.Resolver {
	t.Helper()
	var lc net.ListenConfig
	pc, err := lc.ListenPacket(t.Context(), "udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	t.Cleanup(func() {
		_ = pc.Close()
		<-ended
	})
	go func() {
		defer close(ended)
		buf := make([]byte, 1500)
		asked := 0
		for {
			n, from, err := pc.ReadFrom(buf)
			if err != nil {
				return
			}
			var m dnsmessage.Message
			if m.Unpack(buf[:n]) != nil || len(m.Questions) == 0 {
				continue
			}
			q := m.Questions[0]
			m.Response, m.Authoritative, m.Additionals = true, true, nil
			if a := netip.MustParseAddr(answers[min(asked, len(answers)-1)]); q.Type == dnsmessage.TypeA && a.Is4() {
				asked++
				m.Answers = []dnsmessage.Resource{{
					Header: dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class, TTL: seconds},
					Body:   &dnsmessage.AResource{A: a.As4()},
				}}
			} else if q.Type == dnsmessage.TypeAAAA && a.Is6() {
				asked++
				m.Answers = []dnsmessage.Resource{{
					Header: dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class, TTL: seconds},
					Body:   &dnsmessage.AAAAResource{AAAA: a.As16()},
				}}
			}
			if out, err := m.Pack(); err == nil {
				_, _ = pc.WriteTo(out, from)
			}
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "udp", pc.LocalAddr().String())
	}}
}

// M6
func TestClient_RefusesWhatNamesResolveTo(t *testing.T) {
	t.Parallel()
	for _, a := range forbidden {
		t.Run(a, func(t *testing.T) {
			t.Parallel()
			c := New(Options{Resolver: names(t, a)})
			_, _, err := fetch(t, c, "http://news.example/")
			if !errors.Is(err, ErrPrivateAddress) || err.Error() != "news.example: the name leads to a private address" {
				t.Errorf("a name for %s: %v", a, err)
			}
			// Which address that is, is for the log.
			if p, ok := errors.AsType[*PrivateError](err); !ok || p.Addr.Unmap() != netip.MustParseAddr(a).Unmap() {
				t.Errorf("a name for %s: the error tells of %+v", a, p)
			}
		})
	}
}

// A name that is harmless when it is first looked up and private the next time
// gets no further: each dial is checked by itself.
//
// M6
func TestClient_RefusesRebinding(t *testing.T) {
	t.Parallel()
	c, s := fixture(t, Options{
		AllowPrivate: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")},
		Resolver:     names(t, "127.0.0.1", "127.0.0.2"),
	}, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Connection", "close") // so that the next request dials again
		_, _ = io.WriteString(w, r.Host)
	})
	url := strings.Replace(s.URL, "127.0.0.1", "rebind.example", 1)
	if _, body, err := fetch(t, c, url); err != nil || !strings.HasPrefix(body, "rebind.example:") {
		t.Fatalf("the first answer: %q, %v", body, err)
	}
	if _, _, err := fetch(t, c, url); !errors.Is(err, ErrPrivateAddress) {
		t.Errorf("after the name moved: %v", err)
	}
}
