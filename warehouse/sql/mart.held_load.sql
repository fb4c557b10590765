SELECT h.held_id, h.source, h.release, h.records, h.reasons, h.held_at, r.decision, r.reviewer, r.reason AS decision_reason, r.decided_at
FROM raw.held_load h LEFT JOIN ops.review r ON r.subject = 'load' AND r.subject_id = h.held_id
