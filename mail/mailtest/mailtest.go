// Package mailtest is an SMTP server for tests.
package mailtest

import (
	"bufio"
	"io"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"net/textproto"
	"strings"
	"testing"
)

// Server is an SMTP server on the machine itself that takes any mail, without
// TLS, and from the user shop with the password secret if a login is tried.
type Server struct {
	URL  string // without a login
	Mail <-chan Received
	Auth <-chan string // what logins were, in base64
}

// Received is a mail as it arrived.
type Received struct {
	From, To string // of the envelope
	Header   mail.Header
	Text     string
}

// Serve starts a server that ends with the test.
func Serve(t testing.TB) *Server {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	got, auth := make(chan Received, 100), make(chan string, 100)
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return // closed
			}
			go talk(conn, got, auth)
		}
	}()
	return &Server{URL: "smtp://" + l.Addr().String(), Mail: got, Auth: auth}
}

// talk answers one client until it leaves.
func talk(conn net.Conn, got chan<- Received, auth chan<- string) {
	defer conn.Close() //nolint:errcheck // the client has left
	c := textproto.NewConn(conn)
	say := func(line string) { _ = c.PrintfLine("%s", line) }
	say("220 mailtest")
	var m Received
	for {
		line, err := c.ReadLine()
		if err != nil {
			return
		}
		verb, rest, _ := strings.Cut(line, " ")
		switch strings.ToUpper(verb) {
		case "EHLO":
			say("250-mailtest\r\n250 AUTH PLAIN")
		case "AUTH":
			auth <- rest
			say("235 welcome")
		case "MAIL":
			m = Received{From: address(rest)}
			say("250 ok")
		case "RCPT":
			m.To = address(rest)
			say("250 ok")
		case "DATA":
			say("354 go on")
			if m.Header, m.Text, err = read(c); err != nil {
				say("554 " + err.Error())
				continue
			}
			got <- m
			say("250 ok")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

// address returns what is between < and >.
func address(line string) string {
	_, line, _ = strings.Cut(line, "<")
	line, _, _ = strings.Cut(line, ">")
	return line
}

func read(c *textproto.Conn) (mail.Header, string, error) {
	m, err := mail.ReadMessage(bufio.NewReader(c.DotReader()))
	if err != nil {
		return nil, "", err
	}
	body := m.Body
	if m.Header.Get("Content-Transfer-Encoding") == "quoted-printable" {
		body = quotedprintable.NewReader(body)
	}
	text, err := io.ReadAll(body)
	return m.Header, string(text), err
}
