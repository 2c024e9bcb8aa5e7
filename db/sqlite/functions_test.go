package sqlite_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/sqlite"
	"github.com/gorgon-commerce/gorgon/money"
)

// ask returns the value of an expression as text, or "NULL".
func ask(t *testing.T, d *sqlite.Database, expression string, args ...any) string {
	t.Helper()
	v, ok, err := db.One[*string](t.Context(), d, "SELECT "+expression, args...)
	if err != nil || !ok {
		t.Fatalf("%s: %t, %v", expression, ok, err)
	}
	if v == nil {
		return "NULL"
	}
	return *v
}

func TestILike(t *testing.T) {
	t.Parallel()
	d := open(t)
	for _, test := range []struct {
		pattern, text any
		want          string
	}{
		{"%shirt%", "A Blue SHIRT, xl", "1"}, {"shirt", "shirts", "0"}, {"SHIRT_", "shirts", "1"}, {"", "", "1"}, {"", "a", "0"}, {"%", "", "1"}, {"_", "", "0"},
		{"GRÜN%", "grüne Äpfel", "1"}, {"%äpfel", "grüne ÄPFEL", "1"}, {"_pfel", "Äpfel", "1"}, {"ЧАЙ", "чай", "1"}, {"τσάι%", "ΤΣΆΙ ΤΟΥ", "1"}, {"_", "東", "1"}, {"__", "東", "0"}, {"_", "👕", "1"},
		{`100\%`, "100%", "1"}, {`100\%`, "1000", "0"}, {`a\_b`, "a_b", "1"}, {`a\_b`, "axb", "0"}, {`\\`, `\`, "1"}, {`\`, `\`, "0"}, {`%\`, "x", "0"}, {`\A`, "a", "1"},
		{"%a%b%c%", "xxAxxBxxCxx", "1"}, {"%a%b%c%", "xxAxxCxxBxx", "0"}, {"%%%", "x", "1"}, {"a%a", "a", "0"}, {"*.?", "*.?", "1"}, {"%.%", "x", "0"},
		{nil, "x", "NULL"}, {"x", nil, "NULL"}, {"12%", int64(123), "1"},
		{strings.Repeat("%a", 30) + "%b", strings.Repeat("a", 2000), "0"}, // would take forever if every split were tried
	} {
		if got := ask(t, d, "ilike(?1, ?2)", test.pattern, test.text); got != test.want {
			t.Errorf("ilike(%.40q, %.40q) is %s, want %s", test.pattern, test.text, got, test.want)
		}
	}
}

// like agrees with the equivalent regular expression.
func TestLikeIsAPattern(t *testing.T) {
	t.Parallel()
	letters := rapid.StringOfN(rapid.RuneFrom([]rune(`aab%%__\é`)), 0, 10, -1)
	rapid.Check(t, func(t *rapid.T) {
		pattern, text := letters.Draw(t, "pattern"), letters.Draw(t, "text")
		var re strings.Builder
		runes := []rune(pattern)
		for i := 0; i < len(runes); i++ {
			switch {
			case runes[i] == '%':
				re.WriteString(".*")
			case runes[i] == '_':
				re.WriteString(".")
			case runes[i] == '\\' && i+1 < len(runes):
				i++
				re.WriteString(regexp.QuoteMeta(string(runes[i])))
			case runes[i] == '\\':
				re.WriteString(`[^\s\S]`) // nothing to make literal: matches nothing
			default:
				re.WriteString(regexp.QuoteMeta(string(runes[i])))
			}
		}
		want := regexp.MustCompile(`(?s)\A` + re.String() + `\z`).MatchString(text)
		if got := sqlite.Like(pattern, text); got != want {
			t.Fatalf("like(%q, %q) is %t", pattern, text, got)
		}
	})
}

func TestMatches(t *testing.T) {
	t.Parallel()
	d := open(t)
	for _, test := range []struct {
		pattern, text any
		want          string
	}{
		{"^a+$", "aaa", "1"}, {"^a+$", "aab", "0"}, {"(?i)blue", "BLUE", "1"}, {"ü", "grün", "1"}, {"", "x", "1"}, {`^\d+$`, int64(42), "1"}, {nil, "x", "NULL"}, {"x", nil, "NULL"},
		{"(a+)+$", strings.Repeat("a", 50_000) + "b", "0"}, // takes linear, not exponential, time
	} {
		if got := ask(t, d, "matches(?1, ?2)", test.pattern, test.text); got != test.want {
			t.Errorf("matches(%q, %.40q) is %s, want %s", test.pattern, test.text, got, test.want)
		}
	}
	for i := range 300 { // more patterns than are cached
		if got := ask(t, d, "matches(?1, ?2)", fmt.Sprintf("^%d$", i), fmt.Sprint(i)); got != "1" {
			t.Errorf("pattern %d does not match", i)
		}
	}
	long := strings.Repeat("a", 200_000)
	if got := ask(t, d, "matches(?1, ?2)", "b$", long); got != "0" {
		t.Errorf("a small expression on a long text is %s", got)
	}
	if _, _, err := db.One[int64](t.Context(), d, "SELECT matches(?1, ?2)", ".{100}z", long); err == nil || !strings.Contains(err.Error(), "200000 bytes") {
		t.Errorf("a large expression on a long text: %v", err)
	}
	if _, _, err := db.One[int64](t.Context(), d, "SELECT matches('(', 'x')"); err == nil || !strings.Contains(err.Error(), "missing closing )") {
		t.Errorf("a broken pattern: %v", err)
	}
	if got := ask(t, d, "matches('x', 'x')"); got != "1" {
		t.Error("after a broken pattern, nothing matches")
	}
}

func TestDecimalSum(t *testing.T) {
	t.Parallel()
	d := open(t)
	for values, want := range map[string]string{
		"('0.1'), ('0.2')": "0.3", "('19.99'), ('-19.99')": "0", "('1e3'), ('0.001')": "1000.001", "(NULL), ('5')": "5", "(NULL)": "NULL", "(7), (0.5)": "7.5",
		"('123456789012345678901234567890.12'), ('0.01')": "123456789012345678901234567890.13",
	} {
		if got := ask(t, d, "decimal_sum(column1) FROM (VALUES "+values+")"); got != want {
			t.Errorf("the sum of %s is %s, want %s", values, got, want)
		}
	}
	if got := ask(t, d, "decimal_sum(a) FROM (SELECT '1' AS a WHERE 0)"); got != "NULL" {
		t.Errorf("the sum of no rows is %s", got)
	}
	if _, _, err := db.One[string](t.Context(), d, "SELECT decimal_sum('x')"); err == nil {
		t.Error("text was summed")
	}
	// As a window function it also subtracts the values that leave the frame.
	got, err := db.Collect[string](t.Context(), d, "SELECT decimal_sum(column1) OVER (ROWS 1 PRECEDING) FROM (VALUES ('0.1'), ('0.2'), (NULL), ('0.4'), ('-1'))")
	if want := []string{"0.1", "0.3", "0.2", "0.4", "-0.6"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("the running sums are %q, %v; want %q", got, err, want)
	}
}

func TestDecimalCollation(t *testing.T) {
	t.Parallel()
	d := open(t)
	mustExec(t, d, "CREATE TABLE price (id integer PRIMARY KEY, amount text COLLATE decimal)")
	sorted := []string{"-1000000000000000000000", "-20.5", "-20", "-3", "-0.5", "0", "0.05", "0.5", "1", "1.05", "1.5", "2", "9.99", "10", "10.01", "99", "100", "1000000000000000000000", "1000000000000000000000.1"}
	shuffled := slices.Clone(sorted)
	rand.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	for _, s := range shuffled {
		mustExec(t, d, "INSERT INTO price (amount) VALUES (?1)", money.MustParse(s))
	}
	check := func() {
		t.Helper()
		for query, want := range map[string][]string{
			"SELECT amount FROM price ORDER BY amount":                                  sorted,
			"SELECT amount FROM price WHERE amount > '9' ORDER BY amount":               sorted[12:],
			"SELECT amount FROM price WHERE amount < '-3.0' ORDER BY amount":            sorted[:3],
			"SELECT amount FROM price WHERE amount = '1.50'":                            {"1.5"},
			"SELECT amount FROM price WHERE amount IN ('10.00', '1e2') ORDER BY amount": {"10", "100"},
			"SELECT amount FROM price WHERE amount BETWEEN '0' AND '1' ORDER BY 1":      sorted[5:9],
			"SELECT max(amount) FROM price":                                             sorted[18:],
			"SELECT min(amount) FROM price":                                             sorted[:1],
			"SELECT count(DISTINCT amount) FROM (SELECT amount FROM price UNION ALL SELECT amount || CASE WHEN instr(amount, '.') THEN '0' ELSE '.0' END FROM price)": {"19"},
		} {
			if got, err := db.Collect[string](t.Context(), d, query); err != nil || !slices.Equal(got, want) {
				t.Errorf("%s: %q, %v; want %q", query, got, err, want)
			}
		}
	}
	check()
	mustExec(t, d, "CREATE UNIQUE INDEX price_amount ON price (amount)")
	check() // now with an index
	_, err := d.Exec(t.Context(), "INSERT INTO price (amount) VALUES ('9.990')")
	var v *db.Violation
	if !errors.As(err, &v) || v.Kind != db.UniqueViolation {
		t.Errorf("9.990 was inserted besides 9.99: %v", err)
	}
}

func BenchmarkILike(b *testing.B) {
	d, err := sqlite.Open(b.TempDir() + "/bench.db")
	if err != nil {
		b.Fatal(err)
	}
	defer d.Close() //nolint:errcheck // the benchmark ends
	mustExec(b, d, "CREATE TABLE product (title text)")
	mustExec(b, d, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) INSERT INTO product SELECT 'A Blue Shirt of Linen, number ' || i FROM n")
	for b.Loop() {
		if n, _, err := db.One[int64](b.Context(), d, "SELECT count(*) FROM product WHERE ilike('%linen%99%', title)"); err != nil || n == 0 {
			b.Fatal(n, err)
		}
	}
}
