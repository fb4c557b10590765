-- Which source has which incident: a row is a capture. Near-duplicate documents of several papers are one.
SELECT incident_id, source, count(DISTINCT voice_id) AS voices FROM (
    SELECT ic.incident_id, CASE WHEN d.source IN ('files', 'web', 'warc') THEN coalesce(d.publisher, d.source) ELSE d.source END AS source,
           coalesce(v.voice_id, d.document_id) AS voice_id
    FROM (SELECT i.incident_id, c.document_id FROM core.incident_claim i JOIN core.claim c ON c.claim_id = i.claim_id
          UNION SELECT incident_id, document_id FROM core.incident_document
          UNION SELECT l.incident_id, e.document_id FROM core.incident_entry l JOIN core.official_entry e ON e.entry_id = l.entry_id) ic
    JOIN core.document d USING (document_id) LEFT JOIN core.document_voice v USING (document_id))
GROUP BY ALL
