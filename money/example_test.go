package money_test

import (
	"encoding/json"
	"fmt"

	"github.com/gorgon-commerce/gorgon/money"
)

// Amounts are parsed from text and stay exact.
func Example() {
	price := money.MustParse("19.99")
	total := price.Mul(money.Int(3))
	third := total.Div(money.Int(7))
	line, _ := json.Marshal(map[string]money.Amount{"total": total})

	fmt.Println(total, third)
	fmt.Println(string(line))
	// Output:
	// 59.97 8.56714285714285714286
	// {"total":59.97}
}

// A price divided and multiplied by a tax rate is the price again.
func ExampleAmount_Precise() {
	rate := money.MustParse("1.19")
	net := money.Int(50).Div(rate)

	fmt.Println(net.Mul(rate))
	fmt.Println(net.Mul(rate).Precise())
	// Output:
	// 49.9999999999999999999975
	// 50
}

// Equal numbers have equal strings, however they were written.
func ExampleParse() {
	for _, text := range []string{"1.50", "15e-1", "+1.5", "1e999999999", "NaN"} {
		a, err := money.Parse(text)
		fmt.Println(a, err)
	}
	// Output:
	// 1.5 <nil>
	// 1.5 <nil>
	// 1.5 <nil>
	// 0 money: "1e999999999" has more than 60 digits
	// 0 money: "NaN" is not a decimal number
}

// Compare sorts strings as numbers.
func ExampleCompare() {
	fmt.Println(money.Compare("9.5", "10"), money.Compare("1.5", "1.50"), money.Compare("-2", "-10"))
	// Output: -1 0 1
}
