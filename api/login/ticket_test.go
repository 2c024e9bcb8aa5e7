package login

import (
	"testing"
	"time"
)

func TestTicketExpires(t *testing.T) {
	t.Parallel()
	ticket, code := NewTicket("ada@shop.example")
	if _, ok := ticket.redeem(code, time.Now().Add(TicketLife+time.Second)); ok {
		t.Error("it was redeemed too late")
	}
	if email, ok := ticket.redeem(code, time.Now().Add(TicketLife-time.Minute)); !ok || email != "ada@shop.example" {
		t.Errorf("%q, %v", email, ok)
	}
}
