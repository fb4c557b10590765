-- Returns perpetrators of claims that are not there.
SELECT claim_id, number
FROM core.claim_perpetrator
WHERE claim_id NOT IN (SELECT claim_id FROM core.claim)
