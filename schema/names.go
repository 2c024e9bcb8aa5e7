package schema

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode/utf8"

	"github.com/gorgon-commerce/gorgon/model"
)

// maxName is the length of names in PostgreSQL, which truncates longer ones
// silently, so that two could become the same.
const maxName = 63

// ours is the prefix of the indexes that Migrate creates. It keeps all others.
const ours = "IDX_"

// ident quotes an identifier.
func ident(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// shorten cuts a name that is too long and appends a hash of the whole.
func shorten(name string) string {
	if len(name) <= maxName {
		return name
	}
	return withHash(name, name)
}

// withHash appends a hash of the text of to a name, cutting the name if necessary.
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

// indexNames holds the index names in use. Names are unique in a database.
type indexNames map[string]bool

// name returns IDX_<table>_<columns>, with _unique for a unique index. For a
// condition besides soft deletion it appends a hash: PostgreSQL rewrites
// conditions, so only names can be compared. If two tables would share an index
// name, as a_b (c) and a (b_c) do, the later one gets a hash as well.
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

// predicate returns the condition of an index, or "". The next number of a serial
// column comes after those of deleted rows, so its index covers them.
func predicate(m *model.Model, i model.Index) string {
	switch {
	case !m.SoftDeletes() || !i.Unique && m.Field(i.Columns[0]).Serial:
		return i.Where
	case i.Where == "":
		return live
	}
	return live + " AND (" + i.Where + ")"
}
