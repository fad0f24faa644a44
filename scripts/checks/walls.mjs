// The walls oxlint has no rule for. The others, with the same messages, are in .oxlintrc.json.
// Each has a planted violation in tests/scripts/walls.test.ts: a guard nobody has seen fail is no guard.

import { readFileSync } from 'node:fs';
import { posix, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { listFiles } from '../setup/fingerprint.mjs';
import { inProject, ROOT } from '../setup/project.mjs';
import { importsOf, withoutComments } from './source.mjs';

const FOLDERS = ['electron', 'renderer', 'scripts', 'server', 'shared', 'tests'];
/** Names that say nothing about what is inside, so everything ends up inside. */
const EMPTY_NAMES = /^(utils?|helpers?|common|misc|types|constants|managers?)(\.|$)/i;
/** product.md: one installation of the app is a till. */
const OTHER_WORDS_FOR_TILL = /\b(device|terminal|client)s?\b/i;

const SQL_STATEMENT =
  /['"`]\s*(select\s.+\sfrom|insert\s+into|update\s.+\sset|delete\s+from|create\s+(table|index)|alter\s+table|drop\s+table)\b/i;

/** @typedef {{ path: string, line: number, message: string }} Finding */

/**
 * The part of the house a file lives in. Inside a part imports are relative; between parts they start with `#`.
 * @param {string} path
 */
export function areaOf(path) {
  const parts = path.split('/');
  if (parts[0] !== 'renderer') return parts[0] ?? '';
  return parts.slice(0, parts[1] === 'features' ? 3 : 2).join('/');
}

/** @param {string} path */
const isTest = (path) => /\.test\.tsx?$/.test(path) || path.startsWith('tests/');

/**
 * @param {string} path from the project's root, with forward slashes
 * @param {string} text
 * @returns {Finding[]}
 */
export function findBreaches(path, text) {
  const breaches = /** @type {Finding[]} */ ([]);
  const report = (/** @type {string} */ message, line = 1) => breaches.push({ path, line, message });
  const name = posix.basename(path);

  if (/^index\.[cm]?[jt]sx?$/.test(name))
    report('No barrels: name the file after what it holds and import that.');
  if (path.split('/').some((part) => EMPTY_NAMES.test(part)))
    report('A name that says nothing: call it after its one idea.');
  if (!/\.(m?js|tsx?)$/.test(name)) return breaches;

  for (const { specifier, line } of importsOf(text)) {
    if (specifier.startsWith('.')) {
      const target = posix.join(posix.dirname(path), specifier.replace(/\?.*$/, ''));
      // Tests may reach the scripts they prove: those have no `#` name because nothing in the app may import them.
      const isScriptUnderTest = path.startsWith('tests/scripts/') && target.startsWith('scripts/');
      if (areaOf(target) !== areaOf(path) && !isScriptUnderTest) {
        report(`${specifier} leaves ${areaOf(path)}/: import it as #${target}, if the walls allow it.`, line);
      }
    }
    if (specifier.startsWith('#tests/') && !isTest(path)) report('Only tests import #tests/.', line);
    if (/^#renderer\/features\/[^/]+$/.test(specifier)) report('A feature is a folder, not a file.', line);
  }

  const code = withoutComments(text);
  const reportEach = (/** @type {RegExp} */ pattern, /** @type {string} */ message) => {
    code.split('\n').forEach((line, index) => pattern.test(line) && report(message, index + 1));
  };
  if (/\.tsx?$/.test(name)) reportEach(/^\s*export\s+\*/, 'No barrels: export names, not everything.');
  if (path.startsWith('shared/') && !isTest(path)) {
    reportEach(
      /\bnew Date\(\s*\)|(?<![.\w]|new )Date\(\s*\)/,
      'No clock in shared/: the moment is passed in.',
    );
  }
  if (path.startsWith('server/') && !path.startsWith('server/store/') && !isTest(path)) {
    reportEach(SQL_STATEMENT, 'SQL lives in server/store.');
  }
  if (path.startsWith('renderer/i18n/') && !isTest(path)) {
    for (const match of code.matchAll(/(['"`])((?:(?!\1)[^\\\n]|\\.)*)\1/g)) {
      // A text somebody reads has a space in it; a key or an import has none.
      if (!/\s/.test(match[2] ?? '') || !OTHER_WORDS_FOR_TILL.test(match[2] ?? '')) continue;
      report(
        'One installation of the app is a "till" in every text.',
        code.slice(0, match.index).split('\n').length,
      );
    }
  }
  return breaches;
}

/** @returns {Finding[]} */
export function findAllBreaches() {
  const paths = FOLDERS.flatMap((folder) => listFiles(inProject(folder))).map((path) =>
    relative(ROOT, path).split(sep).join('/'),
  );
  return paths.flatMap((path) =>
    findBreaches(path, /\.(m?js|tsx?)$/.test(path) ? readFileSync(inProject(path), 'utf8') : ''),
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const breaches = findAllBreaches();
  for (const { path, line, message } of breaches) console.error(`${path}:${line}: ${message}`);
  process.exitCode = breaches.length > 0 ? 1 : 0;
}
