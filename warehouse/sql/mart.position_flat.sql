-- The incident is that of the claims spoken of, else the one that the document records or that the official entry decides, else the only one
-- that the text tells of; never a guess between two.
WITH spoken AS (
    SELECT a.position_id, CASE WHEN count(DISTINCT ic.incident_id) = 1 THEN min(ic.incident_id) END AS incident_id
    FROM (SELECT position_id, unnest(about) AS claim_id FROM core.position) a
    JOIN core.incident_claim ic ON ic.claim_id = a.claim_id
    GROUP BY a.position_id
), decided AS (
    SELECT p.position_id, CASE WHEN count(DISTINCT l.incident_id) = 1 THEN min(l.incident_id) END AS incident_id
    FROM core.position p JOIN core.official_entry e ON e.document_id = p.document_id
        AND p.quote_start < e.quote_end AND p.quote_end > e.quote_start
    JOIN core.incident_entry l ON l.entry_id = e.entry_id
    GROUP BY p.position_id
), told AS (
    SELECT c.document_id, CASE WHEN count(DISTINCT ic.incident_id) = 1 THEN min(ic.incident_id) END AS incident_id
    FROM core.incident_claim ic JOIN core.claim c ON c.claim_id = ic.claim_id GROUP BY c.document_id
)
SELECT d.document_name, coalesce(s.incident_id, i.incident_id, e.incident_id, CASE WHEN len(p.about) = 0 THEN t.incident_id END) AS incident_id,
       CASE WHEN len(p.about) = 1 THEN p.about[1] END AS claim_id, p.actor, p.position, p.target, p.relay, p.stated_on,
       p.quote, p.quote_start, p.quote_end, p.killed_conceded, p.injured_conceded, p.reason, p.document_id, p.position_id
FROM core.position p
JOIN core.document d ON d.document_id = p.document_id AND d.current
ANTI JOIN (SELECT document_id FROM raw.record WHERE withdrawn_in IS NOT NULL) w ON w.document_id = p.document_id
LEFT JOIN spoken s ON s.position_id = p.position_id
LEFT JOIN decided e ON e.position_id = p.position_id
LEFT JOIN core.incident_document i ON i.document_id = p.document_id
LEFT JOIN told t ON t.document_id = p.document_id
