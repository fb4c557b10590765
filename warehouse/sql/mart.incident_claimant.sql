-- The latest figure of each claimant about each incident. In one document the groups of one clause ("two soldiers and a guard were killed") are added, and so are
-- "two others"; what another clause says of the class are the same people told again, and the larger holds. Groups named by age or sex and the classes are
-- added; "people" contain them all, and take the class with which the same figure is told again. Near-duplicate documents are one voice.
WITH name AS (
    SELECT subject_id AS written, decision AS actor FROM ops.review WHERE subject = 'actor'
), speaking AS (
    SELECT *, unnest(list_prepend(claimant, co_claimants)) AS speaker FROM mart.claim_flat
), again AS (
    SELECT restates AS claim_id, min(victim_class) AS victim_class FROM mart.claim_flat WHERE restates IS NOT NULL AND victim_class <> 'unknown'
    GROUP BY restates HAVING count(DISTINCT victim_class) = 1
), told AS (
    SELECT ic.incident_id, f.document_id, coalesce(v.voice_id, f.document_id) AS voice_id, f.published, f.source, f.harm,
           CASE WHEN f.victim_class = 'unknown' THEN coalesce(g.victim_class, 'unknown') ELSE f.victim_class END AS victim_class, f.demographic,
           CASE WHEN f.speaker = 'narrator' AND f.document_name LIKE '%#assessment' THEN coalesce(f.publisher, f.source) || ' (text)'
                WHEN f.speaker = 'narrator' THEN coalesce(f.publisher, f.source) ELSE coalesce(n.actor, f.speaker) END AS claimant,
           coalesce(f.low, f.best) AS low, coalesce(f.high, f.best, f.low) AS high, f.qualifier IN ('vague', 'relative', 'at_most') AS vague,
           f.quote_start, f.quote_end, list_contains(f.flags, 'additional') AS additional
    FROM core.incident_claim ic JOIN speaking f ON f.claim_id = ic.claim_id
    LEFT JOIN core.document_voice v ON v.document_id = f.document_id
    LEFT JOIN name n ON n.written = f.speaker
    LEFT JOIN again g ON g.claim_id = f.claim_id
    WHERE f.scope = 'incident' AND (f.part_of IS NULL OR f.whole_harm <> f.harm) AND f.restates IS NULL AND NOT list_contains(f.flags, 'superseded') AND f.segment <> 'related'
      AND f.review IS DISTINCT FROM 'wrong' AND coalesce(f.low, f.best, f.high) IS NOT NULL
), begun AS (
    SELECT *, quote_start >= coalesce(max(quote_end) OVER (PARTITION BY incident_id, document_id, harm, claimant ORDER BY quote_start, quote_end
                  ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS starts
    FROM told WHERE NOT additional
), clause AS (
    SELECT * EXCLUDE (starts), count_if(starts) OVER (PARTITION BY incident_id, document_id, harm, claimant ORDER BY quote_start, quote_end
               ROWS UNBOUNDED PRECEDING) AS clause
    FROM begun
), said AS (
    SELECT incident_id, voice_id, document_id, published, source, harm, claimant, victim_class, clause, sum(low) AS low, sum(high) AS high, bool_or(vague) AS vague
    FROM clause GROUP BY ALL
), whole AS (
    SELECT incident_id, voice_id, document_id, published, source, harm, claimant, victim_class, bool_and(vague) AS vague,
           coalesce(max(low) FILTER (NOT vague), max(low)) AS low, coalesce(max(high) FILTER (NOT vague), max(high)) AS high
    FROM said GROUP BY ALL
), split AS (
    SELECT document_id, incident_id, harm, claimant, victim_class, sum(low) AS low, sum(high) AS high
    FROM (SELECT document_id, incident_id, harm, claimant, victim_class, demographic, max(low) AS low, max(high) AS high
          FROM clause WHERE demographic IS NOT NULL GROUP BY ALL)
    GROUP BY ALL
), further AS (
    SELECT document_id, incident_id, harm, claimant, victim_class, sum(low) AS low, sum(high) AS high FROM told WHERE additional GROUP BY ALL
), classed AS (
    SELECT w.* EXCLUDE (low, high), greatest(w.low, s.low) + coalesce(a.low, 0) AS low, greatest(w.high, s.high) + coalesce(a.high, 0) AS high
    FROM whole w LEFT JOIN split s USING (document_id, incident_id, harm, claimant, victim_class)
    LEFT JOIN further a USING (document_id, incident_id, harm, claimant, victim_class)
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
