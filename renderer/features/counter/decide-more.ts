import { planAction } from '#shared/domain/earn.ts';
import { findProgramState } from '#shared/domain/member-state.ts';
import type { Offer } from '#shared/domain/program.ts';
import type { EventData, Grant } from '#shared/ledger/event.ts';
import type { PlainDay, StaffId } from '#shared/lib/brand.ts';
import { addMonths } from '#shared/lib/plain-day.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import type { CommitView, Decision } from '#renderer/data/ledger-port.ts';
import type { ActionRequest, CounterFailure, PaperRequest, SellRequest } from './counter-requests.ts';
import { passLimits } from './decide-visit.ts';

/** What is rarer than a visit: a paper card, an action, a pass or units in advance. */

export function decidePaperCard(
  view: CommitView,
  { id, member, program, stamps }: PaperRequest,
  staff: StaffId,
): Result<Decision, CounterFailure> {
  const current = view.programs.get(program)?.at(-1);
  if (!view.row) return err({ code: 'member-gone' });
  if (!current || current.isWithdrawn) return err({ code: 'no-program' });
  const grant: Grant = { program, version: current.version, rule: 'paper-card', units: stamps };
  return ok({ draft: { id, member, staff, type: 'paper-card', data: { grants: [grant] } } });
}

export function decideAction(
  view: CommitView,
  { id, member, program, action, overLimitReason }: ActionRequest,
  staff: StaffId,
): Result<Decision, CounterFailure> {
  if (!view.row) return err({ code: 'member-gone' });
  const current = view.programs.get(program)?.at(-1);
  const plan = current && planAction({ state: view.state, program: current, action, day: view.day });
  if (!plan) return err({ code: 'no-program' });
  const passed = passLimits(plan, overLimitReason);
  if (!passed.ok) return passed;
  return ok({
    draft: {
      id,
      member,
      staff,
      type: 'action',
      data: { program, version: current.version, action, grants: [...plan.grants], ...passed.value },
    },
  });
}

export function decideSale(
  view: CommitView,
  { id, member, program, offer: offerId }: SellRequest,
  staff: StaffId,
): Result<Decision, CounterFailure> {
  if (!view.row) return err({ code: 'member-gone' });
  const current = view.programs.get(program)?.at(-1);
  const offer = current?.offers?.find((candidate) => candidate.id === offerId);
  if (!current?.currency || !offer || current.isWithdrawn) return err({ code: 'not-sold' });
  const { version, currency } = current;
  const sold = { program, version, offer: offer.id, price: offer.price, currency };
  const validUntil = findProgramState(view.state, program)?.passUntil ?? null;
  return ok({
    draft: {
      id,
      member,
      staff,
      type: 'purchase',
      data: { ...sold, ...contentOf(offer, { program, version, day: view.day, validUntil }) },
    },
  });
}

function contentOf(
  offer: Offer,
  facts: {
    readonly program: string;
    readonly version: number;
    readonly day: PlainDay;
    readonly validUntil: PlainDay | null;
  },
): Pick<EventData<'purchase'>, 'passUntil' | 'grants'> {
  const { program, version, day, validUntil } = facts;
  if (offer.kind === 'prepaid') {
    return { grants: [{ program, version, rule: offer.id, units: offer.units }] };
  }
  // A pass bought before the old one ends begins where that one ends.
  const from = validUntil !== null && validUntil > day ? validUntil : day;
  return { passUntil: addMonths(from, offer.months), grants: [] };
}
