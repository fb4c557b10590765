-- Parts of one total by age and sex; what the text does not split stays visible. Children counted among women are told by a negative remainder.
SELECT t.document_name, t.claim_id, ic.incident_id, t.harm, t.claimant, coalesce(t.best, t.low, t.high) AS total,
       max(coalesce(p.best, p.low, p.high)) FILTER (p.demographic = 'children') AS children,
       max(coalesce(p.best, p.low, p.high)) FILTER (p.demographic = 'women') AS women,
       max(coalesce(p.best, p.low, p.high)) FILTER (p.demographic = 'men') AS men,
       max(coalesce(p.best, p.low, p.high)) FILTER (p.demographic = 'elderly') AS elderly,
       total - coalesce(children, 0) - coalesce(women, 0) - coalesce(men, 0) - coalesce(elderly, 0) AS unsplit
FROM mart.claim_flat t JOIN mart.claim_flat p ON p.part_of = t.claim_id AND p.demographic IS NOT NULL AND p.harm = t.harm
LEFT JOIN core.incident_claim ic ON ic.claim_id = t.claim_id
WHERE coalesce(t.best, t.low, t.high) IS NOT NULL
GROUP BY t.document_name, t.claim_id, ic.incident_id, t.harm, t.claimant, t.best, t.low, t.high
