//! What stands in the tree instead of a personal text.

use domain::personal::{Sealed, commitment};
use uuid::Uuid;

#[test]
fn a_commitment_binds_salt_path_and_value() {
    let salt = [7; 16];
    let one = commitment(&salt, "input.reason", "张三");
    assert_eq!(one, commitment(&salt, "input.reason", "张三"));
    assert_eq!(one.len(), 64);
    for other in [
        commitment(&[8; 16], "input.reason", "张三"),
        commitment(&salt, "input.reaso", "n张三"),
        commitment(&salt, "input.reason张", "三"),
        commitment(&salt, "input.reason", ""),
        commitment(&salt, "", "input.reason张三"),
    ] {
        assert_ne!(one, other, "each part is framed by its length");
    }
}

/// Recomputed by hand, so that a court can: three parts, each after its length as eight big-endian bytes.
#[test]
fn a_commitment_can_be_recomputed_by_anyone() {
    use sha2::{Digest, Sha256};
    let mut bytes = Vec::new();
    bytes.extend([0, 0, 0, 0, 0, 0, 0, 16]);
    bytes.extend([1; 16]);
    bytes.extend([0, 0, 0, 0, 0, 0, 0, 4]);
    bytes.extend(b"path");
    bytes.extend([0, 0, 0, 0, 0, 0, 0, 5]);
    bytes.extend(b"value");
    assert_eq!(commitment(&[1; 16], "path", "value"), format!("{:x}", Sha256::digest(bytes)));
}

#[test]
fn a_sealed_value_is_one_word() {
    let sealed = Sealed { id: Uuid::from_u128(5), commitment: commitment(&[0; 16], "p", "v") };
    let text = serde_json::to_string(&sealed).unwrap();
    assert_eq!(serde_json::from_str::<Sealed>(&text).unwrap(), sealed);
    for bad in ["", "x.y", "00000000-0000-0000-0000-000000000005.12"] {
        assert!(bad.parse::<Sealed>().is_err(), "{bad}");
    }
}
