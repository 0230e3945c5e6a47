//! Pictures of few colours, as small PNG files.

use super::Canvas;
use std::collections::HashMap;

/// Colours of a palette: as many as fit, then fewer.
const COLORS: [usize; 3] = [256, 96, 32];

/// The canvas as an opaque PNG file of few colours; those that fill areas stay exact. A photo gets fewer, so
/// that it stays near `wanted` bytes.
pub fn png(canvas: &Canvas, wanted: usize) -> Option<Vec<u8>> {
    let counts = count(canvas);
    let mut smallest = None;
    for most in COLORS {
        let bytes = indexed(canvas, &boxes(counts.clone(), most))?;
        let fits = bytes.len() <= wanted;
        smallest = Some(bytes);
        if fits {
            break;
        }
    }
    smallest
}

/// The canvas with one colour for each group of colours.
fn indexed(canvas: &Canvas, boxes: &[Vec<Count>]) -> Option<Vec<u8>> {
    let palette: Vec<[u8; 3]> = boxes.iter().filter_map(|colors| commonest(colors)).collect();
    let groups = boxes.iter().zip(0u8..=255);
    let near: HashMap<[u8; 3], u8> =
        groups.flat_map(|(colors, index)| colors.iter().map(move |(color, _)| (*color, index))).collect();
    let mut indices = Vec::with_capacity(canvas.whole().pixels());
    for (color, length) in runs(canvas) {
        let index = near.get(&color).copied().unwrap_or_default();
        indices.resize(indices.len() + length as usize, index);
    }
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, canvas.width(), canvas.height());
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette.concat());
    encoder.set_compression(png::Compression::High);
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(&indices).ok()?;
    writer.finish().ok()?;
    Some(bytes)
}

type Count = ([u8; 3], u32);

/// The colours in reading order, each with the number of times it follows itself: most of a screenshot is
/// flat.
fn runs(canvas: &Canvas) -> Vec<Count> {
    let mut runs: Vec<Count> = Vec::new();
    let mut rest = canvas.pixels();
    while let Some((first, _)) = rest.split_first_chunk::<4>() {
        let length = rest.chunks_exact(4).take_while(|pixel| *pixel == first).count();
        let [red, green, blue, _] = *first;
        runs.push(([red, green, blue], length as u32));
        rest = rest.get(length * 4..).unwrap_or_default();
    }
    runs
}

/// Sorted by colour, so that nothing depends on the order of a map.
fn count(canvas: &Canvas) -> Vec<Count> {
    let mut counts = HashMap::<[u8; 3], u32>::new();
    for (color, length) in runs(canvas) {
        *counts.entry(color).or_default() += length;
    }
    let mut counts: Vec<Count> = counts.into_iter().collect();
    counts.sort_unstable();
    counts
}

/// Colours in at most so many groups, by cutting the group that holds most at its middle (median cut).
fn boxes(all: Vec<Count>, most: usize) -> Vec<Vec<Count>> {
    let mut open = vec![(weight(&all), all)];
    while open.len() < most {
        let worst = open.iter().enumerate().filter(|(_, (_, colors))| colors.len() > 1);
        let Some((index, _)) = worst.max_by_key(|(_, (weight, _))| *weight) else { break };
        let (_, colors) = open.swap_remove(index);
        let (low, high) = halves(colors);
        open.extend([(weight(&low), low), (weight(&high), high)]);
    }
    open.into_iter().map(|(_, colors)| colors).filter(|colors| !colors.is_empty()).collect()
}

/// How much would be gained by cutting: the widest channel, times the pixels that are not of the commonest
/// colour.
fn weight(colors: &[Count]) -> u64 {
    let all: u64 = colors.iter().map(|(_, count)| u64::from(*count)).sum();
    let most = colors.iter().map(|(_, count)| u64::from(*count)).max().unwrap_or_default();
    let (_, width) = widest(colors);
    (all - most + 1) * u64::from(width) * u64::from(width)
}

fn widest(colors: &[Count]) -> (usize, u8) {
    let width = |channel: usize| {
        let values = || colors.iter().filter_map(|(color, _)| color.get(channel).copied());
        values().max().unwrap_or_default() - values().min().unwrap_or_default()
    };
    (0..3).map(|channel| (channel, width(channel))).max_by_key(|(_, width)| *width).unwrap_or_default()
}

fn halves(mut colors: Vec<Count>) -> (Vec<Count>, Vec<Count>) {
    let (channel, _) = widest(&colors);
    let value = |color: &[u8; 3]| color.get(channel).copied().unwrap_or_default();
    colors.sort_unstable_by_key(|(color, _)| (value(color), *color));
    let (low, high) = (
        colors.first().map_or(0, |(color, _)| value(color)),
        colors.last().map_or(0, |(color, _)| value(color)),
    );
    let middle = u16::midpoint(low.into(), high.into());
    let at =
        colors.partition_point(|(color, _)| u16::from(value(color)) <= middle).clamp(1, colors.len() - 1);
    let upper = colors.split_off(at);
    (colors, upper)
}

fn commonest(colors: &[Count]) -> Option<[u8; 3]> {
    colors.iter().max_by_key(|(_, count)| *count).map(|(color, _)| *color)
}
