package pricing

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
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
	all, last := map[string][]*candidate{}, (*candidate)(nil)
	for rows.Next() {
		p, err := scan(rows)
		if err != nil {
			return nil, err
		}
		if last != nil && last.id == p.id { // another row of the same price, for its next rule
			last.add(p)
			continue
		}
		last = p
		all[p.set] = append(all[p.set], p)
	}
	return all, rows.Err()
}

// candidatesSQL returns a query with a row for each price or, if it has rules, for
// each pair of a rule of the price and a rule of its list. The rows of a price are
// consecutive.
func (s *Service) candidatesSQL() string {
	d := s.store.DB.Dialect()
	return "SELECT p.price_set_id, p.id, p.amount, p.min_quantity, p.max_quantity, p.price_list_id, l.type," +
		" r.id, r.attribute, r.operator, r.value, r.priority, lr.id, lr.attribute, lr.value, bc.is_tax_inclusive, br.is_tax_inclusive" +
		" FROM " + s.table(Prices) + " AS p" +
		" JOIN " + s.table(PriceSets) + " AS s ON s.id = p.price_set_id AND s.deleted_at IS NULL" +
		" LEFT JOIN " + s.table(PriceLists) + " AS l ON l.id = p.price_list_id AND l.deleted_at IS NULL AND l.status = " + d.Placeholder(4) +
		" AND (l.starts_at IS NULL OR l.starts_at <= " + d.Placeholder(3) + ") AND (l.ends_at IS NULL OR l.ends_at >= " + d.Placeholder(3) + ")" +
		" LEFT JOIN " + s.table(PriceRules) + " AS r ON r.price_id = p.id AND r.deleted_at IS NULL" +
		" LEFT JOIN " + s.table(PriceListRules) + " AS lr ON lr.price_list_id = l.id AND lr.deleted_at IS NULL" +
		" LEFT JOIN " + s.table(PricePreferences) + " AS bc ON bc.attribute = " + d.Placeholder(5) + " AND bc.value = " + d.Placeholder(2) + " AND bc.deleted_at IS NULL" +
		" LEFT JOIN " + s.table(PricePreferences) + " AS br ON br.attribute = " + d.Placeholder(6) + " AND br.value = " + d.Placeholder(7) + " AND br.deleted_at IS NULL" +
		" WHERE p.deleted_at IS NULL AND p.currency_code = " + d.Placeholder(2) + " AND " + d.List("p.price_set_id", 1) +
		" AND (p.price_list_id IS NULL OR l.id IS NOT NULL) ORDER BY p.id"
}

// scan reads a row of candidatesSQL.
func scan(rows db.Rows) (*candidate, error) {
	p := &candidate{rules: map[string]*PriceRule{}, listRules: map[string]*PriceListRule{}}
	var listType, rule, attribute, operator, value, listRule, listAttribute *string
	var priority *int64
	var listValue model.RawJSON
	err := rows.Scan(&p.set, &p.id, &p.amount, &p.min, &p.max, &p.listID, &listType,
		&rule, &attribute, &operator, &value, &priority, &listRule, &listAttribute, &listValue, &p.byCurrency, &p.byRegion)
	if err != nil {
		return nil, err
	}
	if listType != nil {
		p.listType = new(PriceListType(*listType))
	}
	if rule != nil {
		p.rules[*rule] = &PriceRule{Attribute: *attribute, Operator: RuleOperator(*operator), Value: *value, Priority: *priority}
	}
	if listRule != nil {
		p.listRules[*listRule] = &PriceListRule{Attribute: *listAttribute, Value: listValue}
	}
	return p, nil
}

// add adds the rules in another row of the same price.
func (p *candidate) add(row *candidate) {
	for id, r := range row.rules {
		p.rules[id] = r
	}
	for id, r := range row.listRules {
		p.listRules[id] = r
	}
}
