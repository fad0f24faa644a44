import { useTranslation } from 'react-i18next';
import { MAX_UNITS } from '#shared/domain/program.ts';
import { useEditor } from './editor-context.tsx';
import { OptionalCountField } from './fields.tsx';
import { SectionCard } from './section-card.tsx';
import styles from './program-form.module.css';

const MAX_MINUTES = 24 * 60;
const LIMITS = ['perVisit', 'perDay', 'minutesBetween'] as const;

export function LimitsSection() {
  const { t } = useTranslation('programs');
  const { draft, change, sentenceAt, problemsAt } = useEditor();
  const sentences = LIMITS.map((id) => sentenceAt({ part: 'limits', id })).filter(Boolean);
  return (
    <SectionCard section="limits" parts={['limits']}>
      {sentences.length === 0 ? null : <p className={styles['sentenceText']}>{sentences.join(' ')}</p>}
      <div className={styles['triple']}>
        {LIMITS.map((id) => (
          <div key={id} data-place={`limits:${id}`} data-form>
            <OptionalCountField
              label={t(`limits.${id}`)}
              value={draft.limits[id]}
              onChange={(value) => change({ ...draft, limits: { ...draft.limits, [id]: value } })}
              maximum={id === 'minutesBetween' ? MAX_MINUTES : MAX_UNITS}
              error={problemsAt({ part: 'limits', id })[0]?.text}
            />
          </div>
        ))}
      </div>
    </SectionCard>
  );
}
