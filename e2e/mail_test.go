package e2e_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/mail"
	"github.com/gorgon-commerce/gorgon/mail/mailtest"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/server"
)

// postbox is a mail.Sender that keeps what is sent.
type postbox chan mail.Message

func (p postbox) Send(_ context.Context, m mail.Message) error {
	p <- m
	return nil
}

// token returns the token of the next mail.
func (p postbox) token() string {
	switch about := (<-p).About.(type) {
	case *mail.Reset:
		return about.Token
	case *mail.Invite:
		return about.Token
	}
	return ""
}

// linkIn returns the token of the link below base in a text.
func linkIn(t *testing.T, text, base string) string {
	t.Helper()
	for line := range strings.Lines(text) {
		if rest, ok := strings.CutPrefix(strings.TrimSpace(line), base); ok {
			token, _, _ := strings.Cut(rest[strings.Index(rest, "token=")+len("token="):], "&")
			return token
		}
	}
	t.Fatalf("no link below %s:\n%s", base, text)
	return ""
}

// A reset and an invitation arrive through an SMTP server, with links that lead
// to a new password and a new user.
func TestMailsThroughSMTP(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		server := s.mailing(t, mail.Config{From: "Shop <shop@example.com>", AdminURL: "https://admin.example.com/app/", StoreURL: "https://shop.example.com"})
		s.call("nobody", "POST /auth/customer/emailpass/reset-password", `{"identifier": "CUS@login.example.com"}`)
		m := <-server.Mail
		if m.To != "cus@login.example.com" || m.From != "shop@example.com" || m.Header.Get("From") != `"Shop" <shop@example.com>` {
			t.Errorf("the reset goes to %s from %s, %s", m.To, m.From, m.Header.Get("From"))
		}
		token := linkIn(t, m.Text, "https://shop.example.com/reset-password?")
		if got := s.holding(token, "POST /auth/customer/emailpass/update", `{"password": "another password"}`); got.status != http.StatusOK {
			t.Errorf("the new password: %d %s", got.status, got.body)
		}
		s.want(t, 200, "nobody", "POST /auth/customer/emailpass", credentialsOf("cus@login.example.com", "another password"))

		made := s.want(t, 200, "admin", "POST /admin/invites", `{"email": "new@example.com"}`)
		first := linkIn(t, (<-server.Mail).Text, "https://admin.example.com/app/invite?")
		s.want(t, 200, "admin", "POST /admin/invites/"+at(made, "invite", "id").(string)+"/resend", "")
		m = <-server.Mail
		again := linkIn(t, m.Text, "https://admin.example.com/app/invite?")
		if m.To != "new@example.com" || first == again {
			t.Errorf("to %s, with the token from before: %t", m.To, first == again)
		}
		login := tokenIn(s.call("nobody", "POST /auth/user/emailpass/register", credentialsOf("new@example.com", password)))
		if got := s.holding(login, "POST /admin/invites/accept?token="+again, `{"first_name": "New"}`); got.status != http.StatusOK {
			t.Errorf("accepted: %d %s", got.status, got.body)
		}
	})
}

// mailing serves the shop with mails that go to a server of the test.
func (s *served) mailing(t *testing.T, c mail.Config) *mailtest.Server {
	t.Helper()
	to := mailtest.Serve(t)
	c.SMTP = to.URL
	s.handler = server.Handler(s.app.Shop, server.Config{Mail: c}, nil)
	return to
}

// Who is unknown gets no mail, and the response is that of who is known.
func TestMailsToTheUnknown(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		mails := make(postbox, 10)
		srv := server.New(s.app.Shop, server.Config{Mail: mail.Config{Sender: mails}}, nil)
		s.handler = srv.Handler()
		known := s.call("nobody", "POST /auth/customer/emailpass/reset-password", `{"identifier": "cus@login.example.com"}`)
		for _, email := range []string{"nobody@example.com", "cus@login.example.com\nBcc: eve@example.com", "cus@login.example.com, eve@example.com", ""} {
			sent, _ := json.Marshal(map[string]string{"identifier": email})
			got := s.call("nobody", "POST /auth/customer/emailpass/reset-password", string(sent))
			if got.status != known.status || got.body != known.body {
				t.Errorf("%q: %d %s, and %d %s for who is known", email, got.status, got.body, known.status, known.body)
			}
		}
		srv.Wait()
		if m := <-mails; m.To != "cus@login.example.com" || len(mails) != 0 {
			t.Errorf("a mail to %s, and %d more", m.To, len(mails))
		}
	})
}

// lost is a mail.Sender that fails.
type lost struct{}

func (lost) Send(context.Context, mail.Message) error {
	return errors.New("mailbox of the test is full")
}

// A mail that cannot be sent is logged, without its token; the invite stays.
func TestMailsThatFail(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		var log strings.Builder
		srv := server.New(s.app.Shop, server.Config{Mail: mail.Config{Sender: lost{}}, Log: slog.New(slog.NewTextHandler(&log, nil))}, nil)
		s.handler = srv.Handler()
		made := s.want(t, 200, "admin", "POST /admin/invites", `{"email": "new@example.com"}`)
		srv.Wait()
		if text := log.String(); !strings.Contains(text, "invitation mail failed") || !strings.Contains(text, "mailbox of the test is full") ||
			strings.Contains(text, at(made, "invite", "token").(string)) {
			t.Errorf("the log: %s", text)
		}
		s.want(t, 200, "admin", "GET /admin/invites/"+at(made, "invite", "id").(string), "")
	})
}

// looking is a mail.Sender that counts the invites of the tokens it sends.
type looking struct {
	app   *gorgon.App
	found chan int64
}

func (l looking) Send(_ context.Context, m mail.Message) error {
	invite, ok := m.About.(*mail.Invite)
	if !ok {
		return errors.New("this is no invitation")
	}
	n, err := l.app.User.Invites.Count(context.Background(), module.Where{"token": invite.Token})
	l.found <- n
	return err
}

// An invitation is mailed when its invite is there for others to see.
func TestMailsAfterTheCommit(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		sender := looking{s.app, make(chan int64, 1)}
		s.handler = server.Handler(s.app.Shop, server.Config{Mail: mail.Config{Sender: sender}}, nil)
		for i := range 10 {
			s.want(t, 200, "admin", "POST /admin/invites", fmt.Sprintf(`{"email": "new%d@example.com"}`, i))
			if n := <-sender.found; n != 1 {
				t.Errorf("%d invites have the token that is mailed", n)
			}
		}
		s.want(t, 400, "admin", "POST /admin/invites", `{"email": "boss@example.com"}`)
		if len(sender.found) > 0 {
			t.Error("an invite that was refused is mailed")
		}
	})
}
