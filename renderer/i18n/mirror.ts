const WIDE: Readonly<Record<string, string>> = {
  a: 'á',
  c: 'ç',
  e: 'é',
  g: 'ĝ',
  i: 'í',
  l: 'ļ',
  n: 'ñ',
  o: 'ó',
  s: 'š',
  u: 'ú',
  y: 'ý',
  z: 'ž',
  A: 'Á',
  E: 'É',
  I: 'Í',
  N: 'Ñ',
  O: 'Ó',
  S: 'Š',
  U: 'Ú',
};

/** Arabic has six plural forms and English two: the other four read like "other". */
const OTHER = '_other';
const MISSING_PLURALS = ['_zero', '_two', '_few', '_many'];

/** The same tree with every text accented and about a third longer; `{{placeholders}}` stay as they are. */
export function mirror<Tree extends object>(tree: Tree): Tree {
  const entries = Object.entries(tree).flatMap(([key, value]) => {
    if (typeof value !== 'string') return [[key, mirror(value as object)]];
    const text = widen(value);
    const plurals = key.endsWith(OTHER)
      ? MISSING_PLURALS.map((suffix) => [key.slice(0, -OTHER.length) + suffix, text])
      : [];
    return plurals.concat([[key, text]]);
  });
  return Object.fromEntries(entries) as Tree;
}

function widen(text: string): string {
  const accented = text
    .split(/(\{\{[^}]*\}\}|<[^>]*>)/u)
    .map((part) =>
      /^[{<]/u.test(part) ? part : part.replace(/[a-zA-Z]/gu, (letter) => WIDE[letter] ?? letter),
    )
    .join('');
  return `\u202b${accented}${' ·'.repeat(Math.ceil(text.length / 12))}\u202c`;
}
