-- The prose on a record's own page, with the record: both are current versions.
SELECT p.document_id, r.document_id AS record_id
FROM core.document p JOIN core.document r ON r.version_key = regexp_extract(p.version_key, '^(.*)#assessment$', 1) AND r.current
WHERE p.current AND p.version_key LIKE '%#assessment' AND r.document_id IN (SELECT document_id FROM core.incident_record)
