-- Returns positions on claims that are not there.
SELECT position_id, claim_id
FROM (SELECT position_id, unnest(about) AS claim_id FROM core.position)
WHERE claim_id NOT IN (SELECT claim_id FROM core.claim)
