// The element that an action went to, described as a recording describes it: `call` names the action, `point` where the pointer went.
((call, point) => {
    const roots = [document];
    const find = (selector) => {
        for (const root of roots) {
            const found = root.querySelector(selector);
            if (found) return found;
            for (const element of root.querySelectorAll('*')) if (element.shadowRoot && !roots.includes(element.shadowRoot)) roots.push(element.shadowRoot);
        }
        return null;
    };
    const named = find(`[__playwright_target__="${CSS.escape(call)}"]`) ?? find('[__playwright_target__=""]');
    const element = named ?? (point && document.elementFromPoint(point[0], point[1]));
    return element ? guidemark.describe(element) : null;
})
