/** A small guide as the server tells it, for tests. */

const verb = (name, more = {}) => ({ name, form: `@${name}`, kind: 'action', region: 'must', area: false, to: 'never', text: 'may', word: 'never', options: [], once: false, ...more });

export const verbs = [
  verb('click'), verb('type', { text: 'must' }), verb('press', { region: 'never', text: 'must' }), verb('drag', { to: 'must', text: 'never' }),
  verb('scroll', { region: 'never', text: 'never', word: 'must' }), verb('highlight', { kind: 'mark', area: true, text: 'never' }),
  verb('callout', { kind: 'mark', text: 'must', options: [['side', ['top', 'right', 'bottom', 'left', 'auto']]] }),
  verb('zoom', { kind: 'camera', region: 'may', area: true, text: 'never', word: 'may' }),
  verb('redact', { kind: 'picture', area: true, text: 'never', options: [['style', ['solid', 'blur', 'pixelate']]] }),
  verb('crop', { kind: 'picture', area: true, text: 'never', once: true }),
];

export const annotationOf = (name, x = 10, more = {}) => ({ verb: name, region: { x, y: 20, w: 30, h: 40 }, on: null, to: null, to_on: null, text: null, word: null, options: {}, ...more });

/** @param {[string, object[]][]} steps Texts, and the annotations of their one screenshot. */
export function guide(steps, version = 'v1') {
  let at = 0;
  return {
    path: 'guides/a/index.md', file: '/p/guides/a/index.md', slug: 'a', version, page: '/a/', undo: 0, redo: 0, problems: [], apps: [], brand: '#5645e6', verbs,
    outline: {
      sections: [],
      meta: { title: 'A', description: null, app: null, app_is_table: false, cursor: null, cta: null },
      pictures: [{ path: 'a.png', hash: '00', width: 1280, height: 800 }],
      steps: steps.map(([text, annotations]) => ({
        id: text.toLowerCase().replaceAll(' ', '-'), title: text, chapter: null, line: (at += 10), source: text, runs: [text],
        scenes: [{ picture: 0, inherited: false, alt: '', crop: null, annotations: annotations.map((each) => ({ at: (at += 1), line: at, source: '', ...each })) }],
      })),
    },
  };
}
