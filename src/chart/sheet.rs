//! The sheet on which every picture is drawn: its caption, its texts and its size.

use super::{Chart, LANGUAGES};
use crate::network::label::{FONT, LEADING, columns, text_width, wrap};
use crate::network::svg::FONTS;
use crate::network::xml::escape;
use std::fmt::Write as _;

/// Text, text of second rank, and lines that only guide the eye.
pub(super) const INK: &str = "#222222";
pub(super) const GREY: &str = "#666666";
pub(super) const FAINT: &str = "#dddddd";
/// Colours that are told apart with any colour vision.
pub(super) const COLOURS: [&str; 8] =
    ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9", "#882255", "#999933"];
/// Free space around everything.
pub(super) const MARGIN: f64 = 24.0;
/// Font size of the caption.
const TITLE: f64 = 18.0;

/// A picture that grows as it is drawn.
pub(super) struct Sheet {
    body: String,
    width: f64,
    /// Where the next thing goes, from the top.
    pub(super) y: f64,
}

/// How a text stands at its place.
#[derive(Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl Sheet {
    /// A sheet with what its question says of itself, and a note, at the top.
    pub(super) fn new(chart: &Chart<'_>, width: f64, note: &str) -> Self {
        let header = &chart.question.header;
        let mut sheet = Self { body: String::new(), width, y: MARGIN };
        let room = width - 2.0 * MARGIN;
        for line in wrap(&header.summary, columns(room, TITLE), 3) {
            sheet.y += TITLE * LEADING;
            let y = sheet.y - TITLE * 0.4;
            let _ = writeln!(
                sheet.body,
                r#"<text x="{MARGIN}" y="{y:.1}" font-size="{TITLE}" font-weight="bold">{}</text>"#,
                escape(&line)
            );
        }
        let asked = LANGUAGES.iter().filter_map(|language| header.question.get(*language));
        for text in asked.map(String::as_str).chain([note]).filter(|text| !text.is_empty()) {
            for line in wrap(text, columns(room, FONT), 3) {
                sheet.y += FONT * 1.5;
                sheet.text(MARGIN, sheet.y, &line, Anchor::Start, GREY);
            }
        }
        sheet.y += MARGIN;
        sheet
    }

    /// A text with its base line at `y`.
    pub(super) fn text(&mut self, x: f64, y: f64, text: &str, anchor: Anchor, colour: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let _ = writeln!(
            self.body,
            r#"<text x="{x:.1}" y="{y:.1}" text-anchor="{anchor}" fill="{colour}">{}</text>"#,
            escape(text)
        );
    }

    /// Names in several languages on one line, the first in ink, the others in grey.
    pub(super) fn names(&mut self, x: f64, y: f64, names: &[String], anchor: Anchor) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let mut spans = String::new();
        for (index, name) in names.iter().enumerate() {
            let colour = if index == 0 { INK } else { GREY };
            let space = if index == 0 { "" } else { " " };
            let _ = write!(spans, r#"<tspan fill="{colour}">{space}{}</tspan>"#, escape(name));
        }
        let _ = writeln!(
            self.body,
            r#"<text x="{x:.1}" y="{y:.1}" text-anchor="{anchor}" xml:space="preserve">{spans}</text>"#
        );
    }

    /// Anything else, as SVG.
    pub(super) fn draw(&mut self, svg: &str) {
        self.body.push_str(svg);
        self.body.push('\n');
    }

    /// A line of samples, each with what it stands for and the width of its sample; broken where it is too long.
    pub(super) fn legend(&mut self, entries: &[(String, String)]) {
        const SAMPLE: f64 = 34.0;
        let mut x = MARGIN;
        for (sample, text) in entries {
            let width = SAMPLE + text_width(text, FONT) + MARGIN;
            if x > MARGIN && x + width > self.width - MARGIN {
                (x, self.y) = (MARGIN, self.y + 22.0);
            }
            let y = self.y;
            self.draw(&format!(r#"<g transform="translate({x:.1} {y:.1})">{sample}</g>"#));
            self.text(x + SAMPLE, y + FONT * 0.35, text, Anchor::Start, INK);
            x += width;
        }
        self.y += MARGIN;
    }

    /// The whole picture.
    pub(super) fn finish(self, title: &str) -> String {
        let (width, height) = (self.width, self.y + MARGIN / 2.0);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.1\" width=\"{width:.0}\" height=\"{height:.0}\" viewBox=\"0 0 {width:.0} {height:.0}\" font-family=\"{FONTS}\" font-size=\"{FONT}\" fill=\"{INK}\">\n<title>{}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n{}</svg>\n",
            escape(title),
            self.body
        )
    }
}

/// Width of names as [`Sheet::names`] writes them.
pub(super) fn names_width(names: &[String]) -> f64 {
    text_width(&names.join(" "), FONT)
}

/// A number as people write it: without a fraction where it has none.
pub(super) fn figure(number: f64) -> String {
    format!("{}", (number * 10.0).round() / 10.0)
}
