import { headsOf } from '#shared/domain/day-close.ts';
import { sha256Hex } from '#shared/lib/sha256.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import type { Base, Deed } from './counter.ts';
import type { Till } from './till.ts';

/** What a manager does that moves no unit: forgets somebody, closes the day, takes an export. */
export function planAudit(till: Till, member: MemberId, base: () => Base): readonly Deed[] {
  const { chance } = till.world;
  const kind = chance.below(3);
  if (kind === 0) return till.disk.members.size > 3 ? planForgetting(till, member, base) : [];
  if (kind === 1) return [closeDay(till, base())];
  return [{ draft: { ...base(), type: 'export', data: { kind: 'day', day: till.day(), files: 3 } } }];
}

/** Whoever was merged is one person: all of them are forgotten. */
export function planForgetting({ disk }: Till, member: MemberId, base: () => Base): readonly Deed[] {
  const members = disk.groups.get(member)?.members ?? [member];
  return members.map((one) => ({
    draft: { ...base(), type: 'erasure', member: one, data: { reason: 'asked for it' } },
  }));
}

function closeDay(till: Till, base: Base): Deed {
  const { disk } = till;
  const events = disk.rows.flatMap(({ event }) => (event.day === till.day() ? event : []));
  const data = {
    day: till.day(),
    heads: headsOf(events),
    cursor: disk.marks.cursor,
    unsent: [...till.queue()].length,
    events: events.length,
    figures: sha256Hex(String(events.length)),
  };
  return { draft: { ...base, type: 'day-close', data } } satisfies Deed;
}
