package module

import (
	"strings"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// Checks that many rules need. Each returns an invalid_data error that names
// the field.

// Require checks that a text is not empty or blank.
func Require(m *model.Model, field, text string) error {
	if strings.TrimSpace(text) == "" {
		return fault.New(fault.InvalidData, "%s.%s is missing; it needs text", m, field)
	}
	return nil
}

// Currency checks that a text is a currency code, and replaces it by its lower
// case form.
func Currency(m *model.Model, field string, code *string) error {
	kept, ok := money.Code(*code)
	if !ok {
		return fault.New(fault.InvalidData, "%s.%s cannot be %q; it must be a currency code of three letters, such as eur", m, field, strings.ToValidUTF8(*code, "\uFFFD"))
	}
	*code = kept
	return nil
}

// Positive checks that an amount or quantity is more than zero.
func Positive(m *model.Model, field string, a money.Amount) error {
	if a.Sign() <= 0 {
		return fault.New(fault.InvalidData, "%s.%s cannot be %s; it must be more than 0", m, field, a)
	}
	return nil
}

// NotNegative checks that an amount or quantity is zero or more.
func NotNegative(m *model.Model, field string, a money.Amount) error {
	if a.Sign() < 0 {
		return fault.New(fault.InvalidData, "%s.%s cannot be %s; it must be 0 or more", m, field, a)
	}
	return nil
}

// Fits checks that an amount has no more digits than results are rounded to.
func Fits(what string, a money.Amount) error {
	if a.Precise().Equal(a) {
		return nil
	}
	return fault.New(fault.InvalidData, "%s cannot be %s; it can have at most %d digits", what, fault.Clip(a.String()), money.Precision)
}

// MaxMetadata is how many bytes of metadata a record has that strangers can write to.
const MaxMetadata = 64 << 10

// ShortMetadata checks that metadata, which grows with every change, has at most MaxMetadata bytes.
func ShortMetadata(m *model.Model, metadata model.RawJSON) error {
	if len(metadata) <= MaxMetadata {
		return nil
	}
	return fault.New(fault.InvalidData, "%s.metadata cannot have %d bytes; it can have at most %d", m, len(metadata), MaxMetadata)
}

// FirstError returns the first error that is not nil, or nil. It combines
// checks; all of them are evaluated.
func FirstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// IDs returns the ids that records have or refer to, each once and none empty:
// what a rule that looks at many records together locks or lists.
func IDs[T any](records []*T, id func(*T) string) []string {
	out, seen := make([]string, 0, len(records)), map[string]bool{"": true}
	for _, r := range records {
		if id := id(r); !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	return out
}
