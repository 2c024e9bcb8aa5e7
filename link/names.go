package link

import (
	"fmt"
	"hash/fnv"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxName is the maximum length of a derived table name in bytes. PostgreSQL
// allows 63, but Medusa stops at 58, and the names must be the same.
const maxName = 58

// tableName returns the default name of a link table: modules and aliases,
// joined by underscores, such as product_product_brand_brand. If the name is too
// long, repeated parts are dropped; if that is not enough, it is cut and ends
// with a hash of the whole name, so that it is the same every time.
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
	_, _ = hash.Write([]byte(whole)) // never fails
	end := fmt.Sprintf("_%08x", hash.Sum32())
	cut := maxName - len(end)
	for !utf8.RuneStart(name[cut]) {
		cut--
	}
	return name[:cut] + end
}

var plainName = regexp.MustCompile(`^[\pL_][\pL\pN_]*$`)

// checkNames returns an error for a name that cannot be used in queries, where
// dots and other punctuation have a meaning.
func checkNames(what string, names ...string) error {
	for _, n := range names {
		if !plainName.MatchString(n) {
			return fmt.Errorf("%q is not a valid name for %s; it must consist of letters, digits and underscores, and not begin with a digit", n, what)
		}
	}
	return nil
}

// checkTable returns an error for a table name that cannot be quoted or would be
// truncated.
func checkTable(name string) error {
	if name == "" || len(name) > 63 || !utf8.ValidString(name) || strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == '"' || r == '`' }) {
		return fmt.Errorf("%q is not a valid name for a table; it must have 1 to 63 bytes, and no quotes", name)
	}
	return nil
}
