SELECT p.actor, p.stance, p.asserted_by, f.harm, count(*) AS claims, count(DISTINCT ic.incident_id) AS incidents, count(DISTINCT coalesce(v.voice_id, f.document_id)) AS voices
FROM core.claim_perpetrator p JOIN mart.claim_flat f ON f.claim_id = p.claim_id
LEFT JOIN core.incident_claim ic ON ic.claim_id = f.claim_id
LEFT JOIN core.document_voice v ON v.document_id = f.document_id
WHERE (f.part_of IS NULL OR f.whole_harm <> f.harm) AND f.restates IS NULL AND f.scope = 'incident'
GROUP BY ALL
