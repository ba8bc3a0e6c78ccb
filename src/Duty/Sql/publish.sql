INSERT INTO bulletins (
    id, episode, sequence, proposal, station, rule, cause, kind, level, stage_mm, rate_mm_per_h, measured_at, received_at, stored_at, decided_at, decided_by, not_after,
    expired_at, reservoir, q_min, q_max, starts_at, own_vi, own_en, slots, area_codes, only_to)
VALUES (
    (SELECT coalesce(max(id), 0) + 1 FROM bulletins), @Episode,
    (SELECT coalesce(max(sequence), 0) + 1 FROM bulletins WHERE episode = @Episode), @Proposal, @Station, @Rule, @Cause, @Kind, @Level, @Stage,
    @Rate, @MeasuredAt, @ReceivedAt, @StoredAt, @DecidedAt, @DecidedBy, @NotAfter, @ExpiredAt, @Reservoir, @QMin, @QMax, @StartsAt, @OwnVi, @OwnEn,
    @Slots, @AreaCodes, @OnlyTo)
RETURNING id
