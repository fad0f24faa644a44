import { useTranslation } from 'react-i18next';
import { findProgram } from '#shared/domain/program.ts';
import { grantsOf, type EventData } from '#shared/ledger/event.ts';
import { usePrograms } from '#renderer/data/usual-data.tsx';
import { useProgramWords } from '#renderer/i18n/program-words.ts';
import type { Done } from './counter-state.ts';
import { useGrantWords } from './use-grant-words.ts';

/** What was just done, in one sentence: read on screen and spoken. */
export function useDoneText(): (done: Done) => string {
  const { t } = useTranslation('counter');
  const grants = useGrantWords();
  const words = useProgramWords();
  const programs = usePrograms();
  const definitionOf = ({ program, version }: { readonly program: string; readonly version: number }) =>
    programs && findProgram(programs, program, version);

  function rewardOf(data: EventData<'redemption'>, fallback: string): string {
    const definition = definitionOf(data);
    const reward = definition?.rewards.find(({ id }) => id === data.reward);
    if (!definition || !reward) return fallback;
    if (reward.kind === 'chosen-points' && data.amount !== undefined) {
      return t('done.off', {
        amount: words.money(data.amount, definition.currency),
        units: words.units(definition, data.cost),
      });
    }
    return words.reward(reward, definition);
  }

  return (done) => {
    const { event } = done;
    const name = done.name || t('done.someone');
    const given = grantsOf(event);
    const units = grants.sum(given);
    switch (event.type) {
      case 'enrolment':
        return t('done.enrolled', { name });
      case 'redemption':
        return t('done.redeemed', { reward: rewardOf(event.data, done.reward ?? ''), name });
      case 'paper-card':
        return t('done.paper', { units, name });
      case 'action': {
        const rule = words.rule(definitionOf(event.data), event.data.action);
        return t('done.action', { action: rule, units, name });
      }
      case 'purchase': {
        const offer = definitionOf(event.data)?.offers?.find(({ id }) => id === event.data.offer);
        return t('done.sold', { offer: offer?.name ?? '', name });
      }
      case 'void':
        return done.name;
      case 'visit':
      case 'referral':
      case 'opening':
      case 'adjustment':
      case 'profile':
      case 'program':
      case 'shop':
      case 'import':
      case 'approval':
      case 'merge':
      case 'unmerge':
      case 'erasure':
      case 'day-close':
      case 'export':
        return given.length === 0 ? t('done.visit', { name }) : t('done.given', { units, name });
    }
  };
}
