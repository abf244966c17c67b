//! The pages.
//!
//! | module | holds |
//! |---|---|
//! | `public` | the published list, and one entry of it |
//! | `door` | signing in and out, the own password |
//! | `mine` | what a company or a person sees of itself |
//! | `desk` | what waits for an officer, claimed and given back |
//! | `cases` | lists of cases |
//! | `case` | one case, and its papers |
//! | `act` | the form of an act, its check, the act itself |
//! | `bulk` | one act on many cases, told case by case |
//! | `import` | a table of an office: sent in, checked, shown with its faults |
//! | `imports` | the import of a table: begun, followed, given up |
//! | `export` | what goes out as files |
//! | `trail` | entries of the audit trail |
//! | `still` | style, script, picture |

pub mod act;
pub mod bulk;
pub mod case;
pub mod cases;
pub mod desk;
pub mod door;
pub mod export;
pub mod import;
pub mod imports;
pub mod mine;
pub mod public;
pub mod still;
pub mod trail;
