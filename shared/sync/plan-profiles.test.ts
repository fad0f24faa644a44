import { describe, expect, test } from 'vitest';
import {
  hearOfDocs,
  isPassed,
  packDocs,
  planDocs,
  startDocs,
  takeDocPage,
  takeDocRejection,
  takeDocVerdicts,
  type DocBatch,
} from './plan-profiles.ts';
import { MAX_PROFILES_BYTES, pushProfilesSchema } from './wire.ts';

const docOf = (index: number, length = 8) => ({ member: `m${index}`, hlc: '1', sealed: 'A'.repeat(length) });
const docsOf = (count: number, length?: number) =>
  Array.from({ length: count }, (_, index) => docOf(index, length));
const batchOf = (count: number): DocBatch => packDocs(docsOf(count), { limit: 500 }) as DocBatch;
const ours = { kind: 'rejected', status: 422, isOurs: true } as const;

describe('documents that wait', () => {
  test('are sent before anything is asked for', () => {
    const run = startDocs();
    expect(planDocs(run, { hasWaiting: true })).toBe('push');
    expect(planDocs(run, { hasWaiting: false })).toBe('pull');
    expect(planDocs({ ...run, isBehind: false }, { hasWaiting: false })).toBe('rest');
  });

  test('go as many as the wire allows, as the wire reads them', () => {
    const batch = packDocs(docsOf(700), startDocs()) as DocBatch;
    expect(batch.docs).toHaveLength(500);
    expect(pushProfilesSchema.safeParse(JSON.parse(batch.text)).success).toBe(true);
    const named = packDocs(docsOf(1), startDocs(), 'epoch-1')?.text ?? '';
    expect(pushProfilesSchema.parse(JSON.parse(named))).toMatchObject({ serverEpoch: 'epoch-1' });
    expect(packDocs(docsOf(700), { limit: 3 })?.docs).toHaveLength(3);
    expect(packDocs([], startDocs())).toBeUndefined();
  });

  test('go as many as fit, and one always does', () => {
    const large = packDocs(docsOf(500, 64 * 1024), startDocs()) as DocBatch;
    expect(large.docs.length).toBeLessThan(64);
    expect(large.text.length).toBeLessThanOrEqual(MAX_PROFILES_BYTES);
    expect(packDocs(docsOf(2, MAX_PROFILES_BYTES), startDocs())?.docs).toHaveLength(1);
  });

  test('are settled by a verdict on each of them, and by no other', () => {
    const run = { ...startDocs(), isBehind: false, limit: 2 };
    const results = [{ member: 'm0' }, { member: 'm1' }];
    expect(takeDocVerdicts(batchOf(2), results, run)).toMatchObject({ isBehind: true, limit: 500 });
    expect(takeDocVerdicts(batchOf(2), results.toReversed(), run)).toBeUndefined();
    expect(takeDocVerdicts(batchOf(2), results.slice(1), run)).toBeUndefined();
  });

  test('that are refused together are halved until one is left, and the others pass it', () => {
    let run = startDocs();
    const sizes: number[] = [];
    for (let count = 500; count > 1; count = run.limit) {
      sizes.push(count);
      run = takeDocRejection(batchOf(count), ours, run).run;
    }
    expect(sizes).toHaveLength(9);
    const alone = takeDocRejection(batchOf(1), ours, run);
    expect(alone).toMatchObject({ do: 'again', run: { limit: 500 } });
    expect(isPassed(alone.run, docOf(0))).toBe(true);
    expect(isPassed(alone.run, { ...docOf(0), hlc: '2' })).toBe(false);
  });

  test('that a stranger refuses alone wait a while first', () => {
    const portal = { ...ours, isOurs: false };
    let step = takeDocRejection(batchOf(1), portal, startDocs());
    expect(step.do).toBe('wait');
    step = takeDocRejection(batchOf(1), portal, step.run);
    expect(step.do).toBe('wait');
    step = takeDocRejection(batchOf(1), portal, step.run);
    expect(step.do).toBe('again');
    expect(isPassed(step.run, docOf(0))).toBe(true);
  });
});

describe('a page of documents', () => {
  const run = startDocs();

  test('moves the cursor over the holes, to its last place', () => {
    const page = { docs: [{ p: 3 }, { p: 9 }], docHead: 12 };
    expect(takeDocPage(page, 1, run)).toMatchObject({ do: 'take', docCursor: 9, run: { isBehind: true } });
    expect(takeDocPage({ ...page, docHead: 9 }, 1, run)).toMatchObject({ run: { isBehind: false } });
  });

  test('does not end while more was heard of', () => {
    const page = { docs: [{ p: 3 }], docHead: 3 };
    expect(takeDocPage(page, 1, hearOfDocs(run, 4))).toMatchObject({ run: { isBehind: true } });
  });

  test('that is empty ends it and moves nothing: what is behind it was written meanwhile', () => {
    expect(takeDocPage({ docs: [], docHead: 7 }, 5, hearOfDocs(run, 7))).toMatchObject({
      do: 'take',
      docCursor: 5,
      run: { isBehind: false },
    });
  });

  test('that is empty and older than what was told meanwhile is asked for once more, and no oftener', () => {
    const empty = { docs: [], docHead: 5 };
    const step = takeDocPage(empty, 5, hearOfDocs(run, 6));
    expect(step).toMatchObject({ do: 'take', run: { isBehind: true } });
    const again = step.do === 'take' ? takeDocPage(empty, 5, step.run) : step;
    expect(again).toMatchObject({ do: 'take', run: { isBehind: false } });
  });

  test('of an endpoint that has fewer than we were given begins anew', () => {
    expect(takeDocPage({ docs: [], docHead: 4 }, 5, run)).toEqual({ do: 'begin-anew' });
  });

  test.each([
    [[{ p: 5 }]],
    [[{ p: 7 }, { p: 7 }]],
    [[{ p: 8 }, { p: 6 }]],
    [[{ p: 10 }]],
    [[{ p: Number.MAX_SAFE_INTEGER }]],
  ])('out of order, or beyond the end (%j) is nobody’s answer', (docs) => {
    expect(takeDocPage({ docs, docHead: 9 }, 5, run)).toEqual({ do: 'wait' });
  });
});
