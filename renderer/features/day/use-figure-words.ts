import { useTranslation } from 'react-i18next';
import { listCurrentPrograms } from '#shared/domain/program.ts';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import { usePrograms } from '#renderer/data/usual-data.tsx';

/** Names for what figures know by id. */
export function useFigureWords() {
  const { t } = useTranslation('day');
  const programs = usePrograms();
  return {
    /** A shop gives to charities in one currency: that of its programs. */
    currency:
      programs && listCurrentPrograms(programs).find(({ currency }) => currency !== undefined)?.currency,
    programName: (program: string): string => programs?.get(program)?.at(-1)?.name ?? t('programs.unknown'),
    /** Until people sign in with a PIN everything is done by whoever stands there. */
    staffName: (staff: string): string => (staff === UNASSIGNED_STAFF ? t('staff.everybody') : staff),
  };
}
