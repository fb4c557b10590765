SELECT DISTINCT i.incident_id, x.system, x.external_id
FROM (SELECT document_id, unnest(external_ids) AS x FROM core.incident_record)
JOIN core.incident_document i USING (document_id)
