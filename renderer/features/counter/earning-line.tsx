import { HeartHandshake, Sparkles } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useProgramWords } from '#renderer/i18n/program-words.ts';
import { saleOf } from './sale-entry.ts';
import type { Counter } from './use-counter.ts';
import { useGrantWords } from './use-grant-words.ts';
import type { CounterPlan } from './visit-plan.ts';
import counterStyles from './counter.module.css';
import styles from './enter-row.module.css';

interface EarningLineProps {
  readonly counter: Counter;
  readonly plan: CounterPlan;
}

/** What Enter will give and why, before it is pressed. Nothing where the ghost on the card says it all. */
export function EarningLine({ counter, plan }: EarningLineProps) {
  const { t } = useTranslation('counter');
  const grants = useGrantWords();
  const words = useProgramWords();
  const { grants: given, donations } = plan;
  const hasSale = saleOf(counter.sale) !== undefined;
  const isPlain =
    !hasSale && !grants.hasRules(given) && new Set(given.map(({ program }) => program)).size < 2;
  return (
    <div className={styles['earning']} data-testid="earning">
      {given.length > 0 && !isPlain ? (
        <p>
          <Sparkles aria-hidden />
          <span>{grants.rules(given)}</span>
        </p>
      ) : null}
      {given.length === 0 && hasSale ? <p className={counterStyles['note']}>{t('earn.nothing')}</p> : null}
      {donations.map(({ program, charity, amount }) => (
        <p key={program}>
          <HeartHandshake aria-hidden />
          <span>
            {t('earn.donation', {
              amount: words.money(amount, counter.needs.currency ?? undefined),
              charity,
            })}
          </span>
        </p>
      ))}
    </div>
  );
}
