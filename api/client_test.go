package api

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestClient(t *testing.T) {
	t.Parallel()
	const peer = "198.51.100.7:4321"
	for name, test := range map[string]struct {
		proxies   int
		remote    string
		forwarded []string
		want      string
	}{
		"no proxy":                {0, peer, []string{"203.0.113.1"}, "198.51.100.7"},
		"one proxy":               {1, peer, []string{"203.0.113.1"}, "203.0.113.1"},
		"invented before it":      {1, peer, []string{"10.0.0.1, 10.0.0.2,203.0.113.1"}, "203.0.113.1"},
		"another line before it":  {1, peer, []string{"10.0.0.1", "203.0.113.1"}, "203.0.113.1"},
		"another line after it":   {1, peer, []string{"203.0.113.1, 10.0.0.1", "203.0.113.2"}, "203.0.113.2"},
		"two proxies":             {2, peer, []string{"10.0.0.1, 203.0.113.1", "192.0.2.1"}, "203.0.113.1"},
		"three proxies":           {3, peer, []string{"10.0.0.1", "203.0.113.1, 192.0.2.1, 192.0.2.2"}, "203.0.113.1"},
		"a proxy was passed by":   {3, peer, []string{"10.0.0.1, 203.0.113.1"}, "203.0.113.1"},
		"nothing forwarded":       {1, peer, nil, "198.51.100.7"},
		"empty":                   {1, peer, []string{""}, "198.51.100.7"},
		"garbage":                 {1, peer, []string{"203.0.113.1, <script>"}, "198.51.100.7"},
		"garbage before a proxy":  {2, peer, []string{"unknown, 192.0.2.1"}, "192.0.2.1"},
		"a port":                  {1, peer, []string{"203.0.113.1:8080"}, "203.0.113.1"},
		"IPv6":                    {1, peer, []string{"2001:db8:1:2:3:4:5:6"}, "2001:db8:1:2::/64"},
		"IPv6 in brackets":        {1, peer, []string{"[2001:db8:1:2::9]"}, "2001:db8:1:2::/64"},
		"IPv6 with a port":        {1, peer, []string{"[2001:db8:1:2::9]:443"}, "2001:db8:1:2::/64"},
		"IPv4 as IPv6":            {1, peer, []string{"::ffff:203.0.113.1"}, "203.0.113.1"},
		"a connection over IPv6":  {0, "[2001:db8:1:2:ffff::1]:80", nil, "2001:db8:1:2::/64"},
		"a connection with zone":  {0, "[fe80::1%eth0]:80", nil, "fe80::/64"},
		"a connection without IP": {0, "@", nil, "@"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", http.NoBody)
		r.RemoteAddr = test.remote
		for _, line := range test.forwarded {
			r.Header.Add("X-Forwarded-For", line)
		}
		if got := client(r, test.proxies); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}
