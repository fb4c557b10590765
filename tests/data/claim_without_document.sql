-- Returns claims whose document is not there.
SELECT claim_id
FROM core.claim
WHERE document_id NOT IN (SELECT document_id FROM core.document)
