-- Returns places of claims that are not there, or that the gazetteer table lacks.
SELECT claim_id
FROM core.claim_place
WHERE claim_id NOT IN (SELECT claim_id FROM core.claim)
    OR place_id NOT IN (SELECT place_id FROM ref.place)
