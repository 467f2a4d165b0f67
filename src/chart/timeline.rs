//! Events along the days: those whose day is known as points, the others as bars over the days that they may be on.

use super::Chart;
use super::sheet::{Anchor, COLOURS, FAINT, GREY, INK, MARGIN, Sheet};
use crate::date::Date;
use crate::network::xml::escape;
use chrono::{Datelike as _, Days, Months, NaiveDate};
use oxigraph::model::Term;
use std::collections::BTreeMap;

/// Width between the margins.
const ROOM: f64 = 1352.0;
/// Radius of a point, and height of the lane of a bar.
const RADIUS: f64 = 6.0;
const LANE: f64 = 20.0;
/// Points that stand on one another, at most: what is more lies on the last.
const HIGHEST: u32 = 40;
/// More months than this are named by their years only.
const NAMED: i64 = 36;

struct Event {
    first: NaiveDate,
    last: NaiveDate,
    kind: Vec<String>,
    label: String,
}

pub(super) fn draw(chart: &Chart<'_>) -> String {
    let mut events: Vec<Event> = chart.table.rows.iter().filter_map(|row| event(chart, row)).collect();
    events.sort_by(|a, b| (a.first, a.last, &a.kind, &a.label).cmp(&(b.first, b.last, &b.kind, &b.label)));
    let undated = chart.table.rows.len() - events.len();
    let (days, ranges): (Vec<&Event>, Vec<&Event>) =
        events.iter().partition(|event| event.first == event.last);
    let mut note = format!(
        "{} events whose day is known, {} known by a month or another range of days",
        days.len(),
        ranges.len()
    );
    if undated > 0 {
        note.push_str(&format!("; {undated} without a date are not shown"));
    }
    let mut sheet = Sheet::new(chart, ROOM + 2.0 * MARGIN, &format!("{note}."));
    let mut kinds: Vec<&Vec<String>> = events.iter().map(|event| &event.kind).collect();
    kinds.sort();
    kinds.dedup();
    let colours: BTreeMap<_, _> =
        kinds.iter().enumerate().map(|(i, kind)| (*kind, COLOURS[i % COLOURS.len()])).collect();
    let sample = |colour: &str| format!(r#"<circle cx="8" r="{RADIUS}" fill="{colour}"/>"#);
    let mut legend: Vec<_> = kinds.iter().map(|kind| (sample(colours[kind]), kind.join(" "))).collect();
    legend.push((
        format!(r#"<rect y="-5" width="18" height="10" rx="5" fill="{GREY}"/>"#),
        "on one of these days".to_owned(),
    ));
    sheet.legend(&legend);
    let (Some(first), Some(last)) = (
        events.first().and_then(|event| event.first.with_day(1)),
        events.iter().map(|event| event.last).max(),
    ) else {
        return sheet.finish(&chart.question.header.summary);
    };
    let axis = Axis::new(first, last);
    draw_points(&mut sheet, &axis, &days, &colours);
    axis.draw(&mut sheet);
    draw_ranges(&mut sheet, &axis, &ranges, &colours);
    sheet.finish(&chart.question.header.summary)
}

fn event(chart: &Chart<'_>, row: &[Option<Term>]) -> Option<Event> {
    let day = |part: &str| match Date::parse(chart.words(row, part).first()?)? {
        Date::Day(day) => Some(day),
        _ => None,
    };
    let (first, last) = (day("from")?, day("to")?);
    Some(Event { first, last, kind: chart.words(row, "colour"), label: chart.words(row, "label").join("\n") })
}

/// Days along the width of the sheet, whole months.
struct Axis {
    first: NaiveDate,
    end: NaiveDate,
    day: f64,
}

impl Axis {
    fn new(first: NaiveDate, last: NaiveDate) -> Self {
        let end = last.with_day(1).and_then(|day| day.checked_add_months(Months::new(1))).unwrap_or(last);
        #[expect(clippy::cast_precision_loss, reason = "days of some centuries")]
        let days = (end - first).num_days().max(1) as f64;
        Self { first, end, day: ROOM / days }
    }

    /// Where a day begins.
    fn x(&self, day: NaiveDate) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "days of some centuries")]
        let days = (day - self.first).num_days() as f64;
        MARGIN + days * self.day
    }

    fn draw(&self, sheet: &mut Sheet) {
        let y = sheet.y;
        sheet.draw(&format!(r#"<path d="M{MARGIN} {y:.1}H{:.1}" stroke="{INK}"/>"#, MARGIN + ROOM));
        let months = (self.end - self.first).num_days() / 30;
        let mut day = self.first;
        while day <= self.end {
            let by_year = months > NAMED;
            if !by_year || day.month() == 1 {
                let x = self.x(day);
                sheet.draw(&format!(r#"<path d="M{x:.1} {y:.1}v6" stroke="{INK}"/>"#));
                if day < self.end {
                    let name = if by_year { day.format("%Y") } else { day.format("%Y-%m") }.to_string();
                    sheet.text(x + 4.0, y + 18.0, &name, Anchor::Start, INK);
                }
            }
            let Some(next) = day.checked_add_months(Months::new(1)) else { break };
            day = next;
        }
        sheet.y += 30.0;
    }
}

type Colours<'a> = BTreeMap<&'a Vec<String>, &'static str>;

/// Points stand on one another where they would meet.
fn draw_points(sheet: &mut Sheet, axis: &Axis, days: &[&Event], colours: &Colours<'_>) {
    let mut places: Vec<(f64, u32)> = Vec::with_capacity(days.len());
    for event in days {
        let x = axis.x(event.first) + axis.day / 2.0;
        let taken = |level: u32| {
            places
                .iter()
                .rev()
                .take(400)
                .any(|(other, at)| *at == level && (x - other).abs() < 2.0 * RADIUS + 1.0)
        };
        let level = (0..HIGHEST).find(|level| !taken(*level)).unwrap_or(HIGHEST);
        places.push((x, level));
    }
    let highest = places.iter().map(|(_, level)| level + 1).max().unwrap_or_default();
    sheet.y += f64::from(highest) * (2.0 * RADIUS + 1.0) + RADIUS;
    let base = sheet.y;
    for (event, (x, level)) in days.iter().zip(places) {
        let y = base - 3.0 - RADIUS - f64::from(level) * (2.0 * RADIUS + 1.0);
        let note = format!("{}\n{}", event.first, event.label);
        let note = escape(&note);
        sheet.draw(&format!(
            r#"<circle cx="{x:.1}" cy="{y:.1}" r="{RADIUS}" fill="{}"><title>{note}</title></circle>"#,
            colours[&event.kind]
        ));
    }
}

/// Bars lie below one another where they would meet.
fn draw_ranges(sheet: &mut Sheet, axis: &Axis, ranges: &[&Event], colours: &Colours<'_>) {
    let mut lanes: Vec<NaiveDate> = Vec::new();
    let top = sheet.y;
    for event in ranges {
        let free = lanes.iter().position(|end| *end < event.first);
        let lane = free.unwrap_or(lanes.len());
        if free.is_none() {
            lanes.push(event.last);
        }
        lanes[lane] = event.last;
        let after = event.last.checked_add_days(Days::new(1)).unwrap_or(event.last);
        let (x, y) = (axis.x(event.first), top + LANE * f64::from(u32::try_from(lane).unwrap_or_default()));
        let width = (axis.x(after) - x).max(2.0);
        let note = format!("{} to {}\n{}", event.first, event.last, event.label);
        let note = escape(&note);
        sheet.draw(&format!(
            r#"<rect x="{x:.1}" y="{y:.1}" width="{width:.1}" height="17" rx="8" fill="{}" fill-opacity="0.45"><title>{note}</title></rect>"#,
            colours[&event.kind]
        ));
        let label = event.label.lines().next().unwrap_or_default();
        sheet.text(x + 8.0, y + 13.0, label, Anchor::Start, INK);
    }
    sheet.y += LANE * f64::from(u32::try_from(lanes.len()).unwrap_or_default());
    if ranges.is_empty() {
        return;
    }
    let (low, high) = (top - 4.0, sheet.y);
    sheet.draw(&format!(r#"<path d="M{MARGIN} {low:.1}H{:.1}" stroke="{FAINT}"/>"#, MARGIN + ROOM));
    sheet.y = high;
}
