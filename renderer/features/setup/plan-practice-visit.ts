import { planJoining, planVisit } from '#shared/domain/earn.ts';
import { EMPTY_PROFILE } from '#shared/domain/profile.ts';
import {
  findProgram,
  isStampProgram,
  listCurrentPrograms,
  type ProgramBook,
} from '#shared/domain/program.ts';
import { listReadyRewards } from '#shared/domain/rewards.ts';
import type { Sale } from '#shared/ledger/event.ts';
import type { EventId, MemberId, PlainDay, StaffId } from '#shared/lib/brand.ts';
import type { BulkItem } from '#renderer/data/bulk-append.ts';
import type { Before } from '#renderer/data/event-rows.ts';
import type { PracticeVisit } from './practice-visits.ts';

interface Request {
  readonly person: { readonly name: string; readonly member: MemberId; readonly card: string };
  readonly visit: PracticeVisit;
  readonly before: Before;
  readonly programs: ProgramBook;
  readonly day: PlainDay;
  readonly timeZone: string;
  readonly staff: StaffId;
  readonly newId: () => EventId;
}

/** One visit of a practice regular as a cashier would have noted it: the first one joins, a full card is taken first. */
export function planVisitOf(request: Request): readonly BulkItem[] {
  const { person, before } = request;
  const { member } = person;
  const isJoining = before.state.live === 0;
  const reward = isJoining ? [] : takeReward(request);
  return [
    ...reward.map((draft) => ({ member, before, draft })),
    isJoining
      ? {
          member,
          before,
          draft: join(request),
          profile: { ...EMPTY_PROFILE, name: person.name, card: person.card },
        }
      : { member, before, draft: come(request) },
  ];
}

function join(request: Request) {
  const { person, programs, staff, newId } = request;
  const { grants, ...rest } = earnedBy(request);
  return {
    id: newId(),
    member: person.member,
    staff,
    type: 'enrolment' as const,
    data: {
      by: 'card' as const,
      visit: 1,
      grants: [...planJoining(listCurrentPrograms(programs)), ...grants],
      ...rest,
    },
  };
}

function come(request: Request) {
  const { person, staff, newId } = request;
  return {
    id: newId(),
    member: person.member,
    staff,
    type: 'visit' as const,
    data: { count: 1, ...earnedBy(request) },
  };
}

function earnedBy({ visit, before, programs, day, timeZone }: Request) {
  const current = listCurrentPrograms(programs);
  const items = current.flatMap((program) => program.items ?? []);
  const item = visit.hasLunch ? items[visit.person % Math.max(1, items.length)] : undefined;
  const sale: Sale | undefined =
    visit.amount === null && !item
      ? undefined
      : {
          amount: visit.amount,
          lines: item ? [{ item: item.name, category: item.category, count: 1 }] : [],
          type: null,
        };
  const plan = planVisit({
    state: before.state,
    programs: current,
    count: 1,
    sale,
    atMs: visit.atMs,
    day,
    timeZone,
  });
  return {
    grants: [...plan.grants],
    ...(sale ? { sale } : {}),
    ...(plan.donations.length > 0 ? { donations: [...plan.donations] } : {}),
  };
}

/** What waits on a full card. Points are saved up. */
function takeReward({ person, before, programs, day, staff, newId }: Request) {
  const ready = listReadyRewards(before.state, programs, { day, birthday: null });
  const full = ready.find(({ program, version, cost }) => {
    const definition = findProgram(programs, program, version);
    return cost > 0 && definition !== undefined && isStampProgram(definition);
  });
  if (!full) return [];
  const { program, version, reward, cost } = full;
  const data = { program, version, reward: reward.id, cost };
  return [{ id: newId(), member: person.member, staff, type: 'redemption' as const, data }];
}
