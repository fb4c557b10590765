-- One claimant's figures on one incident in the order of publication, and figures of an earlier version of the same document.
WITH figure AS (
    SELECT ic.incident_id, f.claimant, f.harm, f.victim_class, f.demographic, f.published, f.document_id, max(coalesce(f.best, f.low, f.high)) AS figure,
           arg_max(f.claim_id, coalesce(f.best, f.low, f.high)) AS claim_id
    FROM core.incident_claim ic JOIN mart.claim_flat f ON f.claim_id = ic.claim_id
    WHERE f.published IS NOT NULL AND (f.part_of IS NULL OR f.whole_harm <> f.harm) AND f.claimant <> 'narrator' AND coalesce(f.best, f.low, f.high) IS NOT NULL
      AND f.qualifier NOT IN ('vague', 'relative')
    GROUP BY ALL
), later AS (
    SELECT incident_id, claimant, harm, victim_class, demographic, 'published later' AS kind, lag(published) OVER w AS published_before, published,
           lag(figure) OVER w AS figure_before, figure, lag(claim_id) OVER w AS other_claim_id, claim_id
    FROM figure WINDOW w AS (PARTITION BY incident_id, claimant, harm, victim_class, demographic ORDER BY published, document_id)
), version AS (
    SELECT NULL AS incident_id, n.claimant, n.harm, n.victim_class, n.demographic, 'new version of the document' AS kind, b.published AS published_before,
           d.published, coalesce(o.best, o.low, o.high) AS figure_before, coalesce(n.best, n.low, n.high) AS figure, o.claim_id AS other_claim_id, n.claim_id
    FROM core.document d JOIN core.document b ON b.version_key = d.version_key AND d.current AND NOT b.current
    JOIN core.claim n ON n.document_id = d.document_id AND n.extractor = d.extractor AND n.extractor_version = d.extractor_version
    JOIN core.claim o ON o.document_id = b.document_id AND o.extractor = n.extractor AND o.claimant = n.claimant AND o.harm = n.harm
        AND o.victim_class = n.victim_class AND o.demographic IS NOT DISTINCT FROM n.demographic AND o.scope = n.scope AND o.number = n.number
)
SELECT *, figure - figure_before AS change FROM (FROM later UNION ALL BY NAME FROM version)
WHERE figure_before IS NOT NULL AND figure <> figure_before
