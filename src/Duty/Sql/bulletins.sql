SELECT id, episode, sequence, proposal, station, rule, cause, kind, level, stage_mm AS stage, rate_mm_per_h AS rate, measured_at, decided_at,
       decided_by, not_after, expired_at, replaced_by, planned_at, reservoir, q_min, q_max, starts_at,
       own_vi, own_en, slots, area_codes, only_to, stopped_at, stopped_by, stop_reason
FROM bulletins
