//! SHELL: everything that touches the world.
//!
//! | module | holds |
//! |---|---|
//! | `app` | the whole application, as every door into it holds it |
//! | `place` | where a house lives |
//! | `door` | the one door: every change goes through it |
//! | `store` | the database: connections, the one write, the one load, the trail |
//! | `people` | signing in; personal texts, sealed and opened |
//! | `opened` | sealed texts, opened for those who may see them |
//! | `viewers`, `password` | who looks, and what it may see; argon2id, bounded in cost and number |
//! | `checkpoints` | what the house has signed, against the tree |
//! | `carried` | imports that this process carries |
//! | `keys`, `proofs` | keys outside the database; proofs that an outsider checks |
//! | `published` | the published list as a map that the house binds itself to |
//! | `receipts` | what one office handed over to another, signed by both |
//! | `keeping` | copies, bringing one back, the house's health |
//! | `config` | settings of a server and where each comes from |
//! | `drafts` | papers of a case as the house drafts them, in words and as PDF |
//! | `packs` | the acceptance pack of a plan |
//! | `open_id` | identities that another house vouches for |
//! | `letters`, `mail` | letters in Chinese and English; how they are carried |
//! | `forms` | what people fill in, checked and turned into what a command carries |
//! | `graphql`, `http` | the typed surface and the doors that speak HTTP |
//! | `erasure` | personal values that no duty keeps any more |
//! | `law` | the law as it stands, and loading more of it |
//! | `evidence` | documents by their digest |
//! | `files` | the files that offices send and get |
//! | `sheets` | spreadsheets as offices really send them |
//! | `spin` | process tables before a model checker |
//! | `city` | the offices of the city and its demo |
//! | `cli` | the command line |
//! | `work` | the outbox, what recurs by itself, signing checkpoints |
//! | `clock`, `recent` | the house clock; what was read lately |
//! | `lock` | the lock of the house: beside others, or alone |
//! | `durable` | files that are on the disk before anybody is told |

pub mod app;
pub mod carried;
pub mod checkpoints;
pub mod city;
pub mod cli;
pub mod clock;
pub mod config;
pub mod door;
pub mod drafts;
pub mod durable;
pub mod erasure;
pub mod evidence;
pub mod files;
pub mod forms;
pub mod graphql;
pub mod http;
pub mod keeping;
pub mod keys;
pub mod law;
pub mod letters;
pub mod lock;
pub mod mail;
pub mod open_id;
pub mod opened;
pub mod packs;
pub mod password;
pub mod people;
pub mod place;
pub mod proofs;
pub mod published;
pub mod receipts;
pub mod recent;
pub mod sheets;
pub mod spin;
pub mod store;
pub mod viewers;
pub mod work;
