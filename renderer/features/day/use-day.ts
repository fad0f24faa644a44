import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { dialectFor, type SpreadsheetDialect } from '#shared/export/spreadsheet.ts';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import type { EventId, PlainDay } from '#shared/lib/brand.ts';
import { createDayDesk } from '#renderer/data/day/day-desk.ts';
import type { DayFailure, DayLook, DaySeal, TakeReport } from '#renderer/data/day/day-job.ts';
import type { StorageFailure } from '#renderer/data/ledger-port.ts';
import { useLive, useStore } from '#renderer/data/store-context.tsx';
import { useSettings, useShop } from '#renderer/data/usual-data.tsx';
import { APP_VERSION } from '#renderer/platform/app-version.ts';
import type { SaveError } from '#renderer/platform/host.ts';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import { useToday } from '#renderer/platform/use-today.ts';
import { createDayCommands, type Control, type DayCommands, type Prepared } from './day.commands.ts';

export type DayProblem = DayFailure | StorageFailure | SaveError | { readonly code: 'nothing' };

/** What runs, how far it is, and how to stop it. */
export interface RunningStep {
  readonly step: 'closing' | 'files' | 'sync-file' | 'taking';
  /** 0 to 1; undefined: nobody knows yet. */
  readonly part: number | undefined;
}

/** What came of the last close or file. */
export type DayOutcome =
  | { readonly kind: 'closed'; readonly seals: readonly DaySeal[]; readonly written: WrittenFiles }
  | { readonly kind: 'written'; readonly written: WrittenFiles }
  | { readonly kind: 'taken'; readonly report: TakeReport }
  | { readonly kind: 'failed'; readonly problem: DayProblem };

export type WrittenFiles =
  | { readonly ok: true; readonly folder: string; readonly files: number }
  /** `prepared`: one more press writes them; without it they have to be made anew. */
  | {
      readonly ok: false;
      readonly problem: DayProblem | NoFiles;
      readonly prepared?: Prepared;
    };

/** `practice`: its files would take the place of the shop's own. */
export interface NoFiles {
  readonly code: 'no-folder' | 'practice';
}

interface FilesFor {
  readonly days: readonly PlainDay[];
  readonly closes: readonly EventId[];
  readonly balancesOf: PlainDay | undefined;
  readonly isAgain?: boolean;
}

/** Everything the screen of the end of a day does. One thing at a time. */
export function useDay(chosenDay: PlainDay | undefined) {
  const { database, ledger, isPractice } = useStore();
  const { host, ids, clock } = usePlatform();
  const today = useToday();
  const { exportNames: withNames, tillName } = useSettings();
  const dialect = useDialect();
  const [running, setRunning] = useState<RunningStep>();
  const [outcome, setOutcome] = useState<DayOutcome>();
  const stopping = useRef<AbortController>(undefined);
  const commands = useMemo(
    () =>
      createDayCommands({
        ledger,
        database,
        desk: createDayDesk(database.name),
        folder: host.exports,
        newId: () => ids.eventId(),
        staff: () => UNASSIGNED_STAFF,
        readShopKey: () => host.endpoint.readShopKey(),
      }),
    [ledger, database, host, ids],
  );
  const { look, failure, lookAgain } = useLook(commands, today, chosenDay);

  const begin = (step: RunningStep['step']): Control => {
    const controller = new AbortController();
    stopping.current = controller;
    setRunning({ step, part: undefined });
    return { signal: controller.signal, report: (part) => setRunning({ step, part }) };
  };

  const end = (result: DayOutcome) => {
    stopping.current = undefined;
    setRunning(undefined);
    setOutcome(result);
    lookAgain();
  };

  const writePrepared = async (prepared: Prepared): Promise<WrittenFiles> => {
    const written = await host.exports.find();
    // A browser without folders puts files into its downloads, and never has one.
    if (!written && host.kind === 'desktop') return { ok: false, problem: { code: 'no-folder' }, prepared };
    const result = await commands.write(prepared);
    if (!result.ok) {
      const isNowhere = !written && result.error.code === 'denied';
      return { ok: false, problem: isNowhere ? { code: 'no-folder' } : result.error, prepared };
    }
    return { ok: true, folder: result.value.name, files: prepared.files.length };
  };

  const makeFiles = async (request: FilesFor): Promise<WrittenFiles> => {
    if (isPractice) return { ok: false, problem: { code: 'practice' } };
    const prepared = await commands.prepareFiles(
      { ...request, withNames, dialect, tillName, timeZone: clock.timeZone(), app: APP_VERSION },
      begin('files'),
    );
    return prepared.ok ? await writePrepared(prepared.value) : { ok: false, problem: prepared.error };
  };

  return {
    look,
    failure,
    running,
    outcome,
    dismiss: () => setOutcome(undefined),
    cancel: () => stopping.current?.abort(),
    close: async () => {
      if (stopping.current) return;
      setOutcome(undefined);
      const day = look?.chosen?.day;
      const closed = await commands.close({ today, ...(day ? { day } : {}) }, begin('closing'));
      if (!closed.ok) return end({ kind: 'failed', problem: closed.error });
      const { seals, closes } = closed.value;
      const written = await makeFiles({
        days: seals.map((seal) => seal.day),
        closes,
        balancesOf: seals[0]?.day,
      });
      return end({ kind: 'closed', seals, written });
    },
    /** Every day that was forgotten, the oldest first; the first one that can't be written ends it. */
    closeForgotten: async () => {
      if (stopping.current || !look) return;
      setOutcome(undefined);
      const { forgotten } = look.plan;
      for (const [at, { day }] of forgotten.entries()) {
        const isLast = at === forgotten.length - 1;
        const closed = await commands.close({ today, day }, begin('closing'));
        if (!closed.ok) return end({ kind: 'failed', problem: closed.error });
        const { seals, closes } = closed.value;
        const days = seals.map((seal) => seal.day);
        // Balances are as they stand now: once is enough.
        const written = await makeFiles({ days, closes, balancesOf: isLast ? day : undefined });
        if (isLast || (!written.ok && written.problem.code !== 'practice')) {
          return end({ kind: 'closed', seals, written });
        }
      }
    },
    writeAgain: async (day: PlainDay, closes: readonly EventId[]) => {
      if (stopping.current) return;
      setOutcome(undefined);
      end({
        kind: 'written',
        written: await makeFiles({ days: [day], closes, balancesOf: day, isAgain: true }),
      });
    },
    /** From a click: the folder may have to be asked for. */
    writeNow: async (prepared: Prepared) => {
      setOutcome({ kind: 'written', written: await writePrepared(prepared) });
      lookAgain();
    },
    writeSyncFile: async () => {
      if (stopping.current) return;
      setOutcome(undefined);
      const prepared = await commands.prepareSyncFile({ today }, begin('sync-file'));
      end({
        kind: 'written',
        written: prepared.ok ? await writePrepared(prepared.value) : { ok: false, problem: prepared.error },
      });
    },
    takeSyncFile: async (file: File) => {
      if (stopping.current) return;
      setOutcome(undefined);
      const taken = await commands.takeSyncFile(file, begin('taking'));
      end(taken.ok ? { kind: 'taken', report: taken.value } : { kind: 'failed', problem: taken.error });
    },
  };
}

export type Day = ReturnType<typeof useDay>;

/** A busy counter must not have the whole day added up with every stamp. */
const LOOK_GAP_MS = 2000;
/** Whatever comes for older days is seen with the next stamp of these. */
const RECENT_DAYS = 40;

/** Looks at the days, and again after something was written. */
function useLook(commands: DayCommands, today: PlainDay, chosenDay: PlainDay | undefined) {
  const [look, setLook] = useState<DayLook>();
  const [failure, setFailure] = useState<DayFailure>();
  const [times, setTimes] = useState(0);
  const lookAgain = useCallback(() => {
    // What is on screen was closed a moment ago: the next Enter must not be about something nobody has seen.
    setLook(undefined);
    setTimes((before) => before + 1);
  }, []);
  // Its sums change with every event of a day, of this and of other windows, and with every page that is pulled.
  const totals = useLive(
    ({ database }) => database.totals.orderBy('day').reverse().limit(RECENT_DAYS).toArray(),
    [],
  );
  const isFirst = look === undefined;
  useEffect(() => {
    const stopping = new AbortController();
    const start = async () => {
      const looked = await commands.look(
        { today, ...(chosenDay ? { day: chosenDay } : {}) },
        { signal: stopping.signal },
      );
      if (looked.ok) {
        setLook(looked.value);
        setFailure(undefined);
      } else if (looked.error.code !== 'cancelled') setFailure(looked.error);
    };
    const timer = setTimeout(() => void start(), isFirst ? 0 : LOOK_GAP_MS);
    return () => {
      clearTimeout(timer);
      stopping.abort();
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `times` and `totals` only say when to look again; that the first look has come is no reason to
  }, [commands, today, chosenDay, times, totals]);
  return { look, failure, lookAgain };
}

/** As the shop's country writes numbers, whatever language is on screen: so the spreadsheet beside the till reads them. */
function useDialect(): SpreadsheetDialect {
  const country = useShop()?.country ?? '';
  const { language } = useSettings();
  return useMemo(() => {
    const locale =
      country === '' ? new Intl.Locale(language ?? 'en') : new Intl.Locale(`und-${country}`).maximize();
    const parts = new Intl.NumberFormat(locale.toString()).formatToParts(1.5);
    return dialectFor(parts.find(({ type }) => type === 'decimal')?.value ?? '.');
  }, [country, language]);
}
