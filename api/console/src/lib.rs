//! The console: pages for people. It knows the house through one narrow trait (run a GraphQL document, keep and fetch a
//! paper or a table), so the compiler proves that GraphQL suffices. A page is one document and one template; the form of an act is
//! drawn from what the act asks for.
//!
//! | module | holds |
//! |---|---|
//! | `house` | what the console knows of the house |
//! | `console` | the console itself: documents asked, pages drawn |
//! | `visit` | who asks: cookie, language, path |
//! | `guard` | cookies, the sign of an own form, the origin of a request |
//! | `ask` | the answer to a document, and its faults |
//! | `deeds` | acts of desk and administration, each with its form |
//! | `form` | from what an act asks for to fields, and back to the input |
//! | `view` | templates, words in two languages, days |
//! | `sent` | a form that a page of ours sent, read before its handler runs |
//! | `pages` | the pages |
//! | `routes` | which page stands at which path |

pub mod ask;
pub mod console;
pub mod deeds;
pub mod form;
pub mod guard;
pub mod house;
pub mod pages;
pub mod routes;
pub mod sent;
pub mod view;
pub mod visit;

pub use console::Console;
pub use house::{House, Kept, Question, Unkept, Visitor, Wanted};
pub use routes::router;
