import type { MemberId } from '#shared/lib/brand.ts';
import type { Base, Deed } from './counter.ts';
import type { Till } from './till.ts';

/** Who is one person: what a manager decides, and what a till sees by itself. */

/** A manager thinks that two members are one person, or thinks better of it. */
export function planMerging(till: Till, base: Base): readonly Deed[] {
  const { disk, world } = till;
  const { chance, kit } = world;
  const active = kit.protocol.listActiveMerges(disk.mergeEvents());
  // Mostly apart again: who is merged for good is a growing crowd.
  if (active.length > 0 && chance.happens(0.7)) {
    const { member, other } = chance.pick(active);
    const merges = active.flatMap((one) => (isPair(one, member, other) ? one.id : []));
    return [{ draft: { ...base, type: 'unmerge', member, data: { other, merges, reason: 'two people' } } }];
  }
  const members = [...disk.members.keys()].filter((one) => !disk.erased.has(one)) as MemberId[];
  if (members.length < 2) return [];
  const [member, other] = [chance.pick(members), chance.pick(members)];
  if (disk.canonicalOf(member) === disk.canonicalOf(other)) return [];
  return [
    { draft: { ...base, type: 'merge', member, data: { other, by: 'manager', reason: 'same person' } } },
  ];
}

const isPair = (
  one: { readonly member: string; readonly other: string },
  member: string,
  other: string,
): boolean =>
  (one.member === member && one.other === other) || (one.member === other && one.other === member);

/** One number, enrolled at two tills that had not heard of each other: every till that sees it puts them together. */
export function mergeSameNumbers(till: Till): void {
  const { disk, world } = till;
  const { protocol, host } = world.kit;
  if (host.isMergeForgotten) return;
  const stand = [
    disk.documentChanges,
    disk.members.size,
    disk.mergeNs.length,
    disk.marks.setAside.length,
  ].join(' ');
  if (till.talk.lookedAt === stand) return;
  till.talk.lookedAt = stand;
  const known = [...disk.profiles.values()].flatMap(({ member, phone }) =>
    phone !== null && disk.members.has(member) ? [{ member, phone }] : [],
  );
  const canonical = new Map<string, string>();
  const shared = new Set<string>();
  for (const { member, phone } of known) {
    const other = canonical.get(phone);
    if (other !== undefined && other !== disk.canonicalOf(member)) shared.add(phone);
    canonical.set(phone, disk.canonicalOf(member));
  }
  if (shared.size === 0) return;
  const holders = known.filter(({ phone }) => shared.has(phone));
  const events = disk.eventsOfMerged(holders.map(({ member }) => member));
  for (const { member, other } of protocol.planSameNumberMerges(holders, events)) {
    world.count('same-number-merge');
    till.commit({ ...till.counter.base(), type: 'merge', member, data: { other, by: 'same-number' } });
  }
}
