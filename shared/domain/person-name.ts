/** Letters that no Unicode decomposition maps to what people type instead. */
const FOLDED_LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
};
const MAX_NAME_LENGTH = 80;
/** A name of more words is still found by its first ones; each key costs an index entry. */
const MAX_KEYS = 4;

/** Control, direction and zero-width characters: invisible on screen, and able to hide what a name really is. */
const INVISIBLE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;
/** Joiners mean something only between two letters (Persian needs them); elsewhere they hide. */
const STRAY_JOINER = /[\u200c\u200d](?!\p{L})|(?<!\p{L})[\u200c\u200d]/gu;

/** A name as it is kept: visible characters, single spaces, at most 80 of them. May be empty. */
export function cleanName(text: string): string {
  const visible = text
    .slice(0, 10 * MAX_NAME_LENGTH)
    .replace(/[\t\n\r]/g, ' ')
    .replace(INVISIBLE, '')
    .replace(STRAY_JOINER, '');
  return [...visible.normalize('NFC').replace(/\s+/gu, ' ').trim()].slice(0, MAX_NAME_LENGTH).join('').trim();
}

/** A name as it is searched: no accents, no case, single spaces. `Çağrı IŞIK` and `cagri isik` are equal. */
export function foldName(text: string): string {
  const plain = cleanName(text)
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\p{M}\u200c\u200d]+/gu, '');
  return plain
    .replace(/[ßøłđðþæœı]/gu, (letter) => FOLDED_LETTERS[letter] ?? letter)
    .replace(/[’'`.,-]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
}

/**
 * Keys under which a name is found by prefix: the folded name from each of its first words on, so that `anna m`,
 * `maria` and `smith` all find Anna Maria Smith through one index.
 */
export function nameKeys(name: string): string[] {
  const words = foldName(name)
    .split(' ')
    .filter((word) => word !== '');
  return words.slice(0, MAX_KEYS).map((_, index) => words.slice(index).join(' '));
}
