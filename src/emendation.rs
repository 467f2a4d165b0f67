//! Corrections of a text's own slips, which scholars record and do not hide: what is printed, what
//! ought to stand there, how sure that is, and why. The text itself stays as it is.

use crate::folder::File;
use crate::problem::{Problem, nearest};
use crate::sheet::{Layout, Row, Sheet};
use crate::source::Document;
use anyhow::Result;

/// Columns of `data/emendations/NAME.csv`, NAME being the source's.
const COLUMNS: [&str; 7] = ["start", "end", "sic", "corr", "certainty", "reason", "by"];
const CERTAINTIES: [&str; 2] = ["certain", "probable"];

/// One slip of a source and what ought to stand there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Emendation {
    /// First code point in the source.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// What is printed there.
    pub sic: String,
    /// What ought to be; empty where nothing should stand there.
    pub corr: String,
    /// `certain` or `probable`.
    pub certainty: String,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub by: Option<String>,
}

/// Reads the emendations of a page, in order of place. One that does not fit the page is told and left
/// out. Where `start` and `end` are blank, the words are looked for: they must stand there once.
///
/// # Errors
/// When the file cannot be read.
pub fn read_emendations(
    file: &File,
    document: &Document,
    problems: &mut Vec<Problem>,
) -> Result<Vec<Emendation>> {
    let layout =
        Layout { known: &COLUMNS, needed: &["sic", "corr", "certainty", "reason"], ..Layout::default() };
    let Some(sheet) = Sheet::read(file, &layout, problems)? else { return Ok(Vec::new()) };
    let mut found: Vec<(usize, Emendation)> = Vec::new();
    for row in &sheet.rows {
        match emendation(&sheet, row, document) {
            Ok(emendation) => found.push((row.line, emendation)),
            Err((message, help)) => {
                let help = format!("{help}; the emendation was left out");
                problems.push(Problem::error(&file.path, message).at(row.line, 0).help(help));
            }
        }
    }
    found.sort_by_key(|(_, emendation)| (emendation.start, emendation.end));
    let mut kept: Vec<Emendation> = Vec::new();
    for (line, emendation) in found {
        if kept.last().is_some_and(|before| emendation.start < before.end) {
            let message = format!("`{}` overlaps the emendation before it", emendation.sic);
            let help = "write the two as one; the second was left out";
            problems.push(Problem::error(&file.path, message).at(line, 0).help(help));
        } else {
            kept.push(emendation);
        }
    }
    Ok(kept)
}

fn emendation(sheet: &Sheet, row: &Row, document: &Document) -> Result<Emendation, (String, String)> {
    // Blanks count in what is printed and in what ought to be.
    let words = |column| sheet.verbatim(row, column).unwrap_or_default().to_owned();
    let (sic, corr) = (words("sic"), words("corr"));
    if sic.is_empty() || sic == corr {
        let help = "`sic` is what is printed, `corr` what ought to stand there".to_owned();
        return Err(("nothing is changed".to_owned(), help));
    }
    let certainty = sheet.cell(row, "certainty").unwrap_or_default();
    if !CERTAINTIES.contains(&certainty) {
        let help = match nearest(certainty, CERTAINTIES) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("an emendation is {}", CERTAINTIES.join(" or ")),
        };
        return Err((format!("unknown certainty `{certainty}`"), help));
    }
    let Some(reason) = sheet.cell(row, "reason") else {
        return Err(("no reason".to_owned(), "say in a sentence why the text must be wrong".to_owned()));
    };
    let start = place(sheet, row, document, &sic)?;
    Ok(Emendation {
        start,
        end: start + sic.chars().count(),
        sic,
        corr,
        certainty: certainty.to_owned(),
        reason: reason.to_owned(),
        by: sheet.cell(row, "by").map(str::to_owned),
    })
}

/// Where the printed words begin: where the row says, or the one place where they stand.
fn place(sheet: &Sheet, row: &Row, document: &Document, sic: &str) -> Result<usize, (String, String)> {
    let all: Vec<usize> =
        document.text.match_indices(sic).map(|(byte, _)| document.code_point(byte)).collect();
    let number = |column| sheet.cell(row, column).map(str::parse::<usize>).transpose();
    let stands = || match all.as_slice() {
        [] => format!("the words stand nowhere in {}", document.path.display()),
        places => {
            let places: Vec<String> = places.iter().map(usize::to_string).collect();
            format!("they begin at character {}", places.join(", "))
        }
    };
    match (number("start"), number("end")) {
        (Ok(None), Ok(None)) => match all.as_slice() {
            [only] => Ok(*only),
            _ => Err((
                format!("it is not clear where `{sic}` is meant"),
                format!("give `start`: {}", stands()),
            )),
        },
        (Ok(Some(start)), Ok(end))
            if all.contains(&start) && end.is_none_or(|end| end == start + sic.chars().count()) =>
        {
            Ok(start)
        }
        _ => Err((format!("`{sic}` does not stand at the place given"), stands())),
    }
}

/// A stretch of a page with its emendations made; `None` where there are none in it.
#[must_use]
pub fn emended(document: &Document, range: [usize; 2], emendations: &[Emendation]) -> Option<String> {
    let mut inside = within(range, emendations).peekable();
    inside.peek()?;
    let mut text = String::new();
    let mut position = range[0];
    for emendation in inside {
        text.push_str(document.points(position, emendation.start));
        text.push_str(&emendation.corr);
        position = emendation.end;
    }
    text.push_str(document.points(position, range[1]));
    Some(text)
}

/// The emendations that lie within a stretch, code points, end-exclusive.
pub fn within([start, end]: [usize; 2], emendations: &[Emendation]) -> impl Iterator<Item = &Emendation> {
    let first = emendations.partition_point(|emendation| emendation.start < start);
    emendations[first..].iter().take_while(move |emendation| emendation.end <= end)
}
