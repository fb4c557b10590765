-- A code names its incident, unless several incidents carry it; other entries are matched by what they tell.
WITH coded AS (
    SELECT e.entry_id, unnest(e.codes) AS code
    FROM core.official_entry e JOIN core.document d ON d.document_id = e.document_id AND d.current
), named AS (
    SELECT external_id AS code, min(incident_id) AS incident_id FROM core.incident_xref WHERE system NOT LIKE '%\_id' ESCAPE '\'
    GROUP BY external_id HAVING count(DISTINCT incident_id) = 1
), by_code AS (
    SELECT incident_id, entry_id, 'code' AS method, 1.0::DOUBLE AS score, 'the entry names the code ' || min(code) AS reason
    FROM coded JOIN named USING (code)
    WHERE (entry_id, incident_id) NOT IN (SELECT (subject_id, incident_id) FROM link_review WHERE NOT same)
    GROUP BY incident_id, entry_id
), decided_entry AS (
    SELECT j.incident_id, d.mention_id AS entry_id, CASE WHEN d.verdict = 'review' THEN 'review' ELSE 'features' END AS method, d.score, d.reason
    FROM decided d JOIN joined j ON j.record_id = d.incident_id
    WHERE d.kind = 'entry' AND d.verdict IN ('linked', 'review')
)
FROM by_code WHERE entry_id NOT IN (SELECT entry_id FROM decided_entry WHERE method = 'review')
UNION ALL
FROM decided_entry WHERE method = 'review' OR entry_id NOT IN (SELECT entry_id FROM by_code)
