package modules_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/gorgon-commerce/gorgon/medusa/medusatest"
	"github.com/gorgon-commerce/gorgon/model"
)

// answer is a recorded request to the sample shop with its response.
type answer struct {
	ID      string
	Request struct {
		Entity      string
		WithDeleted any
		Context     any
	}
	Response struct {
		Data []map[string]json.RawMessage
	}
}

func readAnswers(t *testing.T) []answer {
	t.Helper()
	var all []answer
	if err := json.Unmarshal(medusatest.Read(t, "query.json.gz"), &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// The edges declared by hand find in the sample's rows what Medusa returned: the same
// records, each reached by the same row ("detail").
func TestEdgesByHandFindWhatWasAnswered(t *testing.T) {
	t.Parallel()
	d, g, answers := sample(t), graph(t), readAnswers(t)
	compared := map[string]int{}
	for _, a := range answers {
		m, err := g.Model(a.Request.Entity)
		if err != nil || a.Request.WithDeleted != nil || a.Request.Context != nil {
			continue
		}
		for _, record := range a.Response.Data {
			d.compareRecord(t, g, a.ID, m, record, compared)
		}
	}
	for _, edge := range []string{
		"order.items", "order.shipping_methods", "return.shipping_methods", "order_claim.shipping_methods",
		"order_exchange.shipping_methods", "return_item.detail", "order_claim_item.detail", "order_exchange_item.detail",
	} {
		if compared[edge] == 0 {
			t.Errorf("no response shows %s", edge)
		}
	}
}

// compareRecord follows the edges that have a detail from one returned record.
func (d *dump) compareRecord(t *testing.T, g *model.Graph, id string, m *model.Model, record map[string]json.RawMessage, compared map[string]int) {
	t.Helper()
	var key string
	if json.Unmarshal(record["id"], &key) != nil {
		return
	}
	row := d.row(m.Table, key)
	for _, e := range g.Edges(m) {
		var nested []map[string]json.RawMessage
		if json.Unmarshal(record[e.Name], &nested) != nil || !e.Many {
			continue
		}
		if e.Overlay != nil && len(nested) > 0 && nested[0]["detail"] != nil {
			compared[m.Name+"."+e.Name]++
			sameStrings(t, id+": "+key+"."+e.Name, d.follow(e, row), answered(nested))
		}
		if detail := g.Edge(e.To, "detail"); detail != nil {
			for _, r := range nested {
				d.compareDetail(t, id, detail, r, compared)
			}
		}
	}
}

// compareDetail follows the edge detail of an item of a return, claim or exchange.
func (d *dump) compareDetail(t *testing.T, id string, detail *model.Edge, record map[string]json.RawMessage, compared map[string]int) {
	t.Helper()
	var r struct {
		ID     string
		Detail struct{ ID string }
	}
	whole, _ := json.Marshal(record)
	if json.Unmarshal(whole, &r) != nil || r.ID == "" || r.Detail.ID == "" {
		return
	}
	compared[detail.From.Name+".detail"]++
	sameStrings(t, id+": "+r.ID+".detail", d.follow(detail, d.row(detail.From.Table, r.ID)), []string{r.Detail.ID})
}

// answered returns the records in the form of follow: "id by id of the detail".
func answered(records []map[string]json.RawMessage) []string {
	var out []string
	for _, r := range records {
		var detail struct{ ID string }
		var id string
		if json.Unmarshal(r["id"], &id) == nil && json.Unmarshal(r["detail"], &detail) == nil {
			out = append(out, id+" by "+detail.ID)
		}
	}
	return out
}

func (d *dump) row(table, id string) map[string]string {
	for _, row := range d.rows[table] {
		if row["id"] == id {
			return row
		}
	}
	return nil
}

// follow follows an edge from a row, in the simplest possible way. It returns the ids at
// the end and, if the edge has a detail, the id of that row.
func (d *dump) follow(e *model.Edge, from map[string]string) []string {
	ways := [][]map[string]string{nil}
	for _, hop := range e.Hops {
		var longer [][]map[string]string
		for _, way := range ways {
			for _, row := range d.rows[hop.Model.Table] {
				if row["deleted_at"] == isNull && joined(hop, row, from, way) {
					longer = append(longer, append(slices.Clone(way), row))
				}
			}
		}
		ways = longer
	}
	var out []string
	for _, way := range ways {
		end := way[len(way)-1]["id"]
		if e.Overlay != nil {
			end = fmt.Sprintf("%s by %s", end, way[e.Overlay.RowHop]["id"])
		}
		out = append(out, end)
	}
	return out
}

func joined(hop model.Hop, row, from map[string]string, way []map[string]string) bool {
	for _, on := range hop.On {
		if on.Null {
			if row[on.Column] != isNull {
				return false
			}
			continue
		}
		source := from
		if on.Row != model.FromRow {
			source = way[on.Row]
		}
		if row[on.Column] != source[on.Of] {
			return false
		}
	}
	return true
}
