-- The publisher of a figure is who claims it; the document's own publisher where the text speaks in its own voice. Near-duplicate documents give one row.
SELECT CASE WHEN f.claimant = 'narrator' THEN coalesce(f.publisher, f.claimant) ELSE f.claimant END AS publisher,
       f.perpetrators[1].actor AS attributed_to, coalesce(f.place, f.place_text, f.country) AS geography, f.harm, f.victim_class, f.demographic,
       coalesce(f.period_end, f.date_end, f.published) AS as_of, f.period_start, f.period_end, f.low, f.best, f.high, f.qualifier, f.claim_id, f.scope, f.role
FROM mart.claim_flat f LEFT JOIN core.document_voice v ON v.document_id = f.document_id
WHERE f.scope IN ('cumulative', 'period') AND f.restates IS NULL AND f.review IS DISTINCT FROM 'wrong'
QUALIFY row_number() OVER (PARTITION BY coalesce(v.voice_id, f.claim_id), CASE WHEN v.voice_id IS NULL THEN f.claim_id ELSE
    concat_ws('|', f.claimant, f.harm, f.victim_class, f.demographic, f.role, f.low, f.best, f.high, f.period_start, f.period_end, f.place) END ORDER BY f.claim_id) = 1
