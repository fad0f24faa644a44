import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeBase64, encodeBase64Url } from '../lib/base64.ts';
import { formatInvitation, parseInvitation } from './invitation.ts';

const key = encodeBase64(new Uint8Array(32).fill(7));
const content = { address: 'https://sync.example:8443', code: 'ABCD-EFGH', key };
const textOf = (value: unknown) =>
  `tenpunch:${encodeBase64Url(new TextEncoder().encode(JSON.stringify(value)))}`;

describe('an invitation', () => {
  test('comes back as it was written, and fits a QR code', () => {
    const text = formatInvitation(content);
    expect(parseInvitation(text)).toEqual(content);
    expect(text).toMatch(/^tenpunch:[\w-]+$/);
    expect(text.length).toBeLessThan(250);
  });

  test('survives a message that broke it into lines, and a phone that made it a sentence', () => {
    const text = formatInvitation(content);
    const broken = ` T${text.slice(1, 60)}\r\n  ${text.slice(60)}\n`;
    expect(parseInvitation(broken)).toEqual(content);
  });

  test('of a newer app with more in it is understood', () => {
    expect(parseInvitation(textOf({ v: 1, ...content, name: 'Bar' }))).toEqual(content);
  });

  test.each([
    ['nothing', ''],
    ['only the beginning', 'tenpunch:'],
    ['another scheme', formatInvitation(content).replace('tenpunch', 'http')],
    ['half of it', formatInvitation(content).slice(0, 80)],
    ['one letter more', `${formatInvitation(content)}A`],
    ['a later version', textOf({ ...content, v: 2 })],
    ['no version', textOf(content)],
    ['a short key', textOf({ v: 1, ...content, key: encodeBase64(new Uint8Array(16)) })],
    ['a key that is no base64', textOf({ v: 1, ...content, key: '~'.repeat(44) })],
    ['no code', textOf({ v: 1, ...content, code: '' })],
    ['a code with a line break in it', textOf({ v: 1, ...content, code: 'A\nB' })],
    ['an address that is an object', textOf({ v: 1, ...content, address: { toString: 'x' } })],
    ['a list', textOf([1, content])],
    ['nothing at all', textOf(null)],
    ['bytes that are no text', `tenpunch:${encodeBase64Url(new Uint8Array([0xff, 0xfe, 0x00]))}`],
    ['a text without end', `tenpunch:${'A'.repeat(100_000)}`],
    ['a card code', '4006381333931'],
  ])('is not %s', (_, text) => {
    expect(parseInvitation(text)).toBeUndefined();
  });

  test('never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json().map((json) => textOf(json as unknown)),
          fc.jsonValue().map(textOf),
        ),
        (text) => {
          expect(parseInvitation(text)).toBeUndefined();
          expect(parseInvitation(`tenpunch:${text}`)).toBeUndefined();
        },
      ),
    );
  });
});
