import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const folder = new URL('../../themes/default/player/', import.meta.url);
const modules = readdirSync(folder).filter((name) => name.endsWith('.js'))
  .map((name) => ({ name, lines: readFileSync(new URL(name, folder), 'utf8').split('\n') }));

test('modules can be joined: top-level names are unique', () => {
  const owners = new Map();
  for (const { name, lines } of modules) {
    for (const line of lines) {
      const found = /^(?:export )?(?:const|let|(?:async )?function\*?|class) ([\w$]+)/.exec(line);
      if (!found) continue;
      assert.equal(owners.get(found[1]), undefined, `${found[1]} stands in ${owners.get(found[1])} and ${name}`);
      owners.set(found[1], name);
    }
  }
  assert.ok(owners.size > 20);
});

test('modules can be joined: an import stands on one line, renames nothing and ends with a semicolon', () => {
  for (const { name, lines } of modules) {
    for (const line of lines) {
      if (/^import\b/.test(line)) assert.match(line, /^import \{ ?[\w, ]+ ?\} from '\.\/[\w-]+\.js';$/, name);
      assert.doesNotMatch(line, /^export (?:default|\{|\*)/, name);
    }
  }
});

test('no module writes markup or runs text, but for what the page itself holds in <noscript>', () => {
  const own = "  later.outerHTML = later.textContent || '';";
  for (const { name, lines } of modules) {
    const others = lines.filter((line) => name !== 'page.js' || line !== own).join('\n');
    assert.doesNotMatch(others, /\b(?:innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|eval|document\.write)\b|new Function/, name);
  }
});
