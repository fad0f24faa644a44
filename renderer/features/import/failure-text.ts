import type { TFunction } from 'i18next';
import type { JobFailure } from '#renderer/data/import/import-job.ts';

export const IMPORT_NAMESPACES = ['import', 'common'] as const;
export type Translate = TFunction<typeof IMPORT_NAMESPACES>;

export function failureText(t: Translate, failure: JobFailure): string {
  switch (failure.code) {
    case 'file':
      return t(`failure.${failure.problem}`);
    case 'storage':
      return t(`common:storage.${failure.problem}`);
    case 'file-gone':
    case 'newer-data':
    case 'busy':
    case 'not-found':
    case 'broken':
      return t(`failure.${failure.code}`);
  }
}
