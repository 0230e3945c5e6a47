/**
 * What the server tells of a guide and what is asked of it. Only types.
 *
 * @typedef {{x: number, y: number, w: number, h: number}} Area In points of the whole picture; no size: a point.
 * @typedef {{width: number, height: number}} Size
 * @typedef {'region' | 'to'} Which
 *
 * @typedef {object} AnnotationFields All that an annotation says.
 * @property {string} verb
 * @property {Area | null} region
 * @property {string | null} [on] What the region stands on.
 * @property {Area | null} to
 * @property {string | null} [to_on] What the region after `to` stands on.
 * @property {string | null} text
 * @property {string | null} word
 * @property {Record<string, string>} options
 *
 * @typedef {AnnotationFields & {uid: string, at: number, line: number, source: string}} Annotation
 *
 * @typedef {object} Scene
 * @property {number | null} picture Index into the pictures.
 * @property {boolean} inherited
 * @property {string} alt
 * @property {Area | null} crop
 * @property {Annotation[]} annotations
 *
 * @typedef {object} Step
 * @property {string} uid Ours: stays while the step lives.
 * @property {string} id
 * @property {string | null} own_id What its `@id` says.
 * @property {string} title
 * @property {string | null} chapter
 * @property {number} line
 * @property {string} source
 * @property {string[]} runs
 * @property {Scene[]} scenes
 *
 * @typedef {'never' | 'may' | 'must'} Need
 * @typedef {object} Verb
 * @property {string} name
 * @property {string} form
 * @property {'action' | 'mark' | 'camera' | 'picture' | 'step' | 'replay'} kind
 * @property {Need} region
 * @property {boolean} area
 * @property {Need} to
 * @property {Need} [anchor] Whether `on` and what it stands on may be written behind it.
 * @property {Need} text
 * @property {Need} word
 * @property {[string, string[]][]} options
 * @property {boolean} once
 *
 * @typedef {{severity: string, code: string, line: number, column: number, message: string, help?: string | null, fix?: [number, number] | null, key?: string | null}} Problem
 * @typedef {{key: string, name: string, website: string | null}} App
 *
 * @typedef {object} Meta What the front matter says.
 * @property {string} title
 * @property {string | null} description
 * @property {string | null} app A key of the project's apps.
 * @property {boolean} app_is_table
 * @property {string[]} tags
 * @property {string[]} authors
 * @property {string | null} created
 * @property {string | null} updated
 * @property {string | null} lang
 * @property {boolean} draft
 * @property {string | null} slug
 * @property {string | null} url
 * @property {string | null} frame
 * @property {string | null} theme
 * @property {string | null} [zoom]
 * @property {string | null} cursor
 * @property {string | null} cursor_color
 * @property {string | null} cover
 * @property {string | null} backdrop
 * @property {string | null} steps
 * @property {string | null} chapters
 * @property {string | null} order
 * @property {Record<'start' | 'viewport' | 'scale' | 'scheme' | 'login', string | null>} capture
 * @property {[string, string] | null} cta
 * @typedef {{path: string, hash: string, width: number, height: number}} Picture
 *
 * @typedef {{kind: 'heading', at: number, line?: number, level: number, title: string, chapter: boolean} | {kind: 'text', at: number, line?: number, markdown: string} | {kind: 'steps', from: number, to: number, line?: undefined}} Section
 *
 * @typedef {{picture: string, why: string, area: Area, on?: string}} Proposal
 *
 * @typedef {object} Guide
 * @property {string} path
 * @property {string} file
 * @property {{name: string, scheme: string}} opener The author's editor.
 * @property {string} slug
 * @property {string} version
 * @property {string} page
 * @property {number} undo
 * @property {number} redo
 * @property {number} fixes How much of what is wrong has one right answer.
 * @property {Problem[]} problems
 * @property {App[]} apps
 * @property {string} [lang] Of its texts.
 * @property {string} brand
 * @property {Proposal[]} [proposals] What may have to be redacted.
 * @property {Verb[]} verbs
 * @property {{meta: Meta, steps: Step[], sections: Section[], pictures: Picture[]}} outline
 *
 * @typedef {{op: string, step?: string, annotation?: string} & Record<string, any>} Intent An edit that names steps
 *   and annotations by their uid, so that it can wait while the file changes.
 */
export {};
