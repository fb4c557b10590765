-- Monitors' records that stand: the latest version, not taken back by their source.
SELECT d.version_key, r.document_id, r.title, r.date_start, r.date_end, r.date_precision, r.place_text, g.place,
       coalesce(r.admin1, g.admin1) AS admin1, coalesce(r.country, g.country) AS country,
       CASE WHEN r.lat IS NULL THEN g.lat ELSE r.lat END AS lat, CASE WHEN r.lat IS NULL THEN g.lon ELSE r.lon END AS lon,
       CASE WHEN r.lat IS NULL THEN g.geo_precision ELSE r.geo_precision END AS geo_precision, r.weapon
FROM core.incident_record r JOIN core.document d ON d.document_id = r.document_id AND d.current
LEFT JOIN gazetteer g ON g.place_text = r.place_text AND g.told_country IS NOT DISTINCT FROM r.country
    AND g.place_context = CASE WHEN r.admin1 IS NULL THEN [] ELSE [r.admin1] END
WHERE r.document_id NOT IN (SELECT document_id FROM raw.record WHERE withdrawn_in IS NOT NULL)
QUALIFY row_number() OVER (PARTITION BY d.version_key ORDER BY r.document_id) = 1
ORDER BY d.version_key
