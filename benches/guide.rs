//! One guide through the stages: `cargo bench --bench guide`. Pictures are composed once, before the clock.

use criterion::{Criterion, criterion_group, criterion_main};
use guidemark::guide::{self, Index};
use guidemark::page::{self, GuideInput};
use guidemark::project;
use guidemark::shot::{self, ShotOptions};
use guidemark::source::{DiskWorld, ProjectPath};
use guidemark::theme::Theme;
use std::hint::black_box;
use std::path::Path;

fn stages(bench: &mut Criterion) {
    let world = DiskWorld::new(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let path = ProjectPath::new("guides/datasette-api-token/index.md").unwrap();
    let settings = project::load(&world, None).project.settings;
    let source = guide::read(&world, &path).unwrap();
    let parsed = guide::parse(&source).guide;
    let resolved = guide::resolve(&parsed, &source, &settings, &world).resolved.unwrap();
    let sheet = shot::compose(&resolved, &ShotOptions::default(), &world).sheet.unwrap();
    let theme = Theme::load(&world, &settings.theme).unwrap();
    let index = Index::new(vec![resolved.entry()]);
    let input = GuideInput {
        resolved: &resolved,
        sheet: &sheet,
        theme: &theme,
        settings: &settings,
        index: &index,
        world: &world,
        scope: guidemark::page::Scope::Site,
        downloads: &[],
    };
    let mut group = bench.benchmark_group("guide");
    group.bench_function("parse", |b| b.iter(|| guide::parse(black_box(&source))));
    group.bench_function("resolve, pictures measured and hashed", |b| {
        b.iter(|| guide::resolve(black_box(&parsed), &source, &settings, &world));
    });
    group.bench_function("render", |b| b.iter(|| page::guide(black_box(&input)).unwrap()));
    group.bench_function("theme", |b| b.iter(|| Theme::load(&world, &settings.theme).unwrap()));
    group.finish();
}

criterion_group!(benches, stages);
criterion_main!(benches);
