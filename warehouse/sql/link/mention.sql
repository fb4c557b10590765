-- Everything that may belong to an incident recorded elsewhere: events of texts, official entries, other monitors' records.
WITH root AS (
    SELECT actor, coalesce(parent, actor) AS root FROM ref.actor
), blamed AS (
    SELECT e.event_id AS mention_id, list(DISTINCT coalesce(r.root, p.actor) ORDER BY coalesce(r.root, p.actor)) AS actors
    FROM event e JOIN core.claim_perpetrator p ON p.claim_id = e.claim_id AND p.stance <> 'denied'
    LEFT JOIN root r ON r.actor = p.actor GROUP BY ALL
), tolled AS (
    SELECT event_id, min(low) AS killed_low, max(high) AS killed_high, max(exact) AS killed_exact,
           bool_or(open) AS killed_open
    FROM (SELECT e.event_id, f.claimant, min(coalesce(f.low, f.best)) AS low, sum(coalesce(f.high, f.best, f.low)) AS high,
                 max(f.best) FILTER (f.qualifier IN ('exact', 'at_least', 'about', 'almost', 'more_than')) AS exact,
                 bool_or(f.high IS NULL) AS open
          FROM event e JOIN mart.claim_flat f ON f.claim_id = e.claim_id
          WHERE f.harm = 'killed' AND (f.part_of IS NULL OR f.whole_harm <> f.harm) AND f.restates IS NULL
          GROUP BY ALL)
    GROUP BY event_id
), armed AS (
    SELECT event_id, arg_max(weapon, (times, weapon)) AS weapon
    FROM (SELECT e.event_id, c.weapon, count(*) AS times FROM event e JOIN core.claim c ON c.claim_id = e.claim_id WHERE c.weapon IS NOT NULL GROUP BY ALL)
    GROUP BY event_id
), written AS (
    SELECT event_id, list_sort(list_distinct(flatten(list(n.words)))) AS words, list_sort(list_distinct(flatten(list(n.bones)))) AS bones
    FROM (SELECT DISTINCT e.event_id, c.place_text FROM event e JOIN core.claim c ON c.claim_id = e.claim_id)
    JOIN place_name n USING (place_text) GROUP BY event_id
), told AS (
    SELECT DISTINCT e.event_id AS mention_id, 'event' AS kind, d.source, e.document_id,
           CASE WHEN e.date_start IS NOT NULL THEN e.date_start
                WHEN d.doc_type IN ('news_article', 'monitor_post') THEN d.published - 7 END AS date_start,
           CASE WHEN e.date_start IS NOT NULL THEN e.date_end
                WHEN d.doc_type IN ('news_article', 'monitor_post') THEN d.published END AS date_end,
           e.date_start IS NULL AS undated, e.place_text, e.place, e.lat, e.lon, e.geo_precision, e.country
    FROM event e JOIN core.document d ON d.document_id = e.document_id
)
SELECT t.mention_id, t.kind, t.source, t.document_id, t.date_start, t.date_end, t.undated, coalesce(n.head, []) AS head,
       coalesce(w.words, []) AS words, coalesce(w.bones, []) AS bones, t.lat, t.lon, coalesce(g.radius_km, 10) AS radius_km,
       CASE WHEN list_has_all(o.words, n.head) THEN g.radius_km END AS town_km,
       t.country, a.weapon, coalesce(b.actors, []) AS actors, k.killed_low, CASE WHEN NOT k.killed_open THEN k.killed_high END AS killed_high,
       k.killed_exact, NULL::INTEGER AS conceded, NULL::VARCHAR AS finding, NULL::VARCHAR AS subject
FROM told t
LEFT JOIN place_name n ON n.place_text = t.place_text
LEFT JOIN written w ON w.event_id = t.mention_id
LEFT JOIN ref.geo_radius g ON g.geo_precision = t.geo_precision
LEFT JOIN place_name o ON o.place_text = t.place
LEFT JOIN armed a ON a.event_id = t.mention_id
LEFT JOIN blamed b ON b.mention_id = t.mention_id
LEFT JOIN tolled k ON k.event_id = t.mention_id
UNION ALL BY NAME
SELECT e.entry_id AS mention_id, 'entry' AS kind, d.source, e.document_id, e.date_start, coalesce(e.date_end, e.date_start) AS date_end,
       false AS undated, coalesce(n.head, []) AS head, coalesce(n.words, []) AS words, coalesce(n.bones, []) AS bones,
       coalesce(e.lat, z.lat) AS lat, coalesce(e.lon, z.lon) AS lon,
       CASE WHEN e.lat IS NOT NULL THEN 0.1 ELSE coalesce(g.radius_km, 10) END AS radius_km,
       CASE WHEN list_has_all(o.words, n.head) THEN g.radius_km END AS town_km,
       coalesce(e.country, z.country) AS country, NULL AS weapon,
       CASE WHEN r.actor IS NULL THEN [] ELSE [coalesce(ro.root, r.actor)] END AS actors, NULL AS killed_low, NULL AS killed_high,
       NULL AS killed_exact, coalesce(e.killed_conceded, CASE WHEN e.finding = 'credible' AND e.injured_conceded > 0 THEN 0 END) AS conceded,
       CASE WHEN e.finding IN ('credible', 'non_credible', 'duplicate') THEN e.finding END AS finding, coalesce(ro.root, r.actor) AS subject
FROM core.official_entry e
JOIN core.document d ON d.document_id = e.document_id AND d.current
LEFT JOIN (SELECT document_id, min(actor) AS actor FROM (
        SELECT document_id, actor FROM core.official_report
        UNION ALL SELECT p.document_id, p.actor FROM core.position p JOIN core.official_entry USING (document_id)) GROUP BY ALL) r
    ON r.document_id = e.document_id
LEFT JOIN root ro ON ro.actor = r.actor
LEFT JOIN gazetteer z ON z.place_text = e.place_text AND z.told_country IS NOT DISTINCT FROM e.country AND len(z.place_context) = 0
LEFT JOIN place_name n ON n.place_text = e.place_text
LEFT JOIN ref.geo_radius g ON g.geo_precision = z.geo_precision
LEFT JOIN place_name o ON o.place_text = z.place
UNION ALL BY NAME
SELECT r.incident_id AS mention_id, 'record' AS kind, r.* EXCLUDE (incident_id), NULL AS town_km FROM record r
WHERE r.source > (SELECT min(source) FROM record)
