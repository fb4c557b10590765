-- What was left open: several incidents too alike (ambiguous), or too little evidence (weak). An event is shown by its first claim.
WITH shown AS (
    SELECT event_id AS mention_id, min_by(claim_id, number) AS subject_id FROM event JOIN core.claim USING (claim_id) GROUP BY ALL
)
SELECT CASE d.kind WHEN 'event' THEN 'claim' ELSE d.kind END AS subject, coalesce(s.subject_id, d.mention_id) AS subject_id,
       j.incident_id, max(d.score) AS score, arg_max(d.verdict, (d.score, d.incident_id)) AS verdict, arg_max(d.reason, (d.score, d.incident_id)) AS reason
FROM decided d JOIN joined j ON j.record_id = d.incident_id LEFT JOIN shown s USING (mention_id)
WHERE d.verdict IN ('ambiguous', 'weak')
  AND d.mention_id NOT IN (SELECT entry_id FROM core.incident_entry)
GROUP BY 1, 2, 3
