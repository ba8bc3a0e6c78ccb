INSERT INTO proposals (
    id, episode, station, rule, cause, kind, level, stage_mm, rate_mm_per_h, measured_at, proposed_at, not_after, state, because)
VALUES (
    (SELECT coalesce(max(id), 0) + 1 FROM proposals), @Episode, @Station, @Rule, @Cause, @Kind, @Level, @Stage, @Rate, @MeasuredAt, @ProposedAt,
    @NotAfter, 'waiting', @Because)
RETURNING id
