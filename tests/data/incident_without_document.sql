-- An incident gathers something: a record or a claim.
SELECT i.incident_id FROM core.incident i
WHERE i.incident_id NOT IN (SELECT incident_id FROM core.incident_document)
  AND i.incident_id NOT IN (SELECT incident_id FROM core.incident_claim)
