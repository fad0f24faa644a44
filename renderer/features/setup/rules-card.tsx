import { useTranslation } from 'react-i18next';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import { useProgramWords } from '#renderer/i18n/program-words.ts';
import { PaperHead } from '#renderer/ui/paper-head.tsx';
import styles from './rules-card.module.css';

/** What a headline and the amounts themselves say already. */
const SAID_ANYWAY: ReadonlySet<string> = new Set(['unit', 'currency']);

/** A program without a card to stamp, on paper: what it says is what it is. */
export function RulesCard({
  draft,
  shopName,
}: {
  readonly draft: ProgramDefinition;
  readonly shopName: string;
}) {
  const { t } = useTranslation('setup');
  const words = useProgramWords();
  return (
    <section className={styles['card']} aria-label={t('preview', { name: draft.name })}>
      <PaperHead overline={shopName} title={draft.name} icon={draft.unit.icon} />
      <ul className={styles['rules']}>
        {words
          .sentences(draft)
          .filter(({ place }) => !SAID_ANYWAY.has(place.part))
          .map(({ place, text }) => (
            <li key={`${place.part} ${place.id ?? ''} ${text}`}>{text}</li>
          ))}
      </ul>
    </section>
  );
}
