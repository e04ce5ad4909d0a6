#!/usr/bin/env node
// Plays a story (story.mjs, or the file given) in the real program and writes
// its pictures and its animation to a folder (screenshots/, or the second
// argument).

import { mkdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Film, slim } from './film.mjs';
import { Terminal, has } from './terminal.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const [storyFile = join(here, 'story.mjs'), folder = resolve(here, '../../screenshots')] = process.argv.slice(2);
const { default: story } = await import(pathToFileURL(resolve(storyFile)));

const typing = 55; // milliseconds a key stays in the animation
const rest = 700;
const filmWidth = 1100;

mkdirSync(folder, { recursive: true });
const terminal = await Terminal.start({ ...story, scale: 2 });
const film = new Film();
let last = Date.now();

/** Takes a frame; the one before it stayed until now, as somebody watching would see. */
async function watch() {
  const now = Date.now();
  film.hold(Math.min(now - last, 250));
  last = now;
  film.add(await terminal.shot(), 0);
}

async function key() {
  film.add(await terminal.shot(), typing);
  last = Date.now();
}

try {
  for (const [i, step] of story.steps.entries()) {
    last = Date.now();
    try {
      if (step.wait) await terminal.wait(step.wait, { each: i === 0 ? undefined : watch });
      if (step.keys) await terminal.keys(step.keys, { each: key });
      for (let n = 0; step.press && !has(await terminal.text(), step.until); n++) {
        if (n === 40) throw new Error(`${step.until} did not come by pressing ${step.press}:\n${await terminal.text()}`);
        await terminal.keys(step.press, { each: key });
      }
      if (step.then) await terminal.wait(step.then, { each: watch });
    } catch (err) {
      throw new Error(`step ${i + 1} (${JSON.stringify(step.keys ?? step.press ?? '')}): ${err.message}`);
    }
    await terminal.settle();
    const picture = await terminal.shot(step.shot && join(folder, step.shot));
    film.add(picture, step.hold ?? rest);
    if (step.shot) {
      slim(join(folder, step.shot));
      console.log(`wrote ${step.shot}: ${Math.round(statSync(join(folder, step.shot)).size / 1024)} KiB`);
    }
  }
  if (story.film) {
    const path = join(folder, story.film);
    film.hold(1500);
    const frames = film.write(path, filmWidth);
    console.log(`wrote ${story.film}: ${frames} frames, ${Math.round(statSync(path).size / 1024)} KiB`);
  }
} catch (err) {
  console.error(err.message);
  process.exitCode = 1;
} finally {
  await terminal.close();
}
process.exit();
