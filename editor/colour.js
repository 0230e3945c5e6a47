/** The brand's colour made fit for text. Pure. */

/** @param {string} hex @returns {[number, number, number]} */
function channels(hex) {
  const full = /^#?([0-9a-f]{6})/i.exec(hex)?.[1] || /^#?([0-9a-f]{3})$/i.exec(hex)?.[1].replace(/./g, '$&$&') || '5645e6';
  return /** @type {[number, number, number]} */ ([0, 2, 4].map((at) => parseInt(full.slice(at, at + 2), 16)));
}

/** @param {number[]} rgb */
function luminance(rgb) {
  const [r, g, b] = rgb.map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The contrast of two colours, 1 to 21. @param {string} a @param {string} b */
export function contrast(a, b) {
  const [light, dark] = [luminance(channels(a)), luminance(channels(b))].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

/** @param {string} from @param {string} to @param {number} part */
function mix(from, to, part) {
  const [a, b] = [channels(from), channels(to)];
  return `#${a.map((value, at) => Math.round(value + (b[at] - value) * part).toString(16).padStart(2, '0')).join('')}`;
}

/** The brand's colour, as far towards `ink` as it takes to be read on `paper`. @param {string} brand @param {string} paper @param {string} ink @param {number} [least] */
function readable(brand, paper, ink, least = 4.6) {
  for (let part = 0; part < 1; part += 0.05) {
    const tried = mix(brand, ink, part);
    if (contrast(tried, paper) >= least) return tried;
  }
  return ink;
}

/** Black or white, whichever is read better on a colour. @param {string} colour */
export const over = (colour) => (contrast(colour, '#ffffff') >= contrast(colour, '#000000') ? '#ffffff' : '#000000');

/** Gives an element the colours of a brand, as light or as dark as the author has it. @param {HTMLElement} at @param {string | null} brand @param {AbortSignal} signal */
export function paintBrand(at, brand, signal) {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const paint = () => {
    for (const [name, value] of Object.entries(palette(brand || '#5645e6', dark.matches))) at.style.setProperty(`--${name}`, value);
  };
  dark.addEventListener('change', paint, { signal });
  paint();
}

/** Custom properties for a brand. @param {string} brand @param {boolean} dark @returns {Record<string, string>} */
export function palette(brand, dark) {
  const base = mix(brand, brand, 0);
  // White words are what people expect on a button: the colour gives way a little for them.
  const fill = contrast(base, '#ffffff') >= 3 ? readable(base, '#ffffff', '#000000') : base;
  const paper = dark ? '#1b1c24' : '#ffffff';
  const soft = mix(paper, base, dark ? 0.24 : 0.1);
  return { brand: fill, 'on-brand': over(fill), 'brand-text': readable(base, soft, dark ? '#ffffff' : '#000000'), 'brand-soft': soft };
}
