//! One binary for all tests that need more than one module: what a user sees, end to end.

mod accounts;
mod answers;
mod asking;
mod bad_input;
mod build;
mod citations;
mod coding;
mod corrections;
mod derived;
mod drawn;
mod emendations;
mod folders;
mod generated;
mod gold;
mod iris;
mod layouts;
#[cfg(feature = "disk")]
mod loads;
mod queries;
mod readmes;
mod records;
mod rights;
mod round_trip;
mod serve;
mod shuffled;
mod spans;
mod streams;
mod support;
mod tables;
mod themes;
mod two_sources;
mod verify;
