package saleschannel_test

import (
	"context"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/module/moduletest"
	"github.com/gorgon-commerce/gorgon/modules/saleschannel"
)

var graph = moduletest.Graph(saleschannel.Module)

func TestChannelsHaveNames(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		store := moduletest.Open(t, d, graph)
		s := saleschannel.New(store)
		web := &saleschannel.SalesChannel{Name: "Web store"}
		moduletest.Create(t, s.SalesChannels, web, &saleschannel.SalesChannel{Name: "Web store"}) // names may repeat
		moduletest.Refuse(t, store,
			moduletest.Refusal{Words: []string{"sales_channel.name"}, Do: func(ctx context.Context) error {
				return s.SalesChannels.Create(ctx, &saleschannel.SalesChannel{Name: "Till"}, &saleschannel.SalesChannel{})
			}},
			moduletest.Refusal{Words: []string{"sales_channel.name"}, Do: func(ctx context.Context) error {
				_, err := s.SalesChannels.Update(ctx, []string{web.ID}, module.Patch{"name": " "})
				return err
			}},
		)
	})
}
