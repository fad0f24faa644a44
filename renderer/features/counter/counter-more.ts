import { emptyMemberState } from '#shared/domain/member-state.ts';
import { formatCardCode } from '#shared/domain/card-code.ts';
import { err, ok } from '#shared/lib/result.ts';
import type { Appended } from '#renderer/data/ledger-port.ts';
import type { MoreActions } from './counter-actions.ts';
import type { Finder } from './counter-finder.ts';
import type { Runner } from './counter-runner.ts';
import { targetOf } from './counter-target.ts';
import type { CounterTools } from './counter-tools.ts';
import { labelOf } from './label-of.ts';
import { listMoreEntries } from './more-entries.ts';

/** What is asked in a dialog. The id is minted when it opens: pressed twice, or again after a failure, it counts once. */
export function createMore(tools: CounterTools, finder: Finder, runner: Runner): MoreActions {
  const { get, set, ids, commands, handOver, guarded, preferences } = tools;

  return {
    async openMore() {
      const target = finder.settledTarget();
      const { done } = get();
      const entries = listMoreEntries(tools.listPrograms());
      if (!target || entries.length === 0) return;
      await guarded(async () => {
        const held = target.kind === 'member' ? target : done && (await finder.read(done.member));
        if (!held || get().isBusy) return;
        const isPaperOnly = entries.every(({ kind }) => kind === 'paper');
        const { row, state } = held;
        set({
          dialog: { kind: isPaperOnly ? 'paper' : 'more', id: ids.eventId(), held: { row, state } },
          failure: undefined,
        });
      });
    },

    openPaper() {
      const { dialog } = get();
      if (dialog?.kind === 'more') set({ dialog: { ...dialog, kind: 'paper' } });
    },

    async takeOverPaper(program, stamps) {
      const { dialog } = get();
      if (dialog?.kind !== 'paper') return;
      const { id, held } = dialog;
      await runner.run(() => commands.takeOverPaperCard({ id, member: held.row.id, program, stamps }), {
        name: labelOf(held.row),
        before: held.state,
      });
    },

    async doAction(program, action) {
      const { dialog } = get();
      if (dialog?.kind !== 'more') return;
      const { id, held } = dialog;
      await runner.carryOut({ kind: 'action', id, held, program, action });
    },

    async sell(program, offer) {
      const { dialog } = get();
      if (dialog?.kind !== 'more') return;
      const { id, held } = dialog;
      await runner.run(() => commands.sell({ id, member: held.row.id, program, offer }), {
        name: labelOf(held.row),
        before: held.state,
      });
    },

    async spendPoints(cost) {
      const { dialog } = get();
      if (dialog?.kind !== 'points') return;
      const { id, held, offer } = dialog;
      await runner.run(() => tools.giveReward({ id, member: held.row.id, reward: offer, cost }), {
        name: labelOf(held.row),
        before: held.state,
        reward: offer.reward.name,
      });
    },

    openPhoneless() {
      const { text } = get();
      const isName = targetOf(get()).kind === 'nobody' && !/\p{Nd}/u.test(text);
      set({
        dialog: {
          kind: 'phoneless',
          id: ids.eventId(),
          member: ids.memberId(),
          name: isName ? text.trim() : '',
          code: commands.newCardCode(),
        },
      });
    },

    async enrolPhoneless(name) {
      const { dialog } = get();
      if (dialog?.kind !== 'phoneless') return;
      const { id, member, code } = dialog;
      const visits = tools.lacksSale() ? 0 : preferences().defaultCount;
      await runner.run(() => commands.enrol({ id, member, card: code, name, visits }), {
        name: name.trim() || formatCardCode(code),
        before: emptyMemberState(member),
      });
    },

    async approve(reason) {
      const { dialog } = get();
      if (dialog?.kind !== 'approve') return;
      const { id, redeemed, subject } = dialog;
      const asked = approvalOf(redeemed);
      if (!handOver || !asked) return;
      // What is told, and undone with one key, is the reward; the approval hangs on it.
      const approved = async () => {
        const result = await handOver.approve({ id, reason, ...asked });
        return result.ok ? ok({ ...result.value, event: redeemed.event }) : result;
      };
      await runner.run(approved, subject);
    },

    async decline() {
      const { dialog, isBusy } = get();
      if (dialog?.kind !== 'approve' || isBusy) return;
      const { id, redeemed, subject } = dialog;
      const asked = approvalOf(redeemed);
      if (!handOver || !asked) return;
      set({ dialog: undefined });
      const declined = async () => {
        const result = await handOver.decline({ id, ...asked });
        return result.ok ? err({ code: 'not-approved' as const }) : result;
      };
      await runner.run(declined, { name: subject.name, before: subject.before });
    },

    closeDialog() {
      // What was sent can't be called back by closing the window over it.
      if (!get().isBusy) set({ dialog: undefined });
    },
  };
}

const approvalOf = ({ event }: Appended) => event.member && { member: event.member, redemption: event.id };
