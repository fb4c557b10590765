-- The narrator is no actor.
WITH named AS (
    SELECT claimant AS actor, 'claimant' AS said_as, document_id, claim_id, quote FROM mart.claim_flat WHERE claimant <> 'narrator'
    UNION ALL SELECT p.actor, 'accused', f.document_id, f.claim_id, f.quote
    FROM core.claim_perpetrator p JOIN mart.claim_flat f USING (claim_id)
)
SELECT actor, said_as, count(*) AS mentions, count(DISTINCT document_id) AS documents, min_by(quote, claim_id) AS quote
FROM named
WHERE actor NOT IN (SELECT actor FROM ref.actor) AND actor NOT IN (SELECT alias FROM ref.actor_alias)
GROUP BY actor, said_as ORDER BY mentions DESC, actor, said_as
