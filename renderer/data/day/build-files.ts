import { coverOf, isAboutClosing, isCovered } from '#shared/domain/day-close.ts';
import { figuresText } from '#shared/domain/day-figures.ts';
import { makeProgramBook, type ProgramBook } from '#shared/domain/program.ts';
import { balanceColumns, balanceRows } from '#shared/export/balance-table.ts';
import { createWallClocks, EVENT_COLUMNS, eventRows } from '#shared/export/event-table.ts';
import { dayFileName, dayFileStem } from '#shared/export/file-names.ts';
import { jsonLines } from '#shared/export/json-lines.ts';
import { makeManifest, type ManifestFile } from '#shared/export/manifest.ts';
import { createTableWriter } from '#shared/export/spreadsheet.ts';
import { readEvent, type KnownEvent } from '#shared/ledger/event.ts';
import type { PlainDay } from '#shared/lib/brand.ts';
import { sha256Hex } from '#shared/lib/sha256.ts';
import { eventOf } from '../event-of-row.ts';
import { answerOf } from '../native.ts';
import type { CardsRow, EventRow, ProfileRow } from '../rows.ts';
import { findShop } from '../shop.ts';
import type { DayFiles, FilesRequest, ReadyFile, SyncFiles } from './day-job.ts';
import {
  inSlices,
  openRead,
  readClosingNotes,
  readDayRows,
  readSyncMarks,
  type DayReads,
} from './day-rows.ts';
import { addUp } from './seal-day.ts';

/** The files of closed days: exactly the events that each close covers, whenever they are written. */

type Close = KnownEvent & { readonly type: 'day-close' };

interface Job extends FilesRequest {
  readonly reads: DayReads;
  readonly programs: ProgramBook;
  readonly shopName: string;
}

/** How much of one close reading it is, and of the rest the events; what is left is balances. */
const READ = 0.2;
const EVENTS = 0.3;

/** @param buildSync writes what waits to be sent, beside the first close. */
export async function buildDayFiles(
  reads: DayReads,
  request: FilesRequest,
  buildSync: (stem: string) => Promise<SyncFiles | undefined>,
  report: (part: number) => void = () => undefined,
): Promise<DayFiles> {
  const { database } = reads;
  const shop = await findShop(database);
  const programs = makeProgramBook(await database.programs.toArray());
  const job: Job = { ...request, reads, programs, shopName: shop?.name ?? '' };
  const files: ReadyFile[] = [];
  let sync: SyncFiles | undefined;
  const { closes } = request;
  for (const [at, id] of closes.entries()) {
    const tell = (part: number) => report((at + part) / closes.length);
    const close = await readClose(reads, id, (part) => tell(part * READ));
    if (!close) continue;
    if (at === 0) sync = await buildSync(dayFileStem(close.day, close.supplement));
    const others = at === 0 ? (sync?.files ?? []) : [];
    files.push(...(await filesOfClose(job, close, others, (part) => tell(READ + part * (1 - READ)))));
  }
  return { files, sync };
}

/** One close and what it covers that no earlier one did. */
interface Covered {
  readonly close: Close;
  readonly day: PlainDay;
  readonly supplement: number;
  readonly rows: readonly EventRow[];
}

/** Undefined for an id that is no close. */
async function readClose(
  reads: DayReads,
  id: string,
  report: (part: number) => void,
): Promise<Covered | undefined> {
  const row = await reads.database.events.where('id').equals(id).first();
  const close = row && readEvent(eventOf(row));
  if (close?.type !== 'day-close') return undefined;
  const day = close.data.day as PlainDay;
  const all = (await readClosingNotes(reads.database)).closes.get(day) ?? [];
  const before = all.slice(0, placeOf(all, id));
  const [own, earlier] = [coverOf([close.data]), coverOf(before.map(({ data }) => data))];
  const rows = (await readDayRows(reads, day, report)).filter(
    (one) => !isAboutClosing(one) && isCovered(own, one) && !isCovered(earlier, one),
  );
  return { close, day, supplement: before.length, rows };
}

async function filesOfClose(
  job: Job,
  covered: Covered,
  others: readonly ReadyFile[],
  report: (part: number) => void,
): Promise<ReadyFile[]> {
  const { close, day, supplement, rows } = covered;
  const table = await eventTable(job, rows, (part) => report(part * EVENTS));
  const events = await readyFile(dayFileName(day, supplement, 'events'), table);
  // The close comes last: its hash and its heads are the signature under the lines before it.
  const texts = [...(await eventLines(job, rows)), jsonLines([close])];
  const lines = await readyFile(dayFileName(day, supplement, 'lines'), texts);
  const files = [events, lines];
  if (job.balancesOf === day && supplement === 0) {
    const balances = await balanceTable(job, day, (part) => report(EVENTS + part * (1 - EVENTS)));
    files.push(await readyFile(dayFileName(day, 0, 'balances'), balances));
  }
  files.push(...others);
  return [...files, await manifestOf(job, covered, files)];
}

const placeOf = (closes: readonly { readonly id: string }[], id: string): number =>
  closes.findIndex((close) => close.id === id);

async function eventTable(
  job: Job,
  rows: readonly EventRow[],
  report: (part: number) => void,
): Promise<string[]> {
  const context = { ...job, times: createWallClocks() };
  const writer = createTableWriter(EVENT_COLUMNS, job.dialect);
  const texts = [writer.begin()];
  await inSlices(job.reads, rows.length, async (from, to) => {
    texts.push(writer.rows(rows.slice(from, to).flatMap((row) => eventRows(eventOf(row), row.g, context))));
    report(to / rows.length);
    await Promise.resolve();
  });
  return texts;
}

async function eventLines({ reads }: Job, rows: readonly EventRow[]): Promise<string[]> {
  const texts: string[] = [];
  await inSlices(reads, rows.length, async (from, to) => {
    texts.push(jsonLines(rows.slice(from, to).map(eventOf)));
    await Promise.resolve();
  });
  return texts;
}

/** Balances as they stand while this reads: nobody has to wait at the counter for one moment of all of them. */
async function balanceTable(job: Job, day: PlainDay, report: (part: number) => void): Promise<string[]> {
  const { reads, withNames, dialect } = job;
  const context = { ...job, day };
  const writer = createTableWriter(balanceColumns(withNames), dialect);
  const texts = [writer.begin()];
  const members = await answerOf(
    openRead(reads.database, 'cards').objectStore('cards').getAllKeys() as IDBRequest<string[]>,
  );
  await inSlices(reads, members.length, async (from, to) => {
    const range = IDBKeyRange.bound(members[from], members[to - 1]);
    const transaction = openRead(reads.database, 'cards', 'profiles');
    const [states, profiles] = await Promise.all([
      answerOf(transaction.objectStore('cards').getAll(range) as IDBRequest<CardsRow[]>),
      withNames
        ? answerOf(transaction.objectStore('profiles').getAll(range) as IDBRequest<ProfileRow[]>)
        : [],
    ]);
    const people = new Map(profiles.map((profile) => [profile.member, profile]));
    const nobody = { name: '', phone: null, card: null };
    texts.push(
      writer.rows(
        states.flatMap((state) =>
          balanceRows(state, context, withNames ? (people.get(state.member) ?? nobody) : undefined),
        ),
      ),
    );
    report(to / members.length);
  });
  return texts;
}

async function manifestOf(
  job: Job,
  { close, day, supplement, rows }: Covered,
  files: readonly ReadyFile[],
): Promise<ReadyFile> {
  const { setAside } = await readSyncMarks(job.reads.database);
  const figures = await addUp({ ...job, setAside }, day, rows);
  const text = makeManifest({
    ...job,
    close,
    supplement,
    // What was found to be too much can change with what other tills bring: then only the sealed digest is told.
    figures: sha256Hex(figuresText(figures)) === close.data.figures ? figures : undefined,
    csv: { ...job.dialect, names: job.withNames },
    files: files.map(describe),
  });
  return await readyFile(dayFileName(day, supplement, 'manifest'), [text]);
}

const describe = ({ name, bytes, sha256 }: ReadyFile): ManifestFile => ({
  name,
  bytes: bytes.length,
  sha256,
});

export async function readyFile(name: string, texts: readonly string[]): Promise<ReadyFile> {
  const bytes = new Uint8Array(await new Blob([...texts]).arrayBuffer());
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return { name, bytes, sha256: [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('') };
}
