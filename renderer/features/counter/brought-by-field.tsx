import { UserRoundCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { looksLikeNumber, maskPhone, phoneDigits, SUFFIX_DIGITS } from '#shared/domain/phone-number.ts';
import { Badge } from '#renderer/ui/badge.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { TextField } from '#renderer/ui/text-field.tsx';
import { labelOf } from './label-of.ts';
import type { Counter } from './use-counter.ts';
import styles from './counter.module.css';

const MAX_LENGTH = 60;

interface BroughtByFieldProps {
  readonly counter: Counter;
  /** Enter here says "that one": the next Enter, in the main field, adds the new member. */
  readonly onEntered: () => void;
}

/** Who brought the new member. A scanned card stays in the field, and what it is followed by adds nobody. */
export function BroughtByField({ counter, onEntered }: BroughtByFieldProps) {
  const { t } = useTranslation(['counter', 'common']);
  const { text, answer } = counter.broughtBy;
  const isShort = looksLikeNumber(text) && phoneDigits(text).length < SUFFIX_DIGITS;
  const problem =
    answer?.kind === 'self' || (answer?.kind === 'unknown' && !isShort)
      ? t(`enrol.broughtBy.${answer.kind}`)
      : undefined;
  return (
    <div data-scan-target className={styles['broughtBy']}>
      <TextField
        name="brought-by"
        label={t('enrol.broughtBy.label')}
        description={t('enrol.broughtBy.help')}
        error={problem}
        size="lg"
        maxLength={MAX_LENGTH}
        value={text}
        onChange={counter.typeBroughtBy}
        suffix={
          answer?.kind === 'found' ? (
            <Badge tone="success" icon={UserRoundCheck}>
              <bdi>{labelOf(answer.row) || t('common:noName')}</bdi>
            </Badge>
          ) : undefined
        }
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.repeat) onEntered();
          if (event.key === 'Escape') {
            counter.typeBroughtBy('');
            onEntered();
          }
        }}
      />
      {answer?.kind === 'several' || answer?.kind === 'near' ? (
        <div className={styles['near']} role="group" aria-label={t(`enrol.broughtBy.${answer.kind}`)}>
          <p className={styles['note']}>{t(`enrol.broughtBy.${answer.kind}`)}</p>
          {answer.rows.map((row) => (
            <Button key={row.id} preventFocusOnPress onPress={() => void counter.chooseBroughtBy(row)}>
              {`${row.name || t('common:noName')} ${row.phone ? maskPhone(row.phone) : ''}`}
            </Button>
          ))}
        </div>
      ) : null}
    </div>
  );
}
