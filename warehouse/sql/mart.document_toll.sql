SELECT d.document_name, t.harm, t.low, t.best, t.high, t.document_id
FROM core.document_toll t JOIN core.document d ON d.document_id = t.document_id AND d.current
WHERE t.counting = 'default'
