-- Returns parts and restatements whose other claim stands in another document.
SELECT r.claim_id, r.other_claim_id
FROM core.claim_relation r
JOIN core.claim a ON a.claim_id = r.claim_id
JOIN core.claim b ON b.claim_id = r.other_claim_id
WHERE r.method = 'text' AND a.document_id <> b.document_id
