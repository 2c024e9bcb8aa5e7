package medusa_test

import (
	"sync"
	"testing"

	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/modules/auth"
	"github.com/gorgon-commerce/gorgon/modules/cart"
	"github.com/gorgon-commerce/gorgon/modules/customer"
	"github.com/gorgon-commerce/gorgon/modules/fulfillment"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/modules/payment"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/modules/promotion"
	"github.com/gorgon-commerce/gorgon/modules/region"
	"github.com/gorgon-commerce/gorgon/modules/saleschannel"
	"github.com/gorgon-commerce/gorgon/modules/user"
)

var buildGraph = sync.OnceValues(func() (*model.Graph, error) {
	var models []*model.Model
	for _, m := range [][]*model.Model{order.Models, cart.Models, customer.Models, fulfillment.Models, payment.Models, product.Models, promotion.Models, region.Models, saleschannel.Models, user.Models, auth.Models} {
		models = append(models, m...)
	}
	g, err := model.NewGraph(append(models, link.Journal())...)
	if err != nil {
		return nil, err
	}
	_, err = link.Install(g, Links...)
	return g, err
})

func graph(t testing.TB) *model.Graph {
	t.Helper()
	g, err := buildGraph()
	if err != nil {
		t.Fatal(err)
	}
	return g
}
