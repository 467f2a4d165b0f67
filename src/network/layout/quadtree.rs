//! Repulsion among many points: far groups act as one (Barnes and Hut, 1986).

use super::Point;

/// A group is far when it is smaller than this part of its distance.
const OPENING: f64 = 1.0;
/// Points that share a square this many halvings deep are treated as one.
const DEEPEST: u32 = 32;

/// A square and the points in it.
struct Cell {
    middle: Point,
    half: f64,
    mass: f64,
    /// Sum of the positions, each times its mass.
    moment: Point,
    points: u32,
    /// Index of the first of its four quarters; 0 while it has none.
    quarters: usize,
}

/// Squares within squares, down to single points.
pub struct Quadtree(Vec<Cell>);

impl Quadtree {
    /// Sorts points into squares.
    pub fn new(points: &[Point], masses: &[f64]) -> Self {
        let half = points.iter().fold(1.0, |most: f64, p| most.max(p.0.abs()).max(p.1.abs()));
        let mut tree = Quadtree(vec![Cell::new((0.0, 0.0), half)]);
        for (&point, &mass) in points.iter().zip(masses) {
            tree.insert(point, mass);
        }
        tree
    }

    fn insert(&mut self, point: Point, mass: f64) {
        let mut at = 0;
        for _ in 0..DEEPEST {
            let cell = &self.0[at];
            if cell.points == 0 {
                break;
            }
            if cell.quarters == 0 {
                self.divide(at);
            }
            self.0[at].add(point, mass);
            at = self.0[at].quarter_of(point);
        }
        self.0[at].add(point, mass);
    }

    /// Gives a square its quarters, and what it holds to the right one.
    fn divide(&mut self, at: usize) {
        let first = self.0.len();
        let Cell { middle: (x, y), half, mass, moment, .. } = self.0[at];
        let h = half / 2.0;
        for (dx, dy) in [(-h, -h), (h, -h), (-h, h), (h, h)] {
            self.0.push(Cell::new((x + dx, y + dy), h));
        }
        self.0[at].quarters = first;
        let held = (moment.0 / mass, moment.1 / mass);
        let quarter = self.0[at].quarter_of(held);
        self.0[quarter].add(held, mass);
    }

    /// Sum over all other points of mass over distance, pointing away from them.
    pub fn push(&self, point: Point, stack: &mut Vec<usize>) -> Point {
        let mut force = (0.0, 0.0);
        stack.push(0);
        while let Some(at) = stack.pop() {
            let cell = &self.0[at];
            if cell.points == 0 {
                continue;
            }
            let dx = point.0 - cell.moment.0 / cell.mass;
            let dy = point.1 - cell.moment.1 / cell.mass;
            let square = dx * dx + dy * dy;
            let size = 2.0 * cell.half;
            if cell.quarters != 0 && size * size > OPENING * OPENING * square {
                stack.extend(cell.quarters..cell.quarters + 4);
            } else if square > 0.0 {
                force.0 += cell.mass * dx / square;
                force.1 += cell.mass * dy / square;
            }
        }
        force
    }
}

impl Cell {
    fn new(middle: Point, half: f64) -> Self {
        Cell { middle, half, mass: 0.0, moment: (0.0, 0.0), points: 0, quarters: 0 }
    }

    fn add(&mut self, point: Point, mass: f64) {
        self.mass += mass;
        self.moment = (self.moment.0 + mass * point.0, self.moment.1 + mass * point.1);
        self.points += 1;
    }

    fn quarter_of(&self, point: Point) -> usize {
        self.quarters + usize::from(point.0 > self.middle.0) + 2 * usize::from(point.1 > self.middle.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_push_of_a_tree_is_near_the_exact_one() {
        let points: Vec<Point> =
            (0..400).map(|i| (f64::from(i * 37 % 101), f64::from(i * 53 % 89))).collect();
        let masses: Vec<f64> = (0..400).map(|i| f64::from(1 + i % 5)).collect();
        let tree = Quadtree::new(&points, &masses);
        for &(x, y) in &points {
            let mut exact = (0.0, 0.0);
            for (p, mass) in points.iter().zip(&masses) {
                let (dx, dy) = (x - p.0, y - p.1);
                let square = dx * dx + dy * dy;
                if square > 0.0 {
                    exact = (exact.0 + mass * dx / square, exact.1 + mass * dy / square);
                }
            }
            let near = tree.push((x, y), &mut Vec::new());
            assert!((near.0 - exact.0).abs() < 3.0 && (near.1 - exact.1).abs() < 3.0);
        }
    }

    #[test]
    fn coincident_points_end_the_division() {
        let tree = Quadtree::new(&[(1.0, 1.0); 5], &[1.0; 5]);
        assert_eq!(tree.push((1.0, 1.0), &mut Vec::new()), (0.0, 0.0));
        let far = tree.push((2.0, 1.0), &mut Vec::new());
        assert!((far.0 - 5.0).abs() < 1e-9);
    }
}
