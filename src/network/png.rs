//! The picture as pixels, for slides and papers that take no SVG.
//!
//! In: a [`Network`] whose nodes have been placed. Out: PNG of the same picture. Letters are drawn with the fonts of
//! this machine, so that the bytes differ from one machine to another; those of the SVG do not.

use super::Network;
use super::svg::{FONTS, write_svg};
use anyhow::{Context as _, Result, bail};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{Database, FaceInfo, Family, Weight};
use resvg::usvg::{FontResolver, Group, Node, Options, Tree};
use std::collections::BTreeSet;
use std::io::Write;
use std::sync::{Arc, LazyLock, Once};

/// Width in pixels.
pub const WIDTH: u16 = 1600;

/// Those of this machine; the ones that pictures name come first, so that what one lacks is looked for in the next.
static MACHINE: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut all = Database::new();
    all.load_system_fonts();
    let named: Vec<&str> = FONTS.split(',').map(|name| name.trim_matches('\'')).collect();
    let rank = |face: &FaceInfo| {
        let known = |family: &str| named.iter().position(|name| *name == family).unwrap_or(named.len());
        face.families.iter().map(|(family, _)| known(family)).min()
    };
    let mut faces: Vec<FaceInfo> = all.faces().cloned().collect();
    // The first that has a letter is taken, whatever its weight.
    let heavy = |face: &FaceInfo| face.weight.0.abs_diff(Weight::NORMAL.0);
    faces.sort_by_cached_key(|face| (rank(face), heavy(face), face.post_script_name.clone()));
    let mut fonts = Database::new();
    for face in faces {
        fonts.push_face_info(face);
    }
    fonts.set_sans_serif_family(all.family_name(&Family::SansSerif));
    Arc::new(fonts)
});

/// Whether this machine has any font to draw letters with.
#[must_use]
pub fn has_fonts() -> bool {
    !MACHINE.is_empty()
}

/// Writes a network as PNG; letters that no font of this machine has are left out, and told.
///
/// # Errors
/// When there is no font at all, the picture is too large to hold, or `out` fails.
pub fn write_png(network: &Network, out: &mut impl Write) -> Result<()> {
    if !network.can_be_seen() {
        bail!(
            "{} links are too many for a picture in pixels\n  help: take the SVG, or a part with --around",
            network.graph.edge_count()
        );
    }
    let mut svg = Vec::new();
    write_svg(network, &mut svg)?;
    write_pixels(&String::from_utf8(svg)?, out)
}

/// The same for any SVG.
///
/// # Errors
/// As [`write_png`].
pub fn write_pixels(svg: &str, out: &mut impl Write) -> Result<()> {
    if !has_fonts() {
        bail!(
            "this machine has no font to draw letters with\n  help: install one, as fonts-noto-cjk, or take the SVG"
        );
    }
    let options = Options { fontdb: MACHINE.clone(), font_resolver: any_font(), ..Options::default() };
    let tree = Tree::from_str(svg, &options).context("the picture cannot be drawn")?;
    let scale = f32::from(WIDTH) / tree.size().width();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "pixels, checked by the allocation"
    )]
    let height = (tree.size().height() * scale).ceil() as u32;
    let mut pixels =
        Pixmap::new(WIDTH.into(), height).context("the picture is too large to be drawn in pixels")?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    out.write_all(&pixels.encode_png()?)?;
    let mut missing = BTreeSet::new();
    collect_missing(tree.root(), &mut missing);
    tell_missing(&missing);
    Ok(())
}

/// Says once that pictures are not whole.
fn tell_missing(letters: &BTreeSet<char>) {
    static TOLD: Once = Once::new();
    if let Some(letter) = letters.first() {
        TOLD.call_once(|| {
            let many = letters.len();
            eprintln!(
                "note: no font of this machine has `{letter}` or others of {many} letters, which are left out of the PNG; install one that has them, as fonts-noto-cjk, or take the SVG"
            );
        });
    }
}

/// The fonts that the picture asks for, and any other where there is none of these.
fn any_font() -> FontResolver<'static> {
    let wanted = FontResolver::default_font_selector();
    let select_font = Box::new(move |font: &_, fonts: &mut Arc<Database>| {
        wanted(font, fonts).or_else(|| Some(fonts.faces().next()?.id))
    });
    FontResolver { select_font, select_fallback: FontResolver::default_fallback_selector() }
}

fn collect_missing(group: &Group, missing: &mut BTreeSet<char>) {
    for node in group.children() {
        match node {
            Node::Group(group) => collect_missing(group, missing),
            Node::Text(text) => {
                let glyphs = text.layouted().iter().flat_map(|span| &span.positioned_glyphs);
                missing.extend(glyphs.filter(|glyph| glyph.id.0 == 0).flat_map(|glyph| glyph.text.chars()));
            }
            _ => {}
        }
    }
}
