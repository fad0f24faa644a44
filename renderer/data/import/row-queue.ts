import type { ImportRequest } from './import-job.ts';
import { readRows } from './read-file.ts';
import type { MemberOfRow, RowSorter } from './sort-rows.ts';

/** Rows that become members, in portions of any size out of a file that comes in pieces. */
export function createRowQueue(request: ImportRequest, sorter: RowSorter) {
  const batches = readRows(request.file, request.format);
  let raw: Parameters<RowSorter['sort']>[0] = [];
  let position = 0;
  let beforeBytes = 0;
  let afterBytes = 0;
  return {
    /** Bytes up to the row that was taken last, as if all rows of a piece were of one length. */
    doneBytes: () =>
      beforeBytes + Math.floor((afterBytes - beforeBytes) * (raw.length === 0 ? 1 : position / raw.length)),
    /** @returns fewer than `count` only at the end of the file. */
    async take(count: number): Promise<MemberOfRow[]> {
      const taken: MemberOfRow[] = [];
      while (taken.length < count) {
        if (position >= raw.length) {
          const next = await batches.next();
          if (next.done) break;
          beforeBytes = afterBytes;
          ({ rows: raw, doneBytes: afterBytes } = next.value);
          position = 0;
          continue;
        }
        // Only as many as are missing: reading a number is the dear part, and the next slice waits for it.
        const end = Math.min(raw.length, position + count - taken.length);
        taken.push(...sorter.sort(raw.slice(position, end)));
        position = end;
      }
      return taken;
    },
  };
}
