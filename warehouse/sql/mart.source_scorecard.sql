SELECT f.source, coalesce(f.publisher, f.source) AS publisher, count(DISTINCT f.document_id) AS documents, count(*) AS claims,
       avg((f.date_start IS NOT NULL OR f.period_end IS NOT NULL)::INTEGER) AS dated_share, avg((f.lat IS NOT NULL)::INTEGER) AS placed_share,
       avg((f.claimant <> 'narrator')::INTEGER) AS attributed_share, avg((len(f.perpetrators) > 0)::INTEGER) AS blaming_share,
       avg((f.qualifier IN ('vague', 'unquantified', 'relative'))::INTEGER) AS vague_share, avg((ic.incident_id IS NOT NULL)::INTEGER) FILTER (f.scope = 'incident') AS linked_share,
       avg(f.confidence) AS confidence
FROM mart.claim_flat f LEFT JOIN core.incident_claim ic ON ic.claim_id = f.claim_id
GROUP BY ALL
