INSERT INTO proposals (
    id, episode, station, rule, cause, kind, level, stage_mm, rate_mm_per_h, measured_at, proposed_at, not_after, state, because, reservoir,
    q_min, q_max, starts_at)
VALUES (
    (SELECT coalesce(max(id), 0) + 1 FROM proposals), @Episode, @Station, @Rule, @Cause, @Kind, @Level, @Stage, @Rate, @MeasuredAt, @ProposedAt,
    @NotAfter, 'waiting', @Because, @Reservoir, @QMin, @QMax, @StartsAt)
RETURNING id
