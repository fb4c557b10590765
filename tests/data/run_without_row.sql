-- Returns rows of a run that is not told.
SELECT run_id
FROM core.claim
WHERE run_id NOT IN (SELECT run_id FROM ops.run)
UNION ALL SELECT run_id
FROM ops.lineage
WHERE run_id NOT IN (SELECT run_id FROM ops.run)
