// Package modules_test tests the models of all modules together: that they form one
// graph, that they match the files in testdata, and that their tables are those of
// Medusa, whose databases can be imported.
package modules_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/shop"
)

// modules are the models that every shop has, by the folder of their module.
var modules = func() map[string][]*model.Model {
	out := map[string][]*model.Model{}
	for _, m := range shop.Modules {
		out[path.Base(m.Models[0].Go.PkgPath())] = m.Models
	}
	return out
}()

// buildGraph builds the graph once.
var buildGraph = sync.OnceValues(func() (*model.Graph, error) { return model.NewGraph(module.Models(shop.Modules...)...) })

func graph(t *testing.T) *model.Graph {
	t.Helper()
	g, err := buildGraph()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestEveryNameMeansOneModel(t *testing.T) {
	t.Parallel()
	g := graph(t)
	for entity, name := range map[string]string{
		"order": "order", "orders": "order", "order_claims": "order_claim", "claim": "order_claim", "claims": "order_claim", "exchange": "order_exchange", "return": "return", "order_addresses": "order_address",
		"line_item": "line_item", "addresses": "address", "credit_line": "credit_line", "order_credit_line": "order_credit_line",
		"variant": "product_variant", "variants": "product_variant", "product_variants": "product_variant",
		"product_categories": "product_category", "product_image": "product_image", "countries": "country",
		"campaign": "campaign", "sales_channels": "sales_channel", "provider_identity": "provider_identity",
	} {
		m, err := g.Model(entity)
		if err != nil || m.Name != name {
			t.Errorf("entity %s is %v, %v; want %s", entity, m, err, name)
		}
	}
	for _, unknown := range []string{"Order", "category", "payment_method"} {
		if m, err := g.Model(unknown); err == nil {
			t.Errorf("entity %s is %s; want none", unknown, m)
		}
	}
}

func TestEveryHopJoinsColumnsThatExist(t *testing.T) {
	t.Parallel()
	g := graph(t)
	for _, m := range g.Models() {
		for _, e := range g.Edges(m) {
			checkHops(t, e, nil)
			if e.Overlay != nil {
				checkOverlay(t, e)
			}
		}
	}
}

// checkHops compares both sides of every condition. arrival is the hops of the edge by
// which the record itself was reached.
func checkHops(t *testing.T, e *model.Edge, arrival []model.Hop) {
	t.Helper()
	for i, hop := range e.Hops {
		for _, on := range hop.On {
			left := hop.Model.Field(on.Column)
			if left == nil {
				t.Errorf("edge %s of %s: %s has no column %s", e.Name, e.From, hop.Model, on.Column)
				continue
			}
			if on.Of == "" {
				continue
			}
			source := e.From
			if a, ok := model.ArrivalHop(on.Row); ok {
				source = arrival[a].Model
			} else if on.Row != model.FromRow {
				if on.Row >= i {
					t.Fatalf("edge %s of %s: hop %d asks hop %d", e.Name, e.From, i, on.Row)
				}
				source = e.Hops[on.Row].Model
			}
			if right := source.Field(on.Of); right == nil || right.Kind != left.Kind {
				t.Errorf("edge %s of %s: %s.%s cannot equal %s.%s", e.Name, e.From, hop.Model, on.Column, source, on.Of)
			}
		}
	}
	if e.Content != "" && e.Target().Model.Field(e.Content) == nil {
		t.Errorf("edge %s of %s: %s has no column %s", e.Name, e.From, e.To, e.Content)
	}
}

func checkOverlay(t *testing.T, e *model.Edge) {
	t.Helper()
	for _, f := range e.Overlay.Fields {
		source := e.Hops[f.Hop].Model.Field(f.Column)
		if source == nil || source.Kind != f.Field.Kind {
			t.Errorf("edge %s of %s: field %s is not %s.%s", e.Name, e.From, f.Field.Name, e.Hops[f.Hop].Model, f.Column)
		}
		if f.Fallback != "" && e.To.Field(f.Fallback) == nil {
			t.Errorf("edge %s of %s: field %s falls back to %s.%s", e.Name, e.From, f.Field.Name, e.To, f.Fallback)
		}
	}
	for _, inner := range e.Overlay.Edges {
		if inner.From != e.To || inner.To != inner.Target().Model {
			t.Errorf("edge %s of %s: its edge %s has wrong ends", e.Name, e.From, inner.Name)
		}
		checkHops(t, inner, e.Hops)
	}
}

// Every hop finds its rows by the key or by an index over all live rows.
func TestEveryHopHasAnIndex(t *testing.T) {
	t.Parallel()
	g := graph(t)
	for _, m := range g.Models() {
		for _, e := range g.Edges(m) {
			for _, hop := range e.Hops {
				joins := func(column string) bool {
					return slices.ContainsFunc(hop.On, func(on model.On) bool { return on.Column == column })
				}
				indexed := joins(hop.Model.Key[0]) || slices.ContainsFunc(hop.Model.Indexes, func(i model.Index) bool {
					return i.Where == "" && joins(i.Columns[0])
				})
				if !indexed {
					t.Errorf("edge %s of %s: no index of %s begins with a column it is joined on", e.Name, m, hop.Model)
				}
			}
		}
	}
}

func TestCascadesReachTheirRecords(t *testing.T) {
	t.Parallel()
	g := graph(t)
	for _, m := range g.Models() {
		for _, name := range m.Cascade {
			if !slices.ContainsFunc(m.Relations(g), func(n model.Nested) bool { return n.Name == name }) {
				t.Errorf("%s cascades to %s, which is not a relation by one key", m, name)
			}
		}
	}
	// The two lists of a claim share a table and a key, but no rows.
	flags := map[bool]string{}
	for _, n := range order.Claims.Relations(g) {
		if n.Flag == "is_additional_item" {
			flags[n.FlagIs] = n.Name
		}
	}
	if flags[true] != "additional_items" || flags[false] != "claim_items" {
		t.Errorf("lists of a claim by is_additional_item: %v", flags)
	}
}

func TestConstantsAreTheEnums(t *testing.T) {
	t.Parallel()
	for folder, models := range modules {
		constants := readConstants(t, folder)
		for _, m := range models {
			for _, f := range m.Fields {
				if f.Enum == nil {
					continue
				}
				typ := m.Go.FieldByIndex(f.Path).Type
				if typ.Kind() == reflect.Pointer {
					typ = typ.Elem()
				}
				if got := constants[typ.Name()]; !slices.Equal(got, f.Enum) {
					t.Errorf("%s.%s allows %v, the constants of %s are %v", m, f.Name, f.Enum, typ, got)
				}
			}
		}
	}
}

// readConstants returns the values of a package's string constants, by type.
func readConstants(t *testing.T, folder string) map[string][]string {
	t.Helper()
	values := map[string][]string{}
	for _, file := range parseFolder(t, folder, parser.SkipObjectResolution) {
		for _, decl := range file.Decls {
			d, ok := decl.(*ast.GenDecl)
			if !ok || d.Tok != token.CONST {
				continue
			}
			for _, spec := range d.Specs {
				s, _ := spec.(*ast.ValueSpec)
				if len(s.Values) == 0 { // the next of a row of numbers
					continue
				}
				typ, named := s.Type.(*ast.Ident)
				literal, basic := s.Values[0].(*ast.BasicLit)
				if named && basic {
					value, _ := strconv.Unquote(literal.Value)
					values[typ.Name] = append(values[typ.Name], value)
				}
			}
		}
	}
	return values
}

func parseFolder(t *testing.T, folder string, mode parser.Mode) []*ast.File {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no Go files in %s: %v", folder, err)
	}
	var files []*ast.File
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, mode)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	return files
}

// A module whose folder is not in the list would not be tested.
func TestEveryFolderIsAModuleOfTheShop(t *testing.T) {
	t.Parallel()
	folders, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range folders {
		if folder.IsDir() && folder.Name() != "testdata" && modules[folder.Name()] == nil {
			t.Errorf("modules/%s is not in shop.Modules", folder.Name())
		}
	}
}

// Modules do not import each other, nor query, link or the API.
func TestModulesAreIsolated(t *testing.T) {
	t.Parallel()
	const ours = "github.com/gorgon-commerce/gorgon/"
	allowed := []string{"db", "fault", "model", "module", "money", "totals"}
	folders, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range folders {
		if !folder.IsDir() || folder.Name() == "testdata" {
			continue
		}
		for _, file := range parseFolder(t, folder.Name(), parser.ImportsOnly) {
			for _, spec := range file.Imports {
				path, _ := strconv.Unquote(spec.Path.Value)
				if name, isOurs := strings.CutPrefix(path, ours); isOurs && !slices.Contains(allowed, name) {
					t.Errorf("module %s imports %s; of our packages, modules may import only %v", folder.Name(), name, allowed)
				}
			}
		}
	}
}
