package mail

import (
	"context"
	"net"
	"net/url"
	"strconv"

	"github.com/wneessen/go-mail"

	"github.com/gorgon-commerce/gorgon/fault"
)

// server is where and how to reach an SMTP server.
type server struct {
	host           string
	port           int
	user, password string
	smtps          bool
	policy         mail.TLSPolicy // of smtp
}

// parse returns the server of a URL. Its errors do not repeat the URL.
func parse(text string) (server, error) {
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" || u.Scheme != "smtp" && u.Scheme != "smtps" || u.Path != "" && u.Path != "/" {
		return server{}, badURL("want smtp://user:password@host:587 or smtps://user:password@host:465, with %40 for an @ in the user or password")
	}
	s := server{host: u.Hostname(), port: 587, user: u.User.Username(), smtps: u.Scheme == "smtps"}
	s.password, _ = u.User.Password()
	if s.smtps {
		s.port = 465
	}
	if port := u.Port(); port != "" {
		if s.port, err = strconv.Atoi(port); err != nil || s.port < 1 || s.port > 65535 {
			return server{}, badURL("the port must be from 1 to 65535")
		}
	}
	return s, s.secure(u.Query())
}

// secure sets how a connection is encrypted, by the parameters of the URL.
func (s *server) secure(parameters url.Values) error {
	local := s.host == "localhost" || net.ParseIP(s.host).IsLoopback()
	s.policy = mail.TLSMandatory
	if local {
		s.policy = mail.TLSOpportunistic
	}
	for name, values := range parameters {
		if name != "tls" || len(values) != 1 || values[0] != "off" || s.smtps {
			return badURL("the only parameter is tls=off, with smtp://")
		}
		if s.user != "" && !local {
			return badURL("tls=off would send the password in the clear; leave out one of them")
		}
		s.policy = mail.NoTLS
	}
	return nil
}

func badURL(want string) error {
	return fault.New(fault.InvalidData, "invalid Server.Mail.SMTP (--smtp-url): %s", want)
}

// client returns a client of the server, which connects when it sends.
func (s server) client() (*mail.Client, error) {
	options := []mail.Option{mail.WithPort(s.port), mail.WithTLSPolicy(s.policy)}
	if s.smtps {
		options = append(options, mail.WithSSL())
	}
	if s.user != "" {
		login := mail.SMTPAuthAutoDiscover // none that shows the password without TLS
		if s.policy == mail.NoTLS {
			login = mail.SMTPAuthPlainNoEnc // to the machine itself
		}
		options = append(options, mail.WithSMTPAuth(login), mail.WithUsername(s.user), mail.WithPassword(s.password))
	}
	return mail.NewClient(s.host, options...)
}

func (c Config) sendSMTP(ctx context.Context, m Message) error {
	s, err := parse(c.SMTP)
	if err != nil {
		return err
	}
	client, err := s.client()
	if err != nil {
		return err
	}
	msg := mail.NewMsg()
	if err := msg.From(c.From); err != nil {
		return err
	}
	if err := msg.To(m.To); err != nil {
		return err
	}
	msg.Subject(m.Subject)
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetBodyString(mail.TypeTextPlain, m.Text)
	return client.DialAndSendWithContext(ctx, msg)
}
