package mail

import (
	"fmt"
	"net/url"
	"time"
)

// Reset is a token to set a new password with, for the login of an email.
type Reset struct {
	ActorType string // user or customer
	Email     string
	Token     string
	ExpiresAt time.Time
}

// Invite is a token to become a user with, for the owner of an email.
type Invite struct {
	Email     string
	Token     string
	ExpiresAt time.Time
}

// PasswordReset returns the mail with the token of a reset.
func (c Config) PasswordReset(r Reset) Message {
	base := c.StoreURL
	if r.ActorType == "user" {
		base = c.AdminURL
	}
	text := "A new password was asked for, for the login " + r.Email + ".\n\n" +
		way(base, "reset-password", "set it", r.Email, r.Token, r.ExpiresAt) +
		"\nIf you did not ask for it, ignore this mail: your password is as it was.\n"
	return Message{To: r.Email, Subject: "Set a new password", Text: text, About: &r}
}

// Invitation returns the mail with the token of an invite.
func (c Config) Invitation(i Invite) Message {
	text := "You are invited to help to run a shop, with the login " + i.Email + ".\n\n" +
		way(c.AdminURL, "invite", "accept", i.Email, i.Token, i.ExpiresAt) +
		"\nIf you do not know the shop, ignore this mail.\n"
	return Message{To: i.Email, Subject: "You are invited to a shop", Text: text, About: &i}
}

// way says how to use a token: by a link, or without a page to link to, as it is.
func way(base, path, what, email, token string, until time.Time) string {
	end := until.UTC().Format("January 2, 15:04 MST")
	if base == "" {
		return fmt.Sprintf("The token to %s, until %s, is\n\n%s\n", what, end, token)
	}
	return fmt.Sprintf("To %s, follow this link until %s:\n\n%s\n", what, end, page(base, path, url.Values{"token": {token}, "email": {email}}))
}
