SELECT l.subject, l.subject_id, l.incident_id, i.title, l.score, l.verdict, l.reason, d.document_name, coalesce(c.quote, e.quote) AS quote
FROM core.link_candidate l JOIN core.incident i ON i.incident_id = l.incident_id
LEFT JOIN core.claim c ON l.subject = 'claim' AND c.claim_id = l.subject_id
LEFT JOIN core.official_entry e ON l.subject = 'entry' AND e.entry_id = l.subject_id
LEFT JOIN core.document d ON d.document_id = coalesce(c.document_id, e.document_id)
