INSERT INTO proposals (
    id, episode, station, rule, cause, kind, level, stage_mm, rate_mm_per_h, measured_at, proposed_at, not_after, state)
VALUES (
    (SELECT coalesce(max(id), 0) + 1 FROM proposals), @Episode, @Station, @Rule, @Cause, @Kind, @Level, @Stage, @Rate, @MeasuredAt, @ProposedAt,
    @NotAfter, 'waiting')
RETURNING id
