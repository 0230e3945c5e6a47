//! Guides are parted among machines by how long their replays take.

use super::{Found, Lock, MAX_LOCK, Plan, lock_path};
use crate::cli::args::Refresh;
use crate::guide;
use crate::source::World;

/// Seconds that a step takes where nothing is known of the guide.
const STEP: f64 = 1.7;

/// The guides of the part that is asked for, in their order.
pub(super) fn own(args: &Refresh, found: Vec<Found>) -> Vec<Found> {
    let Some((at, of)) = args.shard else { return found };
    let weights: Vec<(f64, String)> =
        found.iter().map(|one| (seconds(one), one.2.as_str().to_owned())).collect();
    let parts = parted(&weights, of);
    let own = found.into_iter().zip(parts).filter(|(_, part)| part + 1 == at);
    own.map(|(found, _)| found).collect()
}

/// How long a replay of a guide takes: as long as the last one, else by its steps.
fn seconds((target, _, path): &Found) -> f64 {
    let bytes = target.world.read(&lock_path(path), MAX_LOCK).ok();
    let known = bytes.and_then(|bytes| Lock::read(&String::from_utf8(bytes).ok()?).seconds());
    let by_steps = || {
        let source = guide::read(&target.world, path).ok();
        let plan = source.map(|source| Plan::new(&guide::parse(&source).guide, &source, None));
        plan.map_or(0.0, |plan| plan.steps.iter().map(|_| STEP).sum())
    };
    known.unwrap_or_else(by_steps).max(0.1)
}

/// The part of each guide, from 0: the longest first, each to the part that has least to do.
fn parted(weights: &[(f64, String)], count: usize) -> Vec<usize> {
    let mut order: Vec<(usize, &(f64, String))> = weights.iter().enumerate().collect();
    order.sort_by(|(_, one), (_, other)| other.0.total_cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
    let mut loads = vec![0.0; count];
    let mut parts = vec![0; weights.len()];
    for (at, (weight, _)) in order {
        let least = loads.iter().enumerate().min_by(|(_, one), (_, other)| f64::total_cmp(one, other));
        let part = least.map_or(0, |(part, _)| part);
        loads.iter_mut().skip(part).take(1).for_each(|load| *load += weight);
        parts.iter_mut().skip(at).take(1).for_each(|own| *own = part);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_take_as_long_as_each_other_whatever_the_order() {
        let guides = [(60.0, "a"), (10.0, "b"), (20.0, "c"), (30.0, "d")];
        let weights = guides.map(|(seconds, path)| (seconds, path.to_owned()));
        assert_eq!(parted(&weights, 2), [0, 1, 1, 1]);
        let mut turned = weights.to_vec();
        turned.reverse();
        assert_eq!(parted(&turned, 2), [1, 1, 1, 0]);
        assert_eq!(parted(&weights, 9).len(), 4);
        assert_eq!(parted(&[], 3), Vec::<usize>::new());
    }
}
