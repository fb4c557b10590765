-- Every change of a record speaks of a document that is there; a withdrawal speaks of none.
SELECT h.version_key, h.load_no FROM raw.record_history h
LEFT JOIN core.document d ON d.document_id = h.document_id
WHERE (h.record_action = 'withdrawn') <> (h.document_id IS NULL) OR (h.document_id IS NOT NULL AND d.document_id IS NULL)
