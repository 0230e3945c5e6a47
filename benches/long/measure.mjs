/** What a page costs a browser: load, longest task, nodes and memory. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** A page of a browser of its own, over the DevTools protocol. */
export class Browser {
  /** @param {string} folder Where its profile goes. */
  static async start(folder) {
    const made = new Browser();
    made.folder = mkdtempSync(join(folder, 'profile-'));
    const program = process.env.GUIDEMARK_CHROMIUM || 'chromium';
    made.process = spawn(program, ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update',
      `--user-data-dir=${made.folder}`, '--remote-debugging-port=0', 'about:blank'], { stdio: ['ignore', 'ignore', 'pipe'] });
    const address = await new Promise((found) => {
      let text = '';
      made.process.stderr.on('data', (part) => {
        text += part;
        const match = /ws:\/\/\S+/.exec(text);
        if (match) found(match[0]);
      });
    });
    made.socket = new WebSocket(address);
    await new Promise((open) => made.socket.addEventListener('open', open));
    made.waiting = new Map();
    made.events = [];
    made.number = 0;
    made.socket.addEventListener('message', ({ data }) => {
      const message = JSON.parse(data);
      if (message.id) {
        made.waiting.get(message.id)?.(message.result ?? message);
        made.waiting.delete(message.id);
      } else made.events.filter((event) => event.method === message.method).forEach((event) => event.heard(message.params));
    });
    return made;
  }

  /** @param {string} method @param {object} [params] @param {string} [sessionId] */
  call(method, params = {}, sessionId = this.session) {
    const id = (this.number += 1);
    this.socket.send(JSON.stringify({ id, method, params, sessionId }));
    return new Promise((answer) => this.waiting.set(id, answer));
  }

  /** The next event of a name. @param {string} method */
  next(method) {
    return new Promise((heard) => {
      const event = { method, heard: (params) => { this.events = this.events.filter((each) => each !== event); heard(params); } };
      this.events.push(event);
    });
  }

  /** @param {string} expression */
  async evaluate(expression) {
    const { result } = await this.call('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    return result.value;
  }

  async open({ width = 1280, height = 800, slower = 1 } = {}) {
    this.session = undefined;
    const { targetId } = await this.call('Target.createTarget', { url: 'about:blank' });
    this.target = targetId;
    const { sessionId } = await this.call('Target.attachToTarget', { targetId, flatten: true });
    this.session = sessionId;
    await this.call('Page.enable');
    await this.call('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: width < 500 });
    if (slower > 1) await this.call('Emulation.setCPUThrottlingRate', { rate: slower });
    await this.call('Page.addScriptToEvaluateOnNewDocument', { source: 'window.tasks=[];new PerformanceObserver(l=>tasks.push(...l.getEntries().map(e=>e.duration))).observe({type:"longtask",buffered:true});window.shifts=0;new PerformanceObserver(l=>l.getEntries().forEach(e=>shifts+=e.value)).observe({type:"layout-shift",buffered:true});' });
  }

  async load(address) {
    const loaded = this.next('Page.loadEventFired');
    await this.call('Page.navigate', { url: address });
    await loaded;
    await this.evaluate('new Promise(done=>{const look=()=>document.querySelector("guidemark-player")?.state?requestAnimationFrame(()=>setTimeout(done,300)):setTimeout(look,20);look()})');
  }

  /**
   * Milliseconds until a page over slow 4G (1.6 Mbit/s, 150 ms there and back; compressed, as servers do) has its first screenshot on the screen, and until
   * the walkthrough has answered a click on Start with its first step.
   * @param {string} file @returns {Promise<{screenshot: number, start: number, load: number}>}
   */
  async slowly(file) {
    const server = createServer((_, answer) => answer.setHeader('content-type', 'text/html').setHeader('content-encoding', 'gzip').end(gzipSync(readFileSync(file)))).listen(0);
    await this.call('Network.enable');
    await this.call('Network.emulateNetworkConditions', { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 });
    await this.call('Page.addScriptToEvaluateOnNewDocument', { source: `(${watch})()` });
    const loaded = this.next('Page.loadEventFired');
    await this.call('Page.navigate', { url: `http://localhost:${/** @type {any} */ (server.address()).port}/` });
    await loaded;
    const times = await this.evaluate('new Promise(done=>{const look=()=>times.start?done({...times,load:performance.timing.loadEventEnd-performance.timing.navigationStart}):setTimeout(look,50);look()})');
    server.close();
    server.closeAllConnections();
    return times;
  }

  /** Frees what nothing holds any more: what a tab has a while later. */
  async collect() {
    await this.call('HeapProfiler.collectGarbage');
    await this.evaluate('new Promise(done=>setTimeout(done,500))');
  }

  /** Memory of the page's process in MiB (its share of what is shared). */
  memory() {
    const own = readFileSync(`/proc/${this.process.pid}/stat`, 'utf8') && this.process.pid;
    let most = 0;
    for (const pid of children(own)) {
      try {
        if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=renderer')) continue;
        most = Math.max(most, Number(/Pss:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] || 0) / 1024);
      } catch { /* it has just ended */ }
    }
    return most;
  }

  async close() {
    await this.call('Target.closeTarget', { targetId: this.target }, undefined);
  }

  end() {
    const ended = new Promise((done) => this.process.on('exit', done));
    this.process.kill();
    return ended;
  }
}

/** Runs in the page: notes when its first screenshot is drawn, presses Start as soon as it is there, again and again, and notes when the first step has come. */
function watch() {
  const times = /** @type {any} */ (globalThis).times = {};
  const there = (/** @type {string} */ one) => Number(document.querySelector(one)?.getBoundingClientRect().width) > 0;
  const look = () => {
    if (there('.gm-still use')) times.screenshot ||= performance.now();
    const player = /** @type {any} */ (document.querySelector('guidemark-player'));
    if (player?.state === 'cover') player.querySelector('.gm-start')?.click();
    if (player?.state === 'paused' && there('.gm-top use')) times.start ||= performance.now();
    if (!times.start) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** @param {number} pid @returns {number[]} */
function children(pid) {
  let found = [];
  try {
    found = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
  } catch { /* it has just ended */ }
  return found.flatMap((child) => [child, ...children(child)]);
}
