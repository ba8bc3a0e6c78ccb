-- Whether what a carrier has accepted and does not bring is still to be told by another: in its time, not stopped, not replaced (see older.sql and replace.sql), and to somebody
-- who wants it. Which deliveries, whoever asks adds.
SELECT d.id, d.bulletin_id, d.recipient_id, r.language,
    d.not_after >= @now AND d.replaced_by IS NULL AND b.stopped_at IS NULL AND r.erased_at IS NULL
        AND (r.opted_out_at IS NULL OR d.level NOT BETWEEN 1 AND @MostOptedOut)
        AND (b.kind NOT IN ('warning', 'allclear') OR NOT EXISTS (
            SELECT 1 FROM bulletins n
            WHERE n.id > b.id AND n.station = b.station AND n.rule = b.rule AND n.planned_at IS NOT NULL AND n.kind IN ('warning', 'allclear')
              AND (n.kind = 'allclear' OR EXISTS (SELECT 1 FROM deliveries m WHERE m.bulletin_id = n.id AND m.recipient_id = d.recipient_id)))) AS owed
FROM deliveries d JOIN recipients r ON r.id = d.recipient_id JOIN bulletins b ON b.id = d.bulletin_id
