//! The order of the rows, and the files that they are in, make no difference.

use crate::support::{copy_of_project, files, works};
use std::fs;

#[test]
fn records_shuffled_over_ten_files_give_the_same_build_and_the_same_statements() {
    let copy = copy_of_project();
    let folder = copy.path();
    let records = works(folder, &["extract"]);
    fs::write(folder.join("all.jsonl"), &records).expect("a file");
    let mut lines: Vec<&str> = records.lines().collect();
    // The same disorder in every run.
    lines.sort_by_key(|line| line.bytes().fold(7_u32, |sum, byte| sum.wrapping_mul(31) ^ u32::from(byte)));
    assert_ne!(lines, records.lines().collect::<Vec<_>>());
    let mut shards = vec![String::new(); 10];
    for (index, line) in lines.iter().enumerate() {
        shards[index % 10] += &format!("{line}\n");
    }
    let names: Vec<String> = (0..10).map(|index| format!("shard-{index}.jsonl")).collect();
    for (name, shard) in names.iter().zip(shards) {
        fs::write(folder.join(name), shard).expect("a file");
    }
    let shards: Vec<&str> = names.iter().rev().map(String::as_str).collect();
    works(folder, &["build", "all.jsonl", "--out", "whole"]);
    works(folder, &[&["build"][..], &shards, &["--out", "pieces"]].concat());
    assert_eq!(files(&folder.join("whole")), files(&folder.join("pieces")));

    let sorted = |inputs: &[&str]| {
        let text = works(folder, &[&["map"], inputs, &["--profile", "research"]].concat());
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        // How often a shared statement comes depends on what stands beside what.
        lines.sort_unstable();
        lines.dedup();
        lines
    };
    assert_eq!(sorted(&["all.jsonl"]), sorted(&shards));
}
