//! The program `xinxiu`.

/// A decision makes and drops many small values; the system's allocator takes a third of an act's time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    api::cli::main()
}
