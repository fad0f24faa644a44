import { addToDay, emptyDayTotals, type DayTotals } from '#shared/domain/day-totals.ts';
import { EMPTY_PROFILE, type Profile } from '#shared/domain/profile.ts';
import type { ProgramBook } from '#shared/domain/program.ts';
import { listCurrentPrograms } from '#shared/domain/program.ts';
import { planVisit } from '#shared/domain/earn.ts';
import { emptyMemberState, type MemberState } from '#shared/domain/member-state.ts';
import { UNASSIGNED_STAFF, type EventDraft, type KnownEvent } from '#shared/ledger/event.ts';
import { sealEvent, type StreamHead } from '#shared/ledger/stream.ts';
import type { EventId, PlainDay } from '#shared/lib/brand.ts';
import { formatHlc } from '#shared/lib/hlc.ts';
import { memberRow, nextState } from '#renderer/data/projections.ts';
import type { MemberRow, TillIdentity } from '#renderer/data/rows.ts';
import { idOf, memberAt } from './member-source.ts';

/** The rows that joining with one visit leaves behind, made by the app's own pure steps, ready to be put natively. */
export interface RowsOfMember {
  readonly event: KnownEvent;
  readonly profile: Profile;
  readonly card: MemberState;
  readonly member: MemberRow;
}

export interface RowMaker {
  rowsOf(index: number): RowsOfMember;
  /** The daily sums of every row made since the last call. */
  takeTotals(): DayTotals[];
  readonly head: () => StreamHead;
}

const ZONE = 'UTC';

export function enrolmentDraft(index: number, programs: ProgramBook): EventDraft {
  const { id: member, joinedAt } = memberAt(index);
  const day = dayOf(joinedAt);
  const visit = planVisit({
    state: emptyMemberState(member),
    programs: listCurrentPrograms(programs),
    count: 1,
    atMs: joinedAt,
    day,
    timeZone: ZONE,
  });
  return {
    id: idOf(index, joinedAt, 1) as string as EventId,
    type: 'enrolment',
    member,
    staff: UNASSIGNED_STAFF,
    data: { by: 'phone', visit: 1, grants: [...visit.grants] },
  };
}

export const profileContent = (index: number) => {
  const { name, phone } = memberAt(index);
  return { ...EMPTY_PROFILE, name, phone };
};

export function createRowMaker(request: {
  readonly head: StreamHead;
  readonly identity: TillIdentity;
  readonly programs: ProgramBook;
}): RowMaker {
  const { identity, programs } = request;
  let { head } = request;
  let totals = new Map<string, DayTotals>();
  return {
    head: () => head,
    rowsOf: (index) => {
      const { joinedAt } = memberAt(index);
      const content = profileContent(index);
      const day = dayOf(joinedAt);
      const hlc = formatHlc({ wallMs: joinedAt, counter: 0 }, identity.till);
      const sealed = sealEvent(enrolmentDraft(index, programs), head, {
        ...identity,
        hlc,
        wall: joinedAt,
        tz: ZONE,
        day,
      });
      head = sealed.head;
      const { event } = sealed;
      totals.set(day, addToDay(totals.get(day) ?? emptyDayTotals(day), event));
      const card = nextState({ before: undefined, event, history: undefined, programs });
      return {
        event,
        profile: { member: card.member, hlc, ...content },
        card,
        member: memberRow(content, card, programs),
      };
    },
    takeTotals: () => {
      const sums = [...totals.values()];
      totals = new Map();
      return sums;
    },
  };
}

const dayOf = (atMs: number): PlainDay => new Date(atMs).toISOString().slice(0, 10) as PlainDay;
