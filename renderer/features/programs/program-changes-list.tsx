import { useTranslation } from 'react-i18next';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import { useProgramWords } from '#renderer/i18n/program-words.ts';
import { Badge } from '#renderer/ui/badge.tsx';
import { without } from './program-draft.ts';
import { listChanges, type ProgramChange } from './program-changes.ts';
import styles from './publish-dialog.module.css';

interface ProgramChangesListProps {
  readonly base: ProgramDefinition;
  readonly wanted: ProgramDefinition;
}

/** Each sentence that says something else now: as it was, and as it will be. */
export function ProgramChangesList({ base, wanted }: ProgramChangesListProps) {
  const { t } = useTranslation('programs');
  const words = useProgramWords();
  const renamed = ({ name }: ProgramDefinition) => ({ place: { part: 'name' } as const, text: name });
  // “No longer: withdrawn” would be said twice round the corner.
  const isBack = base.isWithdrawn === true && !wanted.isWithdrawn;
  const changes = listChanges(
    [renamed(base), ...words.sentences(isBack ? without(base, 'isWithdrawn') : base)],
    [renamed(wanted), ...words.sentences(wanted)],
  );
  if (changes.length === 0 && !isBack) return <p>{t('publish.nothingVisible')}</p>;
  return (
    <section aria-label={t('publish.changes')}>
      {isBack ? <p>{t('publish.isBack')}</p> : null}
      <ul className={styles['changes']}>
        {changes.map((change) => (
          <li key={change.key} className={styles['change']}>
            <ChangeText change={change} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function ChangeText({ change: { before, after } }: { readonly change: ProgramChange }) {
  const { t } = useTranslation('programs');
  return (
    <>
      {after === undefined ? (
        <p>
          <Badge tone="warning">{t('publish.removed')}</Badge>
        </p>
      ) : (
        <p className={styles['after']}>
          {before === undefined ? <Badge tone="accent">{t('publish.added')}</Badge> : null} <bdi>{after}</bdi>
        </p>
      )}
      {before === undefined ? null : (
        <p className={styles['before']}>
          {t('publish.before')} <del>{before}</del>
        </p>
      )}
    </>
  );
}
