package safehttp

import (
	"context"
	"encoding/binary"
	"net/netip"
	"syscall"
)

// special lists what no stranger may make us dial: the entries of the IANA
// special-purpose address registries (RFC 6890 and its successors) that are
// not globally reachable, and multicast.
var special = prefixes(
	"0.0.0.0/8",       // this network
	"10.0.0.0/8",      // private
	"100.64.0.0/10",   // carrier-grade NAT, and some clouds' metadata
	"127.0.0.0/8",     // loopback
	"169.254.0.0/16",  // link-local, cloud metadata
	"172.16.0.0/12",   // private
	"192.0.0.0/24",    // protocol assignments
	"192.0.2.0/24",    // documentation
	"192.88.99.0/24",  // 6to4 relays, withdrawn
	"192.168.0.0/16",  // private
	"198.18.0.0/15",   // benchmarks
	"198.51.100.0/24", // documentation
	"203.0.113.0/24",  // documentation
	"224.0.0.0/4",     // multicast
	"240.0.0.0/4",     // reserved, broadcast

	"::/96",          // unspecified, loopback, IPv4-compatible
	"64:ff9b:1::/48", // local NAT64
	"100::/64",       // discard
	"100:0:0:1::/64", // dummy prefix
	"2001::/23",      // protocol assignments, Teredo among them
	"2001:db8::/32",  // documentation
	"3fff::/20",      // documentation
	"5f00::/16",      // segment routing
	"fc00::/7",       // unique local, cloud metadata among them
	"fe80::/10",      // link-local
	"fec0::/10",      // site-local, withdrawn
	"ff00::/8",       // multicast
)

// IPv6 ranges that carry an IPv4 address which a gateway may connect to.
var (
	mapped     = netip.MustParsePrefix("::ffff:0:0/96")
	translated = netip.MustParsePrefix("::ffff:0:0:0/96") // RFC 2765
	nat64      = netip.MustParsePrefix("64:ff9b::/96")    // RFC 6052
	sixToFour  = netip.MustParsePrefix("2002::/16")       // RFC 3056
)

func prefixes(list ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(list))
	for i, s := range list {
		out[i] = netip.MustParsePrefix(s)
	}
	return out
}

// guard returns the check that net.Dialer runs on every address it is about to
// connect to, after name resolution and before the first packet.
func guard(allow []netip.Prefix) func(context.Context, string, string, syscall.RawConn) error {
	return func(_ context.Context, network, address string, _ syscall.RawConn) error {
		if network != "tcp4" && network != "tcp6" {
			return &PrivateError{}
		}
		ap, err := netip.ParseAddrPort(address)
		if err != nil {
			return &PrivateError{}
		}
		if !Reachable(ap.Addr(), allow) {
			return &PrivateError{Addr: ap.Addr().WithZone("")}
		}
		return nil
	}
}

// Reachable says whether an address may be dialled: it, and the IPv4 address
// it may carry, must be public or allowed. An address inside a carrier is
// allowed only by a prefix of the carrier itself.
func Reachable(a netip.Addr, allow []netip.Prefix) bool {
	a = a.WithZone("").Unmap()
	if !a.IsValid() {
		return false
	}
	if contains(allow, a) {
		return true
	}
	if contains(special, a) {
		return false
	}
	if inner, ok := embedded(a); ok {
		return !contains(special, inner)
	}
	return true
}

func contains(list []netip.Prefix, a netip.Addr) bool {
	for _, p := range list {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

// embedded returns the IPv4 address that an IPv6 address carries.
func embedded(a netip.Addr) (netip.Addr, bool) {
	if !a.Is6() {
		return netip.Addr{}, false
	}
	b := a.As16()
	switch {
	case mapped.Contains(a), translated.Contains(a), nat64.Contains(a):
		return netip.AddrFrom4([4]byte(b[12:])), true
	case sixToFour.Contains(a):
		return netip.AddrFrom4([4]byte(b[2:6])), true
	case binary.BigEndian.Uint32(b[8:12])&0xfdffffff == 0x00005efe: // ISATAP, RFC 5214
		return netip.AddrFrom4([4]byte(b[12:])), true
	}
	return netip.Addr{}, false
}
