import { countingGrants, foldMember, voidedIds } from '#shared/domain/fold.ts';
import { balanceOf, type MemberState } from '#shared/domain/member-state.ts';
import { findGroups, joinLinked, listActiveMerges, type MergeGroup } from '#shared/domain/merge.ts';
import { makeProgramBook, type ProgramBook, type ProgramDefinition } from '#shared/domain/program.ts';
import { readEvent, type LedgerEvent } from '#shared/ledger/event.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import { canonicalJson } from '#shared/lib/canonical-json.ts';
import { expectTrue } from './disk.ts';
import type { Till } from './till.ts';
import type { World } from './world.ts';

/** What the endpoint's order says of everybody: the production fold over it, and what must be true of what comes out. */

export interface Truth {
  readonly order: readonly LedgerEvent[];
  readonly book: ProgramBook;
  readonly cards: ReadonlyMap<string, MemberState>;
  /** By each of their members. */
  readonly groups: ReadonlyMap<string, MergeGroup>;
  readonly byMember: ReadonlyMap<string, readonly LedgerEvent[]>;
  /** Everybody whom a merge or an unmerge ever named. */
  readonly linked: ReadonlySet<string>;
}

export function foldOrder(order: readonly LedgerEvent[]): Truth {
  const book = makeProgramBook(
    order.flatMap(({ type, data }) =>
      type === 'program' ? (data as { program: ProgramDefinition }).program : [],
    ),
  );
  const byMember = new Map<string, LedgerEvent[]>();
  for (const event of order) {
    if (event.member === undefined) continue;
    const own = byMember.get(event.member);
    if (own) own.push(event);
    else byMember.set(event.member, [event]);
  }
  const groups = new Map<string, MergeGroup>(
    findGroups(order).flatMap((group) => group.members.map((one) => [one, group] as const)),
  );
  const cards = new Map<string, MemberState>();
  for (const member of [...byMember.keys()].sort()) {
    const group = groups.get(member);
    const canonical = group?.canonical ?? (member as MemberId);
    if (cards.has(canonical)) continue;
    const own = new Set<string>(group?.members ?? [member]);
    const events = group
      ? order.filter((event) => own.has(event.member ?? ''))
      : (byMember.get(member) ?? []);
    cards.set(canonical, foldMember(canonical, events, book, undefined, group));
  }
  const links = order.filter(({ type }) => type === 'merge' || type === 'unmerge');
  const linked = new Set(
    links.flatMap(({ member, data }) => [member ?? '', (data as { other: string }).other]),
  );
  return { order, book, cards, groups, byMember, linked };
}

export const cardsOf = (cards: ReadonlyMap<string, MemberState>): string =>
  // Somebody whose every event is set aside has a card here and nowhere else: an empty one.
  canonicalJson(
    [...cards.values()]
      .filter(({ live, needsUpdate, lastDay }) => live > 0 || needsUpdate || lastDay !== null)
      .sort((a, b) => (a.member < b.member ? -1 : 1)),
  );

export function checkCards(truth: Truth, world: World): void {
  for (const state of truth.cards.values()) checkCard(state, truth, world);
  for (const group of new Set(truth.groups.values())) checkGroup(group, truth);
  checkLinks(truth);
}

function checkCard(state: MemberState, { groups, byMember, linked }: Truth, world: World): void {
  const { member, exceptions } = state;
  const group = groups.get(member);
  const own = (group?.members ?? [member]).flatMap((one) => byMember.get(one) ?? []);
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
    const granted = counted.flatMap((event) =>
      event.type === 'adjustment' ? [] : countingGrants(event, group),
    );
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
  // Merged and told apart: what paid for it may count for somebody else now.
  if (isDefined && !linked.has(member)) checkExcess({ member, excess, own }, world);
}

const CORRECTIONS: ReadonlySet<string> = new Set(['void', 'adjustment']);

function checkExcess(
  {
    member,
    excess,
    own,
  }: { readonly member: string; readonly excess: readonly string[]; readonly own: readonly LedgerEvent[] },
  { tills, copies, isEndpointRestored, surroundings, spoiledMembers }: World,
): void {
  const isCorrected = own.some(({ type }) => CORRECTIONS.has(type));
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

/** I13: what a group has is what its members have, less the joining bonus of whoever was enrolled again with a number. */
function checkGroup(group: MergeGroup, { cards, byMember, book }: Truth): void {
  const { canonical, members, withoutJoining } = group;
  const alone = members.map((member) => foldMember(member, byMember.get(member) ?? [], book));
  const dropped = withoutJoining.flatMap((member) => {
    const own = byMember.get(member) ?? [];
    const voided = voidedIds(own);
    const known = own.flatMap((event) => (voided.has(event.id) ? [] : (readEvent(event) ?? [])));
    return known.flatMap((event) => (event.type === 'enrolment' ? event.data.grants : []));
  });
  const together = cards.get(canonical);
  expectTrue(together !== undefined, `I13 ${canonical} stands for others and has no card`);
  for (const { program, earned } of together?.programs ?? []) {
    const sum = alone.flatMap(
      ({ programs }) => programs.find((one) => one.program === program)?.earned ?? [],
    );
    const less = dropped.filter(({ rule, ...grant }) => grant.program === program && rule === 'joining');
    const expected = total(sum) - total(less.map(({ units }) => units));
    expectTrue(earned === expected, `I13 ${canonical} has ${earned} of ${program}, its members ${expected}`);
  }
  const visits = total(alone.map((state) => state.visits));
  expectTrue(together?.visits === visits, `I13 ${canonical} has visits that its members have not`);
  for (const member of members.slice(1))
    expectTrue(!cards.has(member), `I13 ${member} is an alias and has a card of its own`);
}

/** I13: whatever order merges and unmerges are heard in, the same members are one; and every number joined once. */
function checkLinks({ order, groups }: Truth): void {
  const backwards = listActiveMerges([...order].reverse());
  const sets = joinLinked(backwards).map((members) => [...members].sort().join(' '));
  const shown = [...new Set(groups.values())].map(({ members }) => [...members].sort().join(' '));
  expectTrue(
    canonicalJson(sets.sort()) === canonicalJson(shown.sort()),
    'I13 another order of merges makes other groups',
  );
  for (const joined of joinLinked(backwards.filter(({ by }) => by === 'same-number'))) {
    const paid = [...joined].filter((member) => !groups.get(member)?.withoutJoining.includes(member));
    expectTrue(paid.length === 1, `I13 one number joined ${paid.length} times`);
  }
}

const total = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);
