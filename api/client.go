package api

import (
	"net"
	"net/http"
	"net/netip"
	"strings"

	"github.com/gorgon-commerce/gorgon/auth"
)

// networkBits is the part of an IPv6 address that counts as one client: whoever
// has one address usually has all of its network.
const networkBits = 64

// known tells the work of a request which client it is for.
func (h *handler) known(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(auth.WithClient(r.Context(), client(r, h.TrustedProxies))))
	})
}

// client returns the address that a request comes from, as limits count it: an
// IPv4 address, or the network of an IPv6 address. Behind proxies of ours, it is
// the address that the outermost of them has seen. If that is missing or is not
// an address, it is what a proxy closer to us has seen, and at last the other end
// of the connection; none of them can be invented by the client.
func client(r *http.Request, proxies int) string {
	if proxies > 0 {
		all := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
		if proxies > len(all) { // not all proxies were passed; the last one was
			proxies = 1
		}
		for _, entry := range all[len(all)-proxies:] {
			if address, ok := parseAddress(strings.TrimSpace(entry)); ok {
				return network(address)
			}
		}
	}
	if address, ok := parseAddress(r.RemoteAddr); ok {
		return network(address)
	}
	return r.RemoteAddr // of a socket that is no network's
}

// parseAddress returns the address in a text, which may have a port or brackets.
func parseAddress(text string) (netip.Addr, bool) {
	if host, _, err := net.SplitHostPort(text); err == nil {
		text = host
	}
	address, err := netip.ParseAddr(strings.Trim(text, "[]"))
	return address.Unmap().WithZone(""), err == nil
}

func network(address netip.Addr) string {
	if address.Is4() {
		return address.String()
	}
	prefix, _ := address.Prefix(networkBits) // never fails for an IPv6 address
	return prefix.String()
}

// lastValue returns the last of the values between commas of all lines of a
// header: what the proxy closest to us has added.
func lastValue(lines []string) string {
	all := strings.Split(strings.Join(lines, ","), ",")
	return strings.ToLower(strings.TrimSpace(all[len(all)-1]))
}
