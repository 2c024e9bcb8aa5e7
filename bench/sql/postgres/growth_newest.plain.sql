SELECT row_to_json(r) FROM "order" o CROSS JOIN LATERAL (SELECT o.id, o.email) r WHERE o.deleted_at IS NULL AND NOT o.is_draft_order ORDER BY o.created_at DESC, o.id DESC LIMIT 15
