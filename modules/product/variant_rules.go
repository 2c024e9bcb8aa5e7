package product

import (
	"context"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
)

// choice is a value of an option that a variant has.
type choice struct{ variant, product, option, value string }

// checkChoices checks that variants have one value of each option of their product,
// and that no other variant of the product has the same values. It checks the
// variants whose options were written with them.
func (s *Service) checkChoices(ctx context.Context, variants []*Variant) error {
	var products []string
	titles := map[string]string{} // titles of the variants to check, by id
	for _, v := range variants {
		if v.Options != nil && v.ProductID != nil {
			titles[v.ID] = v.Title
			products = append(products, *v.ProductID)
		}
	}
	if len(products) == 0 {
		return nil
	}
	options, err := s.options(ctx, products)
	if err != nil {
		return err
	}
	choices, err := s.choices(ctx, products)
	if err != nil {
		return err
	}
	return compare(titles, options, choices)
}

// options returns the ids of the options of products.
func (s *Service) options(ctx context.Context, products []string) (map[string][]string, error) {
	query := `SELECT product_id, product_option_id FROM product_product_option WHERE ` +
		s.store.DB.Dialect().List("product_id", 1) + ` AND deleted_at IS NULL`
	rows, err := db.Use(ctx, s.store.DB).Query(ctx, query, products)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[string][]string{}
	for rows.Next() {
		var product, option string
		if err := rows.Scan(&product, &option); err != nil {
			return nil, err
		}
		out[product] = append(out[product], option)
	}
	return out, rows.Err()
}

// choices returns the values of the live variants of products, sorted by variant and
// option.
func (s *Service) choices(ctx context.Context, products []string) ([]choice, error) {
	query := `SELECT v.id, v.product_id, coalesce(o.option_id, ''), o.id
		FROM product_variant v
		JOIN product_variant_option vo ON vo.variant_id = v.id
		JOIN product_option_value o ON o.id = vo.option_value_id
		WHERE ` + s.store.DB.Dialect().List("v.product_id", 1) + ` AND v.deleted_at IS NULL
		ORDER BY v.id, o.option_id, o.id`
	rows, err := db.Use(ctx, s.store.DB).Query(ctx, query, products)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []choice
	for rows.Next() {
		var c choice
		if err := rows.Scan(&c.variant, &c.product, &c.option, &c.value); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, rows.Err()
}

// compare checks the variants that have titles, and compares them with all others.
func compare(titles map[string]string, options map[string][]string, choices []choice) error {
	taken := map[string]string{} // variant by product and values
	var last error
	for len(choices) > 0 {
		n := slices.IndexFunc(choices, func(c choice) bool { return c.variant != choices[0].variant })
		if n < 0 {
			n = len(choices)
		}
		one := choices[:n]
		choices = choices[n:]
		title, checked := titles[one[0].variant]
		if checked {
			if err := covers(title, options[one[0].product], one); err != nil {
				return err
			}
		}
		key := one[0].product
		for _, c := range one {
			key += " " + c.value
		}
		if other, ok := taken[key]; ok && (checked || titles[other] != "") {
			last = fault.New(fault.InvalidData, "variant %q has the same options as another variant of its product", either(title, titles[other]))
		}
		taken[key] = one[0].variant
	}
	return last
}

func either(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// covers checks that the choices of a variant are one of each option, and of no
// other.
func covers(title string, options []string, choices []choice) error {
	var chosen []string
	for _, c := range choices {
		switch {
		case !slices.Contains(options, c.option):
			return fault.New(fault.InvalidData, "variant %q has the option value %q, but its product does not have that option", title, c.value)
		case slices.Contains(chosen, c.option):
			return fault.New(fault.InvalidData, "variant %q has two values of option %q; it needs one", title, c.option)
		}
		chosen = append(chosen, c.option)
	}
	if len(chosen) < len(options) {
		missing := slices.DeleteFunc(slices.Clone(options), func(o string) bool { return slices.Contains(chosen, o) })
		return fault.New(fault.InvalidData, "variant %q has no value of option %s; it needs one of each", title, strings.Join(missing, ", "))
	}
	return nil
}

// CheckChoices checks the option values of variants, after they were changed.
func (s *Service) CheckChoices(ctx context.Context, ids ...string) error {
	variants, err := s.Variants.List(ctx, module.Where{"id": ids}, module.Page{})
	if err != nil {
		return err
	}
	for _, v := range variants {
		v.Options = []*OptionValue{} // so that it is checked
	}
	return s.checkChoices(ctx, variants)
}
