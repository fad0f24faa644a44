import { useTranslation } from 'react-i18next';
import { Plus } from 'lucide-react';
import { Card } from '#renderer/ui/card.tsx';
import type { Section } from './program-sections.ts';
import styles from './program-form.module.css';

interface MoreCardProps {
  readonly sections: readonly Section[];
  readonly onShow: (section: Section) => void;
}

/** What a program could do besides: folded away, so that a simple card stays simple. */
export function MoreCard({ sections, onShow }: MoreCardProps) {
  const { t } = useTranslation('programs');
  if (sections.length === 0) return null;
  return (
    <Card title={t('more.title')} description={t('more.note')} tone="sunken">
      <ul className={styles['more']}>
        {sections.map((section) => (
          <li key={section}>
            <button type="button" className={styles['moreButton']} onClick={() => onShow(section)}>
              <Plus aria-hidden />
              <span>
                <span className={styles['moreName']}>{t(`sections.${section}.add`)}</span>
                <span className={styles['moreNote']}>{t(`sections.${section}.note`)}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Card>
  );
}
