import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

// docs/programs.md promises a journey for every kind. A test that is renamed or removed takes its row with it.

const root = join(import.meta.dirname, '..', '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

function rowsOfTable(): string[][] {
  const table = read('docs/programs.md').split('## Every kind')[1] ?? '';
  return table
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
    .filter(([kind]) => kind !== 'Kind' && !/^-+$/.test(kind ?? '') && !kind?.startsWith('**'));
}

const JOURNEYS = 'tests/e2e/programs';
const journeys = new Set(
  readdirSync(join(root, JOURNEYS))
    .filter((file) => file.endsWith('.spec.ts'))
    .flatMap((file) =>
      Array.from(read(`${JOURNEYS}/${file}`).matchAll(/^\s*test\('([^']+)'/gm), ([, title]) => title),
    ),
);

test('every kind of program has a journey of its own name', () => {
  const promised = rowsOfTable().map((cells) => cells.at(-1));
  expect(promised.length).toBeGreaterThan(30);
  expect(promised.filter((title) => !journeys.has(title))).toEqual([]);
});

test('every journey is in the table', () => {
  const promised = new Set(rowsOfTable().map((cells) => cells.at(-1)));
  expect([...journeys].filter((title) => !promised.has(title))).toEqual([]);
});

test('every kind has worked examples, in a file that is there', () => {
  const files = rowsOfTable().map((cells) => cells.at(-2)?.replaceAll('`', '') ?? '');
  expect(files.filter((file) => !existsSync(join(root, `tests/worked-examples/cases/${file}.txt`)))).toEqual(
    [],
  );
});
