import { parseCardCode, repairCardCode } from '#shared/domain/card-code.ts';
import type { MemberState } from '#shared/domain/member-state.ts';
import { foldName } from '#shared/domain/person-name.ts';
import {
  looksLikeNumber,
  phoneDigits,
  planPhoneSearch,
  SUFFIX_DIGITS,
  type PhoneRegion,
} from '#shared/domain/phone-number.ts';
import type { MemberId, PhoneNumber } from '#shared/lib/brand.ts';
import type { Database } from './database.ts';
import { answerOf, nativeOf } from './native.ts';
import { reopening } from './reopen.ts';
import type { AliasRow, MemberRow } from './rows.ts';

/**
 * What a keystroke finds. Native reads, all in flight at once, in one read-only transaction. A number or a card under which
 * somebody stands a second time finds the member they were merged into.
 */

export interface MemberMatches {
  /** At most `limit`, the likeliest first: the whole number or code, then who was here last. */
  readonly rows: readonly MemberRow[];
  /** There are more than `rows` shows. */
  readonly hasMore: boolean;
  /** `rows[0]` is the holder of the whole number or card code that was typed. */
  readonly isExact: boolean;
  /** Found only as the beginning of a number, by too few digits to mean anybody. */
  readonly isBeginning: boolean;
  /** The whole number that was typed, held or not. */
  readonly number: PhoneNumber | undefined;
}

const NOTHING: MemberMatches = {
  rows: [],
  hasMore: false,
  isExact: false,
  isBeginning: false,
  number: undefined,
};
/** Fewer digits are meant as the last ones, or are still being typed: who merely begins with them is a stranger. */
const MEANT_AS_BEGINNING = 7;
/** Names and numbers are read in the order of their index and then sorted by last visit: enough to be useful, few enough for one frame. */
const PREFIX_READ = 32;
/** Everybody who shares four last digits, at a million members. Only read when more digits must narrow them. */
const SUFFIX_READ = 400;
/** One number belongs to one member; two can only come from two tills that were apart. */
const MOST_HOLDERS = 2;
const HIGHEST = '\uffff';

/** Chromium since 141; TypeScript's library does not know it yet. */
interface WithGetAllRecords {
  getAllRecords?(options: {
    readonly query: IDBKeyRange;
    readonly count: number;
    readonly direction: 'prev';
  }): IDBRequest<readonly { readonly value: unknown }[]>;
}

export interface MemberSearch {
  /** @param text digits, a name or a card code as typed; anything is allowed. */
  search(text: string, limit: number): Promise<MemberMatches>;
  findByCard(code: string): Promise<MemberRow | undefined>;
  /** Members who hold one of `numbers`. */
  listHolders(numbers: readonly PhoneNumber[]): Promise<MemberRow[]>;
  get(member: MemberId): Promise<MemberRow | undefined>;
  /** The member's cards, folded. */
  getState(member: MemberId): Promise<MemberState | undefined>;
}

/** @param onLookup told of every search, so that bulk work steps aside. */
export function createMemberSearch(
  database: Database,
  region: () => PhoneRegion,
  onLookup: () => void = () => undefined,
): MemberSearch {
  const openStore = () => nativeOf(database).transaction('members', 'readonly').objectStore('members');
  const openStores = () => {
    const transaction = nativeOf(database).transaction(['members', 'aliases'], 'readonly');
    return { store: transaction.objectStore('members'), aliases: transaction.objectStore('aliases') };
  };

  async function search(text: string, limit: number): Promise<MemberMatches> {
    const plain = text.slice(0, 100).trim();
    if (plain === '') return NOTHING;
    onLookup();
    const found = looksLikeNumber(plain) ? await searchNumber(plain, limit) : await searchName(plain, limit);
    return found.rows.length > 0 ? found : await withCard(plain, found);
  }

  async function searchNumber(text: string, limit: number): Promise<MemberMatches> {
    const { exact, prefixes, suffix } = planPhoneSearch(text, region());
    const stores = openStores();
    const { store } = stores;
    const phone = store.index('phone');
    // Nobody looks for others once a whole number or four last digits have found somebody: two reads less at each key.
    const holders = exact === undefined ? [] : await listHoldersOf(stores, exact);
    if (holders.length > 0) return rank({ first: holders, others: [], limit, number: exact });
    if (suffix?.length === SUFFIX_DIGITS) {
      const [others, seconds] = await Promise.all([
        listByLastDigits(store, suffix, limit + 1),
        listByAlias(stores, 'last4', suffix),
      ]);
      if (others.length + seconds.length > 0)
        return rank({ first: [], others: [...others, ...seconds], limit, number: exact });
    }
    const [ends, ...starts] = await Promise.all([
      suffix === undefined || suffix.length === SUFFIX_DIGITS
        ? []
        : listByLastDigits(store, suffix.slice(-SUFFIX_DIGITS), SUFFIX_READ),
      ...prefixes.map((prefix) =>
        answerOf<MemberRow[]>(phone.getAll(IDBKeyRange.bound(prefix, prefix + HIGHEST), PREFIX_READ)),
      ),
    ]);
    const endings = suffix === undefined ? [] : ends.filter((row) => row.phone?.endsWith(suffix));
    const found = rank({ first: [], others: [...endings, ...starts.flat()], limit, number: exact });
    return { ...found, isBeginning: endings.length === 0 && phoneDigits(text).length < MEANT_AS_BEGINNING };
  }

  async function searchName(text: string, limit: number): Promise<MemberMatches> {
    const [first = '', ...rest] = foldName(text).split(' ');
    if (first === '') return NOTHING;
    const prefix = [first, ...rest].join(' ');
    const byName = openStore().index('nameKeys');
    const rows = await answerOf<MemberRow[]>(
      byName.getAll(IDBKeyRange.bound(prefix, prefix + HIGHEST), PREFIX_READ),
    );
    if (rows.length > 0 || rest.length === 0)
      return rank({ first: [], others: rows, limit, number: undefined });
    // "smith anna": the words in another order than they are kept.
    const loose = await answerOf<MemberRow[]>(
      openStore()
        .index('nameKeys')
        .getAll(IDBKeyRange.bound(first, first + HIGHEST), SUFFIX_READ),
    );
    const others = loose.filter((row) =>
      rest.every((word) => row.nameKeys.some((key) => key.startsWith(word))),
    );
    return rank({ first: [], others, limit, number: undefined });
  }

  /** Nothing else matched: the text may be a card code, typed or of another system. */
  async function withCard(text: string, found: MemberMatches): Promise<MemberMatches> {
    const row = await findByCard(text);
    return row ? { ...found, rows: [row], isExact: true, isBeginning: false } : found;
  }

  async function findByCard(text: string): Promise<MemberRow | undefined> {
    const code = parseCardCode(text);
    if (code === undefined) return undefined;
    onLookup();
    const stores = openStores();
    const index = stores.store.index('card');
    const repaired = repairCardCode(code).code;
    const [row, other, [second]] = await Promise.all([
      answerOf<MemberRow | undefined>(index.get(code)),
      repaired === code ? undefined : answerOf<MemberRow | undefined>(index.get(repaired)),
      listByAlias(stores, 'card', code),
    ]);
    return row ?? second ?? other;
  }

  async function listHolders(numbers: readonly PhoneNumber[]): Promise<MemberRow[]> {
    const stores = openStores();
    const rows = await Promise.all(numbers.map((number) => listHoldersOf(stores, number)));
    return rows.flatMap((holders) => holders[0] ?? []);
  }

  async function findRow(member: MemberId): Promise<MemberRow | undefined> {
    const { store, aliases } = openStores();
    const [row, alias] = await Promise.all([
      answerOf<MemberRow | undefined>(store.get(member)),
      answerOf<AliasRow | undefined>(aliases.get(member)),
    ]);
    return alias ? await answerOf<MemberRow | undefined>(store.get(alias.canonical)) : row;
  }

  async function getState(member: MemberId): Promise<MemberState | undefined> {
    const transaction = nativeOf(database).transaction(['cards', 'aliases'], 'readonly');
    const cards = transaction.objectStore('cards');
    const [state, alias] = await Promise.all([
      answerOf<MemberState | undefined>(cards.get(member)),
      answerOf<AliasRow | undefined>(transaction.objectStore('aliases').get(member)),
    ]);
    return alias ? await answerOf<MemberState | undefined>(cards.get(alias.canonical)) : state;
  }

  return {
    search: (text, limit) => reopening(database, () => search(text, limit)),
    findByCard: (code) => reopening(database, () => findByCard(code)),
    listHolders: (numbers) => reopening(database, () => listHolders(numbers)),
    get: (member) => reopening(database, () => findRow(member)),
    getState: (member) => reopening(database, () => getState(member)),
  };
}

interface SearchStores {
  readonly store: IDBObjectStore;
  readonly aliases: IDBObjectStore;
}

/** Whose number it is, as their own or under an id that counts for them. */
async function listHoldersOf(stores: SearchStores, number: PhoneNumber): Promise<MemberRow[]> {
  const [rows, seconds] = await Promise.all([
    answerOf<MemberRow[]>(stores.store.index('phone').getAll(number, MOST_HOLDERS)),
    listByAlias(stores, 'phone', number),
  ]);
  return [...rows, ...seconds.filter(({ id }) => !rows.some((row) => row.id === id))];
}

/** Members who are found by what one of their other ids has. */
async function listByAlias(
  { store, aliases }: SearchStores,
  index: 'phone' | 'last4' | 'card',
  key: string,
): Promise<MemberRow[]> {
  const found = await answerOf<AliasRow[]>(aliases.index(index).getAll(key, SUFFIX_READ));
  const members = [...new Set(found.map(({ canonical }) => canonical))];
  const rows = await Promise.all(members.map((member) => answerOf<MemberRow | undefined>(store.get(member))));
  return rows.filter((row) => row !== undefined);
}

/** Members whose number ends in `last4`, who was here last first. */
function listByLastDigits(store: IDBObjectStore, last4: string, count: number): Promise<MemberRow[]> {
  const index = store.index('[last4+lastVisitAt]') as IDBIndex & WithGetAllRecords;
  const query = IDBKeyRange.bound([last4, -Infinity], [last4, Infinity]);
  if (index.getAllRecords) {
    return answerOf(index.getAllRecords({ query, count, direction: 'prev' })).then((records) =>
      records.map(({ value }) => value as MemberRow),
    );
  }
  // An older engine: read all and turn around. Slower, never wrong.
  return answerOf<MemberRow[]>(index.getAll(query)).then((rows) => rows.reverse().slice(0, count));
}

function rank(request: {
  readonly first: readonly MemberRow[];
  readonly others: readonly MemberRow[];
  readonly limit: number;
  readonly number: PhoneNumber | undefined;
}): MemberMatches {
  const { first, others, limit, number } = request;
  const seen = new Set(first.map((row) => row.id));
  const rest = [...others]
    .sort((a, b) => b.lastVisitAt - a.lastVisitAt)
    .filter((row) => !seen.has(row.id) && seen.add(row.id));
  const all = [...first, ...rest];
  return {
    rows: all.slice(0, limit),
    hasMore: all.length > limit,
    isExact: first.length === 1,
    isBeginning: false,
    number,
  };
}
