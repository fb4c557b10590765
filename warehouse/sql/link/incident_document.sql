-- A record is its own incident, or joins that of another monitor.
SELECT j.incident_id, i.document_id, CASE WHEN j.record_id = j.incident_id THEN 'record' ELSE 'features' END AS method,
       coalesce(d.score, 1.0)::DOUBLE AS score, coalesce(d.reason, 'the monitor''s own record') AS reason
FROM joined j JOIN incident i ON i.incident_id = j.record_id
LEFT JOIN decided d ON d.mention_id = j.record_id AND d.verdict IN ('linked', 'review') AND j.record_id <> j.incident_id
