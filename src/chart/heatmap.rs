//! A field for each pair of a row and a column, the darker the higher its number.

use super::Chart;
use super::sheet::{Anchor, FAINT, GREY, INK, MARGIN, Sheet, figure, names_width};
use crate::date::Date;
use crate::network::xml::escape;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Side of a field.
const SIDE: f64 = 26.0;
/// Room above the fields: names stand upright there.
const TALLEST: f64 = 330.0;
/// The lightest and the darkest field.
const LIGHT: [f64; 3] = [222.0, 235.0, 247.0];
const DARK: [f64; 3] = [8.0, 48.0, 107.0];

type Names = Vec<String>;

pub(super) fn draw(chart: &Chart<'_>) -> String {
    let cells = chart.columns("cells");
    let cell = cells.first().copied().unwrap_or_default();
    let mut fields = BTreeMap::<(Names, Names), f64>::new();
    for row in &chart.table.rows {
        let place = (chart.words(row, "rows"), chart.words(row, "columns"));
        *fields.entry(place).or_default() += chart.number(row, cell);
    }
    let rows = in_order(fields.iter().map(|((row, _), number)| (row, *number)));
    let columns = in_order(fields.iter().map(|((_, column), number)| (column, *number)));
    let highest = fields.values().copied().fold(1.0, f64::max);
    let widest = |all: &[&Names]| all.iter().map(|names| names_width(names)).fold(0.0, f64::max);
    let left = MARGIN + widest(&rows) + 10.0;
    let tall = widest(&columns).min(TALLEST);
    #[expect(clippy::cast_precision_loss, reason = "as many as fit on a sheet")]
    let width = (left + SIDE * columns.len() as f64 + MARGIN + tall / 3.0).max(640.0);
    let note =
        "An empty field: nothing of this kind in these sources, which does not mean that there was nothing.";
    let mut sheet = Sheet::new(chart, width, note);
    sheet.legend(&[
        (field(0.0, 0.0, 1.0, highest), format!("1 {}", chart.heading(cell))),
        (field(0.0, 0.0, highest, highest), figure(highest)),
    ]);
    sheet.y += tall;
    let top = sheet.y;
    for (index, names) in (0_u32..).zip(&columns) {
        let x = left + SIDE * f64::from(index) + SIDE * 0.65;
        sheet.draw(&format!(r#"<g transform="translate({x:.1} {:.1}) rotate(-70)">"#, top - 6.0));
        sheet.names(0.0, 0.0, names, Anchor::Start);
        sheet.draw("</g>");
    }
    for row in &rows {
        let y = sheet.y;
        sheet.names(left - 8.0, y + SIDE * 0.65, row, Anchor::End);
        for (index, column) in (0_u32..).zip(&columns) {
            let x = left + SIDE * f64::from(index);
            let Some(number) = fields.get(&((*row).clone(), (*column).clone())) else {
                sheet.draw(&format!(r#"<rect x="{x:.1}" y="{y:.1}" width="{SIDE}" height="{SIDE}" fill="none" stroke="{FAINT}"/>"#));
                continue;
            };
            let note = format!(
                "{}, {}: {} {}",
                row.join(" "),
                column.join(" "),
                figure(*number),
                chart.heading(cell)
            );
            let note = escape(&note);
            sheet
                .draw(&format!("<g><title>{note}</title>{}</g>", field(x, y + SIDE / 2.0, *number, highest)));
            let ink = if *number > highest * 0.5 { "#ffffff" } else { INK };
            sheet.text(x + SIDE / 2.0, y + SIDE * 0.65, &figure(*number), Anchor::Middle, ink);
        }
        sheet.y += SIDE;
    }
    sheet.y += MARGIN / 2.0;
    let order = "Rows and columns stand in order of their sums, dates in order of time.";
    sheet.text(MARGIN, sheet.y + 6.0, order, Anchor::Start, GREY);
    sheet.y += MARGIN / 2.0;
    sheet.finish(&chart.question.header.summary)
}

/// Names, those with the highest sum first; dates as they follow one another.
fn in_order<'a>(all: impl Iterator<Item = (&'a Names, f64)>) -> Vec<&'a Names> {
    let mut sums = BTreeMap::<&Names, f64>::new();
    for (names, number) in all {
        *sums.entry(names).or_default() += number;
    }
    let is_date = |names: &Names| names.first().is_some_and(|name| Date::parse(name).is_some());
    if sums.keys().all(|names| is_date(names)) {
        return sums.into_keys().collect();
    }
    let mut order: Vec<_> = sums.into_iter().collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| Reverse(b.0).cmp(&Reverse(a.0)).reverse()));
    order.into_iter().map(|(names, _)| names).collect()
}

/// A field whose left side is at `x` and whose middle is at `y`.
fn field(x: f64, y: f64, number: f64, highest: f64) -> String {
    let part = (number / highest).clamp(0.0, 1.0);
    let colour = [0, 1, 2].map(|i| (LIGHT[i] + (DARK[i] - LIGHT[i]) * part).round().to_string()).join(",");
    let side = SIDE - 1.0;
    format!(
        r#"<rect x="{:.1}" y="{:.1}" width="{side:.1}" height="{side:.1}" fill="rgb({colour})"/>"#,
        x + 0.5,
        y - side / 2.0
    )
}
