-- Claims that texts make about incidents. Figures of a monitor's record belong to its record, as do those of the prose on its page
-- (NAME#assessment beside NAME); those of an official entry to the entry.
SELECT f.claim_id, f.document_id, f.number, f.scope, f.place_text, p.place_id, f.place, f.admin1, f.country, f.lat, f.lon,
       f.geo_precision, f.date_start, f.date_end, f.low, f.best, f.high, f.harm, f.claimant, f.part_of, f.restates
FROM mart.claim_flat f LEFT JOIN core.claim_place p ON p.claim_id = f.claim_id
WHERE f.segment <> 'related' AND f.review IS DISTINCT FROM 'wrong' AND f.scope IN ('incident', 'period')
  AND f.document_id NOT IN (SELECT document_id FROM core.incident_record)
  AND f.document_id NOT IN (SELECT document_id FROM core.official_entry)
  AND f.document_id NOT IN (SELECT document_id FROM page_prose)
ORDER BY f.document_id, f.number, f.claim_id
