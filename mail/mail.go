package mail

import (
	"context"
	"net/mail"
	"net/url"
	"strings"

	"github.com/gorgon-commerce/gorgon/fault"
)

// Message is a mail to one address.
type Message struct {
	To, Subject, Text string
	// What it is about: a *Reset or an *Invite, for a Sender with texts of its own.
	About any
}

// Sender sends mails.
type Sender interface {
	Send(ctx context.Context, m Message) error
}

// Config is how mails are sent. Its zero value sends none.
type Config struct {
	// SMTP is the URL of a mail server: smtp://user:password@host:587, which must offer STARTTLS unless the host is the
	// machine itself, or smtps://user:password@host:465. With ?tls=off, mails and their tokens travel in the clear; a
	// password then is refused.
	SMTP string
	// From is the address that mails come from: "shop@example.com" or "Shop <shop@example.com>".
	From string
	// AdminURL and StoreURL are the pages of the dashboard and of the storefront. Mails link to reset-password and invite
	// below them. Without them, mails have only the token.
	AdminURL, StoreURL string
	// Sender sends mails in place of the SMTP server.
	Sender Sender
}

// Check returns an invalid_data error if a setting is not valid. The error does
// not repeat the URL of the SMTP server, which has a password.
func (c Config) Check() error {
	for _, page := range []struct{ name, url string }{{"AdminURL (--admin-url)", c.AdminURL}, {"StoreURL (--store-url)", c.StoreURL}} {
		if err := checkPage(page.name, page.url); err != nil {
			return err
		}
	}
	if c.SMTP == "" || c.Sender != nil {
		return nil
	}
	if _, err := parse(c.SMTP); err != nil {
		return err
	}
	if c.From == "" {
		return fault.New(fault.InvalidData, "mails need a sender beside the SMTP server (--smtp-url): set --mail-from (Server.Mail.From in Go), such as Shop <shop@example.com>")
	}
	if _, err := mail.ParseAddress(c.From); err != nil {
		return fault.New(fault.InvalidData, "invalid --mail-from (Server.Mail.From in Go) %q: want an address such as Shop <shop@example.com>", fault.Clip(c.From))
	}
	return nil
}

func checkPage(name, page string) error {
	if page == "" {
		return nil
	}
	u, err := url.Parse(page)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
		return fault.New(fault.InvalidData, "invalid Server.Mail.%s %q: want a URL such as https://shop.example.com/account", name, fault.Clip(page))
	}
	return nil
}

// Sends reports whether mails are sent at all.
func (c Config) Sends() bool { return c.Sender != nil || c.SMTP != "" }

// Send sends a mail, or does nothing if the Config sends none.
func (c Config) Send(ctx context.Context, m Message) error {
	switch {
	case c.Sender != nil:
		return c.Sender.Send(ctx, m)
	case c.SMTP != "":
		return c.sendSMTP(ctx, m)
	}
	return nil
}

// page returns the address of a page below base, with what it needs to know.
func page(base, path string, of url.Values) string {
	return strings.TrimRight(base, "/") + "/" + path + "?" + of.Encode()
}
