package verify

import "github.com/gorgon-commerce/gorgon/module"

// Statements returns the SQL of all checks, without the constants.
func Statements(s *module.Store) (out []string) {
	all, d := checksOf(s), s.DB.Dialect()
	for _, r := range all.references {
		r.only = nil
		sql, _ := r.statement(d)
		out = append(out, sql)
	}
	for _, u := range all.uniques {
		out = append(out, u.statement(d))
	}
	for _, r := range all.rules {
		out = append(out, ruleStatement(r, d))
	}
	return out
}
