-- Returns numbers that do not stand in the text at their offsets.
SELECT c.claim_id, c.value_text
FROM core.claim c
JOIN core.document d USING (document_id)
WHERE c.value_start IS NOT NULL AND substr(d.text, c.value_start + 1, c.value_end - c.value_start) IS DISTINCT
FROM c.value_text
