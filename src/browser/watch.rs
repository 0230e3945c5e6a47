//! The script that notes what a page costs, to be asked for later.

/// Runs before every document: observers started later would miss what a page does while it loads.
pub(super) const WATCH: &str = r"(() => {
    const watch = { shifts: [], tasks: [] };
    Object.defineProperty(globalThis, '__watch', { value: watch });
    if (!globalThis.PerformanceObserver) return;
    const name = node => node?.nodeType === 1 ? node.tagName.toLowerCase() + (node.id ? '#' + node.id : '')
        + [...node.classList].map(each => '.' + each).join('') : String(node?.nodeName ?? 'removed');
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) {
            watch.shifts.push({ value: entry.value, input: entry.hadRecentInput, start: entry.startTime,
                nodes: entry.sources.map(({ node }) => `${name(node?.parentNode)} > ${name(node)}`) });
        }
    }).observe({ type: 'layout-shift', buffered: true });
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) watch.tasks.push({ start: entry.startTime, duration: entry.duration });
    }).observe({ type: 'longtask', buffered: true });
})();";
