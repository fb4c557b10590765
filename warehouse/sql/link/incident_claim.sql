-- Method: record (a monitor's own figure), features (matched), review (a person's decision), entry (stands in an official entry), told (no monitor has it).
SELECT i.incident_id, f.claim_id, i.method, i.score,
       CASE i.method WHEN 'record' THEN 'the figure stands in ' || f.source || '''s own record of the incident' ELSE i.reason END AS reason
FROM core.incident_document i JOIN mart.claim_flat f ON f.document_id = i.document_id
WHERE f.scope = 'incident' AND f.review IS DISTINCT FROM 'wrong'
UNION ALL
SELECT i.incident_id, f.claim_id, i.method, i.score, 'the prose of ' || f.source || '''s own page of the incident'
FROM core.incident_document i JOIN page_prose p ON p.record_id = i.document_id JOIN mart.claim_flat f ON f.document_id = p.document_id
WHERE f.scope = 'incident' AND f.segment <> 'related' AND f.review IS DISTINCT FROM 'wrong'
  AND f.claim_id NOT IN (SELECT subject_id FROM link_review WHERE NOT same)
UNION ALL
SELECT j.incident_id, e.claim_id, CASE WHEN d.verdict = 'review' THEN 'review' ELSE 'features' END, d.score, d.reason
FROM decided d JOIN joined j ON j.record_id = d.incident_id JOIN event e ON e.event_id = d.mention_id
WHERE d.verdict IN ('linked', 'review')
UNION ALL
SELECT t.incident_id, e.claim_id, 'told', 1.0,
       CASE t.others WHEN 0 THEN 'the text gives day and place, and nothing else loaded tells of it'
                     ELSE 'same place and days as in ' || t.others || CASE t.others WHEN 1 THEN ' other document' ELSE ' other documents' END END
FROM told_member t JOIN event e USING (event_id)
UNION ALL
SELECT i.incident_id, f.claim_id, 'entry', i.score, 'stands in entry ' || e.entry_no || ' of the report: ' || i.reason
FROM core.incident_entry i JOIN core.official_entry e USING (entry_id)
JOIN mart.claim_flat f ON f.document_id = e.document_id AND f.quote_start >= e.quote_start AND f.quote_end <= e.quote_end
WHERE f.scope = 'incident'
QUALIFY count(*) OVER (PARTITION BY f.claim_id) = 1
