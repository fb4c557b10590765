-- Two claimants count the same class of people in one incident, and no number satisfies both.
WITH figure AS (
    SELECT ic.incident_id, f.claim_id, f.claimant, f.harm, f.victim_class, f.demographic, coalesce(v.voice_id, f.document_id) AS voice_id,
           coalesce(f.low, CASE WHEN f.high IS NULL THEN f.best END, 0) AS low, coalesce(f.high, CASE WHEN f.low IS NULL THEN f.best END, 999999999) AS high,
           f.value_text
    FROM core.incident_claim ic JOIN mart.claim_flat f ON f.claim_id = ic.claim_id
    LEFT JOIN core.document_voice v ON v.document_id = f.document_id
    WHERE coalesce(f.low, f.best, f.high) IS NOT NULL AND f.qualifier NOT IN ('vague', 'relative') AND (f.part_of IS NULL OR f.whole_harm <> f.harm) AND f.restates IS NULL
      AND f.review IS DISTINCT FROM 'wrong'
)
SELECT a.incident_id, a.harm, a.victim_class, a.demographic, a.claimant, b.claimant AS other_claimant, a.claim_id, b.claim_id AS other_claim_id,
       a.claimant || ': ' || a.value_text || '; ' || b.claimant || ': ' || b.value_text AS reason, b.low - a.high AS difference
FROM figure a JOIN figure b ON b.incident_id = a.incident_id AND b.harm = a.harm AND b.victim_class = a.victim_class
    AND b.demographic IS NOT DISTINCT FROM a.demographic AND b.claimant <> a.claimant AND b.low > a.high
