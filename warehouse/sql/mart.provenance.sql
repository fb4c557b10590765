-- DuckDB's substr counts code points like Python, so offsets are the same everywhere.
SELECT c.claim_id, d.document_id, d.document_name, d.url, d.title, d.text_sha256, d.snapshot_id, d.locator, d.received_at,
       c.quote, c.quote_start, c.quote_end, substr(d.text, c.quote_start + 1, c.quote_end - c.quote_start) = c.quote AS quote_verified,
       c.extractor, c.extractor_version, c.run_id
FROM core.claim c JOIN core.document d ON d.document_id = c.document_id
