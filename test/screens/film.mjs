// Frames taken one after another, with the time each stays, made into a GIF by
// ffmpeg; and single pictures made small.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

function ffmpeg(...args) {
  const done = spawnSync('ffmpeg', ['-y', '-loglevel', 'error', ...args], { stdio: ['ignore', 'inherit', 'inherit'] });
  if (done.error ?? done.status) throw new Error(`ffmpeg could not make ${args.at(-1)}: ${done.error?.message ?? 'see above'}`);
}

/** Brings a picture down to the 256 colours it mostly has: a third of the bytes. */
export function slim(path) {
  ffmpeg('-i', path, '-vf', 'split[a][b];[a]palettegen[p];[b][p]paletteuse=dither=none', `${path}.slim.png`);
  renameSync(`${path}.slim.png`, path);
}

export class Film {
  #folder = mkdtempSync(join(tmpdir(), 'glance-tui-film-'));
  #frames = []; // { png, ms }

  /** Adds a picture that stays for so many milliseconds; equal ones in sequence are one. */
  add(png, ms) {
    const last = this.#frames.at(-1);
    if (last?.png.equals(png)) last.ms += ms;
    else this.#frames.push({ png, ms });
  }

  /** Lets the last picture stay longer. */
  hold(ms) {
    const last = this.#frames.at(-1);
    if (last) last.ms += ms;
  }

  /** Writes the GIF, width points wide. */
  write(path, width) {
    const list = this.#frames.map(({ png, ms }, i) => {
      const name = join(this.#folder, `${String(i).padStart(5, '0')}.png`);
      writeFileSync(name, png);
      return `file '${name}'\nduration ${(ms / 1000).toFixed(3)}`;
    });
    // The concat reader drops the duration of the last picture unless it is named again.
    list.push(list.at(-1).split('\n')[0]);
    const script = join(this.#folder, 'frames.txt');
    writeFileSync(script, list.join('\n') + '\n');
    ffmpeg('-f', 'concat', '-safe', '0', '-i', script, '-vsync', 'vfr', '-vf',
      `scale=${width}:-1:flags=lanczos,split[a][b];[a]palettegen=max_colors=128:stats_mode=diff[p];[b][p]paletteuse=dither=none:diff_mode=rectangle`,
      path);
    rmSync(this.#folder, { recursive: true });
    return this.#frames.length;
  }
}
