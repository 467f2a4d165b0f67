//! Dates as they are written in a language.

use super::brackets::bracketed;
use super::words::Words;
use crate::date::Date;
use crate::language::{Dates, Language};
use regex::Captures;
use std::ops::Range;

/// The date of a citation, and what is left without it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found<'t> {
    pub date: Option<Date>,
    /// The numbers as printed, where no calendar has them.
    pub impossible: Option<&'t str>,
    /// The words state no year; the date has the one that stands over them, if any.
    pub yearless: bool,
    pub rest: Words<'t>,
    /// What stands before a date in the middle: who spoke.
    pub before: Option<Words<'t>>,
}

/// A stretch that reads like a date.
struct Candidate {
    range: Range<usize>,
    date: Option<Date>,
    yearless: bool,
}

impl Dates {
    /// The date that a citation begins with or ends with, alone in a bracket at its end, or between
    /// speaker and event. A year within a title or the name of an event is no date of the citation.
    pub(super) fn find<'t>(
        &self,
        language: &Language,
        words: Words<'t>,
        year: Option<&str>,
    ) -> Option<Found<'t>> {
        let text = words.read;
        let titles = titles(language, text);
        let outside = |range: &Range<usize>| {
            !titles.iter().any(|title| title.start < range.end && range.start < title.end)
        };
        let mut all: Vec<Candidate> = Vec::new();
        for pattern in &self.patterns {
            for found in pattern.captures_iter(text) {
                let range = found.get_match().range();
                if outside(&range) {
                    let yearless = found.name("year").is_none();
                    all.push(Candidate { range, date: self.date_of(&found, year), yearless });
                }
            }
        }
        let cut = |candidate: &Candidate, rest: Range<usize>| Found {
            date: candidate.date,
            impossible: (candidate.date.is_none() && !candidate.yearless)
                .then(|| &words.printed[candidate.range.clone()]),
            yearless: candidate.yearless,
            rest: words.slice(rest).strip_start(&self.times).strip_start(&self.after).strip_end(&self.after),
            before: None,
        };
        // Of several readings of one date the one that takes most of the words.
        let first = all.iter().filter(|one| one.range.start == 0).max_by_key(|one| one.range.end);
        if let Some(one) = first {
            return Some(cut(one, one.range.end..text.len()));
        }
        let last = all.iter().filter(|one| one.range.end == text.len()).min_by_key(|one| one.range.start);
        if let Some(one) = last {
            return Some(cut(one, 0..one.range.start));
        }
        let closing = bracketed(language, text).into_iter().next_back();
        if let Some((whole, inner)) = closing.filter(|(whole, _)| whole.end == text.len())
            && let Some(one) =
                all.iter().filter(|one| one.range.start == inner.start).max_by_key(|one| one.range.end)
            && (one.range == inner || self.is_place(&text[one.range.end..inner.end]))
        {
            return Some(cut(one, 0..whole.start));
        }
        // A year alone in the middle belongs to the name of something, and so may a day without one.
        let one = all.iter().find(|one| !one.yearless && !matches!(one.date, Some(Date::Year(_))))?;
        let found = cut(one, one.range.end..text.len());
        Some(Found { before: Some(words.slice(0..one.range.start)), ..found })
            .filter(|_| one.range.start < 60)
    }

    /// Whether what follows a date in its bracket may say where it was: a comma and a few characters.
    fn is_place(&self, rest: &str) -> bool {
        rest.chars().count() <= 12 && self.after.iter().any(|comma| rest.starts_with(comma.as_str()))
    }

    /// A text that is one date and nothing else.
    pub(super) fn whole(&self, text: &str) -> Option<Date> {
        self.patterns.iter().find_map(|pattern| {
            let found =
                pattern.captures(text).filter(|found| found.get_match().range() == (0..text.len()))?;
            self.date_of(&found, None)
        })
    }

    fn date_of(&self, found: &Captures<'_>, year: Option<&str>) -> Option<Date> {
        // A group that is there but cannot be read makes the date impossible, not less precise.
        let number = |name| found.name(name).map(|group| self.number(group.as_str()));
        let sure = |value: Option<Option<u32>>| value.map_or(Some(None), |read| read.map(Some));
        let stated = || year.and_then(|year| self.number(year));
        let year = sure(number("year"))?.or_else(stated)?;
        let (month, day) = (sure(number("month"))?, sure(number("day"))?);
        let start = Date::of(year, month, day)?;
        let (year2, month2, day2) = (sure(number("year2"))?, sure(number("month2"))?, sure(number("day2"))?);
        if year2.or(month2).or(day2).is_none() {
            return Some(start);
        }
        let end = Date::of(year2.unwrap_or(year), month2.or(month), day2)?;
        Date::between(start, end)
    }

    /// A number in any of the ways that the language writes it; a month by its name.
    pub(super) fn number(&self, written: &str) -> Option<u32> {
        if let Ok(number) = written.parse() {
            return Some(number);
        }
        if let Some(month) = self.month(written) {
            return Some(month);
        }
        let digit = |c: char| {
            self.digits.iter().position(|written| written.contains(c)).and_then(|d| u32::try_from(d).ok())
        };
        let ten = self.ten.as_deref().filter(|ten| written.contains(*ten));
        if let Some((tens, ones)) = ten.and_then(|ten| written.split_once(ten)) {
            let part = |text: &str, none| text.chars().next().map_or(Some(none), digit);
            return Some(part(tens, 1)? * 10 + part(ones, 0)?);
        }
        written.chars().try_fold(0_u32, |number, c| number.checked_mul(10)?.checked_add(digit(c)?))
    }

    fn month(&self, written: &str) -> Option<u32> {
        let short =
            |month: &str| written.len() >= 3 && month.to_lowercase().starts_with(&written.to_lowercase());
        let index = self.months.iter().position(|month| short(month))?;
        u32::try_from(index + 1).ok()
    }
}

/// Where titles stand, outermost ones.
fn titles(language: &Language, text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (open, close) in &language.brackets.title {
        let mut from = 0;
        while let Some(start) = text[from..].find(open.as_str()).map(|at| at + from) {
            let Some(end) = text[start + open.len()..]
                .find(close.as_str())
                .map(|at| at + start + open.len() + close.len())
            else {
                break;
            };
            found.push(start..end);
            from = end;
        }
    }
    found
}
