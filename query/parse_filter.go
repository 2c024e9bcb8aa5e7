package query

import (
	"strings"

	"github.com/gorgon-commerce/gorgon/fault"
)

// condition is a parsed key of a filter object and its value. Whether the key is
// a column, a relation or an operator is not known yet.
type condition struct {
	key      string
	path     string // from the root, for messages: "customer.$or.email"
	class    valueClass
	children []condition   // of a map
	groups   [][]condition // of $and or $or: one for each element of the list
	slot     int           // of a value or a list of values
	element  valueClass    // of a list's values
	hasNull  bool          // a list holds a null
}

// filterParser numbers the slots in the order in which shaper fills them.
type filterParser struct {
	limits   Limits
	slots    int
	count    int
	patterns int
}

func (p *filterParser) filters(f map[string]any, path string) ([]condition, error) {
	var buf [8]string
	keys := sortedKeys(f, buf[:0])
	out := make([]condition, 0, len(keys))
	for _, key := range keys {
		c := condition{key: key, path: join(path, key), class: classOf(f[key])}
		if err := p.value(&c, f[key]); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	if p.count += len(out); p.count > p.limits.MaxFilters {
		return nil, fault.New(fault.InvalidData, "filters has more than %d conditions", p.limits.MaxFilters)
	}
	return out, nil
}

func (p *filterParser) value(c *condition, v any) (err error) {
	if strings.Count(c.path, ".") > 4*p.limits.MaxDepth {
		return fault.New(fault.InvalidData, "filters: %s is nested too deeply", fault.Clip(c.path))
	}
	if strings.HasSuffix(c.key, "$re") {
		if p.patterns++; p.patterns > maxPatterns {
			return fault.New(fault.InvalidData, "filters has more than %d regular expressions; join them with |", maxPatterns)
		}
	}
	grouped := c.key == "$and" || c.key == "$or"
	switch {
	case grouped && c.class != isList:
		return fault.New(fault.InvalidData, "filters: %s takes a list of conditions", c.path)
	case grouped:
		return p.groups(c, v)
	case c.class == isOther:
		return fault.New(fault.InvalidData, "filters: %s has a value of type %T, which cannot be compared with a column", fault.Clip(c.path), v)
	case c.class == isMap:
		c.children, err = p.filters(toMap(v), c.path)
		return err
	case c.class == isNull:
		return nil
	case c.class == isList:
		c.element, c.hasNull = listClass(v)
		if c.element == isOther || c.element == isMap || c.element == isList {
			return fault.New(fault.InvalidData, "filters: the values in %s must all be of one type", fault.Clip(c.path))
		}
	}
	c.slot = p.slots
	p.slots++
	return nil
}

func (p *filterParser) groups(c *condition, v any) (err error) {
	n := 0
	eachCondition(v, func(element any) {
		if err != nil {
			return
		}
		if classOf(element) != isMap {
			err = fault.New(fault.InvalidData, "filters: %s takes a list of conditions; element %d is not a condition", c.path, n)
			return
		}
		var group []condition
		group, err = p.filters(toMap(element), c.path)
		c.groups = append(c.groups, group)
		n++
	})
	return err
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}
