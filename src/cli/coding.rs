//! What can be typed after `dictum coding`.

use super::Files;
use crate::query::Style;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Sheets for coders to fill in, how far they agree, and how far the rules agree with them
///
/// Coders work on their own: give each a blank sheet, and the code book without
/// what the rules found.
///   dictum coding codebook -o codebook.html
///   dictum coding sheet --blank -o ada.xlsx          one for each coder, who signs each row in `by`
///   dictum coding agreement ada.xlsx bob.xlsx -o agreement
/// then decide in `agreement/adjudication.csv` where they differ, and
///   dictum coding accuracy agreement/adjudication.csv
///   cp agreement/adjudication.csv data/corrections/   so that the records are what was decided
#[derive(Debug, Subcommand)]
#[command(verbatim_doc_comment)]
pub enum Coding {
    #[expect(missing_docs)]
    Codebook(CodingBook),
    #[expect(missing_docs)]
    Sheet(CodingSheet),
    #[expect(missing_docs)]
    Agreement(Agreement),
    #[expect(missing_docs)]
    Accuracy(Accuracy),
}

/// Write the code book for coders: definitions, limits, examples; nothing that rules go by or found
#[derive(Debug, Args)]
pub struct CodingBook {
    /// File to write to instead of the screen
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Write a sheet to code in: a row for each quotation, a column for each field
///
/// Without `--blank` it holds what the rules found. Whoever checks a row signs it in `by`, with or without
/// changes; put into `data/corrections/`, it makes the records what was decided. `-` means: there is none.
/// A file that is there is never overwritten.
#[derive(Debug, Args)]
pub struct CodingSheet {
    /// Source texts and tables of quotes; without any, everything under `data/`
    pub inputs: Vec<PathBuf>,
    #[command(flatten)]
    #[expect(missing_docs)]
    pub files: Files,
    /// Leave every field empty, so that coders do not see what the rules found
    #[arg(long)]
    pub blank: bool,
    /// File to write to instead of the screen: .csv, or .xlsx with the code book beside the sheet
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// How far two coders or more agree, for each field and each theme
///
/// Krippendorff's alpha for nominal data with its 95 % interval (bootstrap over quotations), the share of equal
/// decisions, and Cohen's kappa for each two coders. What a coder left empty is missing, and what is
/// undefined is left empty.
#[derive(Debug, Args)]
pub struct Agreement {
    /// Sheets that coders filled in (.csv, .tsv, .xlsx, .ods)
    #[arg(required = true)]
    pub codings: Vec<PathBuf>,
    #[command(flatten)]
    #[expect(missing_docs)]
    pub files: Coded,
    /// Folder for agreement.csv, pairs.csv, matrix.csv and adjudication.csv
    #[arg(short, long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Form of the table on the screen
    #[arg(short, long, value_enum, default_value_t = Style::Table)]
    pub format: Style,
}

/// How far the rules agree with a reference coding, for each field and each theme
///
/// Precision and recall with their 95 % intervals (Wilson), F1 with its own (bootstrap over quotations), and every
/// difference with the words on both sides. Corrections are left aside: the rules are judged by what
/// they find.
#[derive(Debug, Args)]
pub struct Accuracy {
    /// The reference: what one coder decided, or what several came to agree on
    pub reference: PathBuf,
    #[command(flatten)]
    #[expect(missing_docs)]
    pub files: Coded,
    /// Only quotations with these numbers, as 35-51
    #[arg(long, value_name = "FROM-TO", value_parser = numbers, default_value = "1-999999999", hide_default_value = true)]
    pub numbers: std::ops::RangeInclusive<usize>,
    /// Folder for accuracy.csv and differences.csv
    #[arg(short, long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Form of the tables on the screen
    #[arg(short, long, value_enum, default_value_t = Style::Table)]
    pub format: Style,
}

/// What was coded.
#[derive(Debug, Args)]
pub struct Coded {
    /// Source texts and tables of quotes that were coded; everything under `data/` if not given
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub input: Vec<PathBuf>,
    #[command(flatten)]
    pub files: Files,
}

fn numbers(text: &str) -> Result<std::ops::RangeInclusive<usize>, String> {
    let (from, to) = text.split_once('-').unwrap_or((text, text));
    let number = |text: &str| text.trim().parse::<usize>().map_err(|_| "write FROM-TO, as 35-51".to_owned());
    let range = number(from)?..=number(to)?;
    if range.is_empty() { Err("the first number is the smaller one, as 35-51".to_owned()) } else { Ok(range) }
}
