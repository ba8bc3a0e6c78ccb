-- When an alarm was judged anew, by our clock, because a reading came out of order or a suspect one was believed at last; null when it was not.
ALTER TABLE alarms ADD COLUMN restated_at BIGINT;
