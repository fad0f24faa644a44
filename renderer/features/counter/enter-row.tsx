import { Minus, Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '#renderer/ui/button.tsx';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import { Keycap } from '#renderer/ui/keycap.tsx';
import type { Counter } from './use-counter.ts';
import styles from './counter.module.css';

interface EnterRowProps {
  readonly counter: Counter;
  readonly label: string;
}

/** How many, where that makes a difference, and the key that counts. */
export function EnterRow({ counter, label }: EnterRowProps) {
  const { t } = useTranslation('counter');
  const count = counter.count ?? counter.defaultCount;
  return (
    <div className={styles['actions']}>
      {counter.countsVisits ? (
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
      ) : null}
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
  );
}
