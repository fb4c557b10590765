-- For every release the records that stood after it: all that came by then, less those taken back.
SELECT r.source, r.release, h.version_key, h.document_id, h.load_no AS load_no
FROM (SELECT source, release, max(load_no) AS load_no FROM raw.release GROUP BY ALL) r
JOIN raw.record_history h ON h.source = r.source AND h.load_no <= r.load_no
QUALIFY row_number() OVER (PARTITION BY r.source, r.release, h.version_key ORDER BY h.load_no DESC) = 1 AND h.document_id IS NOT NULL
