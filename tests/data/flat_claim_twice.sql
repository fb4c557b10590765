-- Returns claims that the public view shows more than once.
SELECT claim_id
FROM mart.claim_flat
GROUP BY claim_id
HAVING count(*) > 1
