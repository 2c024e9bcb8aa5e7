package inventory

import (
	"context"
	"encoding/json"
	"math/bits"
	"slices"
	"strconv"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/money"
)

// change is what is added to the quantities of a level.
type change struct {
	Place
	stocked, incoming, reserved money.Amount
	fits                        money.Amount // the part of reserved that may not exceed what is stocked
}

// changes are the changes of a call, one for each place.
type changes []*change

// at returns the change of a place, adding an empty one if there is none.
func (c *changes) at(p Place) *change {
	for _, have := range *c {
		if have.Place == p {
			return have
		}
	}
	*c = append(*c, &change{Place: p})
	return (*c)[len(*c)-1]
}

// needed is what must be stocked after the change, beside what is reserved before;
// guarded reports whether anything must be.
func (c *change) needed() (quantity money.Amount, guarded bool) {
	if c.stocked.Sign() < 0 {
		return c.reserved, true
	}
	return c.fits, c.fits.Sign() > 0
}

func (c *change) empty() bool {
	return c.stocked.IsZero() && c.incoming.IsZero() && c.reserved.IsZero()
}

// apply makes changes in one statement, which locks the levels in the order of their
// ids. It changes all of them, or none and returns an error that says which level has
// too little.
func (s *Service) apply(ctx context.Context, all changes) error {
	all = slices.DeleteFunc(all, (*change).empty)
	if len(all) == 0 {
		return nil
	}
	batch, err := json.Marshal(all)
	if err != nil {
		return err
	}
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		releases := slices.ContainsFunc(all, func(c *change) bool { return c.reserved.Sign() < 0 })
		columns := []string{"stocked_quantity", "incoming_quantity", "reserved_quantity", "backordered", "updated_at"}
		n, err := s.store.UpdateSet(ctx, InventoryLevels, columns, s.applySQL(len(all), releases), string(batch), s.store.Now(), len(all))
		if err != nil || n == int64(len(all)) {
			return err
		}
		return s.refused(ctx, all)
	})
}

// MarshalJSON returns the change as a row of applySQL's first argument.
func (c *change) MarshalJSON() ([]byte, error) {
	needed, guarded := c.needed()
	return json.Marshal(struct {
		Item     string `json:"c0"`
		Location string `json:"c1"`
		Stocked  string `json:"c2"`
		Incoming string `json:"c3"`
		Reserved string `json:"c4"`
		Needed   string `json:"c5"`
		Guarded  bool   `json:"c6"`
		Takes    bool   `json:"c7"`
	}{c.InventoryItemID, c.LocationID, c.stocked.String(), c.incoming.String(), c.reserved.String(), needed.String(), guarded,
		c.incoming.Sign() < 0})
}

// applySQL returns the statement that makes n changes of levels. Its arguments are the
// changes, the time, and the number of changes. releases says whether something is
// released.
//
// PostgreSQL expects 100 rows of any JSON, for which it would read all of some
// thousand levels; the limit, a power of two that n does not exceed, tells it better.
func (s *Service) applySQL(n int, releases bool) string {
	d := s.store.DB.Dialect()
	cells := []db.ColumnType{db.Text, db.Text, db.Decimal, db.Decimal, db.Decimal, db.Decimal, db.Bool, db.Bool}
	plus := func(column string, cell int) string { return d.Add("l."+column, d.Cell(cell, db.Decimal)) }
	reserved := plus("reserved_quantity", 4)
	if releases { // an imported level may have less reserved than its reservations say
		reserved = d.Add("CASE WHEN "+reserved+" < '0' THEN '0' ELSE "+reserved+" END", "'0'")
	}
	return "WITH c AS MATERIALIZED (SELECT l.id, " + plus("stocked_quantity", 2) + " AS stocked, " + plus("incoming_quantity", 3) + " AS incoming, " +
		reserved + " AS reserved, " + plus("reserved_quantity", 5) + " AS needed, " + d.Cell(6, db.Bool) + " AS guarded, " +
		d.Cell(7, db.Bool) + " AS takes_incoming" +
		" FROM (SELECT * FROM " + d.Tuples(1, cells...) + " LIMIT " + strconv.Itoa(1<<bits.Len(uint(n-1))) + ") AS x" +
		" CROSS JOIN inventory_level AS l WHERE l.inventory_item_id = " + d.Cell(0, db.Text) + " AND l.location_id = " + d.Cell(1, db.Text) + " AND l.deleted_at IS NULL" +
		" ORDER BY l.id" + d.ForUpdate("l") + ")" +
		" UPDATE inventory_level SET stocked_quantity = c.stocked, incoming_quantity = c.incoming, reserved_quantity = c.reserved," +
		" backordered = c.reserved > c.stocked OR c.incoming < '0', updated_at = " + d.Placeholder(2) + " FROM c WHERE inventory_level.id = c.id" +
		" AND (SELECT count(*) FROM c) = " + d.Placeholder(3) +
		" AND NOT EXISTS (SELECT 1 FROM c WHERE takes_incoming AND incoming < '0' OR guarded AND needed > stocked)"
}

// onlyReleases reports whether a change does nothing but release what is reserved.
func (c *change) onlyReleases() bool {
	return c.reserved.Sign() < 0 && c.stocked.IsZero() && c.incoming.IsZero() && c.fits.Sign() <= 0
}

// refused returns the error for changes that the database did not make. Where there
// is no level, nothing has to be released; the other changes are made then.
func (s *Service) refused(ctx context.Context, all changes) error {
	items := make([]string, len(all))
	for i, c := range all {
		items[i] = c.InventoryItemID
	}
	levels, err := s.InventoryLevels.List(ctx, module.Where{"inventory_item_id": items}, module.Page{})
	if err != nil {
		return err
	}
	at := map[Place]*InventoryLevel{}
	for _, l := range levels {
		at[Place{l.InventoryItemID, l.LocationID}] = l
	}
	var there changes
	for _, c := range all {
		if c.onlyReleases() && at[c.Place] == nil {
			continue // the level was deleted, or never imported
		}
		if err := c.check(at[c.Place]); err != nil {
			return err
		}
		there = append(there, c)
	}
	if len(there) < len(all) {
		return s.apply(ctx, there)
	}
	return fault.New(fault.Conflict, "the stock of %d inventory items was changed by another request; try again", len(all))
}

// check returns an error if a level does not have enough for a change. The level may
// be nil.
func (c *change) check(l *InventoryLevel) error {
	if l == nil {
		return fault.New(fault.NotFound, "inventory item %q has no inventory level at location %q", c.InventoryItemID, c.LocationID)
	}
	needed, guarded := c.needed()
	switch {
	case guarded && c.stocked.IsZero() && l.ReservedQuantity.Add(needed).Cmp(l.StockedQuantity) > 0:
		err := fault.New(fault.NotAllowed, "%s of inventory item %q cannot be reserved at location %q: %s are available",
			needed, c.InventoryItemID, c.LocationID, l.StockedQuantity.Sub(l.ReservedQuantity))
		err.Code = InsufficientInventory
		return err
	case guarded && l.ReservedQuantity.Add(needed).Cmp(l.StockedQuantity.Add(c.stocked)) > 0:
		return fault.New(fault.NotAllowed, "%s of inventory item %q cannot be taken from location %q: %s are stocked, of which %s are reserved",
			c.stocked.Neg(), c.InventoryItemID, c.LocationID, l.StockedQuantity, l.ReservedQuantity)
	case c.incoming.Sign() < 0 && l.IncomingQuantity.Add(c.incoming).Sign() < 0:
		return fault.New(fault.NotAllowed, "%s of inventory item %q cannot be taken off what is incoming at location %q, which is %s",
			c.incoming.Neg(), c.InventoryItemID, c.LocationID, l.IncomingQuantity)
	}
	return nil
}

// InsufficientInventory is the code of errors about reservations of more than there
// is, as in Medusa.
const InsufficientInventory = "insufficient_inventory"
