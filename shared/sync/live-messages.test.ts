import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLiveReader } from './live-messages.ts';

/** Everything in `text`, arriving in pieces of these lengths. */
function readIn(text: string, lengths: readonly number[]): string[] {
  const read = createLiveReader();
  const found: string[] = [];
  let at = 0;
  for (const length of [...lengths, text.length]) {
    const messages = read(text.slice(at, at + length));
    if (messages === 'too-long') return [...found, 'too-long'];
    found.push(...messages);
    at += length;
  }
  return found;
}

test.each([
  [': open\n\nevent: heads\ndata: {"head":1}\n\n', ['{"head":1}']],
  ['data: a\ndata:b\n\ndata: c\n\n', ['a\nb', 'c']],
  ['data: a\r\n\r\ndata: b\r\rdata:  c\n\n', ['a', 'b', ' c']],
  ['data\n\n', ['']],
  ['datax: a\n\nid: 1\nretry: 5\n: beat\n\n', []],
  ['data: half', []],
  ['data: half\n', []],
])('%j', (text, messages) => expect(readIn(text, [])).toEqual(messages));

test('wherever the stream is cut, the messages are the same', () => {
  const line = fc.constantFrom('data: 1', 'data:', 'data: x: y', ': beat', 'event: heads', '', '', 'data');
  const end = fc.constantFrom('\n', '\r\n', '\r');
  const stream = fc.array(fc.tuple(line, end), { maxLength: 20 });
  fc.assert(
    fc.property(stream, fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 60 }), (lines, lengths) => {
      // A lone \r before a \n that ends an empty line is one line end to every reader of such streams.
      const text = lines.map(([content, close]) => content + close).join('');
      expect(readIn(text, lengths)).toEqual(readIn(text, []));
    }),
  );
});

test('a line without an end is given up, not kept', () => {
  const read = createLiveReader();
  expect(read(`data: ${'x'.repeat(10_000)}`)).toEqual([]);
  expect(read('x'.repeat(10_000))).toBe('too-long');
});

test('neither is a message of endless lines', () => {
  expect(readIn(`data: ${'x'.repeat(100)}\n`.repeat(200), [])).toEqual(['too-long']);
});
