// The little of TypeScript the walls need to read: what a file imports, and its text without comments.

/** @param {string} text keeps line numbers */
export function withoutComments(text) {
  return text.replace(
    /("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)|\/\*[\s\S]*?\*\/|(?<!:)\/\/.*/g,
    (found, quoted) => (quoted === undefined ? found.replace(/[^\n]/g, ' ') : found),
  );
}

/**
 * @param {string} text
 * @returns {{ specifier: string, line: number }[]} static, dynamic and re-exported imports, types too
 */
export function importsOf(text) {
  const code = withoutComments(text);
  const pattern = /(?:\bfrom|\bimport|\bimport\s*\()\s*(['"])([^'"\n]+)\1/g;
  return [...code.matchAll(pattern)].map((match) => ({
    specifier: /** @type {string} */ (match[2]),
    line: code.slice(0, match.index).split('\n').length,
  }));
}
