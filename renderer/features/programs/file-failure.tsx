import { useTranslation } from 'react-i18next';
import type { ProgramFileError } from '#shared/domain/program-file.ts';
import { useProgramWords } from '#renderer/i18n/program-words.ts';
import { Banner } from '#renderer/ui/banner.tsx';
import styles from './publish-dialog.module.css';

interface FileFailureProps {
  readonly error: ProgramFileError | { readonly code: 'unreadable' };
}

/** Nothing was written; why the file can't be used, and where it is wrong if that is known. */
export function FileFailure({ error }: FileFailureProps) {
  const { t } = useTranslation('programs');
  const words = useProgramWords();
  const problems = 'problems' in error ? error.problems : [];
  const program = 'program' in error ? error.program : undefined;
  const texts = problems.map((problem) =>
    problem.code === 'malformed'
      ? `${problem.field}: ${words.problem(problem, program)}`
      : words.problem(problem, program),
  );
  return (
    <Banner tone="error" role="alert" title={t('file.failedTitle')}>
      <p>{t(`file.failures.${error.code}`)}</p>
      {texts.length === 0 ? null : (
        <ul className={styles['sentences']}>
          {[...new Set(texts)].map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
    </Banner>
  );
}
