import { useTranslation } from 'react-i18next';
import { grantsOf } from '#shared/ledger/event.ts';
import type { Done } from './counter-state.ts';

/** What was just done, in one sentence: read on screen and spoken. */
export function DoneTitle({ done }: { readonly done: Done }) {
  const { t } = useTranslation(['counter', 'common']);
  const { event } = done;
  const name = done.name || t('done.someone');
  const count = grantsOf(event).reduce((sum, grant) => sum + grant.units, 0);
  switch (event.type) {
    case 'enrolment':
      return t('done.enrolled', { name });
    case 'redemption':
      return t('done.redeemed', { reward: done.reward ?? '', name });
    case 'paper-card':
      return t('done.paper', { count, name });
    case 'void':
      return done.name;
    case 'visit':
    case 'opening':
    case 'adjustment':
    case 'profile':
    case 'program':
    case 'shop':
    case 'import':
      return t('done.stamps', { count, name });
  }
}
