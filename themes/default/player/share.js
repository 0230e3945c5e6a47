/** Copying and sharing. */

/** The code that embeds a guide, with the address the page really has. @param {string} code @param {string} href */
export function embedCode(code, href) {
  return /^http/.test(href) ? code.replace(/src="(?!http)(.*?)"/, (_, path) => {
    const real = new URL(path === 'embed.js' ? `../${path}` : '?view=player', href.replace('index.html', ''));
    return `src="${real.href.replace(/&/g, '&amp;')}"`;
  }) : code;
}

/** Copies a text; says so on the button for a while. @param {HTMLElement} button @param {string} text */
export async function copyText(button, text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copyBySelection(text);
  }
  const { dataset } = button;
  dataset.word ||= button.textContent || '';
  button.textContent = document.documentElement.dataset.copied || '';
  setTimeout(() => { button.textContent = dataset.word || ''; }, 1600);
}

/** For pages without the clipboard: from files, in frames. @param {string} text */
function copyBySelection(text) {
  const field = document.createElement('textarea');
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand('copy');
  field.remove();
}

/** Wakes up the share menu. @param {HTMLDetailsElement} menu */
export function wakeShare(menu) {
  const link = () => /** @type {HTMLLinkElement | null} */ (document.querySelector('link[rel=canonical]'))?.href || location.href.replace(/[?#].*$/, '');
  menu.addEventListener('toggle', () => menu.querySelectorAll('textarea').forEach((code) => {
    code.value = embedCode(code.defaultValue, location.href);
  }));
  // The walkthrough's end has one of its own, which copies the link where there is no other way.
  for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll('.share button,.gm-share'))) {
    const { share } = button.dataset;
    // A button behind a field copies what stands in it.
    const field = /** @type {HTMLTextAreaElement | null} */ (button.previousElementSibling);
    button.hidden = share === '' && !navigator.share;
    button.addEventListener('click', () => {
      if (share !== undefined && navigator.share) navigator.share({ title: document.title, url: link() }).catch(() => {});
      else copyText(button, field?.value || link());
    });
  }
  document.addEventListener('click', ({ target }) => {
    if (target instanceof Node && !menu.contains(target)) menu.open = false;
  });
  menu.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || !menu.open) return;
    menu.open = false;
    menu.querySelector('summary')?.focus();
  });
}
