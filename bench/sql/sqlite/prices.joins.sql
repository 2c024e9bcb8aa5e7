SELECT p.price_set_id, p.id, CAST(p.amount AS text), CAST(p.min_quantity AS text), CAST(p.max_quantity AS text), p.price_list_id, l.type,
  r.attribute, r.value, lr.attribute, CAST(lr.value AS text)
FROM price p
LEFT JOIN price_list l ON l.id = p.price_list_id AND l.deleted_at IS NULL AND l.status = 'active'
  AND (l.starts_at IS NULL OR l.starts_at <= ?3) AND (l.ends_at IS NULL OR l.ends_at >= ?3)
LEFT JOIN price_rule r ON r.price_id = p.id AND r.deleted_at IS NULL
LEFT JOIN price_list_rule lr ON lr.price_list_id = l.id AND lr.deleted_at IS NULL
WHERE p.deleted_at IS NULL AND p.currency_code = ?2 AND p.price_set_id IN (SELECT value FROM json_each(?1))
  AND (p.price_list_id IS NULL OR l.id IS NOT NULL)
