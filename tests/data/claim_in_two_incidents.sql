-- Returns claims of one attack that belong to two incidents.
SELECT claim_id
FROM core.incident_claim
GROUP BY claim_id
HAVING count(*) > 1
