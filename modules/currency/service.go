package currency

import (
	"context"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/money"
)

// Service keeps currencies.
type Service struct {
	Currencies module.Records[Currency]
	store      *module.Store
}

// New makes the service on a store, and sets the module's rules there: a
// currency has a code of three letters in lower case, a name and symbols; its
// digits and its step are not negative.
func New(s *module.Store) *Service {
	return &Service{
		Currencies: module.For[Currency](s, Currencies).With(module.Rules[Currency]{Each: check}),
		store:      s,
	}
}

// AddWorld adds those of World that are missing, and returns how many that
// were.
func (s *Service) AddWorld(ctx context.Context) (added int, err error) {
	err = db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		there, err := s.Currencies.List(ctx, nil, module.Page{WithDeleted: true})
		if err != nil {
			return err
		}
		known := map[string]bool{}
		for _, c := range there {
			known[c.Code] = true
		}
		var missing []*Currency
		for _, c := range World {
			if !known[c.Code] {
				missing = append(missing, &c)
			}
		}
		added = len(missing)
		return s.Currencies.Create(ctx, missing...)
	})
	return added, err
}

func check(c *Currency) error {
	if code, ok := money.Code(c.Code); !ok || code != c.Code {
		return fault.New(fault.InvalidData, "currency.code cannot be %q; it is a code of three letters in lower case, such as eur", c.Code)
	}
	if c.DecimalDigits < 0 {
		return fault.New(fault.InvalidData, "currency.decimal_digits cannot be %d; it is 0 or more", c.DecimalDigits)
	}
	return module.FirstError(
		module.Require(Currencies, "name", c.Name),
		module.Require(Currencies, "symbol", c.Symbol),
		module.Require(Currencies, "symbol_native", c.SymbolNative),
		module.NotNegative(Currencies, "rounding", c.Rounding),
	)
}
