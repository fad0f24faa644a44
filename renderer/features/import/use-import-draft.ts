import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  findMappingProblem,
  idOfRole,
  type ColumnRole,
  type MappingProblem,
} from '#shared/domain/import/columns.ts';
import type { FileFormat } from '#shared/domain/import/file-format.ts';
import { listImportPrograms } from '#shared/domain/import/import-program.ts';
import { listCurrentPrograms } from '#shared/domain/program.ts';
import { plainDayAt } from '#shared/lib/plain-day.ts';
import type {
  CheckReport,
  ExistingRule,
  FileView,
  ImportRequest,
  JobFailure,
  JobProgress,
} from '#renderer/data/import/import-job.ts';
import { useStore } from '#renderer/data/store-context.tsx';
import { usePrograms } from '#renderer/data/usual-data.tsx';
import type { Country } from '#renderer/i18n/country-options.ts';
import { usePlatform } from '#renderer/platform/platform-context.tsx';

/** Files in which a member could have more columns than this are no lists of members. */
export const MAX_SHOWN_COLUMNS = 40;
/** A choice changed twice in a row is checked once. */
const SETTLE_MS = 150;

export interface Source {
  readonly file: Blob;
  readonly name: string;
}

/** What the user has said against the guesses. */
interface Corrections {
  readonly encoding?: FileFormat['encoding'];
  readonly separator?: FileFormat['separator'];
  readonly hasHeader?: boolean;
}

export type CheckState =
  | { readonly phase: 'waiting' }
  | { readonly phase: 'working'; readonly progress: JobProgress | undefined }
  | { readonly phase: 'done'; readonly report: CheckReport }
  | { readonly phase: 'failed'; readonly failure: JobFailure };

const WAITING: CheckState = { phase: 'waiting' };

/** A chosen file on its way to an import. Everything here may be lost in a crash: nothing is written yet. */
export function useImportDraft() {
  const store = useStore();
  const { imports: desk } = store;
  const { clock } = usePlatform();
  const { i18n } = useTranslation();
  const book = usePrograms();
  const programs = useMemo(() => (book ? listImportPrograms(book) : undefined), [book]);
  const definitions = useMemo(() => (book ? listCurrentPrograms(book) : []), [book]);
  const [source, setSource] = useState<Source>();
  const [country, setCountry] = useState<Country>(() => store.region().country);
  const [corrections, setCorrections] = useState<Corrections>({});
  const [own, setOwn] = useState<ReadonlyMap<number, ColumnRole>>(new Map());
  const [existing, setExisting] = useState<ExistingRule>('leave');
  const [view, setView] = useState<FileView>();
  const [failure, setFailure] = useState<JobFailure>();
  const [checked, setChecked] = useState<{ readonly request: ImportRequest; readonly state: CheckState }>();
  const { language } = i18n;

  useEffect(() => {
    if (!source || !programs) return undefined;
    let isStale = false;
    const look = async () => {
      const looked = await desk.look({
        file: source.file,
        country,
        language,
        today: plainDayAt(clock.now(), clock.timeZone()),
        programs,
        ...corrections,
      });
      if (isStale) return;
      setView(looked.ok ? looked.value : undefined);
      setFailure(looked.ok ? undefined : looked.error);
    };
    void look();
    return () => {
      isStale = true;
    };
  }, [source, programs, country, language, corrections, desk, clock]);

  const columns = useMemo(
    () => view?.columns.map((role, index) => own.get(index) ?? role) ?? [],
    [view, own],
  );
  const mappingProblem: MappingProblem | undefined = view && findMappingProblem(columns);

  const request = useMemo((): ImportRequest | undefined => {
    if (!source || !view || mappingProblem) return undefined;
    const { format, hasHeader } = view;
    return {
      file: source.file,
      fileName: source.name,
      format,
      hasHeader,
      columns,
      country,
      existing: 'leave',
    };
  }, [source, view, columns, country, mappingProblem]);

  useEffect(() => {
    if (!request) return undefined;
    const stop = new AbortController();
    const show = (state: CheckState) => !stop.signal.aborted && setChecked({ request, state });
    const start = async () => {
      show({ phase: 'working', progress: undefined });
      const result = await desk.check(request, {
        signal: stop.signal,
        report: (progress) => show({ phase: 'working', progress }),
      });
      show(result.ok ? { phase: 'done', report: result.value } : { phase: 'failed', failure: result.error });
    };
    const timer = setTimeout(() => void start(), SETTLE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [request, desk]);

  return {
    source,
    view,
    failure,
    programs: programs ?? [],
    definitions,
    columns,
    mappingProblem,
    country,
    existing,
    // What was found under an older mapping says nothing about this one.
    check: checked && checked.request === request ? checked.state : WAITING,
    request: request && { ...request, existing },
    setCountry,
    setExisting,
    choose: (next: Source | undefined) => {
      setSource(next);
      setView(undefined);
      setFailure(undefined);
      setCorrections({});
      setOwn(new Map());
    },
    correct: (change: Corrections) => {
      setCorrections((before) => ({ ...before, ...change }));
      if (change.separator !== undefined) setOwn(new Map());
    },
    /** A role that another column has is taken from it: no two columns mean the same. */
    setColumn: (index: number, role: ColumnRole) => {
      const next = new Map(own);
      for (const [other, known] of columns.entries()) {
        if (role.kind !== 'ignored' && idOfRole(known) === idOfRole(role))
          next.set(other, { kind: 'ignored' });
      }
      setOwn(next.set(index, role));
    },
  };
}

export type ImportDraft = ReturnType<typeof useImportDraft>;
