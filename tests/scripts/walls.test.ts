import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findBreaches } from '../../scripts/checks/walls.mjs';

// A guard that never failed may be asleep. Every wall is breached here once, in a small tree beside a copy of the real
// configuration, and must be reported; the files that keep to the walls must not be.

const ROOT = join(import.meta.dirname, '..', '..');

const IMPORTS = 'eslint(no-restricted-imports)';
const GLOBALS = 'eslint(no-restricted-globals)';
const PROPERTIES = 'eslint(no-restricted-properties)';

interface Planted {
  wall: string;
  path: string;
  code: string;
  rule: string;
}

const uses = (specifier: string): string =>
  `import { thing } from '${specifier}';\nexport const used = thing;\n`;
const planted: Planted[] = [];
/** Each breach gets a file of its own, so that one report cannot stand in for another. */
function plant(
  wall: string,
  folder: string,
  code: string,
  rule: string,
  name = `breach-${planted.length}.ts`,
): void {
  planted.push({ wall, path: `${folder}/${name}`, code, rule });
}

for (const specifier of ['node:fs', 'electron', 'react', 'dexie', 'zustand', 'uuid', 'zod']) {
  plant(`shared/ imports ${specifier}`, 'shared/domain', uses(specifier), IMPORTS);
}
for (const specifier of ['#renderer/data/a.ts', '#electron/a.ts', '#server/a.ts', '#resources/a.ts']) {
  plant(`shared/ imports ${specifier}`, 'shared/domain', uses(specifier), IMPORTS);
}
plant('shared/ imports lazily', 'shared/domain', "export const lazy = () => import('dexie');", IMPORTS);
plant('shared/ imports a type', 'shared/domain', "export type { Key } from 'react';", IMPORTS);
plant('shared/ reads the clock', 'shared/lib', 'export const now = () => Date.now();', PROPERTIES);
plant(
  'shared/ reads Temporal.Now',
  'shared/lib',
  'export const now = () => Temporal.Now.instant();',
  PROPERTIES,
);
plant('shared/ rolls dice', 'shared/lib', 'export const roll = () => Math.random();', PROPERTIES);
for (const name of [
  'crypto',
  'performance',
  'localStorage',
  'indexedDB',
  'document',
  'fetch',
  'process',
  'setTimeout',
]) {
  plant(`shared/ uses ${name}`, 'shared/sync', `export const it = ${name};`, GLOBALS);
}

plant('electron/ imports the renderer', 'electron/services', uses('#renderer/data/a.ts'), IMPORTS);
plant('electron/ imports the server', 'electron/services', uses('#server/a.ts'), IMPORTS);
plant('electron/ imports Dexie', 'electron/services', uses('dexie'), IMPORTS);
plant('electron/ imports React', 'electron/modules', uses('react'), IMPORTS);
for (const name of ['ipcMain', 'ipcRenderer', 'contextBridge']) {
  plant(
    `${name} in a module`,
    'electron/modules',
    `import { ${name} } from 'electron';\nexport const it = ${name};`,
    IMPORTS,
  );
}
plant(
  'all of electron',
  'electron/modules',
  "import * as all from 'electron';\nexport const it = all.ipcMain;",
  IMPORTS,
);
plant(
  'ipcRenderer in the handler',
  'electron/ipc',
  "import { ipcRenderer } from 'electron';\nexport const it = ipcRenderer;",
  IMPORTS,
  'register-handler.ts',
);
plant(
  'ipcMain in the preload',
  'electron',
  "import { ipcMain } from 'electron';\nexport const it = ipcMain;",
  IMPORTS,
  'preload.ts',
);
plant('server/ imports the renderer', 'server/http', uses('#renderer/data/a.ts'), IMPORTS);
plant('server/ imports electron/', 'server/http', uses('#electron/main.ts'), IMPORTS);
for (const specifier of ['pg', '@electric-sql/pglite', 'dexie', 'react', 'uuid']) {
  plant(`server/ imports ${specifier}`, 'server/http', uses(specifier), IMPORTS);
}
for (const specifier of ['hono', 'pino', '#renderer/data/a.ts']) {
  plant(`server/store imports ${specifier}`, 'server/store', uses(specifier), IMPORTS);
}

for (const area of ['app', 'features/counter', 'data', 'sync', 'platform', 'ui', 'i18n']) {
  for (const specifier of ['electron', '#electron/main.ts', 'node:fs']) {
    plant(`renderer/${area} imports ${specifier}`, `renderer/${area}`, uses(specifier), IMPORTS);
  }
  if (area !== 'data') plant(`renderer/${area} imports Dexie`, `renderer/${area}`, uses('dexie'), IMPORTS);
  if (area !== 'data')
    plant(`renderer/${area} hooks Dexie`, `renderer/${area}`, uses('dexie-react-hooks'), IMPORTS);
  if (area !== 'app')
    plant(`renderer/${area} imports app`, `renderer/${area}`, uses('#renderer/app/a.ts'), IMPORTS);
  if (area !== 'app') {
    plant(
      `renderer/${area} imports a feature`,
      `renderer/${area}`,
      uses('#renderer/features/day/a.ts'),
      IMPORTS,
    );
  }
  if (area !== 'data')
    plant(`renderer/${area} opens a database`, `renderer/${area}`, 'export const it = indexedDB;', GLOBALS);
  plant(`renderer/${area} uses localStorage`, `renderer/${area}`, 'export const it = localStorage;', GLOBALS);
  plant(
    `renderer/${area} uses window.sessionStorage`,
    `renderer/${area}`,
    'export const it = window.sessionStorage;',
    PROPERTIES,
  );
  if (area !== 'platform') {
    plant(
      `renderer/${area} uses the bridge`,
      `renderer/${area}`,
      'export const it = window.tenpunch;',
      PROPERTIES,
    );
    plant(
      `renderer/${area} reads the clock`,
      `renderer/${area}`,
      'export const it = () => Date.now();',
      PROPERTIES,
    );
    plant(
      `renderer/${area} makes an id`,
      `renderer/${area}`,
      'export const it = () => crypto.randomUUID();',
      PROPERTIES,
    );
  }
}
plant('sync imports React', 'renderer/sync', uses('react'), IMPORTS);
plant('data imports the design system', 'renderer/data', uses('#renderer/ui/button.tsx'), IMPORTS);
plant('platform imports data', 'renderer/platform', uses('#renderer/data/a.ts'), IMPORTS);
for (const specifier of [
  '#shared/domain/member.ts',
  '#renderer/data/a.ts',
  '#renderer/i18n/a.ts',
  'react-i18next',
]) {
  plant(`ui imports ${specifier}`, 'renderer/ui', uses(specifier), IMPORTS);
}
plant(
  'a test of a screen imports electron/',
  'renderer/app',
  uses('#electron/main.ts'),
  IMPORTS,
  'screen.test.tsx',
);
plant('a test of shared/ imports Dexie', 'shared/domain', uses('dexie'), IMPORTS, 'fold.test.ts');
plant(
  'a cycle by # imports',
  'shared/lib',
  "import { right } from '#shared/lib/right.ts';\nexport const left = () => right;",
  'import(no-cycle)',
  'left.ts',
);
plant(
  'a cycle by # imports, other half',
  'shared/lib',
  "import { left } from './left.ts';\nexport const right = () => left;",
  'import(no-cycle)',
  'right.ts',
);
plant('console', 'renderer/app', "console.log('x');\nexport {};", 'eslint(no-console)');
plant('any', 'shared/lib', 'export const it: any = 1;', 'typescript(no-explicit-any)');

/** What the walls allow; none of these may be reported. */
const CLEAN: Record<string, string> = {
  'shared/domain/clean.ts': [
    "import * as z from 'zod/mini';",
    "import { sha256 } from '@noble/hashes/sha2.js';",
    "import { parse } from 'libphonenumber-js/min';",
    "import { kept } from '#shared/lib/kept.ts';",
    "import { near } from './near.ts';",
    "import { above } from '../lib/above.ts';",
    'export const used = [z, sha256, parse, kept, near, above, new Date(0)];',
  ].join('\n'),
  'shared/domain/clean.test.ts':
    "import { readFileSync } from 'node:fs';\nexport const used = [readFileSync, Date.now(), Math.random()];",
  'electron/modules/clean.ts':
    "import { app } from 'electron';\nimport { join } from 'node:path';\nimport { kept } from '#shared/lib/kept.ts';\nexport const used = [app, join, kept];",
  'server/http/clean.ts':
    "import { Hono } from 'hono';\nimport { join } from 'node:path';\nimport { a } from '#server/store/a.ts';\nimport { kept } from '#shared/lib/kept.ts';\nexport const used = [Hono, join, a, kept, Date.now()];",
  'server/store/clean.ts':
    "import pg from 'pg';\nimport { near } from './near.ts';\nexport const used = [pg, near];",
  'renderer/app/clean.ts':
    "import { a } from '#renderer/features/day/a.ts';\nimport { b } from '#renderer/data/b.ts';\nexport const used = [a, b];",
  'renderer/features/counter/clean.ts':
    "import { b } from '#renderer/data/b.ts';\nimport { c } from '#renderer/ui/c.tsx';\nimport { d } from './d.ts';\nexport const used = [b, c, d];",
  'renderer/data/clean.ts':
    "import { Dexie } from 'dexie';\nimport { useLiveQuery } from 'dexie-react-hooks';\nimport { e } from '#shared/domain/e.ts';\nexport const used = [Dexie, useLiveQuery, e, indexedDB];",
  'renderer/platform/clean.ts':
    "import { e } from '#shared/ipc/e.ts';\nexport const used = [e, window.tenpunch, Date.now(), crypto.randomUUID()];",
  'renderer/ui/clean.ts':
    "import { f } from '#renderer/ui/f.ts';\nimport { g } from 'react-aria-components/Button';\nimport h from '#resources/icons/h.svg';\nexport const used = [f, g, h];",
};

let folder = '';
let reports: { path: string; rule: string }[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tenpunch-walls-'));
  copyFileSync(join(ROOT, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
  // Cycles are found through the same `#` names the app uses.
  copyFileSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
  const write = (path: string, code: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), code);
  };
  for (const { path, code } of planted) write(path, code);
  for (const [path, code] of Object.entries(CLEAN)) write(path, code);

  const oxlint = join(ROOT, 'node_modules', 'oxlint', 'bin', 'oxlint');
  const { stdout } = await promisify(execFile)(process.execPath, [oxlint, '--format', 'json'], {
    cwd: folder,
    maxBuffer: 32_000_000,
  }).catch((failed: { stdout: string }) => failed);
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { filename: string; code: string }[] };
  reports = diagnostics.map(({ filename, code }) => ({ path: filename.replaceAll('\\', '/'), rule: code }));
}, 30_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('oxlint reports', () => {
  test.each(planted)('$wall', ({ path, rule }) => {
    expect(reports).toContainEqual({ path, rule });
  });

  test.each(Object.keys(CLEAN))('nothing in %s', (path) => {
    expect(reports.filter((report) => report.path === path)).toEqual([]);
  });
});

describe('the walls script reports', () => {
  const breaches: [wall: string, path: string, code: string][] = [
    ['a barrel by name', 'renderer/ui/index.ts', ''],
    ['a barrel by content', 'renderer/ui/all.ts', "export * from './button.tsx';"],
    ['a file called utils', 'shared/lib/utils.ts', ''],
    ['a folder called helpers', 'renderer/app/helpers/money.ts', ''],
    ['a file called types', 'shared/domain/types.ts', ''],
    ['a file called constants', 'electron/constants.ts', ''],
    [
      'one feature reaching into another',
      'renderer/features/counter/Screen.tsx',
      "import { a } from '../members/a.ts';",
    ],
    [
      'a feature reaching data by dots',
      'renderer/features/day/Screen.tsx',
      "import { a } from '../../data/a.ts';",
    ],
    ['a lazy import across', 'renderer/app/routes.tsx', "const a = import('../features/day/Screen.tsx');"],
    ['shared/ leaving by dots', 'shared/lib/hlc.ts', "export { a } from '../../electron/a.ts';"],
    ['the app importing a test fake', 'renderer/data/db.ts', "import { a } from '#tests/fakes/a.ts';"],
    ['a clock in shared/', 'shared/domain/day.ts', 'const at = new Date();'],
    ['a clock as text in shared/', 'shared/domain/day.ts', 'const at = Date();'],
    ['SQL outside the store', 'server/http/tills.ts', "await query('select till from tills');"],
    ['a wrong word in a text', 'renderer/i18n/en.ts', "const text = { a: 'This device is offline' };"],
  ];
  test.each(breaches)('%s', (_wall, path, code) => {
    expect(findBreaches(path, code)).toHaveLength(1);
  });

  const clean: [path: string, code: string][] = [
    ['renderer/features/counter/parts/row.tsx', "import { a } from '../use-counter.ts';"],
    ['shared/domain/day.ts', "import { a } from '../lib/a.ts';\nconst at = new Date(0); // never new Date()"],
    ['renderer/data/db.test.ts', "import { a } from '#tests/fakes/a.ts';"],
    ['renderer/i18n/en.ts', "const text = { clientKey: 'This till is offline' };"],
    ['tests/scripts/a.test.ts', "import { a } from '../../scripts/a.mjs';"],
    ['server/store/tills.ts', "await query('select till from tills');"],
    ['shared/ledger/event-types.ts', 'export { a } from "./a.ts";'],
  ];
  test.each(clean)('nothing in %s', (path, code) => {
    expect(findBreaches(path, code)).toEqual([]);
  });
});
