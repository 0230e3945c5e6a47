// The element that an action went to, and what is around it: `call` names the action, `point` where the pointer went.
((call, point) => {
    const roots = [document];
    const find = (selector) => {
        for (const root of roots) {
            const found = root.querySelector(selector);
            if (found) return found;
            for (const element of root.querySelectorAll('*')) if (element.shadowRoot) roots.push(element.shadowRoot);
        }
        return null;
    };
    const named = find(`[__playwright_target__="${CSS.escape(call)}"]`) ?? find('[__playwright_target__=""]');
    const element = named ?? (point && document.elementFromPoint(point[0], point[1]));
    globalThis.guidemarkTarget = element ?? null;
    if (!element) return null;
    const box = element.getBoundingClientRect();
    const heading = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6, legend, summary')]
        .filter((other) => other !== element && other.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING && !element.contains(other))
        .filter((other) => other.getClientRects().length > 0).pop();
    const text = (value) => (value ?? '').replace(/\s+/g, ' ').trim().slice(0, 200);
    const kind = (element.getAttribute('type') ?? '').toLowerCase();
    const hints = `${element.getAttribute('autocomplete') ?? ''} ${element.getAttribute('name') ?? ''} ${element.id}`;
    return {
        box: [box.x, box.y, box.width, box.height],
        tag: element.tagName.toLowerCase(),
        under: text(heading?.textContent),
        placeholder: text(element.getAttribute('placeholder')),
        title: text(element.getAttribute('title')),
        test: element.getAttribute('data-testid') ?? '',
        checked: element.checked === true || element.getAttribute('aria-checked') === 'true',
        open: element.tagName === 'SUMMARY' ? element.parentElement?.open === true : element.getAttribute('aria-expanded') === 'true',
        secret: kind === 'password' || /password|one-time-code|\bcc-|token|secret|api.?key|\bpin\b/i.test(hints),
    };
})
