package query_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/query"
	"github.com/gorgon-commerce/gorgon/query/querytest"
)

// manyVariants returns an engine of a shop whose item i1 has n variants, so that
// a path that goes back and forth has n times n records and more.
func manyVariants(t *testing.T, d db.DB, n int, l query.Limits) *query.Engine {
	t.Helper()
	f := fixture(t)
	like := f.Data["item_variant"][0]
	f.Data["item_variant"] = nil
	for i := range n {
		row := maps.Clone(like)
		row["id"], row["sku"], row["item_id"] = fmt.Sprintf("v%d", i), fmt.Sprintf("S-%d", i), "i1"
		f.Data["item_variant"] = append(f.Data["item_variant"], row)
	}
	if err := querytest.Create(t.Context(), d, f.Graph, f.Data); err != nil {
		t.Fatal(err)
	}
	return query.New(f.Graph, d, l)
}

func item(fields ...string) query.Request {
	return query.Request{Entity: "item", Fields: fields, Filters: query.Filters{"id": "i1"}}
}

// wantBound fails the test unless an error is of a request that asks too much:
// invalid_data that names the bound, and that nobody should try again.
func wantBound(t *testing.T, err error, says string) {
	t.Helper()
	var f *fault.Error
	if !errors.As(err, &f) || f.Type != fault.InvalidData || f.RetryAfter != 0 || !strings.Contains(err.Error(), says) {
		t.Errorf("got %v, want invalid_data: %s", err, says)
	}
}

func TestBoundOfOneResult(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		e := manyVariants(t, d, 250, query.Limits{MaxBytes: 1 << 20})
		wantBound(t, graphError(t, e, item(deep(2))), "the result is larger than 1 MiB")
		res, err := e.Graph(t.Context(), item("variants.item.variants.id"))
		if err != nil || len(res.Data) < 250*250*len(`{"id":"v1"}`) {
			t.Errorf("below the bound: %v", err)
		}
		n := 0
		if err := e.Each(t.Context(), item(deep(2)), func(record []byte) error { n += len(record); return nil }); err != nil || n < 1<<20 {
			t.Errorf("a stream has no such bound: %d bytes, %v", n, err)
		}
	})
}

// One record of 27 million nested ones is stopped by its size or its time.
func TestBoundOfOneRecord(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		e := manyVariants(t, d, 300, query.Limits{Timeout: 2 * time.Second})
		err := graphError(t, e, item("variants.item.variants.item.variants.id"))
		if !strings.Contains(fmt.Sprint(err), "larger than 32 MiB") {
			wantBound(t, err, "took longer than 2s")
		}
		if _, err := e.Graph(t.Context(), item("title")); err != nil {
			t.Errorf("after it: %v", err)
		}
	})
}

func TestBoundOfOneList(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		e := manyVariants(t, d, 21, query.Limits{MaxList: 20})
		wantBound(t, graphError(t, e, item("variants.id")), "fields: variants has more than 20 records in one list")
		wantBound(t, graphError(t, e, query.Request{Entity: "item_variant", Fields: []string{"item.variants.sku"}}), "item.variants has more than 20")
		page := item("variants.id")
		page.Lists = map[string]query.Nested{"variants": {Limit: 20, Offset: 1}}
		if res, err := e.Graph(t.Context(), page); err != nil || strings.Count(string(res.Data), `"id":"v`) != 20 {
			t.Errorf("a page of the list: %v", err)
		}
		page.Lists = map[string]query.Nested{"variants": {Limit: 21}}
		wantBound(t, graphError(t, e, page), "between 0 and 20")
		if err := e.Each(t.Context(), item("variants.id"), func([]byte) error { return nil }); err != nil {
			t.Errorf("a stream has no such bound: %v", err)
		}
		if res, err := e.Graph(t.Context(), item("variants.$count")); err != nil || string(res.Data) != `[{"variants.$count":21}]` {
			t.Errorf("%v", err)
		}
	})
}

func graphError(t *testing.T, e *query.Engine, r query.Request) error {
	t.Helper()
	_, err := e.Graph(t.Context(), r)
	return err
}

// The end of a request's own time is not the fault of its query.
func TestEndOfTheRequest(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		e := manyVariants(t, d, 300, query.Limits{Timeout: time.Hour})
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		_, err := e.Graph(ctx, item("variants.item.variants.item.variants.id"))
		var f *fault.Error
		if !errors.As(err, &f) || f.Type != fault.Unavailable || f.RetryAfter <= 0 {
			t.Errorf("%v", err)
		}
		canceled, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := e.Graph(canceled, item("id")); !errors.Is(err, context.Canceled) {
			t.Errorf("a client that left: %v", err)
		}
	})
}
