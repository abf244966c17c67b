-- Multiplies a house of some ten thousand cases to a million, past the door: for a benchmark only, such a trail does not verify.
-- Every case and every subject gets 99 copies, as if a hundred such houses were one.
SET session_replication_role = replica;
SET synchronous_commit = off;

CREATE FUNCTION pg_temp.copy(id text, k int) RETURNS text LANGUAGE sql IMMUTABLE AS
  $$ SELECT CASE WHEN id IS NULL THEN NULL WHEN k = 0 THEN id ELSE md5(id || ':' || k)::uuid::text END $$;

-- A million cases did not come in on one day: each copy is due some days later.
CREATE FUNCTION pg_temp.later(day text, k int) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT (day::date + k)::text $$;

-- A copied company has a number of its own in its name, so that a search finds as many names in the big house as in the small one.
CREATE FUNCTION pg_temp.named(name text, k int) RETURNS text LANGUAGE sql IMMUTABLE AS
  $$ SELECT CASE WHEN k = 0 THEN name WHEN name ~ '基准\d{6}' THEN
     regexp_replace(name, '基准\d{6}', '基准' || lpad((substring(name FROM '基准(\d{6})')::int + k * 2000)::text, 6, '0')) ELSE name || k END $$;

-- Indexes are built once at the end.
CREATE TEMP TABLE later AS SELECT i.schemaname, i.indexname, i.indexdef FROM pg_indexes i LEFT JOIN pg_constraint c ON c.conname = i.indexname
  WHERE i.schemaname = 'public' AND c.conname IS NULL AND i.tablename IN ('audit_entry', 'deadline', 'work_item', 'item', 'document', 'listed', 'cases', 'credit_subject');
DO $$ DECLARE name text; BEGIN FOR name IN SELECT indexname FROM later LOOP EXECUTE format('DROP INDEX %I', name); END LOOP; END $$;

INSERT INTO audit_entry (idx, case_id, version, cause, process, verb, actor, person, office, effective_on, recorded_at, accepted, leaf, bytes, principal)
  SELECT 1000000000 + row_number() OVER (), pg_temp.copy(case_id, k), version, NULL, process, verb, actor, person, office, effective_on, recorded_at, accepted, leaf, '{}', principal
  FROM audit_entry, generate_series(1, 99) k WHERE version IS NOT NULL;
INSERT INTO deadline (id, case_id, key, owner, start_verb, start_on, count, unit, parameter, article, due_on, fires_at, remind_at, status, provisional, derivation)
  SELECT pg_temp.copy(id, k), pg_temp.copy(case_id, k), key, owner, start_verb, start_on, count, unit, parameter, article, pg_temp.later(due_on, k), fires_at + k * 86400000000, remind_at + k * 86400000000, status, provisional, 'null'
  FROM deadline, generate_series(1, 99) k;
INSERT INTO work_item (id, case_id, office, rank, person, due_on, deadline, status)
  SELECT pg_temp.copy(id, k), pg_temp.copy(case_id, k), office, rank, person, pg_temp.later(due_on, k), pg_temp.copy(deadline, k), status FROM work_item, generate_series(1, 99) k;
INSERT INTO item (id, case_id, list, key, words, status, opened_on, settled_on)
  SELECT pg_temp.copy(id, k), pg_temp.copy(case_id, k), list, key, words, status, opened_on, settled_on FROM item, generate_series(1, 99) k;
INSERT INTO document (id, case_id, kind, sha256, size, media_type, name, number, added_on)
  SELECT pg_temp.copy(id, k), pg_temp.copy(case_id, k), kind, sha256, size, media_type, name, number, added_on FROM document, generate_series(1, 99) k;
INSERT INTO measure (id, case_id, subject, key, standing, from_day, lifted_on)
  SELECT pg_temp.copy(id, k), pg_temp.copy(case_id, k), pg_temp.copy(subject, k), key, standing, from_day, lifted_on FROM measure, generate_series(1, 99) k;
INSERT INTO listed (id, number, subject, name, name_key, uscc, class, decision_number, decision_key, office_zh, office_en, decided_on, violation, content, shown_from, last_day, status)
  SELECT pg_temp.copy(id, k), number || '-' || k, pg_temp.copy(subject, k), pg_temp.named(name, k), pg_temp.named(name_key, k), uscc || k, class, decision_number || k, decision_key || k, office_zh, office_en, decided_on, violation, content, shown_from, last_day, status
  FROM listed, generate_series(1, 99) k;
INSERT INTO cases (id, process, number, definition, definition_digest, state, phase, version, subject, office, finding_office, record, received_on, opened_at, decision_key, data, parent)
  SELECT pg_temp.copy(id, k), process, number || '-' || k, definition, definition_digest, state, phase, version, pg_temp.copy(subject, k), office, finding_office, pg_temp.copy(record, k), received_on, opened_at, decision_key || k, data, pg_temp.copy(parent, k)
  FROM cases, generate_series(1, 99) k;
INSERT INTO credit_subject (id, kind, uscc, id_number_hash, id_number, name, name_key, sealed_name)
  SELECT pg_temp.copy(id, k), kind, uscc || k, NULL, NULL, pg_temp.named(name, k), pg_temp.named(name_key, k), sealed_name FROM credit_subject, generate_series(1, 99) k;
INSERT INTO name_tail (tail, subject)
  SELECT DISTINCT substr(s.name_key, n, 32), s.id FROM credit_subject s, generate_series(1, length(s.name_key)) n ON CONFLICT DO NOTHING;
DO $$ DECLARE definition text; BEGIN FOR definition IN SELECT indexdef FROM later LOOP EXECUTE definition; END LOOP; END $$;
-- As a house that has stood for a night.
VACUUM ANALYZE;
CHECKPOINT;
