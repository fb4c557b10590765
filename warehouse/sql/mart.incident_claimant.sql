-- The latest figure of each claimant about each incident. In one document figures of one class are the same people told again, and the larger
-- holds; groups named by age or sex and the classes are added; "people" contain them all. Near-duplicate documents are one voice.
WITH name AS (
    SELECT subject_id AS written, decision AS actor FROM ops.review WHERE subject = 'actor'
), speaking AS (
    SELECT *, unnest(list_prepend(claimant, co_claimants)) AS speaker FROM mart.claim_flat
), told AS (
    SELECT ic.incident_id, f.document_id, coalesce(v.voice_id, f.document_id) AS voice_id, f.published, f.source, f.harm, f.victim_class, f.demographic,
           CASE WHEN f.speaker = 'narrator' THEN coalesce(f.publisher, f.source) ELSE coalesce(n.actor, f.speaker) END AS claimant,
           coalesce(f.low, f.best) AS low, coalesce(f.high, f.best, f.low) AS high, f.qualifier IN ('vague', 'relative', 'at_most') AS vague
    FROM core.incident_claim ic JOIN speaking f ON f.claim_id = ic.claim_id
    LEFT JOIN core.document_voice v ON v.document_id = f.document_id
    LEFT JOIN name n ON n.written = f.speaker
    WHERE f.scope = 'incident' AND f.part_of IS NULL AND f.restates IS NULL AND NOT list_contains(f.flags, 'superseded') AND f.segment <> 'related'
      AND f.review IS DISTINCT FROM 'wrong' AND coalesce(f.low, f.best, f.high) IS NOT NULL
), grouped AS (
    SELECT incident_id, voice_id, document_id, published, source, harm, claimant, victim_class, demographic,
           max(low) FILTER (NOT vague) AS sure_low, max(low) AS any_low, max(high) FILTER (NOT vague) AS sure_high, max(high) AS any_high, bool_and(vague) AS vague
    FROM told GROUP BY ALL
), classed AS (
    SELECT incident_id, voice_id, document_id, published, source, harm, claimant, victim_class, bool_and(vague) AS vague,
           greatest(max(coalesce(sure_low, any_low)) FILTER (demographic IS NULL), sum(coalesce(sure_low, any_low)) FILTER (demographic IS NOT NULL)) AS low,
           greatest(max(coalesce(sure_high, any_high)) FILTER (demographic IS NULL), sum(coalesce(sure_high, any_high)) FILTER (demographic IS NOT NULL)) AS high
    FROM grouped GROUP BY ALL
), documented AS (
    SELECT incident_id, voice_id, document_id, published, source, harm, claimant, bool_and(vague) AS vague,
           greatest(max(low) FILTER (victim_class = 'unknown'), sum(low) FILTER (victim_class <> 'unknown'))::BIGINT AS low,
           greatest(max(high) FILTER (victim_class = 'unknown'), sum(high) FILTER (victim_class <> 'unknown'))::BIGINT AS high,
           max(low) FILTER (victim_class = 'civilian')::BIGINT AS civilians_low, max(high) FILTER (victim_class = 'civilian')::BIGINT AS civilians_high
    FROM classed GROUP BY ALL
)
SELECT incident_id, claimant, harm, low, high, civilians_low, civilians_high, vague, published, source, document_id,
       count(DISTINCT voice_id) OVER mine AS voices, count(DISTINCT document_id) OVER mine AS documents
FROM documented
WINDOW mine AS (PARTITION BY incident_id, claimant, harm)
QUALIFY row_number() OVER (PARTITION BY incident_id, claimant, harm ORDER BY vague, published DESC NULLS LAST, high DESC NULLS LAST, document_id) = 1
