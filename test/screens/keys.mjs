// What a terminal sends for a key, by the names that Bubble Tea gives them.

const named = {
  enter: '\r', esc: '\x1b', tab: '\t', space: ' ', backspace: '\x7f', delete: '\x1b[3~',
  up: '\x1b[A', down: '\x1b[B', right: '\x1b[C', left: '\x1b[D',
  home: '\x1b[H', end: '\x1b[F', pgup: '\x1b[5~', pgdown: '\x1b[6~',
  'shift+tab': '\x1b[Z', f1: '\x1bOP',
};

const modifiers = { shift: 2, alt: 3, ctrl: 5 };

/** The bytes of one key: "enter", "ctrl+s", "alt+up", "x". */
export function bytes(key) {
  if (named[key]) return named[key];
  if ([...key].length === 1) return key;
  const [modifier, rest] = [key.slice(0, key.indexOf('+')), key.slice(key.indexOf('+') + 1)];
  const sequence = named[rest];
  if (modifier in modifiers && sequence?.startsWith('\x1b[')) {
    return sequence.endsWith('~')
      ? `${sequence.slice(0, -1)};${modifiers[modifier]}~`
      : `\x1b[1;${modifiers[modifier]}${sequence.at(-1)}`;
  }
  if (modifier === 'ctrl' && /^[a-z]$/.test(rest)) return String.fromCharCode(rest.charCodeAt(0) - 96);
  if (modifier === 'alt') return '\x1b' + bytes(rest);
  throw new Error(`unknown key: ${key}`);
}

/**
 * Cuts "/queued<enter>e<ctrl+s>" into keys: letters as they stand, the others
 * by name in angle brackets; "<<" is the letter itself.
 */
export function parse(text) {
  const keys = [];
  for (const part of text.match(/<<|<[^<>]+>|[^]/gu) ?? []) {
    if (part === '<<') keys.push('<');
    else keys.push(part.length > 1 && part.startsWith('<') ? part.slice(1, -1) : part);
  }
  return keys;
}
