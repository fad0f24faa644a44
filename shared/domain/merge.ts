import { readEvent, type EventData, type KnownEvent, type LedgerEvent } from '../ledger/event.ts';
import type { EventId, MemberId } from '../lib/brand.ts';
import { voidedIds, type OnePerson } from './fold.ts';

/**
 * Which members are one person. Merges link members into groups; an unmerge takes links away for ever. What holds is a
 * matter of sets, so any order of merges and unmerges gives the same groups; only which id stands for a group
 * follows from the shop's order: the member who was enrolled first.
 *
 *   merges − unmerges ─► links ─► groups (union-find) ─► the group's events in the shop's order ─► `foldMember(…, group)`
 */

/** Two members who count as one person. */
export interface MergeLink {
  readonly member: MemberId;
  readonly other: MemberId;
  readonly by: EventData<'merge'>['by'];
}

export interface MergeGroup extends OnePerson {
  /** Stands for all of them: whose first counting enrolment is the earliest. */
  readonly canonical: MemberId;
  /** Two or more: `canonical` first, then in the order of their first counting enrolments; who has none by id at the end. */
  readonly members: readonly MemberId[];
}

/** A merge that nobody has taken back. */
export interface ActiveMerge extends MergeLink {
  readonly id: EventId;
  readonly reason: string | undefined;
}

/**
 * A manager's merge holds unless an unmerge of its pair names it; one by number unless its pair was ever unmerged, also by
 * a till that had not heard of it.
 * @param events in any order, each id once; all merges and unmerges of the members asked about among them.
 */
export function listActiveMerges(events: Iterable<LedgerEvent>): ActiveMerge[] {
  const merges: ActiveMerge[] = [];
  const unmerged = new Map<string, Set<string>>();
  for (const event of events) {
    if (event.type !== 'merge' && event.type !== 'unmerge') continue;
    const known = readEvent(event);
    if (known?.member === undefined) continue;
    if (known.type === 'merge') {
      const { member, id, data } = known;
      const other = data.other as MemberId;
      if (other !== member) merges.push({ id, member, other, by: data.by, reason: data.reason });
    } else if (known.type === 'unmerge') {
      const pair = pairOf(known.member, known.data.other);
      const named = unmerged.get(pair) ?? new Set();
      for (const id of known.data.merges) named.add(id);
      unmerged.set(pair, named);
    }
  }
  return merges.filter(({ id, member, other, by }) => {
    const named = unmerged.get(pairOf(member, other));
    return !named || (by === 'manager' && !named.has(id));
  });
}

/** Whether somebody said of exactly these two that they are two people. */
export function isUnmerged(events: Iterable<LedgerEvent>, a: MemberId, b: MemberId): boolean {
  const pair = pairOf(a, b);
  for (const event of events) {
    const known = event.type === 'unmerge' ? readEvent(event) : undefined;
    if (known?.type !== 'unmerge' || known.member === undefined) continue;
    if (pairOf(known.member, known.data.other) === pair) return true;
  }
  return false;
}

/** No id holds a line break. */
const pairOf = (a: string, b: string): string => (a < b ? `${a}\n${b}` : `${b}\n${a}`);

/** The members whom `links` put together, two or more each, in no defined order. */
export function joinLinked(
  links: readonly Pick<MergeLink, 'member' | 'other'>[],
): readonly ReadonlySet<MemberId>[] {
  const groupOf = new Map<MemberId, Set<MemberId>>();
  for (const { member, other } of links) {
    const left = groupOf.get(member) ?? new Set([member]);
    const right = groupOf.get(other) ?? new Set([other]);
    const [into, from] = left.size < right.size ? [right, left] : [left, right];
    for (const one of from) into.add(one);
    for (const one of into === from ? into : [...from, member, other]) groupOf.set(one, into);
  }
  return [...new Set(groupOf.values())];
}

/**
 * @param events of all members whom `links` name, in the shop's order. @param links as they are, or as somebody thinks of
 * making them.
 * @returns in the order of the canonical ids.
 */
export function findGroups(
  events: readonly LedgerEvent[],
  links: readonly MergeLink[] = listActiveMerges(events),
): MergeGroup[] {
  if (links.length === 0) return [];
  const compare = compareBy(firstEnrolments(events));
  const withoutJoining = new Set<MemberId>();
  for (const sameNumber of joinLinked(links.filter(({ by }) => by === 'same-number'))) {
    // One number joins once: what it gave to whoever was enrolled later does not count.
    for (const member of [...sameNumber].sort(compare).slice(1)) withoutJoining.add(member);
  }
  return joinLinked(links)
    .map((joined) => {
      const members = [...joined].sort(compare);
      const canonical = members[0] as MemberId;
      return { canonical, members, withoutJoining: members.filter((member) => withoutJoining.has(member)) };
    })
    .sort((a, b) => (a.canonical < b.canonical ? -1 : 1));
}

/** The place of each member's first enrolment that counts. */
function firstEnrolments(events: readonly LedgerEvent[]): ReadonlyMap<string, number> {
  const voided = voidedIds(events);
  const places = new Map<string, number>();
  for (const [place, event] of events.entries()) {
    if (event.type !== 'enrolment' || event.member === undefined || places.has(event.member)) continue;
    if (!voided.has(event.id) && readEvent(event)) places.set(event.member, place);
  }
  return places;
}

const compareBy =
  (places: ReadonlyMap<string, number>) =>
  (a: MemberId, b: MemberId): number => {
    const difference = (places.get(a) ?? Infinity) - (places.get(b) ?? Infinity);
    // Two who were never enrolled: infinities leave no number.
    return difference || (a < b ? -1 : 1);
  };

/** Whom an event names as one person, as two, or as somebody to be forgotten. */
export function membersOf(event: KnownEvent): MemberId[] {
  const others =
    event.type === 'merge' || event.type === 'unmerge'
      ? [event.data.other]
      : event.type === 'erasure'
        ? (event.data.also ?? [])
        : [];
  return [...(event.member === undefined ? [] : [event.member]), ...(others as MemberId[])];
}
