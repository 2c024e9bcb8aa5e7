package money

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"strconv"
)

// rawValue returns the "value" of a raw number such as
// {"value": "12.5", "precision": 20}, the form in which Medusa's API passes
// exact numbers.
func rawValue(b []byte) (string, error) {
	var raw struct {
		Value json.RawMessage `json:"value"`
	}
	if err := json.Unmarshal(b, &raw); err != nil {
		return "", fmt.Errorf("money: %w", err)
	}
	var s string
	if json.Unmarshal(raw.Value, &s) == nil {
		return s, nil
	}
	return string(raw.Value), nil
}

// Value implements driver.Valuer: it returns the canonical text.
func (a Amount) Value() (driver.Value, error) { return a.String(), nil }

// Scan implements sql.Scanner for the text or number of a decimal column.
func (a *Amount) Scan(src any) error {
	var s string
	switch v := src.(type) {
	case string:
		s = v
	case []byte:
		s = string(v)
	case int64:
		*a = Int(v)
		return nil
	case float64:
		s = strconv.FormatFloat(v, 'g', -1, 64)
	default:
		return fmt.Errorf("money: cannot read an amount from %T", src)
	}
	v, err := Parse(s)
	if err != nil {
		return err
	}
	*a = v
	return nil
}
