//! What a client can read and draw without knowing a process: everything that was written, what every case carries, which cases
//! may be opened, and forms that are those of the inputs.

mod around;
mod boards;
mod forms;
mod schema;
mod texts;
mod written;
