package admin

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/shop"
)

// links write and list stored links. A link is named by its two ends:
//
//	{"order": "order_01…", "promotion": "promo_01…", "data": {"position": 3}}
//	{"links": [{…}, {…}], "link": "order_promotion"}
//
// An end may also be written {"order": {"order_id": "order_01…"}}.
func (r *routes) links() []api.Route {
	sent := body.Object{
		body.Optional("links", body.List(body.Map)), body.Optional("link", body.Text), body.Optional("data", body.Map),
	}
	answer := api.Answer{Body: body.Object{body.Required("links", body.List(body.Map)), body.Required("count", body.Integer)}}
	rows := api.Answer{Body: body.Object{body.Required("links", body.List(body.Nested(linkRow))), body.Required("count", body.Integer)}}
	l := &linkWriter{r.Shop}
	return []api.Route{
		{
			Method: http.MethodGet, Path: "/admin/links", Access: api.Admin, Summary: "The map of all links between modules", Answer: answer,
			Do: func(c *api.Call) error {
				all := link.Map(r.Query.Models())
				return c.JSON(linked[link.Direction]{all, len(all)})
			},
		},
		{Method: http.MethodPost, Path: "/admin/links", Access: api.Admin, Summary: "Link records", Body: sent, Open: true, Answer: rows, Do: l.create},
		{Method: http.MethodPost, Path: "/admin/links/dismiss", Access: api.Admin, Summary: "Undo links", Body: sent, Open: true, Answer: rows, Do: l.dismiss},
		{Method: http.MethodPost, Path: "/admin/links/list", Access: api.Admin, Summary: "List the links of records", Body: sent, Open: true, Answer: rows, Do: l.list},
	}
}

type linkWriter struct{ shop *shop.Shop }

// linkRow is a row of a link's table.
var linkRow = body.Object{
	body.Required("link", body.Text), body.Required("id", body.Text), body.Required("keys", body.Map), body.Optional("data", body.Map),
	body.Required("created_at", body.Date), body.Required("updated_at", body.Date), body.Required("deleted_at", body.Date.OrNull()),
}

// linked is what the routes answer.
type linked[T any] struct {
	Links []T `json:"links"`
	Count int `json:"count"`
}

func answerRows(c *api.Call, rows []link.Row, err error) error {
	if err != nil {
		return err
	}
	if rows == nil {
		rows = []link.Row{}
	}
	return c.JSON(linked[link.Row]{rows, len(rows)})
}

func (l *linkWriter) create(c *api.Call) error {
	manager, entries, err := l.read(c, false)
	if err != nil {
		return err
	}
	rows, err := manager.CreateWith(c.Context(), entries...) // a transaction of its own: as few statements as can be
	return answerRows(c, rows, err)
}

func (l *linkWriter) dismiss(c *api.Call) error {
	manager, entries, err := l.read(c, false)
	if err != nil {
		return err
	}
	rows, err := manager.Dismiss(c.Context(), pairs(entries)...)
	return answerRows(c, rows, err)
}

func (l *linkWriter) list(c *api.Call) error {
	manager, entries, err := l.read(c, true)
	if err != nil {
		return err
	}
	rows, err := manager.List(c.Context(), pairs(entries)...)
	return answerRows(c, rows, err)
}

func pairs(entries []link.Entry) []link.Pair {
	out := make([]link.Pair, len(entries))
	for i, e := range entries {
		out[i] = e.Pair
	}
	return out
}

// read reads the body: one link, a list of them, or an object that holds the
// list. With open ends, an end may be without an id.
func (l *linkWriter) read(c *api.Call, open bool) (*link.Manager, []link.Entry, error) {
	text, err := c.Text()
	if err != nil {
		return nil, nil, err
	}
	var all []map[string]json.RawMessage
	var one map[string]json.RawMessage
	if text = bytes.TrimSpace(text); len(text) > 0 && text[0] == '[' {
		err = json.Unmarshal(text, &all)
	} else {
		err = json.Unmarshal(text, &one)
	}
	if err != nil {
		return nil, nil, fault.New(fault.InvalidData, `the body must name the ends of a link, such as {"order": "order_01…", "promotion": "promo_01…"}`)
	}
	manager := l.shop.Links
	if name, ok := one["link"]; ok {
		delete(one, "link")
		if manager, err = l.named(name); err != nil {
			return nil, nil, err
		}
	}
	switch list, ok := one["links"]; {
	case ok && len(one) > 1:
		return nil, nil, fault.New(fault.InvalidData, "the body has links and something beside it; put all ends into links")
	case ok:
		if err := json.Unmarshal(list, &all); err != nil {
			return nil, nil, fault.New(fault.InvalidData, `links must be a list such as [{"order": "order_01…", "promotion": "promo_01…"}]`)
		}
	case one != nil:
		all = append(all, one)
	}
	entries := make([]link.Entry, len(all))
	for i, fields := range all {
		if entries[i], err = l.entry(fields, open); err != nil {
			return nil, nil, err
		}
	}
	if len(entries) == 0 {
		return nil, nil, fault.New(fault.InvalidData, "no link is named")
	}
	return manager, entries, nil
}

func (l *linkWriter) named(text json.RawMessage) (*link.Manager, error) {
	var name string
	if json.Unmarshal(text, &name) != nil {
		return nil, fault.New(fault.InvalidData, "link must be the name of a link's table, such as order_promotion")
	}
	return l.shop.Links.For(name)
}

// entry reads the two ends and the extra columns of one link.
func (l *linkWriter) entry(fields map[string]json.RawMessage, open bool) (link.Entry, error) {
	e := link.Entry{Pair: link.Pair{}}
	given := 0
	for name, text := range fields {
		if name == "data" {
			d := json.NewDecoder(bytes.NewReader(text))
			d.UseNumber()
			if err := d.Decode(&e.Data); err != nil {
				return e, fault.New(fault.InvalidData, "data must be an object of the link's extra columns")
			}
			continue
		}
		of, id, err := l.end(name, text)
		if err != nil {
			return e, err
		}
		if _, twice := e.Pair[of]; twice {
			return e, fault.New(fault.InvalidData, "both ends are %s; a link joins two models, or a model with itself in two roles", of)
		}
		if e.Pair[of] = id; id != "" {
			given++
		}
	}
	if len(e.Pair) != 2 || given == 0 || given == 1 && !open {
		return e, fault.New(fault.InvalidData, `a link has two ends, each with an id: {"order": "order_01…", "promotion": "promo_01…"}`)
	}
	return e, nil
}

// end reads one end: its entity or role and id, or its module and
// {"<entity>_id": id}.
func (l *linkWriter) end(name string, text json.RawMessage) (link.Of, string, error) {
	var id *string
	if json.Unmarshal(text, &id) == nil {
		of, err := l.of(name)
		if id == nil {
			id = new(string)
		}
		return of, *id, err
	}
	var nested map[string]*string
	if json.Unmarshal(text, &nested) == nil && len(nested) == 1 {
		for column, id := range nested {
			entity, ok := strings.CutSuffix(column, "_id")
			if !ok {
				break
			}
			of, err := l.of(entity)
			if id == nil {
				id = new(string)
			}
			return of, *id, err
		}
	}
	return nil, "", fault.New(fault.InvalidData, `%q must be the id of a record, such as {"order": "order_01…"}`, name)
}

// of returns the model or role of a name. A name may be both: the role of a
// model that is called so comes after the model.
func (l *linkWriter) of(name string) (link.Of, error) {
	m, err := l.shop.Query.Models().Model(name)
	if err == nil {
		return m, nil
	}
	if role, ok := l.shop.Links.Role(name); ok {
		return role, nil
	}
	return nil, err
}
