-- What was left open for a person is not linked at the same time.
SELECT l.subject_id FROM core.link_candidate l JOIN core.incident_claim c ON c.claim_id = l.subject_id
