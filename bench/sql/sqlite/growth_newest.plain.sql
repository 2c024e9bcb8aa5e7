SELECT json_object('id', id, 'email', email) FROM "order" WHERE deleted_at IS NULL AND is_draft_order = 0 ORDER BY created_at DESC, id DESC LIMIT 15
