INSERT INTO proposals (
    id, episode, station, rule, cause, kind, level, stage_mm, rate_mm_per_h, measured_at, received_at, stored_at, proposed_at, not_after, state, because, reservoir,
    q_min, q_max, starts_at, decider, persons, within_s, steps, decide_by, own_vi, own_en, slots, area_codes)
VALUES (
    (SELECT coalesce(max(id), 0) + 1 FROM proposals), @Episode, @Station, @Rule, @Cause, @Kind, @Level, @Stage, @Rate, @MeasuredAt, @ReceivedAt, @StoredAt, @ProposedAt,
    @NotAfter, 'waiting', @Because, @Reservoir, @QMin, @QMax, @StartsAt, @Decider, @Persons, @WithinS, @Steps, @DecideBy, @OwnVi, @OwnEn, @Slots,
    @AreaCodes)
RETURNING id
