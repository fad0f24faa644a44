import { foldMember, voidedIds } from '#shared/domain/fold.ts';
import { balanceOf, type MemberState } from '#shared/domain/member-state.ts';
import { makeProgramBook, type ProgramDefinition } from '#shared/domain/program.ts';
import { grantsOf, readEvent, type LedgerEvent } from '#shared/ledger/event.ts';
import { findChainFault } from '#shared/ledger/stream.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import { canonicalJson } from '#shared/lib/canonical-json.ts';
import { Violation, type Disk } from './disk.ts';
import { SHOP } from './endpoint.ts';
import { PRODUCTION } from './protocol.ts';
import type { Till } from './till.ts';
import type { World } from './world.ts';

/** What must hold when everything is healed and drained. I2, I4, I5 and I17 are also checked with every write. */
export async function checkQuiet(world: World): Promise<void> {
  const { head } = await world.endpoint.store.heads(SHOP);
  const page = await world.endpoint.store.pullEvents({ shop: SHOP, after: 0, limit: head });
  const order = page.events.map(({ json }) => JSON.parse(json) as LedgerEvent);
  const ids = order.map(({ id }) => id);
  expectTrue(new Set(ids).size === ids.length, 'I2 an id has two places');
  expectTrue(
    page.events.every(({ g }, index) => g === index + 1),
    'I5 the order has a hole',
  );
  const placed = new Set<string>(ids);
  checkIntents(world, placed);
  const truth = foldOrder(order);
  const bytes = cardsOf(truth);
  for (const till of world.tills) checkDisk(till, ids, bytes);
  for (const state of truth.values()) checkCard(state, order, world);
  // A copy of a till may have set aside what the till itself still offers: it comes late to both.
  const odd = new Set(world.tills.flatMap(({ disk }) => [...disk.oddOnes]));
  if (!world.isEndpointRestored) for (const till of world.tills) checkOrder(till, odd);
  checkForks(world);
  countTwins(order, world);
}

function countTwins(order: readonly LedgerEvent[], { publishedTwice, faults }: World): void {
  const versions = new Set<string>();
  for (const { id, type, data } of order) {
    if (type !== 'program') continue;
    const { program } = data as { program: ProgramDefinition };
    const version = `${program.id} ${program.version}`;
    if (versions.has(version)) publishedTwice.add(id);
    versions.add(version);
  }
  faults['same-version-published-twice'] = publishedTwice.size;
}

function expectTrue(holds: boolean, message: string): void {
  if (!holds) throw new Violation(message);
}

function checkIntents(world: World, placed: ReadonlySet<string>): void {
  const aside = new Set(world.tills.flatMap(({ disk }) => disk.marks.setAside.map(({ id }) => id)));
  for (const id of aside) expectTrue(world.spoiled.has(id), `I1 ${id} was set aside for nothing`);
  for (const { id, shown, isExcused } of world.intents.values()) {
    const isThere = placed.has(id);
    expectTrue(shown !== 'failed' || !isThere, `I3 ${id} was shown as failed and is there`);
    expectTrue(
      shown !== 'done' || isExcused || isThere || aside.has(id),
      `I1 ${id} was shown as done and is lost`,
    );
  }
  for (const id of placed)
    expectTrue(world.intents.has(id), `I3 nobody meant ${id}; or I19, it is another shop's`);
}

/** The production fold over the endpoint's order: what every till must show. */
function foldOrder(order: readonly LedgerEvent[]): ReadonlyMap<string, MemberState> {
  const book = makeProgramBook(
    order.flatMap(({ type, data }) =>
      type === 'program' ? (data as { program: ProgramDefinition }).program : [],
    ),
  );
  const members = new Map<string, LedgerEvent[]>();
  for (const event of order) {
    if (event.member !== undefined) members.set(event.member, [...(members.get(event.member) ?? []), event]);
  }
  return new Map(
    [...members]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([member, events]) => [member, foldMember(member as MemberId, events, book)]),
  );
}

function checkDisk({ name, disk }: Till, ids: readonly string[], truth: string): void {
  const there = disk.rows.filter(({ g }) => g !== null).sort((a, b) => (a.g ?? 0) - (b.g ?? 0));
  const pulled = there.map(({ event }) => event.id);
  const unreadable = disk.marks.setAside.filter(({ n }) => n === null).length;
  expectTrue(unreadable === 0, `I5 ${name} set something readable aside`);
  expectTrue(canonicalJson(pulled) === canonicalJson(ids), `I5 ${name} has not the endpoint's order`);
  const alone = disk.rows.filter(
    ({ g, n }) => g === null && !disk.marks.setAside.some((aside) => aside.n === n),
  );
  expectTrue(alone.length === 0, `I1 ${name} counts ${alone[0]?.event.id}, which has no place`);
  const shown = cardsOf(disk.cards);
  expectTrue(
    shown === cardsOf(disk.foldAll(PRODUCTION)),
    `I16 the cards of ${name} are not what a rebuild gives`,
  );
  expectTrue(shown === truth, `I6 the cards of ${name} are not those of the order`);
  checkChains(name, disk);
}

const cardsOf = (cards: ReadonlyMap<string, MemberState>): string =>
  // Somebody whose every event is set aside has a card here and nowhere else: an empty one.
  canonicalJson(
    [...cards.values()]
      .filter(({ live, needsUpdate, lastDay }) => live > 0 || needsUpdate || lastDay !== null)
      .sort((a, b) => (a.member < b.member ? -1 : 1)),
  );

/** I4: own streams are whole from 1, as far as nothing had to move. */
function checkChains(name: string, disk: Disk): void {
  const streams = new Map<string, LedgerEvent[]>();
  for (const { event, isOwn } of disk.rows) {
    if (!isOwn) continue;
    const own = streams.get(event.stream);
    if (own) own.push(event);
    else streams.set(event.stream, [event]);
  }
  const aside = new Set(disk.marks.setAside.map(({ id }) => id));
  for (const [stream, events] of streams) {
    const odd = events.some(({ id }) => aside.has(id) || disk.oddOnes.has(id));
    if (odd) continue;
    const fault = findChainFault(events.sort((a, b) => a.seq - b.seq));
    expectTrue(fault === undefined, `I4 ${name}: ${stream} does not hold at ${fault?.seq} (${fault?.fault})`);
  }
}

function checkCard(state: MemberState, order: readonly LedgerEvent[], world: World): void {
  const { member, exceptions } = state;
  const own = order.filter((event) => event.member === member);
  const voided = voidedIds(own);
  const counted = own.filter(({ id }) => !voided.has(id)).flatMap((event) => readEvent(event) ?? []);
  for (const {
    program,
    earned,
    adjusted,
    spent,
    expired,
    unplaced,
    lots,
    cards,
    ...rest
  } of state.programs) {
    const balance = balanceOf({ program, earned, adjusted, spent, expired, unplaced, lots, cards, ...rest });
    expectTrue(earned + adjusted === balance + spent + expired, `I7 units of ${member} in ${program}`);
    expectTrue(Math.min(earned, spent, expired, balance) >= 0, `I7 less than nothing: ${member}`);
    const granted = counted.flatMap((event) => (event.type === 'adjustment' ? [] : grantsOf(event)));
    const sum = granted.reduce(
      (units, grant) => (grant.program === program ? units + grant.units : units),
      0,
    );
    expectTrue(sum === earned, `I2 ${member} has ${earned} units of ${program} for ${sum} granted`);
  }
  const excess = exceptions.filter(({ kind }) => kind === 'excess-redemption').map(({ event }) => event);
  expectTrue(new Set(excess).size === excess.length, `I8 an excess of ${member} has two exceptions`);
  // A definition that was set aside: what it granted waits for it.
  const isDefined = state.programs.every(({ unplaced }) => unplaced === 0);
  if (isDefined) checkExcess({ member, excess, own }, world);
}

function checkExcess(
  {
    member,
    excess,
    own,
  }: { readonly member: string; readonly excess: readonly string[]; readonly own: readonly LedgerEvent[] },
  { tills, copies, isEndpointRestored, surroundings, spoiledMembers }: World,
): void {
  const isCorrected = own.some(({ type }) => type === 'void' || type === 'adjustment');
  // What paid for it was damaged or poisonous, and counts nowhere.
  if (isCorrected || spoiledMembers.has(member) || isEndpointRestored || excess.length === 0) return;
  for (const id of excess) {
    expectTrue(!surroundings.confirmed.has(id), `I8 ${id} was confirmed online and is in excess`);
  }
  const hands = new Set<string>(own.map(({ till }) => till));
  const alone =
    hands.size === 1 &&
    !tills.some((till) => hands.has(till.disk.till) && (copies.has(till) || isOdd(till, own)));
  expectTrue(!alone, `I8 one till alone made an excess of ${member}`);
}

const isOdd = ({ disk }: Till, own: readonly LedgerEvent[]): boolean =>
  own.some(({ id }) => disk.oddOnes.has(id));

/** I12: a till's events have their places in the order in which it committed them. */
function checkOrder({ name, disk }: Till, odd: ReadonlySet<string>): void {
  let before = 0;
  for (const { g, isOwn, event } of disk.rows) {
    if (!isOwn || g === null || odd.has(event.id)) continue;
    expectTrue(g > before, `I12 ${name}: ${event.id} overtook what was committed before it`);
    before = g;
  }
}

/** I11: a disk that is a copy says so once for each stream it never wrote; no other disk ever does. */
function checkForks({ tills, copies }: World): void {
  for (const till of tills) {
    const forks = [...till.disk.alarms.keys()].filter((key) => key.startsWith('fork '));
    const streams = new Set(
      till.disk.rows.flatMap(({ isOwn, event }) =>
        !isOwn && event.till === till.disk.till ? event.stream : [],
      ),
    );
    expectTrue(copies.has(till) || forks.length === 0, `I11 ${till.name} saw a fork that is none`);
    if (streams.size > 0) expectTrue(forks.length > 0, `I11 ${till.name} did not see its copy`);
  }
}
