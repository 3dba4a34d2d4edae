package safehttp

import (
	"net"
	"runtime"
	"time"

	dns "github.com/ncruces/go-dns"
)

const (
	// maxNames bounds the answers of name servers that are kept, some 300 bytes
	// each; a host takes two.
	maxNames = 4096
	// maxNameLife bounds how long one is kept, whatever its TTL says.
	maxNameLife = 5 * time.Minute
)

// caching returns a resolver that asks a parent, nil for the system's, and keeps
// each answer as long as its TTL lets it. That a name does not exist is not kept:
// whoever has just made it need not wait. What is kept is what name servers said,
// below the look at /etc/hosts and above the check of each address that is
// dialled.
//
// macOS and Windows have resolvers of their own, which know of more than name
// servers and keep answers by themselves: nil leaves it to them.
func caching(parent *net.Resolver) *net.Resolver {
	if parent == nil && (runtime.GOOS == "darwin" || runtime.GOOS == "windows") {
		return nil
	}
	return dns.NewCachingResolver(parent, dns.MaxCacheEntries(maxNames), dns.MaxCacheTTL(maxNameLife), dns.NegativeCache(false))
}
