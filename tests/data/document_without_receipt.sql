-- Returns documents that were never received, and version keys without a current text.
SELECT document_id
FROM core.document
WHERE document_id NOT IN (SELECT document_id FROM raw.document)
UNION ALL SELECT r.version_key
FROM raw.document r
JOIN core.document d USING (document_id)
GROUP BY r.version_key
HAVING NOT bool_or(d.current)
