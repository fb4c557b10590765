-- Blocking: a mention meets the records of its days (two more on either side) that lie around it or share a word's consonants.
WITH mention_day AS (
    SELECT mention_id, source, kind, lat, lon, bones, country, radius_km, unnest(generate_series(date_start, date_end, INTERVAL 1 DAY))::DATE AS day
    FROM asked WHERE date_end - date_start <= 10
), record_day AS (
    SELECT incident_id, source, lat, lon, bones, country, unnest(generate_series(date_start - 2, date_end + 2, INTERVAL 1 DAY))::DATE AS day
    FROM record WHERE date_end - date_start <= 31
), mention_key AS (
    SELECT mention_id, source, kind, day, 'n:' || unnest(bones) AS key FROM mention_day
    UNION ALL SELECT mention_id, source, kind, day, 'c:' || floor(lat * 2)::INTEGER || ':' || floor(lon * 2)::INTEGER FROM mention_day
    WHERE lat IS NOT NULL AND radius_km < 90
    UNION ALL SELECT mention_id, source, kind, day, 'a:' || floor(lat / 2)::INTEGER || ':' || floor(lon / 2)::INTEGER FROM mention_day
    WHERE radius_km BETWEEN 90 AND 200
), record_key AS (
    SELECT incident_id, source, day, 'n:' || unnest(bones) AS key FROM record_day
    UNION ALL SELECT incident_id, source, day, 'c:' || floor(lat * 2)::INTEGER + y || ':' || floor(lon * 2)::INTEGER + x
    FROM record_day, range(-1, 2) AS ys(y), range(-1, 2) AS xs(x) WHERE lat IS NOT NULL
    UNION ALL SELECT incident_id, source, day, 'a:' || floor(lat / 2)::INTEGER + y || ':' || floor(lon / 2)::INTEGER + x
    FROM record_day, range(-1, 2) AS ys(y), range(-1, 2) AS xs(x) WHERE lat IS NOT NULL
)
SELECT DISTINCT m.mention_id, r.incident_id
FROM mention_key m JOIN record_key r ON r.day = m.day AND r.key = m.key AND (m.kind <> 'record' OR r.source < m.source)
