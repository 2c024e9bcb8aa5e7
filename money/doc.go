// Package money holds exact decimal numbers: amounts, quantities and rates.
//
// An Amount is a decimal number in major currency units (10.5 is €10.50), kept
// exactly: never a float on its way in, through the database, or out.
//
//	price := money.MustParse("19.99")
//	total := price.Mul(money.Int(3))        // 59.97
//	json.Marshal(total)                     // 59.97, a JSON number
//
// PostgreSQL keeps amounts as numeric. SQLite has no decimal type, so there
// they are canonical text (String) in a column whose collation compares
// numbers: both sort and filter alike.
package money
