package schema

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode/utf8"

	"github.com/gorgon-commerce/gorgon/model"
)

// maxName is how many bytes PostgreSQL keeps of a name; it cuts longer ones
// without a word, so that two could become one.
const maxName = 63

// ours begins the name of every index made here. An index of another name is
// somebody else's and stays.
const ours = "IDX_"

// ident quotes an identifier.
func ident(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// shorten cuts a name that is too long and ends it with a hash of the whole.
func shorten(name string) string {
	if len(name) <= maxName {
		return name
	}
	return withHash(name, name)
}

// withHash ends a name with a hash of what tells it from its like, cutting it
// when both together are too long.
func withHash(name, of string) string {
	sum := sha256.Sum256([]byte(of))
	end := "_" + hex.EncodeToString(sum[:4])
	if room := maxName - len(end); len(name) > room {
		for room > 0 && !utf8.RuneStart(name[room]) {
			room--
		}
		name = name[:room]
	}
	return name + end
}

// indexNames gives every index of a database a name of its own.
type indexNames map[string]bool

// name is IDX_<table>_<columns>, with _unique for a unique index. A condition
// beyond soft deletion goes into the name as a hash: PostgreSQL rewrites the
// text of conditions, so that only names can be compared. Tables a_b and a with
// columns c and b_c would share a name; there the later one gets a hash.
func (n indexNames) name(m *model.Model, i model.Index) string {
	parts := append([]string{m.Table}, i.Columns...)
	name := ours + strings.Join(parts, "_")
	if i.Unique {
		name += "_unique"
	}
	if i.Where != "" {
		name = withHash(name, name+" WHERE "+predicate(m, i))
	}
	name = shorten(name)
	if n[name] {
		name = withHash(name, strings.Join(parts, "."))
	}
	n[name] = true
	return name
}

// live is the condition of an index over live rows.
const live = "deleted_at IS NULL"

// predicate is the condition of an index; "" is none.
func predicate(m *model.Model, i model.Index) string {
	switch {
	case !m.SoftDeletes():
		return i.Where
	case i.Where == "":
		return live
	}
	return live + " AND (" + i.Where + ")"
}
