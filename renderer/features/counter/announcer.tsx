import { useTranslation } from 'react-i18next';
import type { MemberState } from '#shared/domain/member-state.ts';
import { SUFFIX_DIGITS } from '#shared/domain/phone-number.ts';
import { listProgramViews, type ProgramView } from '#shared/domain/rewards.ts';
import type { MemberRow } from '#renderer/data/rows.ts';
import { usePrograms } from '#renderer/data/usual-data.tsx';
import { useProgramWords } from '#renderer/i18n/program-words.ts';
import { useToday } from '#renderer/platform/use-today.ts';
import { VisuallyHidden } from '#renderer/ui/visually-hidden.tsx';
import { targetOf } from './counter-target.ts';
import type { Done } from './counter-state.ts';
import type { Counter } from './use-counter.ts';
import { useDoneText } from './use-done-text.ts';
import { useGrantWords } from './use-grant-words.ts';
import { usePlan } from './use-plan.ts';
import { usePunchLabel } from './use-punch-label.ts';

/** Says for a screen reader what was done, and what the next Enter would do. */
export function Announcer({ counter }: { readonly counter: Counter }) {
  return (
    <VisuallyHidden role="status">
      <Announcement counter={counter} />
    </VisuallyHidden>
  );
}

function Announcement({ counter }: { readonly counter: Counter }) {
  const { t } = useTranslation('counter');
  const target = targetOf(counter);
  switch (target.kind) {
    case 'member':
      return <Match counter={counter} row={target.row} state={target.state} />;
    case 'many':
      return t('say.many', { count: counter.found?.matches.rows.length ?? 0 });
    case 'new-number':
    case 'new-card':
      return counter.sale.isAmountOpen ? <Earning counter={counter} state={undefined} /> : t('say.enrol');
    case 'nobody':
      // The first digits of every search find nobody: only a search that is finished is worth saying so.
      return target.typed === 'number' && counter.text.length < SUFFIX_DIGITS ? null : t('say.none');
    case 'idle':
      return counter.done ? <Spoken done={counter.done} /> : null;
  }
}

function Spoken({ done }: { readonly done: Done }) {
  const { t } = useTranslation('counter');
  const textOf = useDoneText();
  return `${done.event.type === 'void' ? `${t('done.undone')}: ` : ''}${textOf(done)}`;
}

interface MatchProps {
  readonly counter: Counter;
  readonly row: MemberRow;
  readonly state: MemberState;
}

function Match({ counter, row, state }: MatchProps) {
  const { t } = useTranslation(['counter', 'common']);
  const words = useProgramWords();
  const programs = usePrograms();
  const day = useToday();
  const label = usePunchLabel(counter);
  const grants = useGrantWords();
  const plan = usePlan(counter, state);
  if (counter.sale.isAmountOpen) return <Earning counter={counter} state={state} />;
  const balanceOf = (view: ProgramView) =>
    view.kind === 'stamps'
      ? t('match.row', { stamps: view.stamps, size: view.size })
      : words.units(view.definition, view.points);
  const views = programs ? listProgramViews(state, programs, day) : [];
  // A single stamp for a visit is what the action says already.
  const earn = plan && grants.hasRules(plan.grants) ? grants.rules(plan.grants) : undefined;
  const action = earn === undefined ? label : `${earn}. ${label}`;
  return t('say.match', {
    name: row.name || t('common:noName'),
    ending: row.last4 === undefined ? '' : t('match.ending', { digits: row.last4 }),
    row: views
      .filter((view) => view.kind === 'stamps' || view.countsUnits)
      .map(balanceOf)
      .join(', '),
    action,
  });
}

/** While an amount is typed: the amount, and what it earns. */
function Earning({ counter, state }: { readonly counter: Counter; readonly state: MemberState | undefined }) {
  const { t } = useTranslation('counter');
  const words = useProgramWords();
  const grants = useGrantWords();
  const plan = usePlan(counter, state);
  const amount = words.money(counter.sale.amount, counter.needs.currency ?? undefined);
  return t('say.amount', { amount, earn: plan ? grants.rules(plan.grants) : '' });
}
