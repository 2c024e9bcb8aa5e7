package demo

import (
	"context"
	"fmt"

	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/modules/apikey"
	"github.com/gorgon-commerce/gorgon/modules/saleschannel"
)

// makeKeys creates the publishable API key of the web store. It is not secret, since it is
// part of a storefront's code.
func (w *world) makeKeys(ctx context.Context) error {
	token := fmt.Sprintf("pk_%016x%016x%016x%016x", w.Uint64(), w.Uint64(), w.Uint64(), w.Uint64())
	k := &apikey.APIKey{Title: "Web store", Type: apikey.Publishable, Token: token, Redacted: token[:6] + "***" + token[len(token)-3:]}
	if err := w.APIKey.APIKeys.Create(ctx, k); err != nil {
		return err
	}
	_, err := w.Links.Create(ctx, link.Pair{apikey.APIKeys: k.ID, saleschannel.SalesChannels: w.online.ID})
	return err
}
