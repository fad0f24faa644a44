import { useTranslation } from 'react-i18next';
import { MAX_CARD_SIZE, type ProgramDefinition } from '#shared/domain/program.ts';
import { PaperCard } from '#renderer/ui/paper-card.tsx';
import { finalRewardOf } from './program-draft.ts';
import styles from './program-editor.module.css';
import { useProgramTexts } from './program-texts.ts';

interface ProgramPreviewProps {
  /** May be half typed. */
  readonly program: ProgramDefinition;
  readonly shopName: string;
}

/** The card of a member who has just joined, and what the program does in plain words. */
export function ProgramPreview({ program, shopName }: ProgramPreviewProps) {
  const { t } = useTranslation('programs');
  const texts = useProgramTexts();
  const size = Math.min(MAX_CARD_SIZE, Math.max(1, program.unit.size || 1));
  const earned = (program.headStart || 0) + (program.earn[0]?.units || 0);
  const gift = finalRewardOf(program)?.name || '…';
  return (
    <>
      <PaperCard
        overline={shopName}
        title={program.name || '…'}
        icon={program.unit.icon}
        total={size}
        filled={Math.min(earned, size)}
        marks={program.rewards
          .filter(({ at }) => at < size)
          .map(({ at, name }) => ({ position: at, label: name }))}
        gift={gift}
        label={t('preview.label', { name: program.name, count: size })}
      />
      <section className={styles['summary']} aria-label={t('preview.summary')}>
        <p>{Number.isNaN(program.unit.size) ? '…' : texts.summary(program)}</p>
      </section>
    </>
  );
}
