//! The page that `web/` builds, where it was built before this program.

use super::{Bundle, Shown};
use anyhow::{Result, bail};
use std::io::Write;

/// The page, or nothing where there was none when this program was built.
pub const PAGE: &str = include_str!(concat!(env!("OUT_DIR"), "/explorer.html"));
/// Whether there was one.
pub const IS_BUILT: bool = !PAGE.is_empty();

/// So many quotations are shown without a server, at most.
pub const MOST: usize = 30_000;

/// What to do where there was none.
pub const NOT_BUILT: &str = "this program was built without the explorer\n  help: `npm ci && npm run build` in `web/`, then build the program again";

/// Where a page finds its data; empty, it asks the server that it came from.
const PLACE: &str = r#"<script type="application/json" id="dictum-data">"#;

/// Writes the page with everything in it, for a browser without a server.
///
/// # Errors
/// When this program was built without the page, or writing fails.
pub fn write_file(shown: &Shown<'_>, mut out: impl Write) -> Result<()> {
    let Some((before, after)) = PAGE.split_once(PLACE) else { bail!(NOT_BUILT) };
    out.write_all(before.as_bytes())?;
    out.write_all(PLACE.as_bytes())?;
    out.write_all(within_markup(&serde_json::to_string(&Bundle::of(shown))?).as_bytes())?;
    Ok(out.write_all(after.as_bytes())?)
}

/// JSON that no browser takes for anything else: it has these only in strings, where they may be written so.
fn within_markup(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => safe.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_in_a_page_cannot_end_it() {
        let text = "a</script><!--&amp;\u{2028}\u{2029}😀\"\\";
        let json = serde_json::to_string(text).unwrap();
        let safe = within_markup(&json);
        assert!(!safe.contains(['<', '>', '&', '\u{2028}', '\u{2029}']));
        assert_eq!(serde_json::from_str::<String>(&safe).unwrap(), text);
    }
}
