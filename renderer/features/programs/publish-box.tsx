import { useTranslation } from 'react-i18next';
import { Button } from '#renderer/ui/button.tsx';
import styles from './program-editor.module.css';
import formStyles from './program-form.module.css';
import { placeKey, sectionOf } from './program-sections.ts';
import type { ProgramEditing } from './use-program-editor.ts';

interface PublishBoxProps {
  readonly editing: ProgramEditing;
  readonly onPublish: () => void;
}

/** What still stops it, each a way to its place; and the button. */
export function PublishBox({ editing, onPublish }: PublishBoxProps) {
  const { t } = useTranslation('programs');
  const { editor, problems, isChanged, hasEdits, discard } = editing;
  const isNew = editor.base.version === 0;
  return (
    <div className={styles['publish']}>
      <p role="status" className={styles['state']} data-problem={problems.length > 0 || undefined}>
        {problems.length > 0
          ? t('problems.title', { count: problems.length })
          : hasEdits
            ? t('publish.kept')
            : isChanged
              ? null
              : t('publish.nothingChanged')}
      </p>
      {problems.length === 0 ? null : (
        <ul className={formStyles['problemList']}>
          {problems.map(({ place, text }) => (
            <li key={`${placeKey(place)} ${text}`}>
              <button type="button" className={formStyles['problemLink']} onClick={() => editor.goTo(place)}>
                {t('problems.at', {
                  section: t(`sections.${sectionOf(place, editor.draft)}.title`),
                  problem: text,
                })}
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className={styles['actions']} data-testid="publish">
        <Button
          variant="primary"
          size="lg"
          isFullWidth
          isDisabled={problems.length > 0 || !isChanged}
          onPress={onPublish}
        >
          {isNew ? t('publish.openNew') : t('publish.open')}
        </Button>
        {hasEdits ? (
          <Button variant="quiet" isFullWidth onPress={discard}>
            {t('publish.discard')}
          </Button>
        ) : null}
      </div>
    </div>
  );
}
