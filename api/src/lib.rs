//! SHELL: everything that touches the world.
//!
//! | module | holds |
//! |---|---|
//! | `app` | the whole application, as every door into it holds it |
//! | `door` | the one door: every change goes through it |
//! | `store` | the only room that knows the database |
//! | `people` | signing in; who looks, and what it may see |
//! | `keys` | keys outside the database |
//! | `graphql`, `http` | the typed surface and the doors that speak HTTP |
//! | `letters` | the texts of the letters in both languages, and their rendering |
//! | `mail` | the road out: SMTP or a folder of `.eml` files |
//! | `clock` | the house clock |

pub mod app;
pub mod clock;
pub mod door;
pub mod graphql;
pub mod http;
pub mod keys;
pub mod letters;
pub mod mail;
pub mod people;
pub mod store;
