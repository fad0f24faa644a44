import { Minus, Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useProgramWords } from '#renderer/i18n/program-words.ts';
import { AmountDisplay } from '#renderer/ui/amount-display.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import { Keycap } from '#renderer/ui/keycap.tsx';
import { EarningLine } from './earning-line.tsx';
import { SaleItems, SaleType } from './sale-input.tsx';
import type { Counter } from './use-counter.ts';
import type { CounterPlan } from './visit-plan.ts';
import styles from './enter-row.module.css';

interface EnterRowProps {
  readonly counter: Counter;
  readonly label: string;
  readonly plan: CounterPlan | undefined;
}

/** What is bought, what it will give, how many, and the key itself: in sight however much stands above. */
export function EnterRow({ counter, label, plan }: EnterRowProps) {
  return (
    <div className={styles['enter']}>
      <div className={styles['enterInside']}>
        <SaleItems counter={counter} />
        <div className={styles['earningRow']}>
          {plan ? <EarningLine counter={counter} plan={plan} /> : null}
          <SaleType counter={counter} />
        </div>
        <div className={styles['actions']}>
          <Stepper counter={counter} />
          <Amount counter={counter} />
          <div className={styles['punch']}>
            <Button
              variant="primary"
              size="xl"
              isFullWidth
              isPending={counter.isBusy}
              preventFocusOnPress
              hint={<Keycap>⏎</Keycap>}
              onPress={() => void counter.act()}
            >
              {label}
            </Button>
          </div>
        </div>
      </div>
    </div>
  );
}

function Amount({ counter }: Pick<EnterRowProps, 'counter'>) {
  const { t } = useTranslation('counter');
  const words = useProgramWords();
  const { needs, sale } = counter;
  if (!needs.amount) return null;
  return (
    <div className={styles['amount']}>
      <AmountDisplay
        label={t('sale.amount')}
        value={words.money(sale.amount, needs.currency ?? undefined)}
        isEmpty={sale.amount === 0}
        isActive={sale.isAmountOpen}
        hint={<Keycap>.</Keycap>}
        onPress={counter.openAmount}
      />
    </div>
  );
}

function Stepper({ counter }: Pick<EnterRowProps, 'counter'>) {
  const { t } = useTranslation('counter');
  const count = counter.count ?? counter.defaultCount;
  if (!counter.countsVisits) return null;
  return (
    <div className={styles['stepper']}>
      <IconButton
        icon={Minus}
        size="lg"
        variant="outlined"
        label={t('match.fewer')}
        preventFocusOnPress
        isDisabled={count <= 1}
        onPress={() => counter.setCount(count - 1)}
      />
      <output className={styles['count']} aria-label={t('match.count')}>
        {count}
      </output>
      <IconButton
        icon={Plus}
        size="lg"
        variant="outlined"
        label={t('match.more')}
        preventFocusOnPress
        onPress={() => counter.setCount(count + 1)}
      />
    </div>
  );
}
