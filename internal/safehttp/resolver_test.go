package safehttp

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/net/dns/dnsmessage"
)

// zone is a name server in memory: it answers every question for an IPv4 address
// with 192.0.2.n, n being the number of the question, and counts them.
type zone struct {
	ttl   uint32
	code  dnsmessage.RCode
	asked int
}

func (z *zone) resolver() *net.Resolver {
	return &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		ours, theirs := net.Pipe()
		go z.serve(theirs)
		return ours, nil
	}}
}

func (z *zone) serve(c net.Conn) {
	defer func() { _ = c.Close() }()
	for {
		var size [2]byte
		if _, err := io.ReadFull(c, size[:]); err != nil {
			return
		}
		raw := make([]byte, binary.BigEndian.Uint16(size[:]))
		var m dnsmessage.Message
		if _, err := io.ReadFull(c, raw); err != nil || m.Unpack(raw) != nil {
			return
		}
		m.Response, m.Authoritative, m.Additionals, m.RCode = true, true, nil, z.code
		if q := m.Questions[0]; q.Type == dnsmessage.TypeA {
			z.asked++
			if z.code == dnsmessage.RCodeSuccess {
				m.Answers = []dnsmessage.Resource{{
					Header: dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class, TTL: z.ttl},
					Body:   &dnsmessage.AResource{A: [4]byte{192, 0, 2, byte(z.asked)}},
				}}
			}
		}
		out, err := m.Pack()
		if err != nil {
			return
		}
		if _, err := c.Write(append(binary.BigEndian.AppendUint16(nil, uint16(len(out))), out...)); err != nil {
			return
		}
	}
}

// An answer holds for its TTL and never longer than five minutes; that there is
// none holds for nothing.
func TestCaching_KeepsAnswersForTheirTTL(t *testing.T) {
	t.Parallel()
	look := func(ctx context.Context, r *net.Resolver) string {
		list, err := r.LookupNetIP(ctx, "ip4", "news.example.")
		if err != nil {
			return "none"
		}
		return list[0].Unmap().String()
	}
	look(t.Context(), (&zone{}).resolver()) // net reads its configuration once, which must not happen in a bubble
	for name, tt := range map[string]struct {
		zone  zone
		after []time.Duration // between two questions
		want  string
	}{
		"ttl of 30 s":    {zone{ttl: 30}, []time.Duration{29 * time.Second, 2 * time.Second, 29 * time.Second}, "192.0.2.1 192.0.2.1 192.0.2.2 192.0.2.2"},
		"ttl of a day":   {zone{ttl: 86400}, []time.Duration{299 * time.Second, 2 * time.Second}, "192.0.2.1 192.0.2.1 192.0.2.2"},
		"ttl of nothing": {zone{}, []time.Duration{0, time.Second}, "192.0.2.1 192.0.2.2 192.0.2.3"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				r := caching(tt.zone.resolver())
				got := []string{look(t.Context(), r)}
				for _, d := range tt.after {
					time.Sleep(d)
					got = append(got, look(t.Context(), r))
				}
				if got := strings.Join(got, " "); got != tt.want {
					t.Errorf("got %s, want %s", got, tt.want)
				}
			})
		})
	}
	synctest.Test(t, func(t *testing.T) {
		z := zone{code: dnsmessage.RCodeNameError}
		r := caching(z.resolver())
		if got := look(t.Context(), r); got != "none" {
			t.Errorf("a name that does not exist: %s", got)
		}
		z.code, z.ttl = dnsmessage.RCodeSuccess, 60
		if got := look(t.Context(), r); got == "none" {
			t.Error("a name that was just made is not found")
		}
	})
}

// A name that turns to another address is not followed there while its first
// answer holds, and each dial is checked, whether the answer was kept or not.
//
// M6
func TestClient_RebindingWithinTheTTL(t *testing.T) {
	t.Parallel()
	allow := []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}
	c, s := fixture(t, Options{AllowPrivate: allow, Resolver: lasting(t, 60, "127.0.0.1", "127.0.0.2")}, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Connection", "close") // so that the next request dials again
		_, _ = io.WriteString(w, r.Host)
	})
	for range 3 {
		if _, body, err := fetch(t, c, strings.Replace(s.URL, "127.0.0.1", "rebind.example", 1)); err != nil || !strings.HasPrefix(body, "rebind.example:") {
			t.Errorf("%q, %v", body, err)
		}
	}
	private := New(Options{AllowPrivate: allow, Resolver: lasting(t, 60, "127.0.0.2", "127.0.0.1")})
	defer private.CloseIdleConnections()
	for range 3 {
		if _, _, err := fetch(t, private, strings.Replace(s.URL, "127.0.0.1", "rebind.example", 1)); !errors.Is(err, ErrPrivateAddress) {
			t.Errorf("a private address, kept: %v", err)
		}
	}
}
