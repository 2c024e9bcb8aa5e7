package link

import (
	"fmt"
	"hash/fnv"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxName is how long a table name made here may be, in bytes. PostgreSQL
// keeps 63 of a name; the original stops at 58, and so do we.
const maxName = 58

// tableName joins modules and aliases. A part that repeats the one before it
// is kept: product_product_brand_brand is the table of product and brand.
// A name that is too long drops repeated parts; if that is not enough it is
// cut, and ends with a hash of the whole: the same one every time.
func tableName(left, right End) string {
	parts := []string{left.Model.Module, left.Alias, right.Model.Module, right.Alias}
	whole := strings.Join(parts, "_")
	if len(whole) <= maxName {
		return whole
	}
	name := strings.Join(slices.Compact(parts), "_")
	if len(name) <= maxName {
		return name
	}
	hash := fnv.New32a()
	_, _ = hash.Write([]byte(whole)) // a hash takes all
	end := fmt.Sprintf("_%08x", hash.Sum32())
	cut := maxName - len(end)
	for !utf8.RuneStart(name[cut]) {
		cut--
	}
	return name[:cut] + end
}

var plainName = regexp.MustCompile(`^[\pL_][\pL\pN_]*$`)

// checkNames refuses names that a query could not say: paths are cut at dots,
// and other signs have a meaning of their own.
func checkNames(what string, names ...string) error {
	for _, n := range names {
		if !plainName.MatchString(n) {
			return fmt.Errorf("%q is no name for %s; it has letters, digits and underscores, and begins with no digit", n, what)
		}
	}
	return nil
}

// checkTable refuses table names that cannot be quoted or would be cut.
func checkTable(name string) error {
	if name == "" || len(name) > 63 || !utf8.ValidString(name) || strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == '"' || r == '`' }) {
		return fmt.Errorf("%q is no name for a table; it has 1 to 63 bytes, and no quotes", name)
	}
	return nil
}
