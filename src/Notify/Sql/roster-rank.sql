-- The lowest ground first, from 100 m under the datum on; on the same ground whoever lives farther up the river. Of whom nothing is known comes last.
UPDATE recipients SET flood_rank = (coalesce(ground_mm, 9900000) + 100000) * 1000000 + coalesce(river_m, 999999)
WHERE flood_rank <> (coalesce(ground_mm, 9900000) + 100000) * 1000000 + coalesce(river_m, 999999)
