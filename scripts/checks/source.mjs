// The little of TypeScript the walls need to read: what a file imports, and its text without comments.

const STRING = String.raw`"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|${'`'}(?:[^${'`'}\\]|\\.)*${'`'}`;
const STRING_OR_COMMENT = new RegExp(String.raw`(${STRING})|\/\*[\s\S]*?\*\/|\/\/.*`, 'g');

/** @param {string} text */
const blank = (text) => text.replace(/[^\n]/g, ' ');

/** @param {string} text keeps line numbers */
export function withoutComments(text) {
  return text.replace(STRING_OR_COMMENT, (found, quoted) => (quoted === undefined ? blank(found) : found));
}

/**
 * @param {string} text
 * @returns {{ specifier: string, line: number }[]} static, dynamic and re-exported imports, types too
 */
export function importsOf(text) {
  // A specifier has no space and no quote in it; a string that has may only quote somebody else's import.
  const code = text.replace(STRING_OR_COMMENT, (found, quoted) =>
    quoted === undefined || /[\s'"`]/.test(quoted.slice(1, -1)) ? blank(found) : found,
  );
  const pattern = /(?:\bfrom|\bimport|\bimport\s*\()\s*(['"])([^'"\n]+)\1/g;
  return [...code.matchAll(pattern)].map((match) => ({
    specifier: match[2] ?? '',
    line: code.slice(0, match.index).split('\n').length,
  }));
}
