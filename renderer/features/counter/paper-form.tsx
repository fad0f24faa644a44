import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cardSizeOf, listCurrentPrograms, MAX_UNITS } from '#shared/domain/program.ts';
import { usePrograms } from '#renderer/data/usual-data.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { NumberField } from '#renderer/ui/number-field.tsx';
import { Select } from '#renderer/ui/select.tsx';
import { FailureBanner } from './failure-banner.tsx';
import { listPaperPrograms } from './more-entries.ts';
import type { Counter } from './use-counter.ts';
import styles from './counter-dialogs.module.css';

/** "The customer brings a paper card with six stamps": one action with its own reason. */
export function PaperForm({ counter }: { readonly counter: Counter }) {
  const { t } = useTranslation('counter');
  const programs = usePrograms();
  const current = programs ? listPaperPrograms(listCurrentPrograms(programs)) : [];
  const [stamps, setStamps] = useState(Number.NaN);
  const [chosen, setChosen] = useState<string | null>(null);
  const program = chosen ?? current[0]?.id ?? null;
  const definition = current.find(({ id }) => id === program);
  const most = (definition && cardSizeOf(definition)) ?? MAX_UNITS;
  const isPoints = definition?.unit.kind === 'points';
  const isValid = Number.isInteger(stamps) && stamps >= 1 && program !== null;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    // At once: the entry that led here had the focus and is gone, and what is typed next is the number.
    form.current?.querySelector<HTMLInputElement>('input[inputmode]')?.focus();
  }, []);
  return (
    <form
      ref={form}
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (isValid) void counter.takeOverPaper(program, stamps);
      }}
    >
      <FailureBanner counter={counter} />
      <p>{t(isPoints ? 'paper.pointsText' : 'paper.text')}</p>
      {current.length > 1 ? (
        <Select
          label={t('paper.program')}
          options={current.map(({ id, name }) => ({ id, label: name }))}
          value={program}
          onChange={setChosen}
        />
      ) : null}
      <NumberField
        label={t(isPoints ? 'paper.points' : 'paper.stamps')}
        value={stamps}
        onChange={setStamps}
        onType={setStamps}
        minValue={1}
        maxValue={most}
        size="lg"
        autoFocus
        decreaseLabel={t('match.fewer')}
        increaseLabel={t('match.more')}
      />
      <Button
        type="submit"
        variant="primary"
        size="lg"
        isFullWidth
        isDisabled={!isValid}
        isPending={counter.isBusy}
      >
        {t('paper.submit')}
      </Button>
    </form>
  );
}
