// A terminal that can be photographed: xterm.js in a page of a browser without
// a window, with a program behind it in a real pseudo-terminal.

import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { spawn } from '@lydell/node-pty';
import { chromium } from 'playwright-core';
import { bytes, parse } from './keys.mjs';

const require = createRequire(import.meta.url);
const file = (name) => readFileSync(require.resolve(name), 'utf8');

const looks = {
  dark: {
    background: '#12161d', foreground: '#c9d1dc', cursor: '#5ad1c4',
    black: '#12161d', brightBlack: '#4d5768', red: '#ff7a85', green: '#7fd88f', yellow: '#f0bf5a',
    blue: '#86b2ff', magenta: '#c0a5f2', cyan: '#5ad1c4', white: '#c9d1dc', brightWhite: '#f2f5f9',
  },
  light: {
    background: '#fbfcfe', foreground: '#2a323d', cursor: '#00756a', cursorAccent: '#fbfcfe',
    black: '#2a323d', brightBlack: '#66707f', red: '#bf1e35', green: '#1a7a35', yellow: '#8f5a00',
    blue: '#2459c4', magenta: '#6b3fb5', cyan: '#00756a', white: '#e4e9f0', brightWhite: '#fbfcfe',
  },
};

const browserFlags = [
  '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update',
  '--disable-sync', '--no-first-run', '--font-render-hinting=none',
];

const quiet = 120; // milliseconds without output after which a screen counts as drawn
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** Whether a screen's text holds a text or matches a regular expression. */
export const has = (text, what) => (what instanceof RegExp ? what.test(text) : text.includes(what));

/** Debian's Chromium, or what the variable CHROMIUM says. */
function browserPath() {
  const found = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
    .find((path) => path && existsSync(path));
  if (!found) throw new Error('no Chromium here: install it, or set CHROMIUM to its path');
  return found;
}

export class Terminal {
  #pty; #browser; #page; #element;
  #lastOutput = Date.now();
  #pending = Promise.resolve();
  #ended = null;

  /**
   * Starts a program. size is "120x34"; command goes to sh; look is "dark" or
   * "light"; scale is pixels per point.
   */
  static async start({ size = '120x34', command, look = 'dark', scale = 2, font = 14, env = {} }) {
    const [cols, rows] = size.split('x').map(Number);
    if (!cols || !rows) throw new Error(`a size is like 80x24, not ${size}`);
    const t = new Terminal();
    t.#browser = await chromium.launch({ executablePath: browserPath(), args: browserFlags });
    try {
      await t.#open({ cols, rows, look, scale, font });
      t.#run({ cols, rows, command, env });
    } catch (err) {
      await t.close();
      throw err;
    }
    return t;
  }

  async #open({ cols, rows, look, scale, font }) {
    this.#page = await this.#browser.newPage({
      deviceScaleFactor: scale,
      viewport: { width: Math.ceil(cols * font * 0.7) + 80, height: Math.ceil(rows * font * 1.6) + 80 },
    });
    await this.#page.setContent(`<!doctype html><style>${file('@xterm/xterm/css/xterm.css')}
      body { margin: 0; background: ${looks[look].background} }
      #frame { display: inline-block; padding: 14px 16px; background: ${looks[look].background} }
      .xterm-viewport, .xterm .scrollbar { display: none !important }
    </style><div id=frame><div id=screen></div></div>`);
    for (const name of ['@xterm/xterm/lib/xterm.js', '@xterm/addon-unicode11/lib/addon-unicode11.js']) {
      await this.#page.addScriptTag({ content: file(name) });
    }
    await this.#page.exposeFunction('answer', (data) => this.#ended ?? this.#pty?.write(data));
    await this.#page.evaluate(({ cols, rows, font, theme }) => {
      const term = new Terminal({
        cols, rows, theme, fontSize: font, lineHeight: 1, scrollback: 0, allowProposedApi: true,
        fontFamily: '"JetBrains Mono", "DejaVu Sans Mono", monospace', cursorBlink: false,
        minimumContrastRatio: 1, cursorInactiveStyle: 'block',
      });
      const unicode = new Unicode11Addon.Unicode11Addon();
      term.loadAddon(unicode);
      term.unicode.activeVersion = '11';
      term.open(document.getElementById('screen'));
      term.onData(answer);
      window.term = term;
      window.write = (data) => new Promise((done) => term.write(data, done));
      window.text = () => {
        const lines = [];
        for (let y = 0; y < term.rows; y++) lines.push(term.buffer.active.getLine(y)?.translateToString(true) ?? '');
        return lines.join('\n');
      };
    }, { cols, rows, font, theme: looks[look] });
    this.#element = await this.#page.$('#frame');
  }

  #run({ cols, rows, command, env }) {
    this.#pty = spawn('/bin/sh', ['-c', command], {
      name: 'xterm-256color', cols, rows,
      env: { ...process.env, COLORTERM: 'truecolor', TERM: 'xterm-256color', LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', NO_COLOR: undefined,
        // Nobody's own drafts and history come into a picture, or change by one.
        XDG_STATE_HOME: mkdtempSync(join(tmpdir(), 'glance-tui-state-')), ...env },
    });
    this.#pty.onData((data) => {
      this.#lastOutput = Date.now();
      this.#pending = this.#pending.then(() => this.#page.evaluate((d) => window.write(d), data)).catch(() => {});
    });
    this.#pty.onExit(({ exitCode }) => { this.#ended = exitCode; });
  }

  /** The text on the screen now. */
  async text() {
    await this.#pending;
    return this.#page.evaluate(() => window.text());
  }

  /** Waits until nothing has been written for a moment (or a second is over). */
  async settle(limit = 1000) {
    const end = Date.now() + limit;
    while (Date.now() < end && Date.now() - this.#lastOutput < quiet) await pause(15);
    await this.#pending;
  }

  /** Waits for a text or a regular expression on the screen; each looks on meanwhile. */
  async wait(what, { seconds = 20, each = async () => {} } = {}) {
    const end = Date.now() + seconds * 1000;
    for (;;) {
      const text = await this.text();
      if (has(text, what)) return text;
      if (this.#ended !== null) throw new Error(`the program ended (${this.#ended}) while waiting for ${what}:\n${text}`);
      if (Date.now() > end) throw new Error(`${what} did not come within ${seconds} s:\n${text}`);
      await each();
      await pause(30);
    }
  }

  /** Presses keys one after another; each is called when a key's answer is drawn. */
  async keys(text, { each = async () => {} } = {}) {
    for (const key of parse(text)) {
      // Before the key: else silence from before it would count as its answer.
      this.#lastOutput = Date.now();
      this.#pty.write(bytes(key));
      await this.settle();
      await each(key);
    }
  }

  /** A picture as PNG; kept in path when that is given. */
  async shot(path) {
    await this.#pending;
    return this.#element.screenshot({ path, animations: 'disabled' });
  }

  async close() {
    if (this.#ended === null) this.#pty?.kill('SIGHUP');
    await this.#browser?.close();
  }
}
