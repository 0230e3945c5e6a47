// What a document in HTML can't say: values, scrolling, shadow roots, open dialogs. Runs where the page's own scripts don't.
(() => {
    const take = (element, name) => {
        const value = element.getAttribute(name);
        element.removeAttribute(name);
        return value;
    };
    const scrolled = [];
    const restore = (root) => {
        const all = (name, act) => {
            for (const element of root.querySelectorAll(`[${name}]`)) {
                try { act(element, take(element, name)); } catch { /* the rest goes on */ }
            }
        };
        for (const template of root.querySelectorAll('template[__playwright_shadow_root_]')) {
            try {
                const shadow = template.parentElement.attachShadow({ mode: 'open' });
                shadow.appendChild(template.content);
                template.remove();
                restore(shadow);
            } catch { /* the rest goes on */ }
        }
        const sheets = [...(root.adoptedStyleSheets ?? [])];
        all('__playwright_style_sheet_', (template, text) => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(text);
            sheets.push(sheet);
            template.remove();
        });
        root.adoptedStyleSheets = sheets;
        all('__playwright_value_', (field, value) => { if (field.type !== 'file') field.value = value; });
        all('__playwright_checked_', (field, value) => { field.checked = value === 'true'; });
        all('__playwright_selected_', (option, value) => { option.selected = value === 'true'; });
        all('__playwright_popover_open_', (element) => element.showPopover());
        all('__playwright_dialog_open_', (dialog, kind) => {
            dialog.removeAttribute('open');
            if (kind === 'modal') dialog.showModal(); else dialog.show();
        });
        all('__playwright_scroll_top_', (element, value) => scrolled.push([element, 'scrollTop', Number(value)]));
        all('__playwright_scroll_left_', (element, value) => scrolled.push([element, 'scrollLeft', Number(value)]));
    };
    restore(document);
    document.activeElement?.blur();
    const style = new CSSStyleSheet();
    style.replaceSync('*, *::before, *::after { transition: none !important; caret-color: transparent !important; scroll-behavior: auto !important }');
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, style];
    for (const [element, key, value] of scrolled) element[key] = value;
    for (const animation of document.getAnimations()) {
        try { animation.finish(); } catch { animation.cancel(); }
    }
    return true;
})()
