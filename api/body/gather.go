package body

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/model"
)

// gathered holds the properties of a struct and of the structs it embeds, before
// outer ones shadow inner ones.
type gathered struct {
	*compiler
	*object
	unknownAt int // the depth of the tag that decides about unknown names; 0 without one
}

// fields gathers the fields of a struct, which is at an index of the whole.
func (g *gathered) fields(t reflect.Type, at []int) {
	outer := g.where
	defer func() { g.where = outer }()
	if columns := g.columnsOf(t); columns != nil {
		g.modelColumns(columns, at)
		return
	}
	if isModel(t) {
		g.fail("%s is the struct of a model: say with ColumnsOf what a body may set", t)
	}
	for i := range t.NumField() {
		sf := t.Field(i)
		g.where = t.String() + "." + sf.Name
		g.field(sf, append(slices.Clip(at), i))
	}
}

func (g *gathered) field(sf reflect.StructField, at []int) {
	tag, tagged := sf.Tag.Lookup("body")
	name := jsonName(sf)
	switch {
	case sf.Name == "_":
		g.settings(tag, len(at))
	case sf.Anonymous && name == "" && !tagged && sf.Type.Kind() == reflect.Struct:
		g.fields(sf.Type, at)
	case sf.Anonymous && name == "" && sf.Type.Kind() == reflect.Pointer:
		g.fail("an embedded pointer cannot be set: embed the struct")
	case sf.Type == patchType && tagged && name == "":
		g.patchField(g.parseTag(tag).columns, at)
	case name == "":
		if tagged {
			g.fail("has a body tag and no json name")
		}
	case !sf.IsExported():
		g.fail("is not exported, so it cannot be set")
	default:
		g.add(property{Property: Property{Name: name}, index: at, depth: len(at)}, sf.Type, g.parseTag(tag))
	}
}

// settings reads the tag of a blank field.
func (g *gathered) settings(tag string, depth int) {
	for part := range strings.SplitSeq(tag, ",") {
		key, value, _ := strings.Cut(part, "=")
		switch {
		case key == "unknown" && (value == "refuse" || value == "pass"):
			if g.unknownAt == 0 || depth < g.unknownAt {
				g.unknownAt, g.open = depth, value == "pass"
			}
		case key == "ignored":
			g.ignore(strings.Split(value, "|"), depth)
		case part != "":
			g.fail("unknown tag %q of a blank field", part)
		}
	}
}

func (g *gathered) ignore(names []string, depth int) {
	for _, name := range names {
		g.properties = append(g.properties, property{
			Property: Property{Name: name, Type: Map.OrNull()}, read: ignored, whole: true, depth: depth,
		})
	}
}

// modelColumns gathers the columns of a model whose struct is embedded.
func (g *gathered) modelColumns(c *Columns, at []int) {
	for _, column := range c.columns {
		g.where = fmt.Sprintf("%s.%s", c.model, column.Name)
		index := append(slices.Clip(at), column.field.Path...)
		g.add(property{Property: column.Property, index: index, depth: len(index)}, c.model.Go.FieldByIndex(column.field.Path).Type, rulesOf(column.Property))
	}
	g.ignore(c.ignored, len(at)+1)
}

// patchField gathers the columns of a model that a Patch takes.
func (g *gathered) patchField(name string, at []int) {
	columns := g.use(func(m *model.Model) bool { return name == "" || m.Name == name })
	if columns == nil {
		g.fail("no columns of a model %q are given", name)
	}
	for _, column := range columns.columns {
		p := property{Property: column.Property, index: at, whole: true, depth: len(at) + 1}
		p.Required = false
		typ, read := g.value(goType(column.field.Kind), rulesOf(column.Property))
		typ.Null = column.Type.Null
		p.Type, p.read = typ, patchReader(column, read)
		p.key = slices.Contains(columns.model.Key, column.Name)
		g.properties = append(g.properties, p)
	}
	g.ignore(columns.ignored, len(at)+1)
}

// wholePatch gathers a body that is a Patch: the only columns given are its.
func (g *gathered) wholePatch() {
	if len(g.columns) != 1 {
		g.fail("a Patch takes the columns of one model")
	}
	g.patchField("", nil)
}

// add gathers a property with a field of its own.
func (g *gathered) add(p property, t reflect.Type, r rules) {
	typ, read := g.value(t, r)
	g.checkRules(r, t, typ)
	typ.Null = typ.Null || r.null
	if typ.Null {
		read = nullable(read, r.zero)
	}
	p.Type, p.read, p.Required, p.bare = typ, read, r.required, r.bare
	g.properties = append(g.properties, p)
}
