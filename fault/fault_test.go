package fault_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/fault"
)

func TestStatus(t *testing.T) {
	t.Parallel()
	for typ, want := range map[fault.Type]int{
		"invalid_data": 400, "not_allowed": 400, "unauthorized": 401, "forbidden": 403, "not_found": 404, "conflict": 409,
		"duplicate_error": 422, "unexpected_state": 500, "unavailable": 503, "unknown_error": 500, "": 500, "no_such_type": 500,
	} {
		if got := typ.Status(); got != want {
			t.Errorf("the status of %q is %d, want %d", typ, got, want)
		}
	}
}

func TestJSON(t *testing.T) {
	t.Parallel()
	coded := fault.New(fault.NotAllowed, "the cart is empty")
	coded.Code = "empty_cart"
	secret := errors.New("dial tcp: password hunter2")
	for name, test := range map[string]struct {
		err  error
		want string
	}{
		"new":            {fault.New(fault.NotFound, "order %q does not exist", "order_1"), `{"type":"not_found","message":"order \"order_1\" does not exist"}`},
		"with a code":    {coded, `{"type":"not_allowed","message":"the cart is empty","code":"empty_cart"}`},
		"wrapped":        {fault.Wrap(secret, fault.Unavailable, "PostgreSQL does not answer"), `{"type":"unavailable","message":"PostgreSQL does not answer"}`},
		"within another": {fmt.Errorf("creating: %w", fault.New(fault.Conflict, "another order was first")), `{"type":"conflict","message":"another order was first"}`},
		"joined":         {errors.Join(secret, fault.New(fault.Conflict, "another order was first")), `{"type":"conflict","message":"another order was first"}`},
		"outermost":      {fault.Wrap(fault.New(fault.NotFound, "no such link"), fault.InvalidData, "items[2]: no such link"), `{"type":"invalid_data","message":"items[2]: no such link"}`},
		"not ours":       {secret, `{"type":"unknown_error","message":"an internal error occurred; the log has the details"}`},
		"not UTF-8":      {fault.New(fault.InvalidData, "\xff"), `{"type":"invalid_data","message":"\ufffd"}`},
	} {
		if got := string(fault.JSON(test.err)); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}

func TestPublicHidesCauses(t *testing.T) {
	t.Parallel()
	secret := errors.New("password hunter2")
	for name, err := range map[string]error{
		"a foreign error": secret,
		"wrapped":         fmt.Errorf("connect: %w", secret),
		"a cause":         fault.Wrap(secret, fault.Unavailable, "the database is unreachable"),
		"a deep cause":    fmt.Errorf("q: %w", fault.Wrap(fmt.Errorf("c: %w", secret), fault.Unavailable, "the database is unreachable")),
	} {
		public := fault.Public(err)
		shown, jsonErr := json.Marshal(public)
		if jsonErr != nil {
			t.Fatal(jsonErr)
		}
		for _, text := range []string{public.Error(), string(shown), fmt.Sprint(public), string(fault.JSON(err))} {
			if strings.Contains(text, "hunter2") {
				t.Errorf("%s: the caller sees %s", name, text)
			}
		}
		if !errors.Is(public, secret) {
			t.Errorf("%s: the log can no longer find the cause", name)
		}
	}
}

func TestIs(t *testing.T) {
	t.Parallel()
	err := fmt.Errorf("deleting: %w", fault.Wrap(context.Canceled, fault.NotFound, "no such order"))
	for name, test := range map[string]struct {
		target error
		want   bool
	}{
		"its type":                {&fault.Error{Type: fault.NotFound}, true},
		"another type":            {&fault.Error{Type: fault.Conflict}, false},
		"its type with a message": {fault.New(fault.NotFound, "no such order"), false},
		"its cause":               {context.Canceled, true},
		"another cause":           {context.DeadlineExceeded, false},
	} {
		if got := errors.Is(err, test.target); got != test.want {
			t.Errorf("%s: errors.Is is %t", name, got)
		}
	}
	if f := fault.New(fault.NotFound, "x"); !errors.Is(f, f) {
		t.Error("errors.Is(f, f) is false")
	}
}

func TestAsAndTypeOf(t *testing.T) {
	t.Parallel()
	inner := fault.New(fault.DuplicateError, "the handle is taken")
	var f *fault.Error
	if !errors.As(fmt.Errorf("creating: %w", inner), &f) || f != inner {
		t.Errorf("errors.As found %v", f)
	}
	for name, test := range map[string]struct {
		err  error
		want fault.Type
	}{
		"nil":      {nil, ""},
		"fault":    {inner, fault.DuplicateError},
		"within":   {fmt.Errorf("a: %w", fmt.Errorf("b: %w", inner)), fault.DuplicateError},
		"joined":   {errors.Join(errors.New("x"), inner), fault.DuplicateError},
		"first":    {fault.Wrap(inner, fault.InvalidData, "bad"), fault.InvalidData},
		"not ours": {context.Canceled, fault.Internal},
	} {
		if got := fault.TypeOf(test.err); got != test.want {
			t.Errorf("%s: TypeOf is %q, want %q", name, got, test.want)
		}
	}
}

func TestMessage(t *testing.T) {
	t.Parallel()
	if got := fault.New(fault.InvalidData, "%d of %s", 3, "items").Error(); got != "3 of items" {
		t.Errorf("the message is %q", got)
	}
	if err := fault.New(fault.InvalidData, "x"); errors.Unwrap(err) != nil {
		t.Error("an error made by New has a cause")
	}
}

// The message says what was wrong and what would be right; a client sees it
// with the type.
func Example() {
	err := fault.New(fault.InvalidData, "order has no field %q%s", "custmer", fault.DidYouMean("custmer", []string{"customer", "items"}))

	fmt.Println(err)
	fmt.Println(err.Type.Status(), string(fault.JSON(err)))
	// Output:
	// order has no field "custmer"; did you mean customer?
	// 400 {"type":"invalid_data","message":"order has no field \"custmer\"; did you mean customer?"}
}

// The cause is kept for the log and for errors.Is; the caller does not see it.
func ExampleWrap() {
	err := fault.Wrap(context.DeadlineExceeded, fault.Unavailable, "PostgreSQL does not answer")

	fmt.Println(err, errors.Is(err, context.DeadlineExceeded), errors.Is(err, &fault.Error{Type: fault.Unavailable}))
	// Output: PostgreSQL does not answer true true
}
