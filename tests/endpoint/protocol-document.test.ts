import { createDecipheriv, createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format } from 'prettier';
import { beforeAll, describe, expect, test } from 'vitest';
import { UNASSIGNED_STAFF, type EventDraft } from '#shared/ledger/event.ts';
import { sealEvent } from '#shared/ledger/stream.ts';
import type { EventId, MemberId, PlainDay, ShopId, StreamId, TillId } from '#shared/lib/brand.ts';
import { canonicalJson } from '#shared/lib/canonical-json.ts';
import { encodeBase64 } from '#shared/lib/base64.ts';
import { formatHlc, type Hlc } from '#shared/lib/hlc.ts';
import { formatInvitation } from '#shared/sync/invitation.ts';
import { CONFLICTS, ERRORS, REFUSALS, VERDICTS } from '#shared/sync/wire.ts';
import { EMPTY_PROFILE, type Profile } from '#shared/domain/profile.ts';
import { createProfileSealer } from '#renderer/sync/seal-profile.ts';
import { Problem } from '#server/http/problem.ts';
import { ROUTES } from '#server/http/routes.ts';
import { playExchange } from './protocol-exchange.ts';

// docs/sync-protocol.md is for somebody who writes another endpoint: what it shows is made by the code, and held against it.
// UPDATE_DOCS=1 writes the made parts anew.

const PATH = join(import.meta.dirname, '..', '..', 'docs', 'sync-protocol.md');
let document = '';

const borders = (name: string) => [`<!-- begin: ${name} -->\n`, `<!-- end: ${name} -->\n`] as const;

function partOf(name: string): string {
  const [begin, end] = borders(name);
  const from = document.indexOf(begin);
  const to = document.indexOf(end);
  expect(from, `the document has a part ${name}`).toBeGreaterThan(-1);
  expect(to).toBeGreaterThan(from);
  return document.slice(from + begin.length, to);
}

async function compare(
  name: string,
  made: string,
): Promise<{ readonly shown: string; readonly made: string }> {
  const text = `\n${await format(made, { parser: 'markdown', printWidth: 120, proseWrap: 'preserve' })}\n`;
  const before = partOf(name);
  if (process.env['UPDATE_DOCS'] === '1' && before !== text) {
    const [begin] = borders(name);
    const from = document.indexOf(begin) + begin.length;
    document = document.slice(0, from) + text + document.slice(from + before.length);
    await writeFile(PATH, document);
  }
  return { shown: partOf(name), made: text };
}

const fenced = (text: string, language = 'text'): string => `\`\`\`${language}\n${text}\n\`\`\`\n`;
const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

beforeAll(async () => {
  document = await readFile(PATH, 'utf8');
});

describe('the worked event', () => {
  const till = 'till-1' as TillId;
  const wall = 1_767_225_600_000;
  const draft: EventDraft = {
    id: '019b76da-a800-7000-8000-000000000001' as EventId,
    type: 'adjustment',
    staff: UNASSIGNED_STAFF,
    member: 'member-1' as MemberId,
    data: {
      grants: [{ program: 'coffee', version: 1, rule: 'adjustment', units: 2 }],
      reason: 'The café forgot “two” stamps: \\ "1" + "1"',
    },
  };
  const hlc = formatHlc({ wallMs: wall, counter: 0 }, till);
  const context = {
    shop: 'shop-1' as ShopId,
    till,
    hlc,
    wall,
    tz: 'Europe/Paris',
    day: '2026-01-01' as PlainDay,
  };
  const head = { stream: 'stream-a' as StreamId, seq: 0, link: '' } as const;
  const { event } = sealEvent(draft, head, context);
  const { stream, seq, prev, body, link, ...content } = event;

  test('is what the code makes of it', async () => {
    const { shown, made } = await compare(
      'event',
      [
        'The event:',
        '',
        fenced(JSON.stringify(event, undefined, 2), 'json'),
        'Its content in canonical form, the input of `body`:',
        '',
        fenced(canonicalJson(content)),
        'The input of `link`, with line breaks as `\\n`:',
        '',
        fenced(`${prev}\n${stream}\n${seq}\n${body}`.replaceAll('\n', '\\n')),
      ].join('\n'),
    );
    expect(shown).toBe(made);
  });

  test('can be checked with nothing but SHA-256', () => {
    const part = partOf('event');
    const [shown = '', canonical = '', chained = ''] = [...part.matchAll(/```\w+\n([^]*?)\n```/g)].map(
      ([, text]) => text ?? '',
    );
    const told = JSON.parse(shown) as typeof event;
    expect(sha256(canonical)).toBe(told.body);
    expect(sha256(chained.replaceAll('\\n', '\n'))).toBe(told.link);
  });
});

describe('the worked document', () => {
  const KEY = Uint8Array.from({ length: 32 }, (_, index) => index);
  const profile: Profile = {
    ...EMPTY_PROFILE,
    member: 'member-1' as MemberId,
    hlc: '001767225600000-00000-till-1' as Hlc,
    name: 'Ada',
    note: 'oat milk',
  };

  test('is what the code makes of it', async () => {
    const sealer = await createProfileSealer({
      subtle: crypto.subtle,
      randomBytes: (count) => new Uint8Array(count).fill(9),
      shop: 'shop-1',
      shopKey: encodeBase64(KEY),
    });
    const sealed = await sealer?.close({ kind: 'profile', profile });
    const { shown, made } = await compare('document', fenced(JSON.stringify(sealed), 'json'));
    expect(shown).toBe(made);
  });

  test('opens as the document says', () => {
    const shown = /```json\n([^]*?)\n```/.exec(partOf('document'))?.[1] ?? '';
    const { member, hlc, sealed } = JSON.parse(shown) as { member: string; hlc: string; sealed: string };
    const bytes = Buffer.from(sealed, 'base64');
    expect(bytes[0]).toBe(1);
    const decipher = createDecipheriv('aes-256-gcm', KEY, bytes.subarray(1, 13));
    decipher.setAAD(Buffer.from(JSON.stringify(['tenpunch profile', 1, 'shop-1', member, hlc])));
    decipher.setAuthTag(bytes.subarray(-16));
    const plain = Buffer.concat([decipher.update(bytes.subarray(13, -16)), decipher.final()]);
    expect(plain.length % 256).toBe(0);
    expect(JSON.parse(plain.toString())).toEqual({
      name: 'Ada',
      phone: null,
      card: null,
      birthday: null,
      note: 'oat milk',
    });
  });

  test('an invitation reads as it says', async () => {
    const invitation = { address: 'https://sync.example', code: '7K3QX-M9TRB', key: encodeBase64(KEY) };
    const { shown, made } = await compare('invitation', fenced(formatInvitation(invitation)));
    expect(shown).toBe(made);
  });
});

test('the exchange is what an endpoint answers', async () => {
  const { shown, made } = await compare('exchange', fenced(await playExchange(), 'http'));
  expect(shown).toBe(made);
});

test('every route, verdict, code and error is in it', () => {
  for (const { method, path } of Object.values(ROUTES))
    expect(document).toContain(`${method.toUpperCase()} ${path.replaceAll(/:(\w+)/g, '{$1}')}`);
  for (const word of [...VERDICTS, ...REFUSALS, ...CONFLICTS]) expect(document).toContain(`\`${word}\``);
  for (const code of ERRORS) expect(document).toContain(`| ${new Problem(code, '').status} \`${code}\``);
});
