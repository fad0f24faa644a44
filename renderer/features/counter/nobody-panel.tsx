import { Search, SearchX, UserRoundPlus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { parsePhoneNumber, phoneDigits, SUFFIX_DIGITS } from '#shared/domain/phone-number.ts';
import { useStore } from '#renderer/data/store-context.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import type { Counter } from './use-counter.ts';

/** From here a number is meant as a whole one, and what is wrong with it is worth saying. */
const MEANT_AS_WHOLE = 7;

interface NobodyPanelProps {
  readonly counter: Counter;
  readonly typed: 'number' | 'name';
}

/** Nothing matches: how to go on. */
export function NobodyPanel({ counter, typed }: NobodyPanelProps) {
  const { t } = useTranslation(['counter', 'common']);
  const store = useStore();
  const parsed = parsePhoneNumber(counter.text, store.region().country);
  const digits = phoneDigits(counter.text).length;
  const isMeant = digits >= MEANT_AS_WHOLE;
  if (typed === 'number' && digits < SUFFIX_DIGITS) {
    return <EmptyState icon={Search} title={t('none.typing')} />;
  }
  return (
    <EmptyState
      icon={SearchX}
      title={t('none.title')}
      actions={
        <Button
          icon={UserRoundPlus}
          size="lg"
          variant={typed === 'name' ? 'primary' : 'secondary'}
          onPress={() => counter.openPhoneless()}
        >
          {t('none.withoutPhone')}
        </Button>
      }
    >
      {typed === 'name' ? t('none.name') : null}
      {typed === 'number' && (parsed.ok || !isMeant) ? t('none.number') : null}
      {typed === 'number' && !parsed.ok && isMeant ? t(`enrol.invalid.${parsed.error}`) : null}
    </EmptyState>
  );
}
