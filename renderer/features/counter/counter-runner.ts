import { emptyMemberState, type MemberState } from '#shared/domain/member-state.ts';
import { cleanName } from '#shared/domain/person-name.ts';
import { maskPhone } from '#shared/domain/phone-number.ts';
import { formatCardCode } from '#shared/domain/card-code.ts';
import type { KnownEvent } from '#shared/ledger/event.ts';
import type { Appended } from '#renderer/data/ledger-port.ts';
import type { CounterFailure, CounterResult } from './counter-requests.ts';
import type { Finder } from './counter-finder.ts';
import { CLEARED, subjectOf, type ActionIntent, type Intent, type VisitIntent } from './counter-state.ts';
import type { Target } from './counter-target.ts';
import type { CounterTools } from './counter-tools.ts';
import { labelOf } from './label-of.ts';
import { saleOf } from './sale-entry.ts';
import { soundOf } from './sound-of.ts';

/** What the running command is about. */
export interface Subject {
  /** The member's name, empty when there is none. */
  readonly name: string;
  readonly before: MemberState;
  readonly reward?: string | undefined;
  /** Shown while the command runs. */
  readonly acting?: Target;
  /** What a limit's dialog lets pass. */
  readonly intent?: Intent;
}

export interface Runner {
  /** Runs one command at a time. The field is free meanwhile; refused, everything is put back. */
  run(command: () => Promise<CounterResult>, subject: Subject): Promise<void>;
  /** @param overLimitReason why the shop's limits are passed on purpose. */
  carryOut(intent: Intent, overLimitReason?: string): Promise<void>;
}

export function createRunner(tools: CounterTools, finder: Finder): Runner {
  const { get, set, store, commands, clock, ids, log, fail, play } = tools;

  async function run(command: () => Promise<CounterResult>, subject: Subject): Promise<void> {
    if (get().isBusy) return;
    const before = subjectOf(get());
    finder.moveOn();
    set({ ...CLEARED, isBusy: true, acting: subject.acting, failure: undefined });
    const result = await command().catch((error: unknown): CounterResult | undefined => {
      log.error('counter-command', { name: error instanceof Error ? error.name : 'unknown' });
      return undefined;
    });
    set({ isBusy: false, acting: undefined });
    if (result?.ok) {
      const after = result.value.state ?? subject.before;
      finish(result.value.event, after, subject);
      if (subject.reward !== undefined) resumeSale(before, after);
    } else refuse(result?.error ?? { code: 'unexpected' }, subject, before);
    await finder.scanQueued();
  }

  function finish(event: KnownEvent, after: MemberState, { name, before, reward }: Subject): void {
    finder.closeIds();
    const done = event.member && { event, member: event.member, name, before, after, reward };
    set({ dialog: undefined, done });
    play(soundOf({ event, before, after, programs: store.ledger.programs(), day: tools.today() }));
  }

  /** A reward in the middle of a sale: the sale is still to be finished, unless the next customer has begun. */
  function resumeSale(before: ReturnType<typeof subjectOf>, after: MemberState): void {
    const { text, held, unknownCard } = get();
    if (saleOf(before.sale) === undefined || text !== '' || held || unknownCard !== undefined) return;
    set({
      ...before,
      held: before.held && { ...before.held, state: after },
      found: before.found && { ...before.found, state: before.found.state && after },
      rewardAt: undefined,
      // A second Enter was meant for the reward.
      foundAt: clock.now(),
    });
  }

  function refuse(
    error: CounterFailure | { readonly code: 'unexpected' },
    subject: Subject,
    before: ReturnType<typeof subjectOf>,
  ): void {
    const { text, held, unknownCard } = get();
    // Unless the next customer has begun: then only the reason is shown.
    if (text === '' && !held && unknownCard === undefined) set(before);
    if (error.code === 'needs-approval') return askManager(error.redeemed, subject);
    if (error.code !== 'limit' || !subject.intent) return fail(error);
    play('refused');
    set({ dialog: { kind: 'limit', breaches: error.breaches, intent: subject.intent } });
  }

  function askManager(redeemed: Appended, { name, before, reward }: Subject): void {
    play('refused');
    finder.closeIds();
    set({ dialog: { kind: 'approve', id: ids.eventId(), redeemed, subject: { name, before, reward } } });
  }

  function visit(intent: VisitIntent, reason: { readonly overLimitReason?: string }): Promise<void> {
    const { target, id, companionId, member, count, name, sale, referredBy } = intent;
    const parts = { id, companionId, sale, ...reason };
    if (target.kind === 'member') {
      const { row, state } = target;
      return run(() => commands.punch({ ...parts, member: row.id, count }), {
        name: labelOf(row),
        before: state,
        acting: target,
        intent,
      });
    }
    const key = target.kind === 'new-number' ? { phone: target.number } : { card: target.code };
    return run(() => commands.enrol({ ...parts, ...key, member, name, visits: count, referredBy }), {
      name:
        cleanName(name) ||
        (target.kind === 'new-number' ? maskPhone(target.number) : formatCardCode(target.code)),
      before: emptyMemberState(member),
      acting: target,
      intent,
    });
  }

  function action(intent: ActionIntent, reason: { readonly overLimitReason?: string }): Promise<void> {
    const { id, held, program, action: what } = intent;
    return run(() => commands.doAction({ id, member: held.row.id, program, action: what, ...reason }), {
      name: labelOf(held.row),
      before: held.state,
      intent,
    });
  }

  return {
    run,
    carryOut(intent, overLimitReason) {
      const reason = overLimitReason === undefined ? {} : { overLimitReason };
      return intent.kind === 'visit' ? visit(intent, reason) : action(intent, reason);
    },
  };
}
