//! What a walkthrough costs the reader: nothing jumps, nothing is left behind.

use crate::support::{Look, Stage, site};

#[test]
fn nothing_shifts_over_a_whole_play() {
    for look in [Look::phone(), Look::phone().moving(), Look::wide(1440), Look::wide(1440).moving()] {
        let mut stage = Stage::own(site::REAL[0], look);
        // By script: what moves within half a second of a click is never counted.
        let next = "document.querySelector('guidemark-player').next()";
        for step in 1..=stage.total() {
            stage.evaluate(next).expect("goes");
            stage.expect("paused", step);
            stage.settle();
        }
        let (total, _) = (stage.total(), stage.evaluate(next).expect("ends"));
        stage.expect("ended", total);
        let shifts = stage.layout_shifts().expect("asked");
        assert!(shifts.is_empty(), "at {} px: {shifts:#?}", look.viewport.width);
    }
}

#[test]
fn memory_does_not_grow_with_restarts() {
    let mut stage = Stage::own(site::REAL[0], Look::still());
    let mut restart = |times: usize| {
        let script = format!(
            "(async () => {{
                const player = document.querySelector('guidemark-player');
                for (let time = 0; time < {times}; time++) {{
                    player.restart();
                    while (player.getAttribute('state') !== 'ended') player.next();
                    await new Promise(requestAnimationFrame);
                }}
            }})()"
        );
        stage.evaluate(&script).expect("played");
        stage.memory().expect("asked")
    };
    let after_5 = restart(5);
    // In rounds, so that none outlasts the answer a loaded machine is given time for.
    let after_50 = (0..9).map(|_| restart(5)).last().expect("nine rounds");
    println!("after 5 restarts {after_5:?}, after 50 {after_50:?}");
    assert!(after_50.heap <= after_5.heap + 2_000_000);
    assert!(after_50.listeners <= after_5.listeners + 2);
    assert!(after_50.nodes <= after_5.nodes + 50);
}

#[test]
fn an_element_that_is_removed_leaves_nothing_behind() {
    let mut stage = Stage::own(site::REAL[0], Look::still());
    let global = "(() => { const targets = [window, document, document.documentElement, document.body, visualViewport];
        return targets.length; })()";
    assert_eq!(stage.number(global), 5.0);
    stage.push("Start");
    stage.expect("paused", 1);
    let before = stage.memory().expect("asked").listeners;
    stage
        .evaluate(
            "(() => {
                const player = document.querySelector('guidemark-player');
                globalThis.gone = new WeakRef(player);
                player.remove();
            })()",
        )
        .expect("removed");
    stage.evaluate("new Promise(done => setTimeout(done))").expect("a turn later");
    // One collection is no promise: a frame in the making, or a message on its way, may hold it a moment longer.
    let mut after = stage.memory().expect("asked").listeners;
    for _ in 0..50 {
        if stage.evaluate("gone.deref() === undefined").expect("asked") == true {
            break;
        }
        stage
            .evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
            .expect("a frame later");
        after = stage.memory().expect("asked").listeners;
    }
    assert_eq!(
        stage.evaluate("gone.deref() === undefined").expect("asked"),
        true,
        "the element is still held"
    );
    assert!(after < before, "{before} listeners before, {after} after");
    // Nobody hears keys, messages or changes of the address any more: nothing throws, nothing happens.
    stage.press("ArrowRight").expect("pressed");
    stage.evaluate("location.hash = '#step-2'").expect("set");
}
