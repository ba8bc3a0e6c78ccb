SELECT proposals.id, proposals.episode, proposals.station, proposals.rule, proposals.cause, proposals.kind, proposals.level,
       proposals.stage_mm AS stage, proposals.rate_mm_per_h AS rate, proposals.measured_at, proposals.received_at, proposals.stored_at, proposals.proposed_at, proposals.not_after,
       proposals.state, proposals.decided_at, proposals.decided_by, proposals.reason, proposals.because, proposals.reservoir,
       proposals.q_min, proposals.q_max, proposals.starts_at, proposals.decider, proposals.persons, proposals.within_s, proposals.steps,
       proposals.decide_by, proposals.asked, proposals.own_vi, proposals.own_en, proposals.slots, proposals.area_codes,
       (SELECT string_agg(approvals.who, ', ' ORDER BY approvals.at) FROM approvals WHERE approvals.proposal = proposals.id) AS approved_by,
       (SELECT bulletins.id FROM bulletins WHERE bulletins.proposal = proposals.id) AS bulletin,
       episodes.level AS level_now
FROM proposals JOIN episodes ON episodes.id = proposals.episode
