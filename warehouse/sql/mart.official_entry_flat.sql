-- An entry that was linked to several incidents shows the best link; equal links show none.
WITH linked AS (
    SELECT entry_id, CASE WHEN count(*) = 1 THEN min(incident_id) END AS incident_id
    FROM (SELECT entry_id, incident_id FROM core.incident_entry QUALIFY rank() OVER (PARTITION BY entry_id ORDER BY score DESC) = 1)
    GROUP BY entry_id
)
SELECT d.document_name, e.entry_no, e.finding, e.reason, e.date_start, e.date_end, e.place_text, e.country, e.via, e.allegation_no,
       e.codes, e.mgrs, e.lat, e.lon, e.killed_conceded, e.injured_conceded, e.combatants_killed, l.incident_id,
       e.quote, e.quote_start, e.quote_end, e.document_id, e.entry_id
FROM core.official_entry e
JOIN core.document d ON d.document_id = e.document_id AND d.current
LEFT JOIN linked l ON l.entry_id = e.entry_id
