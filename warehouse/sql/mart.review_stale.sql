-- A decision still applies; a person should look again when its text changed or its subject is gone.
WITH subject AS (
    SELECT r.*, split_part(r.subject_id, ' ', 1) AS first_id FROM ops.review r WHERE r.subject IN ('claim', 'link', 'contradiction')
), found AS (
    SELECT s.*, c.claim_id, e.entry_id, d.text_sha256 AS text_now, d.current
    FROM subject s LEFT JOIN core.claim c ON c.claim_id = s.first_id LEFT JOIN core.official_entry e ON e.entry_id = s.first_id
    LEFT JOIN core.document d ON d.document_id = coalesce(c.document_id, e.document_id)
)
SELECT review_id, subject, subject_id, decision, reviewer, decided_at,
       CASE WHEN claim_id IS NULL AND entry_id IS NULL THEN 'it is no longer there'
            WHEN NOT current THEN 'its document has a newer version'
            ELSE 'the text under it has changed' END AS reason
FROM found WHERE claim_id IS NULL AND entry_id IS NULL OR NOT current OR text_sha256 <> text_now
