//! A picture that needs nothing but a browser.
//!
//! In: a [`Network`] whose nodes have been placed. Out: SVG 1.1 with tooltips and a legend, the
//! same bytes for the same network.

mod edges;
mod labels;

use super::Network;
use super::label::{FONT, LEADING, columns, counts, node_note, text_width, unit, wrap};
use super::style::{Line, Style};
use super::xml::{escape, token};
use edges::{dashes, write_edges};
use labels::{Placed, place};
use petgraph::visit::IntoNodeReferences;
use std::io::{Result, Write};

/// Fonts by the names they have on Linux, Windows and macOS: first for Latin letters, of which those with Chinese
/// lack many, then these.
pub const FONTS: &str = "'Noto Sans','Helvetica Neue',Arial,'DejaVu Sans','Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',sans-serif";
/// Text, and text of second rank.
const INK: &str = "#222222";
const GREY: &str = "#666666";
/// Font size of the caption.
const TITLE_FONT: f64 = 18.0;
/// Free space around the picture.
const MARGIN: f64 = 24.0;
/// No picture is narrower, so that its caption and legend fit.
const NARROWEST: f64 = 640.0;
/// The width at which a picture is looked at.
const WIDE: f64 = 1600.0;
/// Height of a row of the legend, and the width of what stands before its text.
const ROW: f64 = 24.0;
const SAMPLE: f64 = 36.0;

/// A place in the picture, y growing downwards.
type Point = (f64, f64);

/// Writes a network as SVG.
///
/// # Errors
/// Only those of `out`.
pub fn write_svg(network: &Network, out: &mut impl Write) -> Result<()> {
    let style = Style::of(network);
    let scale = if style.crowded { (span(network) / WIDE).max(1.0) } else { 1.0 };
    let labels = place(network, &style, scale);
    let (low, high) = bounds(network, &style, &labels);
    let width = (high.0 - low.0 + 2.0 * MARGIN).max(NARROWEST);
    // Caption and legend keep their size when a large picture is shown at a usual width.
    let zoom = (width / WIDE).max(1.0);
    let mut legend = Vec::new();
    let legend_height = write_legend(&style, width / zoom, &mut legend)?;
    let title = wrap(&network.title, columns(width / zoom - 2.0 * MARGIN, TITLE_FONT), 3);
    #[expect(clippy::cast_precision_loss, reason = "at most three")]
    let caption = title.len() as f64 * TITLE_FONT * LEADING + 2.0 * FONT;
    let head = zoom * (MARGIN + caption + MARGIN);
    let foot = head + high.1 - low.1 + MARGIN;
    let height = foot + zoom * (legend_height + MARGIN);
    writeln!(
        out,
        r#"<svg xmlns="http://www.w3.org/2000/svg" version="1.1" width="{width:.0}" height="{height:.0}" viewBox="0 0 {width:.0} {height:.0}" font-family="{FONTS}" font-size="{FONT}" fill="{INK}">"#
    )?;
    write_caption(network, &title, zoom, out)?;
    let (dx, dy) = ((width - high.0 - low.0) / 2.0, head - low.1);
    writeln!(out, r#"<g transform="translate({dx:.1} {dy:.1})">"#)?;
    write_edges(network, &style, out)?;
    write_nodes(network, &style, out)?;
    write_labels(&labels, scale, out)?;
    let left = zoom * MARGIN;
    writeln!(out, "</g>\n<g transform=\"translate({left:.1} {foot:.1}) scale({zoom:.3})\">")?;
    out.write_all(&legend)?;
    writeln!(out, "</g>\n</svg>")
}

/// The width taken by the middles of the nodes.
fn span(network: &Network) -> f64 {
    let xs = || network.graph.node_weights().map(|node| node.x);
    xs().fold(f64::NEG_INFINITY, f64::max) - xs().fold(f64::INFINITY, f64::min)
}

/// The corners of all circles and labels.
fn bounds(network: &Network, style: &Style, labels: &[Option<Placed>]) -> (Point, Point) {
    let circles = network.graph.node_weights().map(|node| {
        let radius = style.radius(node);
        ((node.x - radius, node.y - radius), (node.x + radius, node.y + radius))
    });
    let areas = labels.iter().flatten().map(|placed| placed.area);
    circles
        .chain(areas)
        .reduce(|(low, high), (a, b)| ((low.0.min(a.0), low.1.min(a.1)), (high.0.max(b.0), high.1.max(b.1))))
        .unwrap_or_default()
}

fn write_caption(network: &Network, title: &[String], zoom: f64, out: &mut impl Write) -> Result<()> {
    writeln!(out, "<title>{}</title>", escape(&network.title))?;
    writeln!(out, r##"<rect width="100%" height="100%" fill="#ffffff"/>"##)?;
    writeln!(out, r#"<g transform="scale({zoom:.3})">"#)?;
    let mut y = MARGIN - TITLE_FONT * 0.4;
    for line in title {
        y += TITLE_FONT * LEADING;
        let line = escape(line);
        writeln!(
            out,
            r#"<text x="{MARGIN}" y="{y:.1}" font-size="{TITLE_FONT}" font-weight="bold">{line}</text>"#
        )?;
    }
    y += 2.0 * FONT;
    let counts = counts(network);
    let lines = if network.can_be_seen() { ", lines with weight" } else { "" };
    writeln!(
        out,
        r#"<text x="{MARGIN}" y="{y:.1}" fill="{GREY}">{counts}. Circles grow with {}s{lines}.</text>"#,
        unit(network)
    )?;
    writeln!(out, "</g>")
}

fn write_nodes(network: &Network, style: &Style, out: &mut impl Write) -> Result<()> {
    writeln!(out, r##"<g class="nodes" stroke="#ffffff">"##)?;
    let unit = unit(network);
    for (index, node) in network.graph.node_references() {
        let links = network.graph.neighbors_undirected(index).count();
        writeln!(
            out,
            r#"<circle id="{}" class="node {}" cx="{:.1}" cy="{:.1}" r="{:.1}" fill="{}"><title>{}</title></circle>"#,
            token(&node.id),
            token(&node.kind),
            node.x,
            node.y,
            style.radius(node),
            style.colour(node),
            escape(&node_note(node, links, unit)),
        )?;
    }
    writeln!(out, "</g>")
}

fn write_labels(labels: &[Option<Placed>], scale: f64, out: &mut impl Write) -> Result<()> {
    writeln!(
        out,
        r##"<g class="labels" font-size="{:.1}" stroke="#ffffff" stroke-width="{:.1}" stroke-linejoin="round" paint-order="stroke" pointer-events="none">"##,
        FONT * scale,
        4.0 * scale
    )?;
    for placed in labels.iter().flatten() {
        let Placed { label, anchor, x, area } = placed;
        let mut y = area.0.1;
        for (i, (language, text)) in label.0.iter().enumerate() {
            let font = label.font(i) * scale;
            let second = format!(r#" font-size="{font:.1}" fill="{GREY}""#);
            let small = if label.font(i) < FONT { second.as_str() } else { "" };
            let tag = format!(r#" xml:lang="{}""#, escape(language));
            let tag = if language.is_empty() { "" } else { tag.as_str() };
            let baseline = y + font;
            let text = escape(text);
            writeln!(
                out,
                r#"<text x="{x:.1}" y="{baseline:.1}" text-anchor="{anchor}"{small}{tag}>{text}</text>"#
            )?;
            y += font * LEADING;
        }
    }
    writeln!(out, "</g>")
}

/// Writes kinds of nodes, then kinds of edges, in rows; gives their height.
fn write_legend(style: &Style, width: f64, out: &mut impl Write) -> Result<f64> {
    let nodes = style.nodes.values().map(|kind| {
        let dot = format!(r#"<circle cx="{}" r="7" fill="{}"/>"#, SAMPLE / 2.0, kind.look);
        (dot, &kind.name, kind.count)
    });
    let edges = style.edges.values().map(|kind| {
        let Line { colour, dash } = kind.look;
        let line = format!(
            r#"<path d="M4 0H{}" stroke="{colour}" stroke-width="3" stroke-linecap="round"{}/>"#,
            SAMPLE - 8.0,
            dashes(dash)
        );
        (line, &kind.name, kind.count)
    });
    let mut y = ROW / 2.0;
    for entries in [nodes.collect::<Vec<_>>(), edges.collect()] {
        let mut x = 0.0;
        for (sample, name, count) in entries {
            let text = format!("{name} ({count})");
            let taken = SAMPLE + text_width(&text, FONT) + MARGIN;
            if x > 0.0 && x + taken > width - MARGIN {
                (x, y) = (0.0, y + ROW);
            }
            writeln!(
                out,
                r#"<g transform="translate({x:.1} {y:.1})">{sample}<text x="{SAMPLE}" dy="0.35em">{}</text></g>"#,
                escape(&text)
            )?;
            x += taken;
        }
        y += ROW;
    }
    Ok(y - ROW / 2.0)
}

#[cfg(test)]
mod tests {
    use super::super::{layout, sample};
    use super::*;

    fn svg(network: &Network) -> String {
        let mut out = Vec::new();
        write_svg(network, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn hostile_names_are_drawn_and_curves_part_parallel_edges() {
        assert_eq!(svg(&sample::hostile()), EXPECTED);
    }

    #[test]
    fn no_label_of_a_star_covers_another_or_a_circle() {
        let mut network = sample::star(30);
        layout::arrange(&mut network);
        let style = Style::of(&network);
        let placed: Vec<Placed> = place(&network, &style, 1.0).into_iter().flatten().collect();
        assert_eq!(placed.len(), 61);
        let apart = |a: (Point, Point), b: (Point, Point)| {
            a.1.0 <= b.0.0 || b.1.0 <= a.0.0 || a.1.1 <= b.0.1 || b.1.1 <= a.0.1
        };
        for (i, one) in placed.iter().enumerate() {
            for other in &placed[..i] {
                assert!(apart(one.area, other.area), "{one:?} covers {other:?}");
            }
        }
    }

    #[test]
    fn an_empty_network_is_a_page_with_its_title() {
        let network = Network {
            name: "none".into(),
            title: "Nothing".into(),
            directed: true,
            removed: 0,
            summary: crate::network::measure::Summary::default(),
            graph: petgraph::graph::DiGraph::new(),
        };
        assert!(svg(&network).contains("0 nodes, 0 links"));
    }

    const EXPECTED: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" version="1.1" width="640" height="348" viewBox="0 0 640 348" font-family="'Noto Sans','Helvetica Neue',Arial,'DejaVu Sans','Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',sans-serif" font-size="13" fill="#222222">
<title>A &quot;test&quot; &lt;of&gt; &amp; names</title>
<rect width="100%" height="100%" fill="#ffffff"/>
<g transform="scale(1.000)">
<text x="24" y="38.4" font-size="18" font-weight="bold">A &quot;test&quot; &lt;of&gt; &amp; names</text>
<text x="24" y="64.4" fill="#666666">3 nodes, 3 links. Circles grow with quotations, lines with weight.</text>
</g>
<g transform="translate(327.1 110.0)">
<g class="edges" fill="none" stroke-linecap="round" stroke-opacity="0.75" fill-opacity="0.75">
<g id="person:a_20b--quotes--person:a_20b" class="edge quotes"><title>&quot; \N &lt;/script&gt; &amp; ]]&gt; → &quot; \N &lt;/script&gt; &amp; ]]&gt;&#10;quotes, 1 quotation, 1 event</title><path d="M0.0 0.0C-26.0 -52.0 26.0 -52.0 0.0 0.0" stroke="#999933" stroke-width="1.40"/></g>
<g id="person:a_20b--phone-call--place:de" class="edge phone-call"><title>&quot; \N &lt;/script&gt; &amp; ]]&gt; → Germany&#10;phone call, 2 quotations, 1 event&#10;2020-03 to 2020-03-25</title><path d="M9.9 1.5Q66.2 10.2 106.6 40.1" stroke="#332288" stroke-width="1.98"/><path d="M112.2 44.3L104.6 42.9L108.7 37.3z" fill="#332288"/></g>
<g id="place:de--letter--person:a_20b" class="edge letter"><title>Germany → &quot; \N &lt;/script&gt; &amp; ]]&gt;&#10;letter, 1 quotation, 1 event&#10;2020-03 to 2020-03-25</title><path d="M111.4 48.7Q53.8 39.8 13.8 10.2" stroke="#cc6677" stroke-width="1.40"/><path d="M8.8 6.5L15.6 7.7L11.9 12.6z" fill="#cc6677"/></g>
</g>
<g class="nodes" stroke="#ffffff">
<circle id="person:a_20b" class="node person" cx="0.0" cy="0.0" r="10.0" fill="#e69f00"><title>&quot; \N &lt;/script&gt; &amp; ]]&gt;&#10;默克&#10;尔&#9;&#10;person&#10;4 quotations, 3 links</title></circle>
<circle id="place:de" class="node place" cx="120.0" cy="50.0" r="8.7" fill="#0072b2"><title>ألمانيا&#10;Germany&#10;place&#10;3 quotations, 2 links</title></circle>
<circle id="theme:_F0_9F_98_80" class="node theme" cx="20.0" cy="120.5" r="4.0" fill="#009e73"><title>😀&#10;theme&#10;0 quotations, 0 links</title></circle>
</g>
<g class="labels" font-size="13.0" stroke="#ffffff" stroke-width="4.0" stroke-linejoin="round" paint-order="stroke" pointer-events="none">
<text x="-14.0" y="-1.4" text-anchor="end" xml:lang="en">&quot; \N &lt;/script&gt; &amp; ]]&gt;</text>
<text x="-14.0" y="12.2" text-anchor="end" font-size="11.0" fill="#666666" xml:lang="zh">默 克 尔</text>
<text x="120.0" y="73.7" text-anchor="middle" xml:lang="en">Germany</text>
<text x="120.0" y="87.3" text-anchor="middle" font-size="11.0" fill="#666666" xml:lang="ar">ألمانيا</text>
<text x="20.0" y="139.5" text-anchor="middle">😀</text>
</g>
</g>
<g transform="translate(24.0 276.1) scale(1.000)">
<g transform="translate(0.0 12.0)"><circle cx="18" r="7" fill="#e69f00"/><text x="36" dy="0.35em">person (1)</text></g>
<g transform="translate(132.8 12.0)"><circle cx="18" r="7" fill="#0072b2"/><text x="36" dy="0.35em">place (1)</text></g>
<g transform="translate(258.3 12.0)"><circle cx="18" r="7" fill="#009e73"/><text x="36" dy="0.35em">theme (1)</text></g>
<g transform="translate(0.0 36.0)"><path d="M4 0H28" stroke="#cc6677" stroke-width="3" stroke-linecap="round"/><text x="36" dy="0.35em">letter (1)</text></g>
<g transform="translate(132.8 36.0)"><path d="M4 0H28" stroke="#332288" stroke-width="3" stroke-linecap="round"/><text x="36" dy="0.35em">phone call (1)</text></g>
<g transform="translate(294.7 36.0)"><path d="M4 0H28" stroke="#999933" stroke-width="3" stroke-linecap="round"/><text x="36" dy="0.35em">quotes (1)</text></g>
</g>
</svg>
"##;
}
