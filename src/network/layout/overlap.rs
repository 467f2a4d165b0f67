//! Pushes circles and labels apart until none covers another.

use super::Point;

/// The box that a circle with its label covers.
#[derive(Debug, Clone, Copy)]
pub struct Tile {
    /// Half its width.
    pub side: f64,
    /// Half its height.
    pub rise: f64,
    /// How far its middle lies below the middle of the circle.
    pub drop: f64,
}

/// Rounds of pushing before the whole is spread a little.
const PATIENCE: usize = 40;
/// How much it is spread.
const SPREAD: f64 = 1.05;
/// Spreading without end would mean points that coincide; they are pushed apart before that.
const MOST: usize = 4_000;
/// Points that are pushed in all rounds together: of networks beyond looking at, some are left on each other.
const PUSHED: usize = 1_000_000;
/// Pushed this much too far, so that rounding cannot leave a pair touching for ever.
const TOUCH: f64 = 0.01;

/// Moves points as little as needed, keeping their arrangement.
pub fn separate(points: &mut [Point], tiles: &[Tile]) {
    let mut middles: Vec<Point> = points.iter().zip(tiles).map(|(p, t)| (p.0, p.1 + t.drop)).collect();
    let most = (PUSHED / points.len().max(1)).clamp(1, MOST);
    for round in 1..=most {
        if !push(&mut middles, tiles) {
            break;
        }
        if round % PATIENCE == 0 {
            for (x, y) in &mut middles {
                (*x, *y) = (*x * SPREAD, *y * SPREAD);
            }
        }
    }
    for ((point, middle), tile) in points.iter_mut().zip(middles).zip(tiles) {
        *point = (middle.0, middle.1 - tile.drop);
    }
}

/// Pushes each overlapping pair apart the shorter way; says whether there was any.
fn push(middles: &mut [Point], tiles: &[Tile]) -> bool {
    let mut order: Vec<(f64, usize)> =
        middles.iter().zip(tiles).map(|(m, t)| m.0 - t.side).zip(0..).collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut found = false;
    for (rank, &(left, a)) in order.iter().enumerate() {
        // What moves during a round may leave the order; the next round sees what this one missed.
        let right = left + 2.0 * tiles[a].side;
        for &(_, b) in order[rank + 1..].iter().take_while(|next| next.0 < right) {
            let (dx, dy) = (middles[b].0 - middles[a].0, middles[b].1 - middles[a].1);
            let wide = tiles[a].side + tiles[b].side - dx.abs();
            let high = tiles[a].rise + tiles[b].rise - dy.abs();
            if wide <= 0.0 || high <= 0.0 {
                continue;
            }
            found = true;
            if wide < high {
                let move_by = (wide / 2.0 + TOUCH).copysign(dx);
                middles[a].0 -= move_by;
                middles[b].0 += move_by;
            } else {
                let move_by = (high / 2.0 + TOUCH).copysign(dy);
                middles[a].1 -= move_by;
                middles[b].1 += move_by;
            }
        }
    }
    found
}
