package demo

import (
	"context"
	"fmt"
	"strings"

	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/money"
)

// good is a product with its prices.
type good struct {
	*product.Product
	ware
	prices     map[string]money.Amount // amounts by currency
	inShowroom bool
}

// shelves are the types, collections, tags, categories and options of products.
type shelves struct {
	kinds       map[string]*product.Type
	collections map[string]*product.Collection
	categories  map[string]*product.Category
	tags        map[string]*product.Tag
	options     map[string]*product.Option
	values      map[string]*product.OptionValue // by "Option: value"
}

// makeCatalog creates the products, and the types, collections, tags and so on that they
// have.
func (w *world) makeCatalog(ctx context.Context) error {
	table := wares()
	s, err := w.makeShelves(ctx, table)
	if err != nil {
		return err
	}
	var all []*product.Product
	for i, ware := range table {
		g := &good{Product: s.product(ware, i), ware: ware, inShowroom: i%2 == 0}
		g.prices = map[string]money.Amount{"eur": money.MustParse(ware.euros), "usd": money.MustParse(ware.dollars)}
		w.goods = append(w.goods, g)
		all = append(all, g.Product)
	}
	return w.Product.Products.Create(ctx, all...)
}

// makeShelves creates each type, collection and so on in the table, once.
func (w *world) makeShelves(ctx context.Context, table []ware) (*shelves, error) {
	s := &shelves{
		kinds: map[string]*product.Type{}, collections: map[string]*product.Collection{}, categories: map[string]*product.Category{},
		tags: map[string]*product.Tag{}, options: map[string]*product.Option{}, values: map[string]*product.OptionValue{},
	}
	var kinds []*product.Type
	var collections []*product.Collection
	var tags []*product.Tag
	var options []*product.Option
	for _, ware := range table {
		kinds = once(kinds, s.kinds, ware.kind, &product.Type{Value: ware.kind})
		collections = once(collections, s.collections, ware.collection, &product.Collection{Title: ware.collection})
		for _, t := range ware.tags {
			tags = once(tags, s.tags, t, &product.Tag{Value: t})
		}
		for _, c := range ware.choices {
			options = once(options, s.options, c.title, &product.Option{Title: c.title})
			s.addValues(c)
		}
	}
	for _, err := range []error{
		w.Product.Types.Create(ctx, kinds...), w.Product.Collections.Create(ctx, collections...), w.Product.Tags.Create(ctx, tags...),
		w.Product.Options.Create(ctx, options...), w.Product.Categories.Create(ctx, s.tree()...),
	} {
		if err != nil {
			return nil, err
		}
	}
	return s, nil
}

// once appends a record to a list and notes it under its name, if the name is new.
func once[T any](list []*T, known map[string]*T, name string, record *T) []*T {
	if known[name] != nil {
		return list
	}
	known[name] = record
	return append(list, record)
}

// addValues adds the values that a product has to a shared option.
func (s *shelves) addValues(c choice) {
	o := s.options[c.title]
	for _, v := range c.values {
		name := c.title + ": " + v
		o.Values = once(o.Values, s.values, name, &product.OptionValue{Value: v, Rank: new(int64(len(o.Values)))})
	}
}

// tree returns the categories. Products are in the leaves.
func (s *shelves) tree() []*product.Category {
	var roots []*product.Category
	for i, branch := range [][]string{{"Outdoor", "Camping", "Hiking"}, {"Home", "Kitchen", "Living"}} {
		root := &product.Category{Name: branch[0], IsActive: true, Rank: int64(i)}
		for rank, name := range branch[1:] {
			c := &product.Category{Name: name, IsActive: true, Rank: int64(rank)}
			s.categories[name] = c
			root.CategoryChildren = append(root.CategoryChildren, c)
		}
		roots = append(roots, root)
	}
	return roots
}

// product returns the n-th product with its variants.
func (s *shelves) product(w ware, n int) *product.Product {
	slug := strings.ToLower(strings.ReplaceAll(w.title, " ", "-"))
	picture := "/static/demo/" + slug
	p := &product.Product{
		Title: w.title, Handle: slug, Subtitle: text(w.subtitle), Description: text(w.about), Status: product.StatusPublished,
		Thumbnail: new(picture + "-small.svg"), Weight: new(float64(w.grams)), OriginCountry: text(w.origin), Material: text(w.material),
		Type: s.kinds[w.kind], Collection: s.collections[w.collection], Categories: []*product.Category{s.categories[w.category]},
		Images: []*product.Image{{URL: picture + ".svg"}, {URL: picture + "-in-use.svg"}},
	}
	for _, t := range w.tags {
		p.Tags = append(p.Tags, s.tags[t])
	}
	for _, c := range w.choices {
		o := &product.ProductOption{ProductOption: s.options[c.title]}
		for _, v := range c.values {
			o.Values = append(o.Values, s.values[c.title+": "+v])
		}
		p.ProductOptions = append(p.ProductOptions, o)
	}
	for i, values := range combinations(w.choices) {
		p.Variants = append(p.Variants, s.variant(w, values, n*10+i))
	}
	return p
}

// variant returns the variant with values. n is a number that only it has.
func (s *shelves) variant(w ware, values []string, n int) *product.Variant {
	v := &product.Variant{Title: "Default", SKU: new(sku(w.sku, values)), EAN: new(ean(n)), Weight: new(float64(w.grams))}
	if len(values) > 0 {
		v.Title = strings.Join(values, " / ")
	}
	for i, c := range w.choices {
		v.Options = append(v.Options, s.values[c.title+": "+values[i]])
	}
	return v
}

// combinations returns all ways to choose one value of each option; without options, there
// is one empty combination.
func combinations(choices []choice) [][]string {
	all := [][]string{nil}
	for _, c := range choices {
		var longer [][]string
		for _, way := range all {
			for _, v := range c.values {
				longer = append(longer, append(way[:len(way):len(way)], v))
			}
		}
		all = longer
	}
	return all
}

// sku returns the code of a product with the beginnings of values, such as CRN-SM-SLATE.
func sku(code string, values []string) string {
	for _, v := range values {
		code += "-" + strings.ToUpper(strings.NewReplacer(" ", "", "/", "").Replace(v))
	}
	return code
}

// ean returns the n-th number of the range that is reserved for use inside a shop, with its
// check digit.
func ean(n int) string {
	code, sum := fmt.Sprintf("200%09d", n), 0
	for i, digit := range code {
		sum += int(digit-'0') * (1 + 2*(i%2))
	}
	return fmt.Sprintf("%s%d", code, (10-sum%10)%10)
}
