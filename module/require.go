package module

import (
	"strings"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// What many rules ask for. Each answers an error of type invalid_data that
// names the field.

// Require asks for a text that is not empty or blank.
func Require(m *model.Model, field, text string) error {
	if strings.TrimSpace(text) == "" {
		return fault.New(fault.InvalidData, "%s.%s is missing; it needs a text", m, field)
	}
	return nil
}

// Currency asks for a currency code, and puts it into the form in which codes
// are kept: lower case.
func Currency(m *model.Model, field string, code *string) error {
	kept, ok := money.Code(*code)
	if !ok {
		return fault.New(fault.InvalidData, "%s.%s cannot be %q; it is a currency code of three letters, such as eur", m, field, strings.ToValidUTF8(*code, "\uFFFD"))
	}
	*code = kept
	return nil
}

// Positive asks for an amount or quantity above zero.
func Positive(m *model.Model, field string, a money.Amount) error {
	if a.Sign() <= 0 {
		return fault.New(fault.InvalidData, "%s.%s cannot be %s; it is more than 0", m, field, a)
	}
	return nil
}

// NotNegative asks for an amount or quantity of zero or more.
func NotNegative(m *model.Model, field string, a money.Amount) error {
	if a.Sign() < 0 {
		return fault.New(fault.InvalidData, "%s.%s cannot be %s; it is 0 or more", m, field, a)
	}
	return nil
}

// FirstError is the first error there is, or nil: for a list of rules, all of
// which are looked at.
func FirstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
