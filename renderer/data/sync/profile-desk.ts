import type { Profile } from '#shared/domain/profile.ts';
import type { MemberId, TillId } from '#shared/lib/brand.ts';
import { formatHlc, parseHlc, tickHlc, type Hlc } from '#shared/lib/hlc.ts';
import type { Database } from '../database.ts';
import { answerOf } from '../native.ts';
import type { ErasedRow, MetaRow, UnsentProfileRow } from '../rows.ts';
import { findTillIdentity } from '../till-identity.ts';
import { putMarks, readMarks } from '../sync-marks.ts';
import { areRowsLeft, layOutMore, noteAllProfiles } from './all-profiles.ts';
import { announceProfiles } from './announce-changes.ts';
import { documentToSend } from './document-to-send.ts';
import { readAll } from './fold-changes.ts';
import type { StepRunner } from './store-steps.ts';
import type { ProfileToSend, SyncStore } from './sync-store.ts';
import { takeProfileDocs } from './take-profiles.ts';

type ProfileDesk = Pick<
  SyncStore,
  'unsentProfiles' | 'profilesSent' | 'queueAllProfiles' | 'useKey' | 'takeProfiles'
>;

/** Row in `meta`: the mark of the key that this till's documents were sealed with. Absent until it is paired. */
const KEY_MARK = 'shopKeyMark';

const SLICE = 2000;

/** The documents' side of the store: they have no order, so nothing here needs to know of events. */
export function createProfileDesk({
  database,
  write,
  read,
}: StepRunner & { readonly database: Database }): ProfileDesk {
  return {
    unsentProfiles: async (limit) => {
      for (;;) {
        const { waiting, hollow, areMoreLeft } = await read((transaction) => listUnsent(transaction, limit));
        if (hollow.length > 0) await write(({ transaction }) => dropHollow(transaction, hollow));
        if (waiting.length >= limit || !areMoreLeft) return waiting;
        await write(({ transaction }) => layOutMore(transaction));
      }
    },
    profilesSent: async (sent) => {
      await write(async ({ transaction }) => {
        const current = await readStamps(
          transaction,
          sent.map(({ member }) => member),
        );
        for (const { member, hlc } of sent) {
          const now = current.get(member);
          if (now === undefined || now === hlc) transaction.objectStore('unsentProfiles').delete(member);
        }
      });
      announceProfiles(database, []);
    },
    queueAllProfiles: async () => {
      await write(async ({ transaction }) => noteAllProfiles(transaction));
      announceProfiles(database, []);
    },
    useKey: async (mark) => {
      const before = (await database.meta.get(KEY_MARK))?.value;
      if (before === mark) return;
      const identity = before === undefined ? undefined : await findTillIdentity(database);
      if (identity) {
        for (let after: string | undefined = ''; after !== undefined;) {
          const from: string = after;
          after = await write(({ transaction }) => stampSlice(transaction, identity.till, from));
        }
      }
      await write(async ({ transaction }) => {
        if (identity) putMarks(transaction, { ...(await readMarks(transaction)), docCursor: 0 });
        // Last: cut off before this, the next start does all of it once more.
        transaction.objectStore('meta').put({ key: KEY_MARK, value: mark } satisfies MetaRow);
      });
      if (identity) announceProfiles(database, []);
    },
    takeProfiles: async (taken) => {
      const members = await write((context) => takeProfileDocs(context, taken));
      announceProfiles(database, members);
    },
  };
}

interface Unsent {
  readonly waiting: readonly ProfileToSend[];
  /** Rows with nothing to send behind them. */
  readonly hollow: readonly MemberId[];
  readonly areMoreLeft: boolean;
}

/** As many as there are, at most `limit`: rows with nothing behind them must not stand before the others for ever. */
async function listUnsent(transaction: IDBTransaction, limit: number): Promise<Unsent> {
  const waiting: ProfileToSend[] = [];
  const hollow: MemberId[] = [];
  for (let after = ''; waiting.length < limit;) {
    const rows = await readUnsent(transaction, after, limit - waiting.length);
    const last = rows.at(-1);
    if (!last) break;
    after = last.member;
    for (const { member, document } of rows) {
      if (document) waiting.push(document);
      else hollow.push(member);
    }
  }
  return { waiting, hollow, areMoreLeft: await areRowsLeft(transaction) };
}

async function readUnsent(transaction: IDBTransaction, after: string, limit: number) {
  const range = IDBKeyRange.lowerBound(after, true);
  const unsent = transaction.objectStore('unsentProfiles').getAll(range, limit);
  const rows = await answerOf(unsent as IDBRequest<UnsentProfileRow[]>);
  const members = rows.map(({ member }) => member);
  const [profiles, erased] = await Promise.all([
    readAll<Profile>(transaction.objectStore('profiles'), members),
    readAll<ErasedRow>(transaction.objectStore('erased'), members),
  ]);
  return rows.map((row, index) => ({
    member: row.member,
    document: documentToSend(row, { profile: profiles[index], erased: erased[index] }),
  }));
}

async function dropHollow(transaction: IDBTransaction, members: readonly MemberId[]): Promise<void> {
  // Somebody may have edited one since.
  const stamps = await readStamps(transaction, members);
  for (const member of members) {
    if (!stamps.has(member)) transaction.objectStore('unsentProfiles').delete(member);
  }
}

async function readStamps(
  transaction: IDBTransaction,
  members: readonly MemberId[],
): Promise<ReadonlyMap<MemberId, Hlc>> {
  const [profiles, erased, unsent] = await Promise.all([
    readAll<Profile>(transaction.objectStore('profiles'), members),
    readAll<ErasedRow>(transaction.objectStore('erased'), members),
    readAll<UnsentProfileRow>(transaction.objectStore('unsentProfiles'), members),
  ]);
  return new Map(
    members.flatMap((member, index) => {
      const hlc = erased[index]?.hlc ?? profiles[index]?.hlc ?? unsent[index]?.emptied;
      return hlc === undefined ? [] : [[member, hlc] as const];
    }),
  );
}

/**
 * Queues a slice of the documents, each stamped right behind itself.
 *
 * @returns the last member of the slice; undefined when there are no more.
 */
async function stampSlice(
  transaction: IDBTransaction,
  till: TillId,
  after: string,
): Promise<string | undefined> {
  const range = IDBKeyRange.lowerBound(after, true);
  const store = transaction.objectStore('profiles');
  const profiles = (await answerOf(store.getAll(range, SLICE))) as Profile[];
  for (const profile of profiles) {
    const stamp = parseHlc(profile.hlc);
    // By no clock: whatever anybody wrote later is later still.
    if (stamp) store.put({ ...profile, hlc: formatHlc(tickHlc(stamp, 0), till) } satisfies Profile);
    transaction.objectStore('unsentProfiles').put({ member: profile.member } satisfies UnsentProfileRow);
  }
  return profiles.at(-1)?.member;
}
