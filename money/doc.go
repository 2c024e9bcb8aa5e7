// Package money implements exact decimal numbers: amounts, quantities and
// rates.
//
// An Amount is a decimal number, for money in major currency units: 10.5 is
// €10.50. It is read from text, never from a float, and stays exact through
// arithmetic, the database and JSON:
//
//	price := money.MustParse("19.99")
//	total := price.Mul(money.Int(3))  // 59.97
//	b, err := json.Marshal(total)     // 59.97, a JSON number
//
// Div is the one operation that rounds.
//
// PostgreSQL stores amounts as numeric. SQLite has no decimal type, so it
// stores their canonical text in a column with a collation that compares
// numbers, which is Compare. Both sort and filter the same way.
package money
