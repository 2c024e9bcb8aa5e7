package fulfillment

import (
	"context"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
)

// ZonesOf returns the service zones that a destination is in, each with its fulfillment
// set: those of the given sets, or of all without any. The destination has a country.
func (s *Service) ZonesOf(ctx context.Context, to Destination, sets ...string) (map[string]string, error) {
	d := s.store.DB.Dialect()
	types := []string{string(ZoneCountry)}
	if to.Province != "" {
		types = append(types, string(ZoneProvince), string(ZoneCity), string(ZoneZIP))
	}
	args := []any{strings.ToLower(to.CountryCode), types}
	sql := "SELECT g.service_zone_id, z.fulfillment_set_id, g.type, g.country_code, g.province_code, g.city, g.postal_expression FROM geo_zone AS g" +
		" JOIN service_zone AS z ON z.id = g.service_zone_id AND z.deleted_at IS NULL WHERE g.deleted_at IS NULL AND g.country_code = " + d.Placeholder(1) + " AND " + d.List("g.type", 2)
	if len(sets) > 0 {
		args = append(args, sets)
		sql += " AND " + d.List("z.fulfillment_set_id", 3)
	}
	rows, err := db.Use(ctx, s.store.DB).Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[string]string{}
	for rows.Next() {
		var zone, set string
		var expression *string
		g := &GeoZone{}
		if err := rows.Scan(&zone, &set, &g.Type, &g.CountryCode, &g.ProvinceCode, &g.City, &expression); err != nil {
			return nil, err
		}
		if expression != nil {
			g.PostalExpression = model.RawJSON(*expression)
		}
		if to.InZone(g) {
			out[zone] = set
		}
	}
	return out, rows.Err()
}
