SELECT h.source, h.release, h.load_no, h.record_action, h.version_key, h.document_id, h.reason, h.withdrawn_at FROM raw.record_history h
