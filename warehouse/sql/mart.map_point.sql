SELECT i.incident_id, i.title, i.date_start, i.lat, i.lon, i.geo_precision, coalesce(g.radius_km, 10) AS radius_km, i.killed_low, i.killed_high, i.weapon
FROM mart.incident_flat i LEFT JOIN ref.geo_radius g ON g.geo_precision = i.geo_precision WHERE i.lat IS NOT NULL
