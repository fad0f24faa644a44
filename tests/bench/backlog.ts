import { planVisit } from '#shared/domain/earn.ts';
import { listCurrentPrograms } from '#shared/domain/program.ts';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import { assert } from '#shared/lib/assert.ts';
import { appendSlice, type BulkItem, type SliceReads } from '#renderer/data/bulk-append.ts';
import type { Moment, OpenStream } from '#renderer/data/ledger-port.ts';
import type { Store } from '#renderer/data/store.ts';
import { createRandomIds } from '#renderer/platform/random-ids.ts';
import { memberAt } from './member-source.ts';

/** One visit more of each of the first so many members, by the app's own bulk commit: a till that was alone for long. */

const SLICE = 500;

export async function appendVisits(store: Store, count: number): Promise<void> {
  await store.ledger.withStream(async (stream) => {
    for (let from = 0; from < count; from += SLICE) {
      const indexes = Array.from({ length: Math.min(SLICE, count - from) }, (_, at) => from + at);
      const moment = stream.moment();
      const written = await appendSlice(
        store.database,
        stream,
        async (reads) => ({
          items: await Promise.all(indexes.map((index) => visitOf(index, { reads, stream, moment }))),
        }),
        moment,
      );
      await written.committed;
    }
  });
}

const ids = createRandomIds();

async function visitOf(
  index: number,
  {
    reads,
    stream,
    moment,
  }: { readonly reads: SliceReads; readonly stream: OpenStream; readonly moment: Moment },
): Promise<BulkItem> {
  const { id: member } = memberAt(index);
  const before = await reads.before(member);
  assert(before.row, 'the member is there');
  const { wall, tz, day } = moment;
  const programs = listCurrentPrograms(stream.programs);
  const plan = planVisit({ state: before.state, programs, count: 1, atMs: wall, day, timeZone: tz });
  return {
    member,
    before,
    draft: {
      id: ids.eventId(),
      member,
      type: 'visit',
      staff: UNASSIGNED_STAFF,
      data: { count: 1, grants: [...plan.grants] },
    },
  };
}
