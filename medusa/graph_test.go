package medusa_test

import (
	"sync"
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/cart"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/schema"
)

// buildGraph builds the graph of all modules and links once.
var buildGraph = sync.OnceValues(func() (*model.Graph, error) { return gorgon.New(gorgon.Config{}).Graph() })

// store returns a store on d with the tables of all modules.
func store(t testing.TB, d db.DB) *module.Store {
	t.Helper()
	g, err := buildGraph()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := schema.New(g.Models()).Migrate(t.Context(), d, schema.Options{}); err != nil {
		t.Fatal(err)
	}
	return module.NewStore(d, g, cart.Module, order.Module)
}
