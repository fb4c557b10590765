-- A monitor's structured figure beside what the prose linked to the same incident says, where the two cannot both be true.
WITH side AS (
    SELECT c.incident_id, c.harm, EXISTS (SELECT 1 FROM core.incident_record r WHERE r.document_id = c.document_id) AS structured, c.claimant, c.low, c.high
    FROM mart.incident_claimant c WHERE NOT c.vague
)
SELECT a.incident_id, a.harm, a.claimant AS record_claimant, a.low AS record_low, a.high AS record_high, b.claimant AS prose_claimant, b.low AS prose_low, b.high AS prose_high,
       CASE WHEN b.low > a.high THEN b.low - a.high ELSE b.high - a.low END AS difference
FROM side a JOIN side b ON b.incident_id = a.incident_id AND b.harm = a.harm AND a.structured AND NOT b.structured
WHERE b.low > a.high OR b.high < a.low
