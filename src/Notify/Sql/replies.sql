SELECT p.id, p.carrier, p.sender AS "from", p.text, p.received_at, coalesce(u.recipient_id, r.id) AS recipient,
       coalesce(p.phone, k.phone) AS phone
FROM replies p
LEFT JOIN carrier_users u ON u.carrier = p.carrier AND u.user_id = p.sender
LEFT JOIN recipients r ON r.phone = p.phone
LEFT JOIN recipients k ON k.id = u.recipient_id
WHERE p.id > @after
ORDER BY p.id
LIMIT @limit
