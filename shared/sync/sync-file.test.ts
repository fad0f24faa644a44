import { describe, expect, test } from 'vitest';
import type { KnownEvent, LedgerEvent } from '../ledger/event.ts';
import { visitsOf } from '#tests/fakes/visits.ts';
import { readSyncFile } from './read-sync-file.ts';
import type { Held } from './sync-state.ts';
import { MAX_BATCH_EVENTS, MAX_SYNC_FILE_BYTES, syncFileSchema } from './wire.ts';
import { createSyncFileWriter } from './write-sync-file.ts';

const held = (events: readonly KnownEvent[]): Held<LedgerEvent>[] =>
  events.map((event, index) => ({ n: index + 1, event, g: null }));

function open(maxBytes?: number) {
  let batches = 0;
  return createSyncFileWriter({
    shop: 'shop-1',
    till: 'till-1',
    batchId: () => `batch-${(batches += 1)}`,
    ...(maxBytes === undefined ? {} : { maxBytes }),
  });
}

const bytesOf = (text: string) => new TextEncoder().encode(text);
const doc = (member: string) => ({ member, hlc: '1', sealed: 'AQID' });

describe('a sync file', () => {
  test('holds the queue in its order, in batches as the wire takes them, and the sealed documents', () => {
    const events = visitsOf({ stream: 's', count: MAX_BATCH_EVENTS + 2 });
    const writer = open();
    writer.addEvents(held(events.slice(0, 3)));
    writer.addEvents(held(events.slice(3)));
    writer.addDocs([doc('m-1'), { member: 'm-2', hlc: '2', erased: true }]);
    const [file, ...more] = writer.finish();
    expect(more).toEqual([]);
    const content = syncFileSchema.parse(JSON.parse(file?.text ?? ''));
    expect(content).toMatchObject({ shop: 'shop-1', till: 'till-1' });
    expect(content.batches.map((batch) => [batch.batch, batch.events.length])).toEqual([
      ['batch-1', 3],
      ['batch-2', MAX_BATCH_EVENTS - 1],
    ]);
    expect(content.batches.flatMap((batch) => batch.events)).toEqual(events);
    expect(content.docs).toEqual([doc('m-1'), { member: 'm-2', hlc: '2', erased: true }]);
    expect(file).toMatchObject({ events: MAX_BATCH_EVENTS + 2, docs: 2 });
  });

  test('is written when nothing waits too, and is read again', () => {
    const [file] = open().finish();
    expect(readSyncFile(bytesOf(file?.text ?? ''), 'shop-1')).toMatchObject({
      ok: true,
      value: { batches: [], docs: [] },
    });
  });

  test('that would grow too large goes on in a next one; none is larger than allowed and nothing is lost', () => {
    const events = visitsOf({ stream: 's', count: 40 });
    const maxBytes = 6000;
    const writer = open(maxBytes);
    for (const one of events) writer.addEvents(held([one]));
    writer.addDocs(Array.from({ length: 100 }, (_, index) => doc(`m-${index}`)));
    const files = writer.finish();
    expect(files.length).toBeGreaterThan(3);
    const contents = files.map(({ text }) => syncFileSchema.parse(JSON.parse(text)));
    expect(contents.flatMap(({ batches }) => batches.flatMap((batch) => batch.events))).toEqual(events);
    expect(contents.flatMap(({ docs }) => docs)).toHaveLength(100);
    expect(Math.max(...files.map(({ text }) => bytesOf(text).length))).toBeLessThanOrEqual(maxBytes);
  });
});

describe('a file that somebody brought', () => {
  const writer = open();
  writer.addEvents(held(visitsOf({ stream: 's', count: 5 })));
  const text = writer.finish()[0]?.text ?? '';
  const read = (content: string | Uint8Array, shop = 'shop-1') => {
    const result = readSyncFile(typeof content === 'string' ? bytesOf(content) : content, shop);
    return result.ok ? 'ok' : result.error.code;
  };

  test('is taken when it is whole, with a byte order mark of an editor too', () => {
    expect([read(text), read(`\uFEFF${text}`)]).toEqual(['ok', 'ok']);
  });

  test.each([
    ['something else', 'member;name\r\n1;Ada', 'not-a-sync-file'],
    ['other JSON', '{"format":"tenpunch-day-1"}', 'not-a-sync-file'],
    ['JSON without a format', '[1,2]', 'not-a-sync-file'],
    ['nothing', '', 'not-a-sync-file'],
    ['a file that was cut', text.slice(0, -40), 'damaged'],
    ['one with a batch that is none', text.replace('"events":[', '"events":0,"x":['), 'damaged'],
    ['one of a newer app', text.replace('tenpunch-sync-1', 'tenpunch-sync-12'), 'newer'],
    ['one of another shop', text.replace('"shop":"shop-1"', '"shop":"shop-2"'), 'other-shop'],
  ])('is refused when it is %s', (_, content, code) => {
    expect(read(content)).toBe(code);
  });

  test('is refused when it is no text, or too large to be one of ours, before anything is read', () => {
    expect(read(Uint8Array.of(0xff, 0xfe, 0x00))).toBe('not-a-sync-file');
    expect(read(new Uint8Array(MAX_SYNC_FILE_BYTES + 1))).toBe('too-large');
  });
});
