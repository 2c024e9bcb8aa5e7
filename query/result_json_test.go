package query_test

import (
	"encoding/json"
	"testing"

	"github.com/gorgon-commerce/gorgon/query"
)

// A result is the JSON that it has, not its encoding in base64.
func TestResultMarshals(t *testing.T) {
	t.Parallel()
	b, err := json.Marshal(query.Result{Data: json.RawMessage(`[{"id":"o1"}]`)})
	var back struct{ Data []struct{ ID string } }
	if err != nil || json.Unmarshal(b, &back) != nil || len(back.Data) != 1 || back.Data[0].ID != "o1" {
		t.Errorf("%s (%v)", b, err)
	}
}
