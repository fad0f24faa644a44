import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { canonicalJson } from '#shared/lib/canonical-json.ts';
import { sha256Hex } from '#shared/lib/sha256.ts';
import { CHANNELS } from './channels.ts';
import { CONTRACT, IPC_VERSION, MAX_FILE_NAME_CHARACTERS, replySchema, type IpcRequest } from './contract.ts';

function contractDigest(): string {
  const messages = Object.entries(CONTRACT).map(([name, definition]) => ({
    name,
    request: z.toJSONSchema(definition.request),
    reply: z.toJSONSchema(replySchema<z.ZodMiniType>(definition.response)),
  }));
  return sha256Hex(canonicalJson({ channels: CHANNELS, messages }));
}

test('a changed contract raises its version on purpose', () => {
  // When this fails: raise IPC_VERSION, then write the new pair here.
  expect({ version: IPC_VERSION, digest: contractDigest() }).toEqual({
    version: 4,
    digest: 'd32504c7a1c47abd92c255913e2db15de7c53f690e89f7f29a8ebfebc4e14130',
  });
});

test('channel names are unique', () => {
  expect(new Set(Object.values(CHANNELS)).size).toBe(Object.keys(CHANNELS).length);
  expect(Object.keys(CONTRACT).sort()).toEqual(Object.keys(CHANNELS).sort());
});

const save: IpcRequest<'saveFile'> = {
  suggestedName: 'Tenpunch 2026-11-21.csv',
  kind: 'csv',
  contents: { encoding: 'text', text: 'a;b' },
};
const accepts = (request: unknown) => z.safeParse(CONTRACT.saveFile.request, request).success;

test.each(['Kasa özeti – 21 Kasım.pdf', 'a', 'x'.repeat(MAX_FILE_NAME_CHARACTERS)])(
  'accepts the file name %j',
  (suggestedName) => expect(accepts({ ...save, suggestedName })).toBe(true),
);

test.each([
  '',
  '.',
  '..',
  '../secret.csv',
  'folder/name.csv',
  'folder\\name.csv',
  'C:name.csv',
  '.hidden',
  'name.csv.',
  'name\u0000.csv',
  'name\n.csv',
  'x'.repeat(MAX_FILE_NAME_CHARACTERS + 1),
])('refuses the file name %j', (suggestedName) => expect(accepts({ ...save, suggestedName })).toBe(false));

test('contents are text or whole base64', () => {
  const withBase64 = (base64: string) => accepts({ ...save, contents: { encoding: 'base64', base64 } });
  expect(withBase64('AAEC')).toBe(true);
  expect(withBase64('AAE=')).toBe(true);
  expect(withBase64('')).toBe(true);
  expect(withBase64('AAE')).toBe(false);
  expect(withBase64('AA C')).toBe(false);
  expect(withBase64('A=AA')).toBe(false);
  expect(accepts({ ...save, contents: { encoding: 'text', base64: 'AAEC' } })).toBe(false);
});

test('unknown fields and kinds are refused', () => {
  expect(accepts({ ...save, path: '/etc/passwd' })).toBe(false);
  expect(accepts({ ...save, kind: 'exe' })).toBe(false);
  expect(z.safeParse(CONTRACT.appInfo.request, { extra: 1 }).success).toBe(false);
});
