import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { findProgram } from '#shared/domain/program.ts';
import { usePrograms } from '#renderer/data/usual-data.tsx';
import { useFormat } from '#renderer/i18n/format-context.tsx';
import { useProgramWords } from '#renderer/i18n/program-words.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { NumberField } from '#renderer/ui/number-field.tsx';
import { amountFor, isRightCost, listPointChoices, pointRange, type ChosenOffer } from './chosen-points.ts';
import { FailureBanner } from './failure-banner.tsx';
import type { Counter } from './use-counter.ts';
import styles from './counter-dialogs.module.css';

/** How many points to use: the member says it, in whole steps. */
export function PointsDialog({ counter }: { readonly counter: Counter }) {
  const { t } = useTranslation(['counter', 'common']);
  const { dialog } = counter;
  return (
    <Dialog
      isOpen={dialog?.kind === 'points'}
      onClose={counter.closeDialog}
      title={t('points.title')}
      closeLabel={t('common:close')}
    >
      {dialog?.kind === 'points' ? <PointsForm counter={counter} offer={dialog.offer} /> : null}
    </Dialog>
  );
}

function PointsForm({ counter, offer }: { readonly counter: Counter; readonly offer: ChosenOffer }) {
  const { t } = useTranslation('counter');
  const words = useProgramWords();
  const format = useFormat();
  const programs = usePrograms();
  const definition = programs && findProgram(programs, offer.program, offer.version);
  const range = pointRange(offer);
  const [cost, setCost] = useState(range?.min ?? 0);
  if (!range || !definition) return null;
  const isValid = isRightCost(offer, cost);
  const worth = (points: number) => words.money(amountFor(offer.reward, points), definition.currency);
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (isValid) void counter.spendPoints(cost);
      }}
    >
      <FailureBanner counter={counter} />
      <p>
        {t('points.have', {
          units: words.units(definition, offer.maxCost ?? range.max),
          step: words.units(definition, range.step),
          amount: worth(range.step),
        })}
      </p>
      <NumberField
        label={t('points.count')}
        value={cost}
        onChange={setCost}
        onType={setCost}
        minValue={range.min}
        maxValue={range.max}
        step={range.step}
        size="lg"
        autoFocus
        decreaseLabel={t('match.fewer')}
        increaseLabel={t('match.more')}
      />
      <div className={styles['choices']}>
        {listPointChoices(range).map((points) => (
          <Button
            key={points}
            size="lg"
            aria-pressed={points === cost}
            preventFocusOnPress
            onPress={() => setCost(points)}
          >
            {`${format.number(points)} · ${worth(points)}`}
          </Button>
        ))}
      </div>
      <Button
        type="submit"
        variant="reward"
        size="xl"
        isFullWidth
        isDisabled={!isValid}
        isPending={counter.isBusy}
      >
        {isValid
          ? t('points.submit', { units: words.units(definition, cost), amount: worth(cost) })
          : t('points.title')}
      </Button>
    </form>
  );
}
