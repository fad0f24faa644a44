import { useTranslation } from 'react-i18next';
import { CONFLICTS, REFUSALS, type Conflict, type Refusal } from '#shared/sync/wire.ts';

type Worded = Refusal | Extract<Conflict, 'id-taken'> | 'refused' | 'damaged';

const WORDED: ReadonlySet<string> = new Set<string>([
  ...REFUSALS,
  ...CONFLICTS.filter((code) => code === 'id-taken'),
  'refused',
  'damaged',
]);

const isWorded = (code: string): code is Worded => WORDED.has(code);

/** Why something was set aside, in words; an answer of the way to the endpoint with its number. */
export function useAsideReason(): (code: string) => string {
  const { t } = useTranslation('sync');
  return (code) => {
    if (isWorded(code)) return t(`aside.reason.${code}`);
    const status = /^http-(\d+)$/.exec(code)?.[1];
    return status === undefined ? t('aside.reason.other', { code }) : t('aside.reason.http', { status });
  };
}
