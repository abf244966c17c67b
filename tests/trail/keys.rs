//! Keys outside the database: made once, kept from others, rotated without losing what they sealed.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    sync::Arc,
};

use api::{
    keys::{KeyFault, KeyKind, KeyRing},
    proofs,
};
use domain::merkle::leaf_hash;

use crate::support::smtp::scratch;

const ORIGIN: &str = "test.example/log";

/// A folder that goes with the test.
pub struct Home(PathBuf);

impl Home {
    pub fn new() -> Self {
        Self(scratch("keys"))
    }

    fn keys(&self) -> PathBuf {
        self.0.join("keys")
    }

    pub fn file(&self) -> PathBuf {
        self.keys().join("ring.json")
    }

    pub fn open(&self) -> Result<KeyRing, KeyFault> {
        KeyRing::open_or_create(&self.keys(), ORIGIN)
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

fn chmod(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_ring_is_made_once_and_for_its_owner_alone() {
    let home = Home::new();
    let ring = home.open().unwrap();
    assert_eq!(fs::metadata(home.file()).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(fs::metadata(home.keys()).unwrap().permissions().mode() & 0o777, 0o700);
    assert_eq!(home.open().unwrap().list(), ring.list());
    assert_eq!(home.open().unwrap().verifier_key(), ring.verifier_key());
    assert!(ring.list().iter().all(|key| key.works && key.id.len() == 8 && key.created.0 > 0));
    assert_eq!(ring.list().iter().map(|key| key.kind).collect::<Vec<_>>(), [KeyKind::Signing, KeyKind::Sealing, KeyKind::Search]);
}

#[test]
fn servers_that_start_together_share_one_ring() {
    let home = Arc::new(Home::new());
    let starts: Vec<_> = (0..8)
        .map(|_| {
            std::thread::spawn({
                let home = home.clone();
                move || home.open().unwrap().list()
            })
        })
        .collect();
    let rings: Vec<_> = starts.into_iter().map(|start| start.join().unwrap()).collect();
    assert!(rings.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn a_ring_that_cannot_be_trusted_is_refused() {
    let home = Home::new();
    home.open().unwrap();
    let good = fs::read_to_string(home.file()).unwrap();
    let code = || home.open().map(drop).map_err(|fault| (fault.code(), fault.to_string()));

    chmod(&home.file(), 0o640);
    assert_eq!(code().unwrap_err().0, "KEYS_OPEN_TO_OTHERS");
    chmod(&home.file(), 0o600);
    chmod(&home.keys(), 0o770);
    assert_eq!(code().unwrap_err().0, "KEYS_OPEN_TO_OTHERS");
    chmod(&home.keys(), 0o700);

    let key = good.split('"').rfind(|text| text.len() == 44).expect("a key in base64");
    let other = if key.starts_with('A') { 'B' } else { 'A' };
    for bad in [
        String::new(),
        good[..good.len() / 2].to_owned(),
        good.replace("keyring@v1", "keyring@v9"),
        good.replace(key, &format!("{other}{}", &key[1..])),
        good.replace(key, "short"),
        good.replace(&format!("\"{key}\""), "17"),
        good.replace("\"created\": ", &format!("\"created\": \"{key}\", \"x\": ")),
        good.replace("\"search\"", "\"other\""),
    ] {
        assert_ne!(bad, good);
        fs::write(home.file(), &bad).unwrap();
        let (code, words) = code().unwrap_err();
        assert_eq!(code, "KEYS_CORRUPT", "{words}");
        assert!(!words.contains(&key[1..43]), "no fault shows a key");
        assert_eq!(fs::read_to_string(home.file()).unwrap(), bad, "nothing is written over a damaged ring");
    }
    fs::write(home.file(), good).unwrap();
    assert!(code().is_ok());
}

#[test]
fn lost_keys_are_never_replaced_in_silence() {
    let home = Home::new();
    home.open().unwrap();
    fs::rename(home.file(), home.keys().join("ring.json.bak")).unwrap();
    assert!(matches!(home.open(), Err(KeyFault::Stray { name, .. }) if name == "ring.json.bak"));
    assert!(matches!(KeyRing::open_existing(&home.keys(), ORIGIN), Err(KeyFault::Missing(_))));
    assert!(!home.file().exists());
}

#[test]
fn a_log_keeps_its_name_until_a_new_one_is_started() {
    let home = Home::new();
    let ring = home.open().unwrap();
    let sealed = ring.seal("p", "v").unwrap();
    let refused = KeyRing::open_or_create(&home.keys(), "other.example/log");
    assert!(matches!(refused, Err(KeyFault::OtherOrigin { kept, .. }) if kept == ORIGIN));
    for bad in ["", "two words", "a+b", "line\nbreak", "bell\u{7}"] {
        assert!(matches!(KeyRing::open_or_create(&home.keys(), bad), Err(KeyFault::BadOrigin(_))), "{bad:?}");
    }

    let next = KeyRing::start_origin(&home.keys(), "test.example/log/2").unwrap();
    assert_eq!(next.open(&sealed.key_id, "p", &sealed.text).unwrap(), "v");
    assert!(next.sign_checkpoint(0, &leaf_hash(b"")).starts_with("test.example/log/2\n"));
    assert_eq!(next.verifier_keys(), [next.verifier_key(), ring.verifier_key()]);
    assert!(matches!(home.open(), Err(KeyFault::OtherOrigin { .. })));
    assert!(matches!(ring.rotate(KeyKind::Sealing), Err(KeyFault::OtherOrigin { .. })));
    // A server that runs on under the old name must not sign the new log's name by mistake.
    let note = ring.sign_checkpoint(1, &leaf_hash(b"x"));
    assert!(proofs::open(&note, &ring.verifier_key()).is_ok());
}

#[test]
fn a_value_opens_only_as_it_was_sealed() {
    let home = Home::new();
    let ring = home.open().unwrap();
    let sealed = ring.seal("input.reason", "因病未能及时履行").unwrap();
    assert_eq!(ring.open(&sealed.key_id, "input.reason", &sealed.text).unwrap(), "因病未能及时履行");
    assert_ne!(ring.seal("input.reason", "因病未能及时履行").unwrap().text, sealed.text, "a nonce is used once");
    assert!(matches!(ring.open(&sealed.key_id, "input.other", &sealed.text), Err(KeyFault::Unopenable)));
    assert!(matches!(ring.open("00000000", "input.reason", &sealed.text), Err(KeyFault::UnknownKey(_))));
    let changed = sealed.text.replacen(&sealed.text[40..41], if &sealed.text[40..41] == "A" { "B" } else { "A" }, 1);
    for bad in [changed.as_str(), "", "AAAA", "not base64"] {
        assert!(matches!(ring.open(&sealed.key_id, "input.reason", bad), Err(KeyFault::Unopenable)), "{bad}");
    }
}

#[test]
fn rotation_loses_nothing() {
    let home = Home::new();
    let ring = home.open().unwrap();
    let neighbour = home.open().unwrap();
    let old =
        (ring.seal("p", "v").unwrap(), ring.keyed_hashes("n")[0].clone(), ring.verifier_key(), ring.sign_checkpoint(1, &leaf_hash(b"x")));
    for kind in [KeyKind::Signing, KeyKind::Sealing, KeyKind::Search] {
        let id = ring.rotate(kind).unwrap();
        assert!(ring.list().iter().any(|key| key.kind == kind && key.id == id && key.works));
        assert_eq!(ring.list().iter().filter(|key| key.kind == kind).count(), 2);
    }
    assert_eq!(fs::metadata(home.file()).unwrap().permissions().mode() & 0o777, 0o600);
    let new =
        (ring.seal("p", "v").unwrap(), ring.keyed_hashes("n")[0].clone(), ring.verifier_key(), ring.sign_checkpoint(2, &leaf_hash(b"y")));
    assert_ne!(new.0.key_id, old.0.key_id);
    assert_eq!(ring.keyed_hashes("n"), [new.1.clone(), old.1.clone()]);
    assert_eq!(ring.verifier_keys(), [new.2.clone(), old.2.clone()]);
    assert!(proofs::open(&old.3, &old.2).is_ok() && proofs::open(&new.3, &new.2).is_ok());
    assert!(proofs::open(&new.3, &old.2).is_err());
    for ring in [&ring, &neighbour, &home.open().unwrap()] {
        for sealed in [&old.0, &new.0] {
            assert_eq!(ring.open(&sealed.key_id, "p", &sealed.text).unwrap(), "v", "a server that started earlier opens it too");
        }
    }
}

#[test]
fn a_number_is_searched_by_a_keyed_hash() {
    let (one, other) = (Home::new(), Home::new());
    let (one, other) = (one.open().unwrap(), other.open().unwrap());
    let hash = one.keyed_hashes("51200219900101001X").swap_remove(0);
    assert_eq!(hash, one.keyed_hashes("51200219900101001X")[0]);
    assert_ne!(hash, one.keyed_hashes("512002199001010010")[0]);
    assert_ne!(hash.split(':').next_back(), other.keyed_hashes("51200219900101001X")[0].split(':').next_back());
    let key = one.list().into_iter().find(|key| key.kind == KeyKind::Search).unwrap();
    assert_eq!(hash.split_once(':').unwrap().0, key.id);
}

#[test]
fn keys_do_not_show() {
    let home = Home::new();
    let ring = home.open().unwrap();
    let file = fs::read_to_string(home.file()).unwrap();
    let shown = format!("{ring:?} {:?} {}", ring.list(), serde_json::to_string(&ring.list()).unwrap());
    let secrets: Vec<_> = file.split('"').filter(|text| text.len() >= 44 && !text.contains(' ')).collect();
    assert_eq!(secrets.len(), 3, "one of each kind");
    for secret in secrets {
        // A signer's key is written PRIVATE+KEY+name+hash+key; any key may hold a plus of its own.
        let key = if secret.starts_with("PRIVATE+KEY+") { secret.splitn(5, '+').last().unwrap() } else { secret };
        assert!(!shown.contains(key));
    }
}

#[tokio::test]
async fn a_house_with_entries_never_gets_new_keys() {
    let home = Home::new();
    let place = api::app::Place {
        database: format!("sqlite:{}/x.sqlite", home.0.display()),
        folder: home.0.clone(),
        origin: ORIGIN.to_owned(),
        second: None,
    };
    let app = api::app::App::make(&place).await.expect("a new house");
    api::city::offices::seed(&app).await.expect("offices");
    drop(app);
    fs::remove_file(home.file()).expect("the ring is lost");
    let fault = api::app::App::open(&place).await.expect_err("no new keys");
    assert!(matches!(fault, api::app::StartFault::Keys(KeyFault::Missing(_))), "{fault}");
}
