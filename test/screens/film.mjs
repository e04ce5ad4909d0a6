// Frames taken one after another, with the time each stays, made into a GIF by
// ffmpeg.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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
    const made = spawnSync('ffmpeg', [
      '-y', '-loglevel', 'error', '-f', 'concat', '-safe', '0', '-i', script, '-vsync', 'vfr', '-vf',
      `scale=${width}:-1:flags=lanczos,split[a][b];[a]palettegen=max_colors=128:stats_mode=diff[p];[b][p]paletteuse=dither=none:diff_mode=rectangle`,
      path,
    ], { stdio: ['ignore', 'inherit', 'inherit'] });
    rmSync(this.#folder, { recursive: true });
    if (made.error ?? made.status) throw new Error(`ffmpeg could not make ${path}: ${made.error?.message ?? 'see above'}`);
    return this.#frames.length;
  }
}
