// Package mail sends what people get by mail: the token of a password reset, and
// that of an invitation.
//
//	c := mail.Config{SMTP: "smtps://shop:secret@mail.example.com", From: "Shop <shop@example.com>"}
//	err := c.Send(ctx, c.Invitation(mail.Invite{Email: email, Token: token, ExpiresAt: expiresAt}))
//
// A shop with texts or a mail service of its own sets Config.Sender instead.
package mail
