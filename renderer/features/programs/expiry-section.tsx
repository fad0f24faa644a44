import { useTranslation } from 'react-i18next';
import type { Expiry } from '#shared/domain/program.ts';
import { Select } from '#renderer/ui/select.tsx';
import { useEditor } from './editor-context.tsx';
import { CountField } from './fields.tsx';
import { SectionCard } from './section-card.tsx';
import styles from './program-form.module.css';

const EXPIRY_KINDS = ['none', 'after-months', 'after-last-visit', 'end-of-year'] as const;
const USUAL_MONTHS = 12;
const MAX_MONTHS = 120;
const MAX_YEARS = 10;

function makeExpiry(kind: Expiry['kind']): Expiry {
  switch (kind) {
    case 'none':
      return { kind };
    case 'after-months':
    case 'after-last-visit':
      return { kind, months: USUAL_MONTHS };
    case 'end-of-year':
      return { kind, years: 0 };
  }
}

export function ExpirySection() {
  const { t } = useTranslation('programs');
  const { draft, change, sentenceAt } = useEditor();
  const { expiry } = draft;
  const set = (next: Expiry) => change({ ...draft, expiry: next });
  return (
    <SectionCard section="expiry" parts={['expiry']}>
      <p className={styles['sentenceText']}>{sentenceAt({ part: 'expiry' })}</p>
      <div className={styles['wide']}>
        <Select
          label={t('expiry.kind')}
          description={t('expiry.note')}
          options={EXPIRY_KINDS.map((id) => ({ id, label: t(`expiry.kinds.${id}`) }))}
          value={expiry.kind}
          onChange={(kind) => set(makeExpiry(kind))}
        />
        {expiry.kind === 'after-months' || expiry.kind === 'after-last-visit' ? (
          <CountField
            label={t('expiry.months')}
            value={expiry.months}
            onChange={(months) => set({ ...expiry, months })}
            maximum={MAX_MONTHS}
          />
        ) : null}
        {expiry.kind === 'end-of-year' ? (
          <CountField
            label={t('expiry.years')}
            description={t('expiry.yearsNote')}
            value={expiry.years}
            onChange={(years) => set({ ...expiry, years })}
            minimum={0}
            maximum={MAX_YEARS}
          />
        ) : null}
      </div>
    </SectionCard>
  );
}
