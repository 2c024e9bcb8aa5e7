package auth_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/auth"
	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/module/moduletest"
	"github.com/gorgon-commerce/gorgon/modules/apikey"
	"github.com/gorgon-commerce/gorgon/modules/saleschannel"
)

// built returns what all tests share: the graph and its one link.
var built = sync.OnceValues(func() (*graphAndLinks, error) {
	g, err := model.NewGraph(slices.Concat(module.Models(logins...), auth.Models(), []*model.Model{link.Journal()})...)
	if err != nil {
		return nil, err
	}
	installed, err := link.Install(g, link.Between(link.Many(apikey.APIKeys).Key("publishable_key_id"), link.Many(saleschannel.SalesChannels)).
		Table("publishable_api_key_sales_channel"))
	return &graphAndLinks{g, installed}, err
})

type graphAndLinks struct {
	graph *model.Graph
	links []*link.Definition
}

// shop is a service on a new database. Its clock stands still unless a test moves
// it.
type shop struct {
	*auth.Service
	store *module.Store
	links *link.Manager
	now   time.Time
}

func open(t *testing.T, d db.DB, c auth.Config) *shop {
	t.Helper()
	b, err := built()
	if err != nil {
		t.Fatal(err)
	}
	s := &shop{now: time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)}
	open := moduletest.GraphOf(func() (*model.Graph, error) { return b.graph, nil }, logins...)
	s.store = moduletest.Open(t, d, open).From(module.Source{Now: func() time.Time { return s.now }})
	s.Service = auth.New(s.store, c).Cheap()
	s.links = link.NewManager(s.store, b.links)
	return s
}

// wait advances the clock.
func (s *shop) wait(d time.Duration) { s.now = s.now.Add(d) }

const password = "correct horse"

// registered returns the claims of a customer who has just registered.
func (s *shop) registered(t *testing.T, email string) *auth.Claims {
	t.Helper()
	token, err := s.Register(t.Context(), "customer", "emailpass", email, password)
	if err != nil {
		t.Fatal(err)
	}
	return s.claims(t, token)
}

func (s *shop) claims(t *testing.T, token string) *auth.Claims {
	t.Helper()
	c, err := s.Parse(t.Context(), token)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// wantFault checks the type of an error, and words of its message.
func wantFault(t *testing.T, err error, of fault.Type, words ...string) {
	t.Helper()
	if fault.TypeOf(err) != of {
		t.Errorf("the error is %v (%s), want %s", err, fault.TypeOf(err), of)
		return
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("the message %q does not say %q", err, w)
		}
	}
}

func sameJSON(t *testing.T, a, b string) bool {
	t.Helper()
	var x, y any
	if err := errors.Join(json.Unmarshal([]byte(a), &x), json.Unmarshal([]byte(b), &y)); err != nil {
		t.Fatal(err)
	}
	return reflect.DeepEqual(x, y)
}
