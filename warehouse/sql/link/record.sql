-- One row a monitor's record, with what it can be recognised by.
WITH root AS (
    SELECT actor, coalesce(parent, actor) AS root FROM ref.actor
), blamed AS (
    SELECT document_id, list(DISTINCT coalesce(r.root, s.actor) ORDER BY coalesce(r.root, s.actor)) AS actors FROM (
        SELECT c.document_id, p.actor FROM core.claim_perpetrator p JOIN core.claim c ON c.claim_id = p.claim_id
        UNION ALL SELECT document_id, subject FROM core.assessment WHERE subject IS NOT NULL
        UNION ALL SELECT document_id, actor FROM core.position) s
    LEFT JOIN root r ON r.actor = s.actor GROUP BY ALL
), found AS (
    SELECT document_id, max(killed_conceded) AS conceded,
           first(position ORDER BY stated_on DESC NULLS LAST, position_id) FILTER (position IN ('credible', 'non_credible', 'duplicate')) AS finding,
           first(actor ORDER BY stated_on DESC NULLS LAST, position_id) AS subject
    FROM core.position GROUP BY document_id
)
SELECT i.incident_id, d.source, i.document_id, i.date_start, coalesce(i.date_end, i.date_start) AS date_end, false AS undated,
       coalesce(n.head, []) AS head, coalesce(n.words, []) AS words, coalesce(n.bones, []) AS bones, i.lat, i.lon,
       CASE WHEN i.lat IS NULL THEN NULL ELSE coalesce(g.radius_km, 10) END AS radius_km, i.country, i.weapon,
       coalesce(b.actors, []) AS actors, t.low AS killed_low, t.high AS killed_high, NULL::BIGINT AS killed_exact, f.conceded, f.finding, f.subject
FROM incident i
JOIN core.document d ON d.document_id = i.document_id
LEFT JOIN place_name n ON n.place_text = i.place_text
LEFT JOIN ref.geo_radius g ON g.geo_precision = i.geo_precision
LEFT JOIN blamed b ON b.document_id = i.document_id
LEFT JOIN found f ON f.document_id = i.document_id
LEFT JOIN core.document_toll t ON t.document_id = i.document_id AND t.harm = 'killed' AND t.counting = 'default'
