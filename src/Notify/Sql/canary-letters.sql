-- What became of the canary's letters about one reading: by any carrier, the first that took it and the first that reported it as delivered.
SELECT b.only_to AS phone, min(d.accepted_at) AS accepted_at, min(d.delivered_at) AS delivered_at
FROM bulletins b LEFT JOIN deliveries d ON d.bulletin_id = b.id
WHERE b.rule = '_canary' AND b.measured_at = @at AND b.expired_at IS NULL
GROUP BY b.only_to
