import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const folder = new URL('../../editor/', import.meta.url);
const read = (name) => readFileSync(new URL(name, folder), 'utf8');
const names = readdirSync(folder);
const modules = names.filter((name) => name.endsWith('.js'));

test('no module writes markup or runs text', () => {
  for (const name of modules) {
    assert.doesNotMatch(read(name), /\b(?:innerHTML|outerHTML|insertAdjacentHTML|eval|document\.write)\b|new Function/, name);
  }
});

test('nothing is loaded that is not here', () => {
  for (const name of modules) {
    for (const [, file] of read(name).matchAll(/from '\.\/([\w-]+\.js)'/g)) assert.ok(modules.includes(file), `${name}: ${file}`);
    assert.doesNotMatch(read(name), /from '(?!\.\/)/, name);
  }
  for (const name of names.filter((each) => each.endsWith('.css'))) {
    for (const [, file] of read(name).matchAll(/@import "([^"]+)"/g)) assert.ok(names.includes(file), `${name}: ${file}`);
    assert.doesNotMatch(read(name), /url\(/, name);
  }
});
