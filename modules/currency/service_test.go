package currency_test

import (
	"context"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/module/moduletest"
	"github.com/gorgon-commerce/gorgon/modules/currency"
	"github.com/gorgon-commerce/gorgon/money"
)

var graph = moduletest.Graph(currency.Module)

func TestTheWorldIsAddedOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := currency.New(moduletest.Open(t, d, graph))
		moduletest.Create(t, s.Currencies, &currency.Currency{Code: "eur", Symbol: "EUR", SymbolNative: "€", Name: "Our euro", Rounding: money.MustParse("0.05")})
		if err := s.Currencies.SoftDelete(t.Context(), "eur"); err != nil {
			t.Fatal(err)
		}
		for _, want := range []int{len(currency.World) - 1, 0} {
			if added, err := s.AddWorld(t.Context()); added != want || err != nil {
				t.Errorf("added %d (%v), want %d", added, err, want)
			}
		}
		if err := s.Currencies.Restore(t.Context(), "eur"); err != nil {
			t.Fatal(err)
		}
		if c, err := s.Currencies.Retrieve(t.Context(), "eur"); err != nil || c.Name != "Our euro" || c.Rounding.String() != "0.05" {
			t.Errorf("the currency that was there became %+v (%v)", c, err)
		}
		if c, err := s.Currencies.Retrieve(t.Context(), "kwd"); err != nil || c.DecimalDigits != 3 || c.SymbolNative != "د.ك.\u200f" {
			t.Errorf("the Kuwaiti dinar is %+v (%v)", c, err)
		}
	})
}

func TestCurrenciesAreWhole(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		store := moduletest.Open(t, d, graph)
		s := currency.New(store)
		good := currency.Currency{Code: "xts", Symbol: "X", SymbolNative: "X", Name: "Test"}
		moduletest.Create(t, s.Currencies, new(good))
		create := func(change func(*currency.Currency)) func(context.Context) error {
			return func(ctx context.Context) error {
				c := good
				c.Code = "xtt"
				change(&c)
				return s.Currencies.Create(ctx, &c)
			}
		}
		moduletest.Refuse(t, store,
			moduletest.Refusal{Do: create(func(c *currency.Currency) { c.Code = "EUR" }), Words: []string{"currency.code", `"EUR"`, "lower case"}},
			moduletest.Refusal{Do: create(func(c *currency.Currency) { c.Code = "euro" }), Words: []string{"currency.code", "three letters"}},
			moduletest.Refusal{Do: create(func(c *currency.Currency) { c.Name = "" }), Words: []string{"currency.name"}},
			moduletest.Refusal{Do: create(func(c *currency.Currency) { c.Symbol = " " }), Words: []string{"currency.symbol"}},
			moduletest.Refusal{Do: create(func(c *currency.Currency) { c.SymbolNative = "" }), Words: []string{"currency.symbol_native"}},
			moduletest.Refusal{Do: create(func(c *currency.Currency) { c.DecimalDigits = -1 }), Words: []string{"currency.decimal_digits", "-1"}},
			moduletest.Refusal{Do: create(func(c *currency.Currency) { c.Rounding = money.Int(-1) }), Words: []string{"currency.rounding"}},
			moduletest.Refusal{Do: create(func(c *currency.Currency) { c.Code = "xts" }), Type: fault.DuplicateError, Words: []string{"currency", "xts"}},
			moduletest.Refusal{Words: []string{"currency.name"}, Do: func(ctx context.Context) error {
				_, err := s.Currencies.Update(ctx, []string{"xts"}, module.Patch{"name": ""})
				return err
			}},
		)
	})
}
