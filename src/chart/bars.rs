//! A bar for each row and number, the longest as long as the sheet allows.

use super::Chart;
use super::sheet::{Anchor, COLOURS, FAINT, GREY, INK, MARGIN, Sheet, figure, names_width};
use crate::network::xml::escape;

const WIDTH: f64 = 960.0;
/// Thickness of a bar, and the space between two rows.
const THICK: f64 = 13.0;
const SPACE: f64 = 9.0;
/// Room for the number after the longest bar.
const FIGURE: f64 = 60.0;
/// More rows than this are not drawn.
const ROWS: usize = 60;

pub(super) fn draw(chart: &Chart<'_>) -> String {
    let bars = chart.columns("bars");
    let rows = &chart.table.rows[..chart.table.rows.len().min(ROWS)];
    let left_out = chart.table.rows.len() - rows.len();
    let note = if left_out > 0 {
        format!("The first {ROWS} rows; {left_out} more are in the table.")
    } else {
        String::new()
    };
    let mut sheet = Sheet::new(chart, WIDTH, &note);
    let sample = |index: usize| {
        format!(r#"<rect y="-6" width="16" height="12" fill="{}"/>"#, COLOURS[index % COLOURS.len()])
    };
    let legend: Vec<_> =
        bars.iter().enumerate().map(|(index, bar)| (sample(index), chart.heading(bar))).collect();
    sheet.legend(&legend);
    let names: Vec<Vec<String>> = rows.iter().map(|row| chart.words(row, "rows")).collect();
    let left =
        MARGIN + names.iter().map(|names| names_width(names)).fold(0.0, f64::max).min(WIDTH / 2.0) + 10.0;
    let longest =
        rows.iter().flat_map(|row| bars.iter().map(|bar| chart.number(row, bar))).fold(1.0, f64::max);
    let scale = (WIDTH - MARGIN - FIGURE - left) / longest;
    #[expect(clippy::cast_precision_loss, reason = "a few")]
    let high = bars.len() as f64 * THICK;
    for (row, names) in rows.iter().zip(&names) {
        sheet.names(left - 10.0, sheet.y + high / 2.0 + 4.5, names, Anchor::End);
        for (index, bar) in bars.iter().enumerate() {
            let number = chart.number(row, bar);
            let (y, width) = (sheet.y, number * scale);
            let note = format!("{}: {} {}", names.join(" "), figure(number), chart.heading(bar));
            let note = escape(&note);
            let colour = COLOURS[index % COLOURS.len()];
            sheet.draw(&format!(
                r#"<rect x="{left:.1}" y="{y:.1}" width="{width:.1}" height="{:.1}" fill="{colour}"><title>{note}</title></rect>"#,
                THICK - 1.0
            ));
            let ink = if number > 0.0 { INK } else { GREY };
            sheet.text(left + width + 5.0, y + THICK - 2.5, &figure(number), Anchor::Start, ink);
            sheet.y += THICK;
        }
        sheet.y += SPACE;
    }
    let (top, bottom) =
        (sheet.y - (high + SPACE) * f64::from(u16::try_from(rows.len()).unwrap_or_default()), sheet.y);
    sheet.draw(&format!(r#"<path d="M{left:.1} {top:.1}V{bottom:.1}" stroke="{FAINT}"/>"#));
    sheet.finish(&chart.question.header.summary)
}
