SELECT run_id, source, stage, schema, "column", "check", failure_case, record, rejected_at, document_id
FROM ops.quarantine WHERE resolved_at IS NULL
