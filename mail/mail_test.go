package mail_test

import (
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/mail"
	"github.com/gorgon-commerce/gorgon/mail/mailtest"
)

func TestSend(t *testing.T) {
	t.Parallel()
	s := mailtest.Serve(t)
	c := mail.Config{SMTP: strings.Replace(s.URL, "://", "://shop:se%40cret@", 1) + "?tls=off", From: "Ünsere Shop <shop@example.com>"}
	if err := c.Check(); err != nil {
		t.Fatal(err)
	}
	text := "Wörter = und\n.\n..\nein Ende\n"
	if err := c.Send(t.Context(), mail.Message{To: "ada@example.com", Subject: "Grüße\r\nBcc: eve@example.com", Text: text}); err != nil {
		t.Fatal(err)
	}
	m := <-s.Mail
	if got := strings.ReplaceAll(m.Text, "\r\n", "\n"); m.To != "ada@example.com" || got != text {
		t.Errorf("to %s: %q", m.To, got)
	}
	if m.Header.Get("Bcc") != "" || m.Header.Get("Auto-Submitted") != "auto-generated" || m.Header.Get("Date") == "" || m.Header.Get("Message-Id") == "" {
		t.Errorf("the headers: %v", m.Header)
	}
	plain, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(<-s.Auth, "PLAIN "))
	if err != nil || string(plain) != "\x00shop\x00se@cret" {
		t.Errorf("the login: %q, %v", plain, err)
	}
}

func TestSendsNothingWithoutServer(t *testing.T) {
	t.Parallel()
	var c mail.Config
	if err := c.Send(t.Context(), mail.Message{To: "ada@example.com"}); c.Sends() || err != nil {
		t.Errorf("%t, %v", c.Sends(), err)
	}
}

// A server that is away, or does not speak TLS where it must, gets no mail, and
// the error has no password.
func TestSendFails(t *testing.T) {
	t.Parallel()
	s := mailtest.Serve(t)
	for _, url := range []string{strings.Replace(s.URL, "smtp://", "smtps://shop:secret@", 1), "smtp://shop:secret@127.0.0.1:1"} {
		c := mail.Config{SMTP: url, From: "shop@example.com"}
		err := c.Send(t.Context(), mail.Message{To: "ada@example.com", Subject: "s", Text: "t"})
		if err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", url, err)
		}
	}
	if len(s.Mail) != 0 {
		t.Error("a mail was sent")
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		change func(c *mail.Config)
		want   string // "" if the Config is good
	}{
		{func(*mail.Config) {}, ""},
		{func(c *mail.Config) { c.SMTP = "smtps://user:secret@mail.example.com:465" }, ""},
		{func(c *mail.Config) { c.SMTP = "smtp://mail:1025?tls=off" }, ""},
		{func(c *mail.Config) { c.SMTP, c.From = "", "" }, ""},
		{func(c *mail.Config) { c.From = "" }, "--mail-from"},
		{func(c *mail.Config) { c.From = "shop" }, `"shop"`},
		{func(c *mail.Config) { c.SMTP = "mail.example.com:587" }, "want smtp://"},
		{func(c *mail.Config) { c.SMTP = "http://user:secret@mail.example.com" }, "want smtp://"},
		{func(c *mail.Config) { c.SMTP = "smtp://user:sec\x00ret@mail.example.com" }, "want smtp://"},
		{func(c *mail.Config) { c.SMTP = "smtp://user:secret@mail.example.com:99999" }, "port"},
		{func(c *mail.Config) { c.SMTP = "smtp://user:secret@mail.example.com?tls=off" }, "in the clear"},
		{func(c *mail.Config) { c.SMTP = "smtps://mail.example.com?tls=off" }, "only parameter"},
		{func(c *mail.Config) { c.SMTP = "smtp://mail.example.com?tls=maybe" }, "only parameter"},
		{func(c *mail.Config) { c.AdminURL = "admin.example.com" }, "--admin-url"},
		{func(c *mail.Config) { c.StoreURL = "javascript:alert(1)" }, "--store-url"},
		{func(c *mail.Config) { c.StoreURL = "https://shop.example.com?x=1" }, "--store-url"},
	} {
		c := mail.Config{SMTP: "smtp://user:secret@mail.example.com", From: "Shop <shop@example.com>", AdminURL: "https://admin.example.com/app", StoreURL: "https://shop.example.com"}
		test.change(&c)
		err := c.Check()
		if test.want == "" && err != nil || test.want != "" && (fault.TypeOf(err) != fault.InvalidData || !strings.Contains(err.Error(), test.want)) {
			t.Errorf("%+v: %v, want %q", c, err, test.want)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("the error repeats the password: %v", err)
		}
	}
}

func TestLetters(t *testing.T) {
	t.Parallel()
	until := time.Date(2026, 11, 26, 15, 4, 0, 0, time.UTC)
	urls := mail.Config{AdminURL: "https://admin.example.com/app", StoreURL: "https://shop.example.com/"}
	for _, test := range []struct {
		got  mail.Message
		want string
	}{
		{urls.PasswordReset(mail.Reset{ActorType: "customer", Email: "a+b@example.com", Token: "t1", ExpiresAt: until}),
			"https://shop.example.com/reset-password?email=a%2Bb%40example.com&token=t1\n"},
		{urls.PasswordReset(mail.Reset{ActorType: "user", Email: "ada@example.com", Token: "t1", ExpiresAt: until}),
			"https://admin.example.com/app/reset-password?email=ada%40example.com&token=t1\n"},
		{urls.Invitation(mail.Invite{Email: "ada@example.com", Token: "t1", ExpiresAt: until}), "https://admin.example.com/app/invite?email=ada%40example.com&token=t1\n"},
		{mail.Config{}.PasswordReset(mail.Reset{ActorType: "user", Email: "ada@example.com", Token: "t1", ExpiresAt: until}), "until November 26, 15:04 UTC, is\n\nt1\n"},
	} {
		if !strings.Contains(test.got.Text, test.want) || test.got.Subject == "" || !strings.Contains(test.got.To, "@example.com") {
			t.Errorf("%+v, want %q", test.got, test.want)
		}
	}
}
