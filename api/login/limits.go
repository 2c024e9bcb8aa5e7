package login

import (
	"strings"
	"time"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/auth"
)

// The limits unless told otherwise. Who tries from one address does not use up
// what an email allows, so the owner gets in from elsewhere; and many addresses
// together guess no faster than an email allows.
var (
	tries          = auth.Limits{Burst: 10, Every: 30 * time.Second}
	triesOfEmail   = auth.Limits{Burst: 100, Every: 6 * time.Second}
	triesOfAddress = auth.Limits{Burst: 200, Every: 500 * time.Millisecond}
	resetsOfEmail  = auth.Limits{Burst: 20, Every: time.Minute} // each is a mail to its owner
)

// orDefaults returns the settings with the default limits filled in.
func (o Config) orDefaults() Config {
	o.Tries, o.TriesOfEmail = o.Tries.Or(tries), o.TriesOfEmail.Or(triesOfEmail)
	o.TriesOfAddress, o.ResetsOfEmail = o.TriesOfAddress.Or(triesOfAddress), o.ResetsOfEmail.Or(resetsOfEmail)
	return o
}

// attempt is what is attempted: each kind is counted apart.
type attempt string

const (
	logIn    attempt = "login"
	register attempt = "register"
	reset    attempt = "reset"
	renew    attempt = "update"
)

// of returns how attempts count: for the caller's address and, if there is an
// email, for that from this address and from all. It is the two of the email that
// a success gives back.
func (o Config) of(what attempt, c *api.Call, email string) (address auth.Attempt, byEmail []auth.Attempt) {
	client, email, all := auth.Client(c.Context()), strings.ToLower(email), o.TriesOfEmail
	if what == reset {
		all = o.ResetsOfEmail
	}
	address = auth.Attempt{Key: string(what) + " from " + client, Limits: o.TriesOfAddress}
	if email == "" {
		return address, nil
	}
	return address, []auth.Attempt{
		{Key: string(what) + " of " + email, Limits: all},
		{Key: string(what) + " from " + client + " of " + email, Limits: o.Tries},
	}
}

// take uses up an attempt, or returns an error for those who try too often. The
// function it returns gives back what a success does not cost.
func (a *routes) take(what attempt, c *api.Call, email string) (giveBack func(), err error) {
	address, byEmail := a.of(what, c, email)
	if err := a.limiter.Take(c.Context(), append(byEmail, address)...); err != nil {
		return nil, err
	}
	return func() { a.limiter.Return(c.Context(), byEmail...) }, nil
}
