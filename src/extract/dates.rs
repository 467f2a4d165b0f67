//! Dates as they are written in a language.

use crate::date::Date;
use crate::language::Dates;
use regex::Captures;

/// A date at the beginning or the end of a citation, and what is left without it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found<'t> {
    /// `None` where the numbers are no day of the calendar.
    pub date: Option<Date>,
    pub printed: &'t str,
    pub rest: &'t str,
}

impl Dates {
    /// The date that a citation begins with, or ends with. A year inside the name of an event
    /// stands in the middle and is no date of the citation.
    pub(super) fn find<'t>(&self, text: &'t str) -> Option<Found<'t>> {
        let matches = |pattern: &regex::Regex| -> Vec<_> {
            pattern
                .captures_iter(text)
                .map(|found| (found.get_match().range(), self.date_of(&found)))
                .collect()
        };
        let all: Vec<_> = self.patterns.iter().flat_map(matches).collect();
        let first = all.iter().find(|(range, _)| range.start == 0);
        let (range, date) = first.or_else(|| all.iter().find(|(range, _)| range.end == text.len()))?;
        let rest =
            if range.start == 0 { self.after(&text[range.end..]) } else { self.before(&text[..range.start]) };
        Some(Found { date: *date, printed: &text[range.clone()], rest })
    }

    fn after<'t>(&self, rest: &'t str) -> &'t str {
        self.after.iter().find_map(|between| rest.strip_prefix(between.as_str())).unwrap_or(rest)
    }

    fn before<'t>(&self, rest: &'t str) -> &'t str {
        self.after.iter().find_map(|between| rest.strip_suffix(between.as_str())).unwrap_or(rest)
    }

    fn date_of(&self, found: &Captures<'_>) -> Option<Date> {
        // A group that is there but cannot be read makes the date impossible, not less precise.
        let number = |name| found.name(name).map(|group| self.number(group.as_str()));
        let sure = |value: Option<Option<u32>>| value.map_or(Some(None), |read| read.map(Some));
        let (year, month, day) = (number("year")??, sure(number("month"))?, sure(number("day"))?);
        let start = Date::of(year, month, day)?;
        let (year2, month2, day2) = (sure(number("year2"))?, sure(number("month2"))?, sure(number("day2"))?);
        if year2.or(month2).or(day2).is_none() {
            return Some(start);
        }
        let end = Date::of(year2.unwrap_or(year), month2.or(month), day2)?;
        (start.earliest() <= end.latest()).then(|| Date::Interval(start.earliest(), end.latest()))
    }

    /// A number in any of the ways that the language writes it; a month by its name.
    fn number(&self, written: &str) -> Option<u32> {
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
