//! How far coders agree, and how sure a share is. What is undefined is `None`, never 1.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};
use std::collections::BTreeMap;

/// What one unit was coded as, a value for each coder; `None` where a coder did not decide.
pub type Unit<'a> = Vec<Option<&'a str>>;

/// Samples from which an interval is made.
const SAMPLES: usize = 2000;
/// Always the same, so that the same data give the same interval.
const SEED: u64 = 0;
/// The normal deviate of a two-sided 95 % interval.
const Z: f64 = 1.959_963_984_540_054;

/// Krippendorff's alpha for nominal data: 1 − observed over expected disagreement. Units that fewer
/// than two coders decided count for nothing; with one value throughout it is undefined. After Klaus
/// Krippendorff, Computing Krippendorff's Alpha-Reliability (2011).
#[must_use]
pub fn alpha(units: &[Unit<'_>]) -> Option<f64> {
    let (mut totals, mut pairable, mut disagreement) = (BTreeMap::<&str, f64>::new(), 0.0, 0.0);
    for unit in units {
        let counts = counts(unit);
        let m: f64 = counts.values().sum();
        if m < 2.0 {
            continue;
        }
        pairable += m;
        // Of the ordered pairs of this unit those that differ, each unit weighing as much as it has values.
        let same: f64 = counts.values().map(|count| count * (count - 1.0)).sum();
        disagreement += (m * (m - 1.0) - same) / (m - 1.0);
        for (value, count) in counts {
            *totals.entry(value).or_default() += count;
        }
    }
    let same: f64 = totals.values().map(|count| count * (count - 1.0)).sum();
    let expected = pairable * (pairable - 1.0) - same;
    (pairable > 0.0 && expected > 0.0).then(|| 1.0 - (pairable - 1.0) * disagreement / expected)
}

/// The share of pairs of decisions on the same unit that are alike.
#[must_use]
pub fn observed(units: &[Unit<'_>]) -> Option<f64> {
    let (mut alike, mut all) = (0.0, 0.0);
    for unit in units {
        let counts = counts(unit);
        let m: f64 = counts.values().sum();
        if m >= 2.0 {
            alike += counts.values().map(|count| count * (count - 1.0)).sum::<f64>() / (m - 1.0);
            all += m;
        }
    }
    (all > 0.0).then(|| alike / all)
}

/// Cohen's kappa of two coders over the units that both decided: how far their agreement exceeds what
/// their own habits would give by chance. Undefined where chance alone would make them agree always.
/// After Jacob Cohen, A Coefficient of Agreement for Nominal Scales (1960).
#[must_use]
pub fn kappa(units: &[Unit<'_>], a: usize, b: usize) -> Option<f64> {
    let pairs: Vec<(&str, &str)> = units.iter().filter_map(|unit| Some((unit[a]?, unit[b]?))).collect();
    let n = float(pairs.len());
    let share =
        |choose: &dyn Fn(&(&str, &str)) -> bool| float(pairs.iter().filter(|pair| choose(pair)).count()) / n;
    let mut values: Vec<&str> = pairs.iter().flat_map(|(a, b)| [*a, *b]).collect();
    values.sort_unstable();
    values.dedup();
    let agreed = share(&|(a, b)| a == b);
    let chance: f64 =
        values.iter().map(|value| share(&|(a, _)| a == value) * share(&|(_, b)| b == value)).sum();
    (!pairs.is_empty() && values.len() > 1 && chance < 1.0).then(|| (agreed - chance) / (1.0 - chance))
}

/// The 95 % interval of a share by Wilson's score, after Edwin B. Wilson (1927): it stays within 0 and
/// 1 and is never of no width.
#[must_use]
pub fn wilson(part: usize, whole: usize) -> Option<(f64, f64)> {
    let (n, p) = (float(whole), float(part) / float(whole));
    let middle = p + Z * Z / (2.0 * n);
    let reach = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    let ends = [middle - reach, middle + reach].map(|end| (end / (1.0 + Z * Z / n)).clamp(0.0, 1.0));
    (whole > 0).then_some((ends[0], ends[1]))
}

/// The 95 % interval of a figure over units, by drawing as many of them again with replacement
/// (percentile bootstrap); draws for which the figure is undefined are left out.
pub fn bootstrap<T>(units: &[T], figure: impl Fn(&[&T]) -> Option<f64>) -> Option<(f64, f64)> {
    if units.is_empty() {
        return None;
    }
    let mut random = ChaCha8Rng::seed_from_u64(SEED);
    let mut draw = || {
        let index = random.next_u64() % u64::try_from(units.len()).unwrap_or(u64::MAX);
        &units[usize::try_from(index).unwrap_or_default()]
    };
    let mut found: Vec<f64> =
        (0..SAMPLES).filter_map(|_| figure(&(0..units.len()).map(|_| draw()).collect::<Vec<_>>())).collect();
    found.sort_by(f64::total_cmp);
    let last = found.len().checked_sub(1)?;
    Some((found[last * 25 / 1000], found[last - last * 25 / 1000]))
}

fn counts<'a>(unit: &Unit<'a>) -> BTreeMap<&'a str, f64> {
    let mut counts = BTreeMap::new();
    for value in unit.iter().flatten() {
        *counts.entry(*value).or_default() += 1.0;
    }
    counts
}

#[expect(clippy::cast_precision_loss, reason = "counts of units stay far below 2^52")]
pub(super) fn float(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A row for each coder, a letter for each unit; a dot where there is none.
    fn units(coders: &[&'static str]) -> Vec<Unit<'static>> {
        let length = coders[0].len();
        let value =
            |coder: &&'static str, unit: usize| Some(&coder[unit..=unit]).filter(|value| *value != ".");
        (0..length).map(|unit| coders.iter().map(|coder| value(coder, unit)).collect()).collect()
    }

    fn near(found: Option<f64>, published: f64) {
        let found = found.expect("a figure");
        assert!((found - published).abs() < 0.0006, "{found} is not {published}");
    }

    /// Krippendorff (2011), sections A, B and C.
    #[test]
    fn alpha_is_as_published() {
        near(alpha(&units(&["0100000010", "1110010000"])), 0.095);
        near(alpha(&units(&["aabbdcccedda", "babbbccceddd"])), 0.692);
        let missing = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."];
        near(alpha(&units(&missing)), 0.743);
    }

    /// Cohen's worked example as every textbook has it: 20 and 15 alike, 5 and 10 not.
    #[test]
    fn kappa_is_as_published() {
        let row =
            |pairs: &[(char, usize)]| pairs.iter().map(|(c, n)| c.to_string().repeat(*n)).collect::<String>();
        let a: &'static str = row(&[('y', 25), ('n', 25)]).leak();
        let b: &'static str = row(&[('y', 20), ('n', 5), ('y', 10), ('n', 15)]).leak();
        near(kappa(&units(&[a, b]), 0, 1), 0.4);
        near(observed(&units(&[a, b])), 0.7);
    }

    #[test]
    fn what_is_undefined_is_not_one() {
        assert_eq!(alpha(&units(&["aaaa", "aaaa"])), None, "one value throughout");
        assert_eq!(alpha(&units(&["ab..", "..ab"])), None, "no unit has two values");
        assert_eq!(kappa(&units(&["aaaa", "aaaa"]), 0, 1), None);
        assert_eq!(kappa(&units(&["ab..", "..ab"]), 0, 1), None);
        assert_eq!(observed(&units(&["ab..", "..ab"])), None);
        assert_eq!(wilson(0, 0), None);
        assert_eq!(bootstrap::<u8>(&[], |_| Some(1.0)), None);
    }

    /// Newcombe (1998), table I: 81 of 263, and 15 of 148.
    #[test]
    fn intervals_are_as_published() {
        for (part, whole, low, high) in
            [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611)]
        {
            let (found_low, found_high) = wilson(part, whole).expect("an interval");
            near(Some(found_low), low);
            near(Some(found_high), high);
        }
        let ones = [1.0, 1.0, 1.0];
        assert_eq!(bootstrap(&ones, |drawn| Some(**drawn.first()?)), Some((1.0, 1.0)));
    }
}
