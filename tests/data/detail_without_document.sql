-- Returns rows whose document is not there.
SELECT 'raw.document' AS entity, document_id
FROM raw.document
WHERE document_id NOT IN (SELECT document_id FROM core.document)
UNION ALL SELECT 'raw.record', document_id
FROM raw.record
WHERE document_id NOT IN (SELECT document_id FROM core.document)
UNION ALL SELECT 'core.position', document_id
FROM core.position
WHERE document_id NOT IN (SELECT document_id FROM core.document)
UNION ALL SELECT 'core.assessment', document_id
FROM core.assessment
WHERE document_id NOT IN (SELECT document_id FROM core.document)
UNION ALL SELECT 'core.official_report', document_id
FROM core.official_report
WHERE document_id NOT IN (SELECT document_id FROM core.document)
UNION ALL SELECT 'core.official_entry', document_id
FROM core.official_entry
WHERE document_id NOT IN (SELECT document_id FROM core.document)
UNION ALL SELECT 'core.incident_record', document_id
FROM core.incident_record
WHERE document_id NOT IN (SELECT document_id FROM core.document)
UNION ALL SELECT 'core.document_toll', document_id
FROM core.document_toll
WHERE document_id NOT IN (SELECT document_id FROM core.document)
