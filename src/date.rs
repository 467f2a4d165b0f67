//! Dates that say how much of them is known: a part of the Extended Date/Time Format.
//!
//! `2020-03-27`, `2020-03`, `2020`, and a span of days `2020-03-24/2020-03-28`. See
//! <https://www.loc.gov/standards/datetime/> (level 0, dates and intervals).

use chrono::{Datelike as _, Days, Months, NaiveDate};
use std::fmt;

/// A date as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Date {
    /// One day.
    Day(NaiveDate),
    /// Some day of a month; holds its first.
    Month(NaiveDate),
    /// Some day of a year; holds its first.
    Year(NaiveDate),
    /// From one day to another, both included; written in days, or in whole months or years.
    Interval(NaiveDate, NaiveDate, Unit),
}

/// In what an interval is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// `2020-03-24/2020-03-28`
    Days,
    /// `2020-03/2020-04`
    Months,
    /// `2020/2021`
    Years,
}

impl Date {
    /// Reads the written form; `None` for anything else and for days that do not exist.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if let Some((start, end)) = text.split_once('/') {
            return Self::between(Self::parse(start)?, Self::parse(end)?);
        }
        // Four digits, two and two: what is written so is as this program writes it.
        let (year, rest) = text.split_at_checked(4)?;
        let part = |text: &str| number(text.strip_prefix('-')?);
        match rest.len() {
            0 => Self::of(number(year)?, None, None),
            3 => Self::of(number(year)?, Some(part(rest)?), None),
            6 => {
                let (month, day) = rest.split_at_checked(3)?;
                Self::of(number(year)?, Some(part(month)?), Some(part(day)?))
            }
            _ => None,
        }
    }

    /// A date from its numbers; `None` for days that do not exist.
    #[must_use]
    pub fn of(year: u32, month: Option<u32>, day: Option<u32>) -> Option<Self> {
        let first = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month.unwrap_or(1), day.unwrap_or(1))?;
        (1..=9999).contains(&first.year()).then_some(match (month, day) {
            (Some(_), Some(_)) => Self::Day(first),
            (Some(_), None) => Self::Month(first),
            (None, _) => Self::Year(first),
        })
    }

    /// From one date to another; `None` where the second is before the first.
    #[must_use]
    pub fn between(start: Self, end: Self) -> Option<Self> {
        let unit = match (start, end) {
            (Self::Month(_), Self::Month(_)) => Unit::Months,
            (Self::Year(_), Self::Year(_)) => Unit::Years,
            (Self::Interval(..), _) | (_, Self::Interval(..)) => return None,
            _ => Unit::Days,
        };
        let (first, last) = (start.earliest(), end.latest());
        (first <= last).then_some(Self::Interval(first, last, unit))
    }

    /// The first day that it may be.
    #[must_use]
    pub fn earliest(self) -> NaiveDate {
        match self {
            Self::Day(day) | Self::Month(day) | Self::Year(day) | Self::Interval(day, ..) => day,
        }
    }

    /// The last day that it may be.
    #[must_use]
    pub fn latest(self) -> NaiveDate {
        let before = |first: NaiveDate, months| {
            let next = first.checked_add_months(Months::new(months));
            next.and_then(|next| next.checked_sub_days(Days::new(1))).unwrap_or(first)
        };
        match self {
            Self::Day(day) | Self::Interval(_, day, _) => day,
            Self::Month(first) => before(first, 1),
            Self::Year(first) => before(first, 12),
        }
    }

    /// `day`, `month`, `year` or `interval`.
    #[must_use]
    pub fn precision(self) -> &'static str {
        match self {
            Self::Day(_) => "day",
            Self::Month(_) => "month",
            Self::Year(_) => "year",
            Self::Interval(..) => "interval",
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{day}"),
            Self::Month(first) => write!(f, "{:04}-{:02}", first.year(), first.month()),
            Self::Year(first) => write!(f, "{:04}", first.year()),
            Self::Interval(first, last, Unit::Days) => write!(f, "{first}/{last}"),
            Self::Interval(first, last, Unit::Months) => {
                write!(f, "{}/{}", Self::Month(*first), Self::Month(*last))
            }
            Self::Interval(first, last, Unit::Years) => {
                write!(f, "{}/{}", Self::Year(*first), Self::Year(*last))
            }
        }
    }
}

fn number(digits: &str) -> Option<u32> {
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_comes_back_with_its_bounds() {
        for (text, earliest, latest, precision) in [
            ("2020-03-27", "2020-03-27", "2020-03-27", "day"),
            ("2020-02", "2020-02-01", "2020-02-29", "month"),
            ("2020", "2020-01-01", "2020-12-31", "year"),
            ("2020-03-24/2020-03-28", "2020-03-24", "2020-03-28", "interval"),
            ("2019-12/2020-02", "2019-12-01", "2020-02-29", "interval"),
            ("2019/2020", "2019-01-01", "2020-12-31", "interval"),
        ] {
            let date = Date::parse(text).unwrap();
            assert_eq!(date.to_string(), text);
            assert_eq!(
                (date.earliest().to_string().as_str(), date.latest().to_string().as_str()),
                (earliest, latest)
            );
            assert_eq!(date.precision(), precision);
        }
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for text in [
            "2020-02-30",
            "2020-13",
            "20-03-27",
            "2020-3-27",
            "",
            "x",
            "2020-03-28/2020-03-24",
            "+020",
            "2020-03-2７",
        ] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }
}
