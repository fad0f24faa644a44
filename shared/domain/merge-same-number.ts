import { readEvent, type LedgerEvent } from '../ledger/event.ts';
import type { MemberId, PhoneNumber } from '../lib/brand.ts';
import { voidedIds } from './fold.ts';
import { isUnmerged, joinLinked, listActiveMerges } from './merge.ts';

/**
 * Two tills that had not heard of each other enrolled one number: the same person, and no manager is needed to see it. A
 * number that was given to somebody later, by hand or from a file, may be a mistake, so that is only suggested.
 */
export interface NumberHolder {
  readonly member: MemberId;
  /** As in the member's own document. */
  readonly phone: PhoneNumber;
}

/**
 * @param events all of the holders' events, in any order.
 * @returns merges that nobody has made or taken back yet. Whoever has an event of a newer app is left to such an app: it may
 *   say that they are somebody else.
 */
export function planSameNumberMerges(
  holders: readonly NumberHolder[],
  events: readonly LedgerEvent[],
): { readonly member: MemberId; readonly other: MemberId }[] {
  const enrolled = membersByNumber(events);
  const unread = unreadMembers(events);
  const sorted = holders
    .filter(({ member }) => enrolled.has(member))
    .sort((a, b) => (a.member < b.member ? -1 : 1));
  const links: { readonly member: MemberId; readonly other: MemberId }[] = listActiveMerges(events);
  const planned: { readonly member: MemberId; readonly other: MemberId }[] = [];
  for (const number of new Set(sorted.map(({ phone }) => phone))) {
    const sharing = sorted.filter(({ phone }) => phone === number);
    for (const [place, { member: other }] of sharing.entries()) {
      for (const { member } of sharing.slice(0, place)) {
        const [left, right] = [groupOf(member, links), groupOf(other, links)];
        if (left.has(other) || isKeptApart(left, right, events)) continue;
        if ([...left, ...right].some((one) => unread.has(one))) continue;
        links.push({ member, other });
        planned.push({ member, other });
      }
    }
  }
  return planned;
}

/** Members whose counting enrolment was made with a number, which nobody has changed since. */
function membersByNumber(events: readonly LedgerEvent[]): ReadonlySet<MemberId> {
  const voided = voidedIds(events);
  const members = new Set<MemberId>();
  for (const event of events) {
    const known = event.type === 'enrolment' && !voided.has(event.id) ? readEvent(event) : undefined;
    if (known?.type === 'enrolment' && known.data.by === 'phone' && known.member) members.add(known.member);
  }
  for (const event of events) {
    const known = event.type === 'profile' ? readEvent(event) : undefined;
    if (known?.type !== 'profile' || !known.member) continue;
    if (known.data.fields.includes('phone')) members.delete(known.member);
  }
  return members;
}

const unreadMembers = (events: readonly LedgerEvent[]): ReadonlySet<string> =>
  new Set(events.flatMap((event) => (event.member !== undefined && !readEvent(event) ? event.member : [])));

function groupOf(
  member: MemberId,
  links: readonly { readonly member: MemberId; readonly other: MemberId }[],
): ReadonlySet<MemberId> {
  return joinLinked(links).find((group) => group.has(member)) ?? new Set([member]);
}

/** Somebody said of two of them that they are two people: a third one must not bring them together again. */
const isKeptApart = (
  left: ReadonlySet<MemberId>,
  right: ReadonlySet<MemberId>,
  events: readonly LedgerEvent[],
): boolean => [...left].some((a) => [...right].some((b) => isUnmerged(events, a, b)));
