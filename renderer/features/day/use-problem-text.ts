import { useTranslation } from 'react-i18next';
import type { DayProblem, NoFiles } from './use-day.ts';

/** Why something did not work, and what helps. */
export function useProblemText(): (problem: DayProblem | NoFiles) => string {
  const { t } = useTranslation(['day', 'common']);
  return (problem) => {
    if (problem.code === 'storage') return t(`common:storage.${problem.problem}`);
    if (problem.code === 'file') return t(`problems.file.${problem.problem}`);
    return t(`problems.${problem.code}`);
  };
}
