-- Returns relations from or to claims that are not there.
SELECT claim_id, other_claim_id
FROM core.claim_relation
WHERE claim_id NOT IN (SELECT claim_id FROM core.claim)
    OR other_claim_id NOT IN (SELECT claim_id FROM core.claim)
