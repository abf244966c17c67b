//! The tree is the one that foreign verifiers know.

use domain::merkle::{Frontier, leaf_hash};
use tlog_tiles::tlog;

#[test]
fn roots_agree_with_the_transparency_log_library() {
    let mut frontier = Frontier::default();
    let mut hashes: Vec<tlog::Hash> = Vec::new();
    for number in 0..200_u64 {
        let bytes = format!("entry {number}");
        frontier.append(leaf_hash(bytes.as_bytes()));
        let reader = Reader(hashes.clone());
        hashes.extend(tlog::stored_hashes(number, bytes.as_bytes(), &reader).expect("hashes"));
        let root = tlog::tree_hash(number + 1, &Reader(hashes.clone())).expect("root");
        assert_eq!(frontier.root().0, root.0, "size {}", number + 1);
        assert_eq!(Frontier::from_hex(frontier.size(), &frontier.to_hex()).unwrap(), frontier);
    }
}

struct Reader(Vec<tlog::Hash>);

impl tlog::HashReader for Reader {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<tlog::Hash>, tlog_tiles::Error> {
        Ok(indexes.iter().map(|index| self.0[usize::try_from(*index).unwrap()]).collect())
    }
}
