//! What a test asks of any engine.

use image::RgbImage;
use serde_json::Value;
use std::time::{Duration, Instant};

/// How long a state is waited for on a loaded machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// The window in points; a pixel each.
pub const WINDOW: (u32, u32) = (1280, 800);

/// Collects what must not happen in a page, and counts the frames since it was last scrolled; before its own scripts
/// where the engine can.
pub const WATCH: &str = "globalThis.__faults = [];
    addEventListener('error', event => __faults.push(event.message));
    addEventListener('unhandledrejection', event => __faults.push(String(event.reason)));
    addEventListener('securitypolicyviolation', event => __faults.push(`${event.violatedDirective} ${event.blockedURI}`));
    globalThis.__still = 0;
    (function frame(before) {
        __still = scrollY === before ? __still + 1 : 0;
        requestAnimationFrame(() => frame(scrollY));
    })(0);";

/// The engine of a browser with one page in a window of [`WINDOW`].
pub trait Engine {
    /// Opens an address, until it is loaded.
    fn open(&mut self, url: &str);

    /// The value of an expression.
    fn value(&mut self, expression: &str) -> Value;

    /// Clicks in the middle of the first element of a selector, with the pointer.
    fn click(&mut self, selector: &str);

    /// What is in the window.
    fn picture(&mut self) -> RgbImage;

    /// Waits until an expression is `true`.
    fn wait_for(&mut self, expression: &str) {
        let until = Instant::now() + PATIENCE;
        while self.value(expression) != true {
            assert!(Instant::now() < until, "not in time: {expression}");
        }
    }

    /// Waits until the walkthrough rests at a step: the stage is whole in the window (Start is, on the
    /// cover), the card is there, nothing scrolls, nothing moves but what
    /// pulses on and on.
    fn rest(&mut self, step: &str) {
        self.wait_for(&format!(
            "(() => {{
                const player = document.querySelector('guidemark-player');
                const at = `${{player.getAttribute('state')}} ${{player.getAttribute('step')}}` === '{step}';
                const moves = document.getAnimations().some(one =>
                    one.playState === 'running' && one.effect.getTiming().iterations < 9);
                const last = player.getAttribute('state') === 'cover' ? '.gm-start' : '.gm-bar';
                const whole = document.querySelector(last).getBoundingClientRect().bottom <= innerHeight;
                return at && whole && !moves && __still > 9 && (player.getAttribute('state') !== 'paused' || !!document.querySelector('.gm-card-shown'));
            }})()"
        ));
    }
}
