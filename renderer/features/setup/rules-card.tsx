import { useTranslation } from 'react-i18next';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import { useProgramWords } from '#renderer/i18n/program-words.ts';
import { stampIcons } from '#renderer/ui/stamp-icon.ts';
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
  const Icon = stampIcons[draft.unit.icon];
  return (
    <section className={styles['card']} aria-label={t('preview', { name: draft.name })}>
      <div className={styles['head']}>
        <div className={styles['names']}>
          <p className={styles['overline']}>
            <bdi>{shopName}</bdi>
          </p>
          <p className={styles['title']}>
            <bdi>{draft.name}</bdi>
          </p>
        </div>
        <span aria-hidden className={styles['medallion']}>
          <Icon />
        </span>
      </div>
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
