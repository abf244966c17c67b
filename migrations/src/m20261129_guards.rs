//! What the database itself refuses: to change what was written, and to write around the door.

use sea_orm_migration::sea_orm::DbBackend;

const APPEND_ONLY_SQLITE: &[&str] = &[
    "CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END",
    "CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END",
    "CREATE TRIGGER audit_node_no_update BEFORE UPDATE ON audit_node BEGIN SELECT RAISE(ABORT, 'audit_node is append-only'); END",
    "CREATE TRIGGER audit_node_no_delete BEFORE DELETE ON audit_node BEGIN SELECT RAISE(ABORT, 'audit_node is append-only'); END",
    "CREATE TRIGGER checkpoint_no_update BEFORE UPDATE ON checkpoint BEGIN SELECT RAISE(ABORT, 'checkpoint is append-only'); END",
    "CREATE TRIGGER checkpoint_no_delete BEFORE DELETE ON checkpoint BEGIN SELECT RAISE(ABORT, 'checkpoint is append-only'); END",
    "CREATE TRIGGER audit_entry_next BEFORE INSERT ON audit_entry WHEN NEW.idx <> (SELECT coalesce(max(idx), -1) + 1 FROM audit_entry) BEGIN SELECT RAISE(ABORT, 'audit_entry takes only the next number'); END",
    "CREATE TRIGGER audit_node_once BEFORE INSERT ON audit_node WHEN EXISTS (SELECT 1 FROM audit_node n WHERE n.level = NEW.level AND n.position = NEW.position) BEGIN SELECT RAISE(ABORT, 'audit_node is append-only'); END",
    "CREATE TRIGGER cases_upwards BEFORE UPDATE ON cases WHEN NEW.version <= OLD.version BEGIN SELECT RAISE(ABORT, 'a case version only goes up'); END",
    "CREATE TRIGGER cases_no_delete BEFORE DELETE ON cases BEGIN SELECT RAISE(ABORT, 'a case is never deleted'); END",
];

const APPEND_ONLY_POSTGRES: &[&str] = &[
    "CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$",
    "CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION append_only()",
    "CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry FOR EACH STATEMENT EXECUTE FUNCTION append_only()",
    "CREATE TRIGGER audit_node_append_only BEFORE UPDATE OR DELETE ON audit_node FOR EACH ROW EXECUTE FUNCTION append_only()",
    "CREATE TRIGGER audit_node_no_truncate BEFORE TRUNCATE ON audit_node FOR EACH STATEMENT EXECUTE FUNCTION append_only()",
    "CREATE TRIGGER checkpoint_append_only BEFORE UPDATE OR DELETE ON checkpoint FOR EACH ROW EXECUTE FUNCTION append_only()",
    "CREATE TRIGGER checkpoint_no_truncate BEFORE TRUNCATE ON checkpoint FOR EACH STATEMENT EXECUTE FUNCTION append_only()",
    "CREATE FUNCTION upwards() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.version <= OLD.version THEN RAISE EXCEPTION 'a case version only goes up'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER cases_upwards BEFORE UPDATE ON cases FOR EACH ROW EXECUTE FUNCTION upwards()",
    "CREATE TRIGGER cases_no_delete BEFORE DELETE ON cases FOR EACH ROW EXECUTE FUNCTION append_only()",
    "CREATE TRIGGER cases_no_truncate BEFORE TRUNCATE ON cases FOR EACH STATEMENT EXECUTE FUNCTION append_only()",
    "CREATE FUNCTION door_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF current_setting('xinxiu.door', true) IS DISTINCT FROM 'open' THEN RAISE EXCEPTION '% changes only through the door', TG_TABLE_NAME; END IF; RETURN NULL; END $$",
];

/// Rows that guards read change only while the door writes: its argument is false on the day somebody writes around it.
const FENCED: &[&str] = &[
    "office",
    "account",
    "open_id_link",
    "role_assignment",
    "credit_subject",
    "binding",
    "cases",
    "case_link",
    "deadline",
    "pause",
    "item",
    "work_item",
    "document",
    "measure",
    "number_series",
    "setting",
    "law_file",
    "recusal",
    "office_note",
    "supervision",
    "listed",
    "import_file",
    "platform_answer",
    "erasure",
    "plan_run",
    "plan_line",
    "plan_fact",
    "shown",
    "information",
    "submission_line",
    "measure_line",
    "told",
    "demo_clock",
    "name_tail",
];

/// Written once with the rows, and never changed by anybody.
const FENCED_ONCE: &[&str] = &["audit_entry", "audit_node", "receipt"];

/// Every guard of a database.
pub(super) fn guards(backend: DbBackend) -> Vec<String> {
    let append_only = if backend == DbBackend::Postgres { APPEND_ONLY_POSTGRES } else { APPEND_ONLY_SQLITE };
    let all = FENCED.iter().flat_map(|table| fence(backend, table, &["INSERT", "UPDATE", "DELETE"]));
    let once = FENCED_ONCE.iter().flat_map(|table| fence(backend, table, &["INSERT"]));
    append_only.iter().map(|statement| (*statement).to_owned()).chain(all).chain(once).collect()
}

/// The names of all of them.
pub(super) fn names(backend: DbBackend) -> Vec<String> {
    let name = |statement: String| statement.strip_prefix("CREATE TRIGGER ").and_then(|rest| rest.split(' ').next()).map(str::to_owned);
    guards(backend).into_iter().filter_map(name).collect()
}

/// A fence around a table: it refuses these acts unless the door is writing.
fn fence(backend: DbBackend, table: &str, acts: &[&str]) -> Vec<String> {
    if backend == DbBackend::Postgres { vec![postgres(table, acts)] } else { sqlite(table, acts) }
}

fn postgres(table: &str, acts: &[&str]) -> String {
    let acts = acts.join(" OR ");
    let truncate = if acts.contains("DELETE") { " OR TRUNCATE" } else { "" };
    format!("CREATE TRIGGER {table}_fence BEFORE {acts}{truncate} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION door_only()")
}

fn sqlite(table: &str, acts: &[&str]) -> Vec<String> {
    let fence = |act: &&str| {
        format!(
            "CREATE TRIGGER {table}_fence_{act} BEFORE {act} ON {table} WHEN (SELECT writing FROM audit_head) = 0 \
             BEGIN SELECT RAISE(ABORT, '{table} changes only through the door'); END"
        )
    };
    acts.iter().map(fence).collect()
}
