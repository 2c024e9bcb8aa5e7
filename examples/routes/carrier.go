package main

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"time"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/shop"
)

// Notice is what the carrier has told us, once each.
type Notice struct {
	model.Base
	EventID       string `json:"event_id"`
	FulfillmentID string `json:"fulfillment_id"`
}

// Notices is the model of Notice. The unique index makes the webhook idempotent.
var Notices = model.Define[Notice]("carrier_notice").Unique("event_id")

// SignatureHeader holds the HMAC-SHA-256 of the body, in hexadecimal.
const SignatureHeader = "X-Carrier-Signature"

// delivered is the body of the webhook.
type delivered struct {
	ID            string    `json:"id" body:"required"` // of the event
	FulfillmentID string    `json:"fulfillment_id" body:"required"`
	At            time.Time `json:"delivered_at" body:"required"`
}

var deliveredBody = body.For[delivered]()

// carrierHook is a webhook: a carrier tells us that a parcel has been
// delivered, and repeats that until it gets a 202.
func carrierHook(s *shop.Shop, secret string) api.Route {
	notices := module.For[Notice](s.Store, Notices)
	return api.Route{
		Method: http.MethodPost, Path: "/hooks/carrier", Access: api.Public,
		Summary: "A parcel has been delivered", Body: deliveredBody.Object(), Status: http.StatusAccepted,
		Do: func(c *api.Call) error {
			text, err := c.Text() // the bytes that were signed
			if err != nil {
				return err
			}
			if !signed(text, c.Header.Get(SignatureHeader), secret) {
				return api.ErrUnauthorized
			}
			in, _, err := deliveredBody.Decode(text)
			if err != nil {
				return err
			}
			err = s.Do(c.Context(), func(ctx context.Context) error { return deliver(ctx, s, notices, in) })
			if errors.Is(err, errRepeated) {
				return nil
			}
			return err
		},
	}
}

// errRepeated means that the event has been committed before.
var errRepeated = errors.New("the event is known")

// deliver notes the event and does what it says, in one transaction.
func deliver(ctx context.Context, s *shop.Shop, notices module.Records[Notice], in *delivered) error {
	err := notices.Create(ctx, &Notice{EventID: in.ID, FulfillmentID: in.FulfillmentID})
	if fault.TypeOf(err) == fault.DuplicateError { // of the notice: one of anything else is a failure
		return errRepeated
	}
	if err != nil {
		return err
	}
	n, err := s.Fulfillment.Fulfillments.Update(ctx, []string{in.FulfillmentID}, module.Patch{"delivered_at": in.At})
	if err == nil && n == 0 {
		err = fault.New(fault.NotFound, "fulfillment %q was not found", fault.Clip(in.FulfillmentID))
	}
	return err
}

// signed reports whether a signature is that of a body.
func signed(text []byte, signature, secret string) bool {
	got, err := hex.DecodeString(signature)
	if err != nil || secret == "" {
		return false
	}
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(text)
	return hmac.Equal(got, mac.Sum(nil))
}
