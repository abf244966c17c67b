//! The audit tree as it is kept: leaves stand in their entries, and of the nodes above them only those of every eighth level.
//! What lies between is made anew where somebody asks for it.

use std::collections::BTreeMap;

use domain::merkle::{Hash, Node, Place, node_hash, root_at, root_places};
use sea_orm::{ConnectionTrait, Statement};

use super::{StoreFault, dialect, write};

/// Levels from one kept level to the next: at most 128 hashes are read to make a node between them.
const EVERY: u8 = 8;

/// Whether a node has a row of its own.
pub const fn is_kept(node: &Node) -> bool {
    node.0 > 0 && node.0.is_multiple_of(EVERY)
}

/// Complete nodes of the tree, in one query; those of which something is missing are left out.
///
/// # Errors
/// When the database fails or a row holds no hash.
pub async fn nodes<C: ConnectionTrait>(db: &C, places: &[Place]) -> Result<BTreeMap<Place, Hash>, StoreFault> {
    if places.is_empty() {
        return Ok(BTreeMap::new());
    }
    let (mut parts, mut values) = (Vec::new(), Vec::new());
    for (number, (level, position)) in places.iter().enumerate() {
        let (above, kept) = (level % EVERY, level - level % EVERY);
        parts.push(match kept {
            0 => format!("SELECT CAST({number} AS BIGINT) AS n, idx AS position, leaf AS hash FROM audit_entry WHERE idx >= ? AND idx < ?"),
            _ => format!("SELECT CAST({number} AS BIGINT) AS n, position, hash FROM audit_node WHERE level = {kept} AND position >= ? AND position < ?"),
        });
        let bound = |position: u64| i64::try_from(position << above).unwrap_or(i64::MAX);
        values.extend([bound(*position).into(), bound(position + 1).into()]);
    }
    let backend = db.get_database_backend();
    let sql = dialect::places(backend, &format!("SELECT n, hash FROM ({}) below ORDER BY n, position", parts.join(" UNION ALL ")));
    let mut below: BTreeMap<usize, Vec<Hash>> = BTreeMap::new();
    for row in db.query_all_raw(Statement::from_sql_and_values(backend, sql, values)).await? {
        let (number, hash): (i64, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        let number = usize::try_from(number).map_err(StoreFault::broken)?;
        below.entry(number).or_default().push(hash.parse().map_err(|_| StoreFault::broken("a node of the tree is no hash"))?);
    }
    let whole = below.into_iter().filter_map(|(number, hashes)| {
        let place = *places.get(number)?;
        (hashes.len() == 1 << (place.0 % EVERY)).then(|| Some((place, joined(hashes)?))).flatten()
    });
    Ok(whole.collect())
}

/// The node over hashes that lie side by side, as many as a power of two.
fn joined(mut hashes: Vec<Hash>) -> Option<Hash> {
    while hashes.len() > 1 {
        hashes = hashes.chunks(2).map(|pair| node_hash(&pair[0], &pair[1])).collect();
    }
    hashes.pop()
}

/// Compares the nodes that are kept with those that the entries give, which may be used up; what differs, in words.
///
/// # Errors
/// When the database fails.
pub async fn compare<C: ConnectionTrait>(db: &C, given: &mut BTreeMap<Place, Hash>, faults: &mut Vec<String>) -> Result<(), StoreFault> {
    let sql = "SELECT level, position, hash FROM audit_node ORDER BY level, position";
    for row in db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await? {
        let (level, position, hash): (i64, i64, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?);
        let place = u8::try_from(level).ok().zip(u64::try_from(position).ok());
        match place.and_then(|place| given.remove(&place)) {
            None => faults.push(format!("audit_node {level}/{position}: the entries give no such node")),
            Some(right) if right.to_string() != hash => {
                faults.push(format!("audit_node {level}/{position}: the entries give another hash"));
            }
            Some(_) => {}
        }
    }
    faults.extend(given.keys().map(|(level, position)| format!("audit_node {level}/{position}: the node is missing")));
    Ok(())
}

/// Whether the tree as it stands begins with a tree of `size` entries and this root.
///
/// # Errors
/// When the database fails.
pub async fn begins_with<C: ConnectionTrait>(db: &C, size: u64, root: &Hash) -> Result<bool, StoreFault> {
    let (head, _) = write::head(db).await?;
    if size >= head.size() {
        return Ok(size == head.size() && head.root() == *root);
    }
    let nodes = nodes(db, &root_places(size)).await?;
    let found = root_at(size, |level, position| nodes.get(&(level, position)).copied());
    Ok(found.is_ok_and(|found| found == *root))
}
