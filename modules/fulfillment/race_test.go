package fulfillment_test

import (
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/modules/fulfillment"
)

// Of many who ship and cancel a parcel at once, one succeeds.
func TestShippedAndCanceledAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, _, options := warehouse(t, d)
		f := mug(options[fulfillment.ManualProviderID])
		if err := s.Create(t.Context(), f); err != nil {
			t.Fatal(err)
		}
		errs := make(chan error)
		for i := range 16 {
			go func() {
				if i%2 == 0 {
					errs <- s.Cancel(t.Context(), f.ID)
					return
				}
				errs <- s.Ship(t.Context(), fulfillment.Shipping{ID: f.ID})
			}()
		}
		done := 0
		for range 16 {
			switch err := <-errs; fault.TypeOf(err) {
			case "":
				done++
			case fault.NotAllowed:
			default:
				t.Error(err)
			}
		}
		if done != 1 {
			t.Errorf("%d succeeded", done)
		}
	})
}
