import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asBlocks } from '../../editor/inserts.js';
import { external, linkAt, markdown, offered, relative } from '../../editor/links.js';

test('the link around the caret is the one that is changed', () => {
  const text = 'See [the *manual*](../a/index.md#one) and ![no](b.png).';
  assert.deepEqual(linkAt(text, 8, 8), { from: 4, to: 37, words: 'the *manual*', address: '../a/index.md#one' });
  assert.deepEqual(linkAt(text, 0, 3), { from: 0, to: 3, words: 'See', address: '' });
  assert.equal(linkAt(text, 45, 45).address, '', 'an image is no link');
  assert.equal(linkAt('[a](<b c.md>)', 1, 1).address, 'b c.md');
});

test('a guide is named by the way to its file', () => {
  assert.equal(relative('guides/a/index.md', 'guides/b/index.md'), '../b/index.md');
  assert.equal(relative('guides/a.md', 'guides/b.md'), 'b.md');
  assert.equal(relative('index.md', 'guides/b.md'), 'guides/b.md');
  assert.equal(relative('x/a.md', 'y/my guide (1)#.md'), '../y/my%20guide%20%281%29%23.md');
});

test('what was typed is an address only if it is one', () => {
  assert.equal(external('https://a.example/b'), 'https://a.example/b');
  assert.equal(external(' a.example/b '), 'https://a.example/b');
  assert.equal(external('me@a.example'), 'mailto:me@a.example');
  assert.equal(external('Open the menu.'), '');
  assert.equal(external('javascript:alert(1)'), '');
  assert.equal(external('https://a.example/b(c)'), 'https://a.example/b%28c%29', 'it does not end the link early');
});

test('an address that was typed is offered first, and then what has all words', () => {
  const targets = [{ name: 'Open the menu', detail: '', address: '#open' }, { name: 'Close it', detail: '', address: '#close' }];
  assert.deepEqual(offered(targets, 'menu open').map(({ address }) => address), ['#open']);
  assert.deepEqual(offered(targets, '#close').map(({ address }) => address), ['#close'], 'the address that a link has');
  assert.deepEqual(offered(targets, 'a.example').map(({ address }) => address), ['https://a.example']);
  assert.equal(offered(targets, '').length, 2);
  assert.equal(markdown('here', targets[0]), '[here](#open)');
  assert.equal(markdown('', { name: 'A [b]', address: '#x' }), '[A \\[b\\]](#x)');
});

test('a pasted picture stands on a line of its own', () => {
  assert.equal(asBlocks('', '', ['a.png']), '![](a.png)');
  assert.equal(asBlocks('Open it.', ' Then', ['a.png', 'b c.png']), '\n\n![](a.png)\n\n![](<b c.png>)\n\n');
  assert.equal(asBlocks('Open it.\n', '\nThen', ['a.png']), '\n![](a.png)\n');
  assert.equal(asBlocks('Open it.\n\n', '\n\nThen', ['a.png']), '![](a.png)');
});
