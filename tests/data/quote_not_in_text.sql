-- Returns quotes that do not stand in the text at their offsets.
SELECT claim_id, quote
FROM mart.provenance
WHERE quote_verified IS DISTINCT
FROM true
