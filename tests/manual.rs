//! The project's own guides.

use guidemark::source::DiskWorld;
use guidemark::{guide, project};

#[test]
fn the_guides_of_this_repository_have_no_errors() {
    let world = DiskWorld::new(env!("CARGO_MANIFEST_DIR").as_ref()).unwrap();
    let loaded = project::load(&world, None);
    assert_eq!(loaded.diagnostics, []);
    assert!(loaded.project.guides.len() >= 3);
    for path in &loaded.project.guides {
        let source = guide::read(&world, path).unwrap();
        let parsed = guide::parse(&source);
        assert_eq!(parsed.diagnostics, [], "{path}");
        let resolution = guide::resolve(&parsed.guide, &source, &loaded.project.settings, &world);
        assert_eq!(resolution.diagnostics, [], "{path}");
        let resolved = resolution.resolved.unwrap();
        assert!(!resolved.steps.is_empty() && !resolved.description.is_empty(), "{path}");
    }
}
