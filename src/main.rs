//! Arguments to command to exit code: 0 fine, 1 something is wrong in the data, 2 it could not be done.

use clap::Parser as _;
use dictum::cli::Cli;
use dictum::commands;
use mimalloc::MiMalloc;
use std::io;
use std::process::ExitCode;

/// Records, terms and rows are many small things, which the allocator of the system is slow with.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Bytes for calls within calls: a query within its limits takes less. Only what is used is taken.
const STACK: usize = 1 << 30;

fn main() -> ExitCode {
    let work = std::thread::Builder::new().stack_size(STACK).spawn(work);
    // A panic has been told by then.
    work.map_or_else(|_| ExitCode::from(2), |work| work.join().unwrap_or_else(|_| ExitCode::from(101)))
}

fn work() -> ExitCode {
    match commands::run(&Cli::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            commands::complain(&error);
            ExitCode::from(2)
        }
    }
}

/// Whoever reads our output has seen enough: `dictum query … | head`.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}
