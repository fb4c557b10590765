-- Returns links of incidents to claims, entries or incidents that are not there.
SELECT incident_id, claim_id
FROM core.incident_claim
WHERE claim_id NOT IN (SELECT claim_id FROM core.claim)
    OR incident_id NOT IN (SELECT incident_id FROM core.incident)
UNION ALL SELECT incident_id, entry_id
FROM core.incident_entry
WHERE entry_id NOT IN (SELECT entry_id FROM core.official_entry)
    OR incident_id NOT IN (SELECT incident_id FROM core.incident)
UNION ALL SELECT incident_id, external_id
FROM core.incident_xref
WHERE incident_id NOT IN (SELECT incident_id FROM core.incident)
