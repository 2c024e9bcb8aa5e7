package login

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/auth"
	"github.com/gorgon-commerce/gorgon/fault"
)

// TicketLife is how long a Ticket can be redeemed.
const TicketLife = 10 * time.Minute

// A Ticket logs a browser on the server's own machine in as a user, once, without
// a password. It is safe for concurrent use.
type Ticket struct {
	email string
	mu    sync.Mutex
	hash  [sha256.Size]byte
	until time.Time // zero once it has been redeemed
}

// NewTicket returns a ticket for the user with an email, and the code that redeems
// it.
func NewTicket(email string) (t *Ticket, code string) {
	code = rand.Text()
	return &Ticket{email: email, hash: sha256.Sum256([]byte(code)), until: time.Now().Add(TicketLife)}, code
}

// redeem returns the email of the ticket's user if the code is right, for the
// first time and in time.
func (t *Ticket) redeem(code string, now time.Time) (email string, ok bool) {
	if t == nil {
		return "", false
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	hash := sha256.Sum256([]byte(code))
	if now.After(t.until) || subtle.ConstantTimeCompare(hash[:], t.hash[:]) != 1 {
		return "", false
	}
	t.until = time.Time{}
	return t.email, true
}

// redeem starts a session for the code of the server's ticket.
func (a *routes) redeem(c *api.Call) error {
	in, err := api.Decode(c, redeemed)
	if err != nil {
		return err
	}
	if !isLocal(c.Request) {
		return errTicket
	}
	email, ok := a.Ticket.redeem(in.Ticket, time.Now())
	if !ok {
		return errTicket
	}
	token, err := a.shop.Auth.TokenFor(c.Context(), "user", email)
	if err != nil {
		return err
	}
	claims, err := a.shop.Auth.Parse(c.Context(), token)
	if err != nil {
		return err
	}
	a.setCookie(c, token, claims.ExpiresAt)
	return c.JSON(map[string]*auth.Claims{"user": claims})
}

var errTicket = fault.New(fault.Unauthorized, "the ticket is not valid here: it is for a browser on the server's machine, once, within minutes of the start")

// isLocal reports whether a request was sent on the server's machine, and not by a
// proxy there.
func isLocal(r *http.Request) bool {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil || r.Header.Get("X-Forwarded-For") != "" || r.Header.Get("Forwarded") != "" {
		return false
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
