import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/**
 * One hash over the names and contents of files and folders. Contents, not times: a fresh clone, a branch switch and a
 * touched file all give the right answer.
 * @param {string} root names are hashed relative to it
 * @param {string[]} paths files or folders below `root`; one that does not exist counts as absent
 * @param {(path: string) => boolean} [counts] by path with forward slashes
 */
export function fingerprint(root, paths, counts = () => true) {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of listFiles(join(root, path))) {
      const name = relative(root, file).split(sep).join('/');
      if (!counts(name)) continue;
      hash.update(`${name}\0`);
      hash.update(createHash('sha256').update(readFileSync(file)).digest());
    }
  }
  return hash.digest('hex');
}

/**
 * @param {string} path
 * @returns {string[]}
 */
export function listFiles(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return [];
  if (!stat.isDirectory()) return [path];
  const names = readdirSync(path).filter((name) => name !== 'node_modules' && !name.startsWith('.'));
  return names.sort().flatMap((name) => listFiles(join(path, name)));
}
