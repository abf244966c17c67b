//! The pages.
//!
//! | module | holds |
//! |---|---|
//! | `public` | the published list, and one entry of it |
//! | `door` | signing in and out, the own password |
//! | `identity` | signing in by an identity of another house, and linking one |
//! | `register` | an account of one's own |
//! | `mine` | what a company or a person sees of itself |
//! | `absence` | that nothing is published about somebody |
//! | `desk` | what waits for an officer, claimed and given back |
//! | `cases` | lists of cases |
//! | `case` | one case, and its papers |
//! | `act` | the form of an act, its check, the act itself |
//! | `bulk` | one act on many cases, told case by case |
//! | `import` | a table of an office: sent in, checked, shown with its faults |
//! | `imports` | the import of a table: begun, followed, given up |
//! | `export` | what goes out as files |
//! | `board` | how things stand in the bureau and in an office |
//! | `plan` | the city's plan: its board and what each number counts |
//! | `registers` | collected credit information, its rates and what fails them |
//! | `trust` | commitments, and the city's schemes with their conditions |
//! | `deed` | acts of desk and administration |
//! | `people` | accounts and their seats, the own account |
//! | `keeping` | offices, settings, law and calendars, letters |
//! | `new_law` | a file of new law: looked over, tried, loaded |
//! | `trail` | entries of the audit trail, its checkpoints |
//! | `by_hand` | a query written by hand |
//! | `law` | the processes, the map of one, its acts and its text, the list types |
//! | `calculator` | a limit, class and terms of a penalty, an identifier |
//! | `help` | help for each kind of user, reasons of refusals, the guide for companies |
//! | `verify` | a proof file checked |
//! | `sheet` | papers of a case to print, the register of their numbers |
//! | `still` | style, script, picture |

pub mod absence;
pub mod act;
pub mod board;
pub mod bulk;
pub mod by_hand;
pub mod calculator;
pub mod case;
pub mod cases;
pub mod deed;
pub mod desk;
pub mod door;
pub mod export;
pub mod help;
pub mod identity;
pub mod import;
pub mod imports;
pub mod keeping;
pub mod law;
pub mod mine;
pub mod new_law;
pub mod people;
pub mod plan;
pub mod public;
pub mod register;
pub mod registers;
pub mod sheet;
pub mod still;
pub mod trail;
pub mod trust;
pub mod verify;
