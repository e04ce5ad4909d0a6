#!/usr/bin/env node
// One picture of any program in a terminal, or its text:
//   node test/screens/shot.mjs --cmd './glance-tui --demo' --wait images --keys '/queued<enter>' --out x.png

import { parseArgs } from 'node:util';
import { Terminal } from './terminal.mjs';

const usage = `usage: shot.mjs --cmd COMMAND [--out FILE.png] [options]
  --size 120x34     columns and rows
  --keys TEXT       keys to press: letters, and names in brackets: 'jj<enter>x<ctrl+s>'
  --wait TEXT       wait for this before the keys (give it several times to wait again
                    after them; /…/ is a regular expression)
  --look dark|light the terminal's colours
  --scale 2         pixels per point       --font 14   points
  --text            print the screen as text (also without --out)
exit status: 0 done, 1 the text did not come or the program ended, 2 wrong usage`;

function fail(status, message) {
  console.error(message);
  process.exit(status);
}

let o;
try {
  o = parseArgs({
    options: {
      cmd: { type: 'string' }, out: { type: 'string' }, size: { type: 'string', default: '120x34' },
      keys: { type: 'string', default: '' }, wait: { type: 'string', multiple: true, default: [] },
      look: { type: 'string', default: 'dark' }, scale: { type: 'string', default: '2' },
      font: { type: 'string', default: '14' }, text: { type: 'boolean', default: false }, help: { type: 'boolean' },
    },
  }).values;
} catch (err) {
  fail(2, `${err.message}\n${usage}`);
}
if (o.help) fail(0, usage);
if (!o.cmd) fail(2, usage);

const wanted = (s) => (/^\/.+\/$/.test(s) ? new RegExp(s.slice(1, -1)) : s);
const terminal = await Terminal.start({
  size: o.size, command: o.cmd, look: o.look, scale: Number(o.scale), font: Number(o.font),
}).catch((err) => fail(1, err.message));
try {
  const [before, ...after] = o.wait;
  if (before) await terminal.wait(wanted(before));
  else await terminal.wait(/\S/);
  await terminal.settle();
  await terminal.keys(o.keys);
  for (const text of after) await terminal.wait(wanted(text));
  await terminal.settle();
  if (o.out) await terminal.shot(o.out);
  if (o.text || !o.out) console.log(await terminal.text());
} catch (err) {
  await terminal.close();
  fail(1, err.message);
}
await terminal.close();
process.exit(0);
