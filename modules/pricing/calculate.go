package pricing

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/money"
)

// Calculate returns the price that applies in the context for each set, by the id of
// the set. It takes one statement for any number of sets. Unknown sets, and sets
// without a price that applies, are left out. If the context has no currency, the
// error is invalid_data.
func (s *Service) Calculate(ctx context.Context, setIDs []string, c Context) (map[string]Calculated, error) {
	lines := make([]Line, len(setIDs))
	for i, id := range setIDs {
		lines[i] = Line{PriceSetID: id, Quantity: c.Quantity}
	}
	found, err := s.CalculateLines(ctx, lines, c)
	if err != nil {
		return nil, err
	}
	out := make(map[string]Calculated, len(found))
	for _, f := range found {
		if f != nil {
			out[f.ID] = *f
		}
	}
	return out, nil
}

// Line is a quantity of a price set.
type Line struct {
	PriceSetID string
	Quantity   money.Amount // 0 means 1; used instead of the quantity of the context
}

// CalculateLines is like Calculate, for lines with their own quantities, such as
// those of a cart. It takes one statement for all lines. The results are in the order
// of the lines, with nil for a line without a price.
func (s *Service) CalculateLines(ctx context.Context, lines []Line, c Context) ([]*Calculated, error) {
	in, err := c.complete()
	if err != nil {
		return nil, err
	}
	var sets []string
	for _, l := range lines {
		if isText(l.PriceSetID) {
			sets = append(sets, l.PriceSetID)
		}
	}
	slices.Sort(sets)
	candidates, err := s.candidates(ctx, slices.Compact(sets), in)
	if err != nil {
		return nil, err
	}
	out := make([]*Calculated, len(lines))
	for i, l := range lines {
		if l.Quantity.IsZero() {
			l.Quantity = money.Int(1)
		}
		out[i] = choose(candidates[l.PriceSetID], in, l)
	}
	return out, nil
}

// choose picks the best of the set's own prices and the best price of a list.
func choose(candidates []*candidate, c *Context, l Line) *Calculated {
	var own, listed *candidate
	for _, p := range candidates {
		switch {
		case !p.matches(c, l.Quantity):
		case p.listID == nil:
			own = better(own, p)
		default:
			listed = better(listed, p)
		}
	}
	return newCalculated(l.PriceSetID, c, own, listed)
}

// isText reports whether the database can hold a text.
func isText(s string) bool { return utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 }

// candidates returns the prices of sets in the context's currency, by set, with their
// rules. Prices of a list are included, with the rules of the list, if the list is in
// force.
func (s *Service) candidates(ctx context.Context, sets []string, c *Context) (map[string][]*candidate, error) {
	if len(sets) == 0 {
		return nil, nil
	}
	region := c.RegionID
	if !isText(region) {
		region = ""
	}
	rows, err := db.Use(ctx, s.store.DB).Query(ctx, s.candidatesSQL(),
		sets, c.CurrencyCode, s.store.Now().UTC().Truncate(time.Millisecond), string(ListActive), AttributeCurrency, AttributeRegion, region)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all, seen := make(map[string][]*candidate, len(sets)), map[string]*candidate{}
	for rows.Next() {
		r, err := scan(rows)
		if err != nil {
			return nil, err
		}
		p := seen[r.candidate.id] // nil unless there was another row of the same price, for another rule
		if p == nil {
			p = r.candidate
			seen[p.id], all[p.set] = p, append(all[p.set], p)
		}
		r.addRules(p)
	}
	return all, rows.Err()
}

// candidatesSQL returns a query with a row for each price or, if it has rules, for
// each pair of a rule of the price and a rule of its list. Prices of deleted sets are
// deleted with them.
func (s *Service) candidatesSQL() string {
	d := s.store.DB.Dialect()
	return "SELECT p.price_set_id, p.id, p.amount, p.min_quantity, p.max_quantity, p.price_list_id, l.type," +
		" r.attribute, r.operator, r.value, r.priority, lr.attribute, lr.value, " + s.preferenceSQL(5, 2) + ", " + s.preferenceSQL(6, 7) +
		" FROM " + s.table(Prices) + " AS p" +
		" LEFT JOIN " + s.table(PriceLists) + " AS l ON l.id = p.price_list_id AND l.deleted_at IS NULL AND l.status = " + d.Placeholder(4) +
		" AND (l.starts_at IS NULL OR l.starts_at <= " + d.Placeholder(3) + ") AND (l.ends_at IS NULL OR l.ends_at >= " + d.Placeholder(3) + ")" +
		" LEFT JOIN " + s.table(PriceRules) + " AS r ON r.price_id = p.id AND r.deleted_at IS NULL" +
		" LEFT JOIN " + s.table(PriceListRules) + " AS lr ON lr.price_list_id = l.id AND lr.deleted_at IS NULL" +
		" WHERE p.deleted_at IS NULL AND p.currency_code = " + d.Placeholder(2) + " AND " + d.List("p.price_set_id", 1) +
		" AND (p.price_list_id IS NULL OR l.id IS NOT NULL)"
}

// preferenceSQL returns the query for the tax preference of an attribute and a value,
// which are arguments.
func (s *Service) preferenceSQL(attribute, value int) string {
	d := s.store.DB.Dialect()
	return "(SELECT is_tax_inclusive FROM " + s.table(PricePreferences) + " WHERE attribute = " + d.Placeholder(attribute) +
		" AND value = " + d.Placeholder(value) + " AND deleted_at IS NULL)"
}
