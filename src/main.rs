//! Arguments to command to exit code: 0 fine, 1 something is wrong in the data, 2 it could not be done.

use clap::Parser as _;
use dictum::cli::Cli;
use dictum::commands;
use std::io;
use std::process::ExitCode;

fn main() -> ExitCode {
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
