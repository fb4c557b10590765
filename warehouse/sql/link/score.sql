-- Every pair with what speaks for and against it: a list of (words, weight), whose sum is the evidence.
WITH faced AS (
    SELECT p.mention_id, p.incident_id, m.kind, m.undated, m.date_start AS m_start, m.date_end AS m_end, r.date_start AS r_start, r.date_end AS r_end,
           greatest(0, m.date_start - r.date_end, r.date_start - m.date_end) AS days_apart,
           m.head AS m_head, r.head AS r_head, m.words AS m_words, r.words AS r_words, m.bones AS m_bones, r.bones AS r_bones,
           12742 * asin(sqrt(pow(sin(radians(r.lat - m.lat) / 2), 2)
               + cos(radians(m.lat)) * cos(radians(r.lat)) * pow(sin(radians(r.lon - m.lon) / 2), 2))) AS km,
           m.radius_km AS m_radius, m.town_km, n.head IS NOT NULL AS named, r.radius_km AS r_radius, m.weapon AS m_weapon, r.weapon AS r_weapon, m.actors AS m_actors, r.actors AS r_actors,
           m.killed_low AS m_low, coalesce(m.killed_high, 9999999) AS m_high, m.killed_exact, r.killed_low AS r_low, r.killed_high AS r_high,
           m.conceded AS m_conceded, r.conceded AS r_conceded, m.finding AS m_finding, r.finding AS r_finding, m.subject AS m_subject, r.subject AS r_subject
    FROM pair p JOIN asked m USING (mention_id) JOIN record r USING (incident_id)
    LEFT JOIN named n ON n.document_id = m.document_id AND n.head = r.head
    WHERE m.country IS NULL OR r.country IS NULL OR m.country = r.country OR km < 30
), judged AS (
    SELECT *, CASE WHEN km > m_radius + r_radius THEN km - m_radius - r_radius WHEN km IS NOT NULL THEN 0 END AS gap,
           CASE WHEN len(m_head) > 0 AND m_head = r_head THEN 'same'
                WHEN len(r_head) > 0 AND len(m_head) > 0 AND list_has_all(m_words, r_head) AND NOT list_has_any(m_head, r_head) THEN 'wider'
                WHEN len(m_head) > 0 AND list_has_all(r_words, m_head) OR len(r_head) > 0 AND list_has_all(m_words, r_head) THEN 'within'
                WHEN len(list_filter(list_intersect(m_bones, r_bones), lambda b: len(b) > 2)) > 0
                     OR damerau_levenshtein(array_to_string(m_head, ' '), array_to_string(r_head, ' ')) <= least(len(array_to_string(m_head, ' ')) // 3, 2)
                     THEN 'similar'
                WHEN list_has_any(m_words, r_words) THEN 'shared' END AS name
    FROM faced
), placed AS (
    SELECT *, km <= 60 AND count(*) FILTER (km <= 60) OVER (PARTITION BY mention_id) = 1 AS alone,
           coalesce(town_km >= 5 AND (name IN ('same', 'within') OR km <= town_km + r_radius), false) AS in_town FROM judged
), told AS (
    SELECT j.mention_id, j.incident_id, j.kind, list_filter([
        CASE WHEN undated THEN {'words': 'published in the week after it', 'weight': w.from_publication}
             WHEN days_apart = 0 AND m_start = m_end AND r_start = r_end THEN {'words': 'same day', 'weight': w.same_day}
             WHEN days_apart = 0 THEN {'words': 'within the same days', 'weight': w.within_days}
             WHEN days_apart = 1 THEN {'words': 'one day apart', 'weight': w.next_day}
             ELSE {'words': days_apart || ' days apart', 'weight': w.two_days} END,
        CASE WHEN j.in_town
                  THEN {'words': 'in or by the town named', 'weight': w.in_town}
             WHEN name IS NULL AND named THEN {'words': 'the text names the recorded place', 'weight': w.named_elsewhere}
             WHEN name IS NULL AND len(m_head) > 0 AND len(r_head) > 0 AND m_radius < 20 THEN {'words': 'other place names', 'weight': w.other_name}
             ELSE CASE name WHEN 'same' THEN {'words': 'same place name', 'weight': w.same_name}
                  WHEN 'within' THEN {'words': 'one place name holds the other', 'weight': w.name_within}
                  WHEN 'wider' THEN {'words': 'recorded only for the wider place', 'weight': w.wider_name}
                  WHEN 'similar' THEN {'words': 'similar place name', 'weight': w.similar_name}
                  WHEN 'shared' THEN {'words': 'a word of the place name in common', 'weight': w.shared_word} END END,
        CASE WHEN km IS NULL THEN NULL
             WHEN km <= 0.3 AND m_radius + r_radius <= 1 THEN {'words': 'same spot', 'weight': w.at_point}
             WHEN km <= 1 AND m_radius + r_radius <= 3.5 THEN {'words': 'within a kilometre', 'weight': w.by_point}
             WHEN gap = 0 AND j.in_town THEN NULL
             WHEN gap = 0 THEN {'words': round(km, 1) || ' km apart, as near as both tell', 'weight': w.close}
             WHEN gap <= greatest(3, m_radius / 2) OR gap <= 25 AND (name = 'same' OR named) THEN NULL
             WHEN gap <= 15 THEN {'words': round(km, 1) || ' km apart', 'weight': w.apart}
             ELSE {'words': round(km, 1) || ' km apart', 'weight': w.far} END,
        CASE WHEN m_weapon IS NULL OR r_weapon IS NULL THEN NULL
             WHEN m_weapon = r_weapon THEN {'words': 'same means (' || m_weapon || ')', 'weight': w.same_weapon}
             ELSE {'words': m_weapon || ' against ' || r_weapon, 'weight': w.other_weapon} END,
        CASE WHEN len(m_actors) = 0 OR len(r_actors) = 0 THEN NULL
             WHEN list_has_any(m_actors, r_actors)
                  THEN {'words': 'both name ' || list_sort(list_intersect(m_actors, r_actors))[1], 'weight': w.same_actor}
             ELSE {'words': 'other parties named', 'weight': w.other_actor} END,
        CASE WHEN m_conceded > 0 AND m_conceded = r_conceded THEN {'words': 'same toll conceded (' || m_conceded || ')', 'weight': w.same_conceded}
             WHEN m_finding IS DISTINCT FROM 'credible' OR r_finding IS DISTINCT FROM 'credible' OR m_subject IS DISTINCT FROM r_subject THEN NULL
             WHEN m_conceded = 0 AND r_conceded = 0 THEN {'words': 'both concede only injured', 'weight': w.same_conceded}
             WHEN m_conceded <> r_conceded THEN {'words': 'conceded ' || m_conceded || ' here and ' || r_conceded || ' there', 'weight': w.other_conceded} END,
        CASE WHEN m_finding IS NULL OR r_finding IS NULL OR m_subject IS DISTINCT FROM r_subject THEN NULL
             WHEN m_finding = r_finding AND m_finding = 'credible' THEN {'words': 'both credible', 'weight': w.both_credible}
             WHEN m_finding = r_finding THEN {'words': 'same finding (' || m_finding || ')', 'weight': w.same_finding}
             ELSE {'words': 'found ' || m_finding || ', recorded as ' || r_finding, 'weight': w.other_finding} END,
        CASE WHEN m_low IS NULL OR r_high IS NULL THEN NULL
             WHEN killed_exact BETWEEN r_low * 0.8 AND r_high * 1.2 AND killed_exact > 2
                  THEN {'words': killed_exact || ' killed beside ' || r_low || '–' || r_high,
                        'weight': CASE WHEN killed_exact < 10 THEN w.close_toll ELSE w.close_large_toll END}
             WHEN m_low <= r_high AND r_low <= m_high THEN {'words': 'tolls fit', 'weight': w.fitting_toll}
             WHEN m_low > r_high * 2.5 + 10 OR r_low > m_high * 2.5 + 10 THEN {'words': 'tolls far apart', 'weight': w.other_toll} END,
        CASE WHEN j.alone THEN {'words': 'the only incident recorded of those days within 60 km', 'weight': w.only_one} END
        ], lambda f: f IS NOT NULL) AS features, name IS NOT NULL OR named OR gap <= m_radius / 2 AS placed
    FROM placed j, weight w
)
SELECT mention_id, incident_id, kind, w.base + list_sum([f.weight for f in features]) AS evidence,
       1 / (1 + exp(-evidence)) AS score,
       array_to_string([f.words || printf(' (%+.1f)', f.weight) for f in features], '; ') AS reason
FROM told, weight w WHERE placed
