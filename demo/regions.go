package demo

import (
	"context"

	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/payment"
	"github.com/gorgon-commerce/gorgon/modules/region"
	"github.com/gorgon-commerce/gorgon/money"
)

// area is a region with what depends on it.
type area struct {
	*region.Region
	lands  []land
	taxes  []levy
	factor money.Amount // gross amount divided by net amount

	standard, express, freight, back *carriage // the ways of shipping, and of returning
	card                             *payment.ProviderRecord
	others                           []*payment.ProviderRecord
}

// levy is one of the taxes of an area.
type levy struct {
	code, about string
	rate        money.Amount // in percent
	percent     float64      // the same, in the type that carts have
}

// The shop is small and in France, so French taxes apply in all of Europe. In America, the
// taxes of a state and a city add up to ten percent.
func europeTaxes() []levy { return []levy{{"FR-VAT", "VAT", money.Int(20), 20}} }

func americaTaxes() []levy {
	return []levy{{"US-STATE", "State sales tax", money.MustParse("6.5"), 6.5}, {"US-LOCAL", "Local sales tax", money.MustParse("3.5"), 3.5}}
}

// makeRegions creates the currencies and countries of the world, two regions, and their
// payment providers.
func (w *world) makeRegions(ctx context.Context) error {
	if err := w.Translation.AddWorld(ctx); err != nil {
		return err
	}
	if _, err := w.Currency.AddWorld(ctx); err != nil {
		return err
	}
	if _, err := w.Region.AddWorld(ctx); err != nil {
		return err
	}
	w.europe = newArea("Europe", "eur", europe(), europeTaxes())
	w.america = newArea("North America", "usd", america(), americaTaxes())
	if err := w.Region.Regions.Create(ctx, w.europe.Region, w.america.Region); err != nil {
		return err
	}
	providers := map[string]*payment.ProviderRecord{}
	for _, id := range []string{"pp_card_demo", "pp_system_default", "pp_transfer_demo"} {
		p, err := w.provider(ctx, id)
		if err != nil {
			return err
		}
		providers[id] = p
	}
	card, system, transfer := providers["pp_card_demo"], providers["pp_system_default"], providers["pp_transfer_demo"]
	w.europe.card, w.europe.others = card, []*payment.ProviderRecord{system, transfer}
	w.america.card, w.america.others = card, []*payment.ProviderRecord{system}
	return nil
}

// areas returns both areas, in the order in which they were created.
func (w *world) areas() []*area { return []*area{w.europe, w.america} }

func newArea(name, currency string, lands []land, taxes []levy) *area {
	a := &area{lands: lands, taxes: taxes, factor: money.Int(1)}
	a.Region = &region.Region{Name: name, CurrencyCode: currency}
	for _, l := range lands {
		a.Countries = append(a.Countries, &region.Country{ISO2: l.code})
	}
	for _, t := range taxes {
		a.factor = a.factor.Add(t.rate.Mul(money.MustParse("0.01")))
	}
	return a
}

// provider returns the payment provider with an id, which may have been created from the
// configuration.
func (w *world) provider(ctx context.Context, id string) (*payment.ProviderRecord, error) {
	found, err := w.Payment.Providers.List(ctx, module.Where{"id": id}, module.Page{})
	if err != nil {
		return nil, err
	}
	if len(found) > 0 {
		return found[0], nil
	}
	p := &payment.ProviderRecord{}
	p.ID = id
	return p, w.Payment.Providers.Create(ctx, p)
}
