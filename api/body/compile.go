package body

import (
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/money"
)

var (
	patchType  = reflect.TypeFor[module.Patch]()
	rawType    = reflect.TypeFor[model.RawJSON]()
	timeType   = reflect.TypeFor[time.Time]()
	amountType = reflect.TypeFor[money.Amount]()
	modelTypes = []reflect.Type{reflect.TypeFor[model.Base](), reflect.TypeFor[model.Record](), reflect.TypeFor[model.Times]()}
)

// compiler reads Go types into plans.
type compiler struct {
	columns []Columns
	used    []bool
	within  []reflect.Type // the struct being read, after those around it
	where   string         // for messages
}

// object reads a struct. A nested one is open unless its tags say otherwise.
func (c *compiler) object(t reflect.Type, nested bool) *object {
	if slices.Contains(c.within, t) {
		c.fail("%s contains itself", t)
	}
	c.within = append(c.within, t)
	g := &gathered{compiler: c, object: &object{open: nested, bare: -1}}
	if t == patchType {
		g.wholePatch()
	} else {
		g.fields(t, nil)
	}
	g.settle()
	c.within = c.within[:len(c.within)-1]
	return g.object
}

// columnsOf returns the columns of the model whose struct t is, or nil.
func (c *compiler) columnsOf(t reflect.Type) *Columns {
	return c.use(func(m *model.Model) bool { return m.Go == t })
}

// use returns the columns of the one model that fits, and notes that they are
// used.
func (c *compiler) use(fits func(*model.Model) bool) *Columns {
	var found *Columns
	for i := range c.columns {
		if !fits(c.columns[i].model) {
			continue
		}
		if found != nil {
			c.fail("columns of %s are given twice", found.model)
		}
		found, c.used[i] = &c.columns[i], true
	}
	return found
}

// isModel reports whether t is the struct of a model, or one of those that
// models embed.
func isModel(t reflect.Type) bool {
	if slices.Contains(modelTypes, t) {
		return true
	}
	for i := range t.NumField() {
		sf := t.Field(i)
		if _, ok := sf.Tag.Lookup("model"); ok || sf.Anonymous && slices.Contains(modelTypes, sf.Type) {
			return true
		}
	}
	return false
}

// jsonName returns the name in the json tag of a field, or "" when it has none.
func jsonName(sf reflect.StructField) string {
	name, _, _ := strings.Cut(sf.Tag.Get("json"), ",")
	if name == "-" {
		return ""
	}
	return name
}
