-- The incident is that of the claims spoken of, else the one that the document itself records; never a guess between two.
WITH spoken AS (
    SELECT a.position_id, CASE WHEN count(DISTINCT ic.incident_id) = 1 THEN min(ic.incident_id) END AS incident_id
    FROM (SELECT position_id, unnest(about) AS claim_id FROM core.position) a
    JOIN core.incident_claim ic ON ic.claim_id = a.claim_id
    GROUP BY a.position_id
)
SELECT d.document_name, coalesce(s.incident_id, i.incident_id) AS incident_id,
       CASE WHEN len(p.about) = 1 THEN p.about[1] END AS claim_id, p.actor, p.position, p.target, p.relay, p.stated_on,
       p.quote, p.quote_start, p.quote_end, p.killed_conceded, p.injured_conceded, p.reason, p.document_id, p.position_id
FROM core.position p
JOIN core.document d ON d.document_id = p.document_id AND d.current
LEFT JOIN spoken s ON s.position_id = p.position_id
LEFT JOIN core.incident_document i ON i.document_id = p.document_id
