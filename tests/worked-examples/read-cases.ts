import type { ProgramDefinition } from '#shared/domain/program.ts';
import type { PlainDay } from '#shared/lib/brand.ts';
import { addDays } from '#shared/lib/plain-day.ts';
import { readProgram } from './read-program.ts';

/** Reads a file of worked examples. How one is written stands at the head of `cases/01-stamps.txt`. */

export interface Case {
  readonly title: string;
  /** IANA name. */
  readonly zone: string;
  readonly currency: string;
  /** Every version; the lowest one of each is in force at the start. */
  readonly programs: readonly ProgramDefinition[];
  readonly birthdays: ReadonlyMap<string, PlainDay>;
  readonly steps: readonly Step[];
}

export type Step =
  | {
      readonly kind: 'act';
      readonly line: number;
      readonly day: PlainDay;
      readonly time: string;
      /** Where daylight saving ends, an hour happens twice: the later one. */
      readonly isSecond: boolean;
      readonly text: string;
      /** What the action says it gives; undefined when the example does not say. */
      readonly gives: string | undefined;
    }
  | {
      readonly kind: 'look';
      readonly line: number;
      readonly day: PlainDay;
      readonly name: string;
      readonly checks: readonly Check[];
    };

export interface Check {
  readonly line: number;
  readonly about: string;
  readonly text: string;
}

interface Line {
  readonly number: number;
  readonly text: string;
  /** The lines below it that are indented further. */
  readonly below: readonly Line[];
}

const DAY = '\\d{4}-\\d\\d-\\d\\d';
const ACTION = new RegExp(
  `^(?<from>${DAY})(?: to (?<to>${DAY}))?(?: (?<time>\\d\\d:\\d\\d))?(?<second> again)? {1,}(?<text>[A-Za-z].*?)(?: +-> (?<gives>.+))?$`,
);
const LOOK = new RegExp(`^on (?<day>${DAY}), (?<name>\\w+):$`);

export function readCases(text: string): Case[] {
  const chapters = splitAt(nest(text), (line) => line.text.startsWith('= '));
  const [shared = [], ...cases] = chapters;
  const outer = readSetting(shared, { zone: 'Europe/Paris', currency: 'EUR', programs: [] });
  return cases.map((lines) => readCase(lines, outer));
}

interface Setting {
  zone: string;
  currency: string;
  programs: ProgramDefinition[];
}

const directive = (line: Line): RegExpExecArray | null =>
  /^(zone|currency|program|uses) (.+)$/.exec(line.text);

function readSetting(lines: readonly Line[], outer: Setting): Setting {
  const setting: Setting = { ...outer, programs: [] };
  for (const line of lines) {
    const [, what, rest = ''] = directive(line) ?? [];
    if (what === 'zone') setting.zone = rest;
    else if (what === 'currency') setting.currency = rest;
    else if (what === 'program') {
      setting.programs.push(
        readProgram(
          rest,
          line.below.map(({ text }) => text),
          setting.currency,
        ),
      );
    } else if (what === 'uses') {
      for (const id of rest.split(', ')) {
        const found = outer.programs.filter((program) => program.id === id);
        if (found.length === 0) throw new Error(`line ${line.number}: no program ${id} above`);
        setting.programs.push(...found);
      }
    } else throw new Error(`line ${line.number}: not understood: ${line.text}`);
  }
  return setting;
}

function readCase([title, ...lines]: readonly Line[], outer: Setting): Case {
  if (!title) throw new Error('a case without a title');
  const isSetting = (line: Line) => directive(line) !== null;
  const setting = readSetting(lines.filter(isSetting), outer);
  const birthdays = new Map<string, PlainDay>();
  const steps: Step[] = [];
  for (const line of lines.filter((other) => !isSetting(other))) {
    const born = /^(\w+) was born (\S+)$/.exec(line.text);
    if (born) birthdays.set(born[1] ?? '', born[2] as PlainDay);
    else steps.push(...readSteps(line));
  }
  return { ...setting, title: title.text.replaceAll(/^= | =$/g, ''), birthdays, steps };
}

function readSteps(line: Line): Step[] {
  const look = LOOK.exec(line.text)?.groups;
  if (look) {
    const checks = line.below.map(readCheck);
    return [
      { kind: 'look', line: line.number, day: look['day'] as PlainDay, name: look['name'] ?? '', checks },
    ];
  }
  const act = ACTION.exec(line.text)?.groups;
  if (!act) throw new Error(`line ${line.number}: not understood: ${line.text}`);
  const {
    from = '',
    to = from,
    time = '12:00',
    second,
    text = '',
    gives,
  } = act as Record<string, string | undefined>;
  const steps: Step[] = [];
  for (let day = from as PlainDay; day <= to; day = addDays(day, 1)) {
    steps.push({
      kind: 'act',
      line: line.number,
      day,
      time,
      isSecond: second !== undefined,
      text,
      gives,
    });
  }
  return steps;
}

function readCheck(line: Line): Check {
  const [, about = '', text = ''] = /^([^:]+):(?: (.*))?$/.exec(line.text) ?? [];
  if (about === '') throw new Error(`line ${line.number}: not understood: ${line.text}`);
  const all = line.below.length === 0 ? text : line.below.map((below) => below.text).join('\n');
  return { line: line.number, about, text: all };
}

/** Lines by their indentation; `#` begins a remark. */
function nest(text: string): Line[] {
  const flat = text.split('\n').flatMap((raw, index) => {
    const line = raw.replace(/(^|\s)#.*$/, '').trimEnd();
    return line === ''
      ? []
      : [{ number: index + 1, depth: line.length - line.trimStart().length, text: line.trim() }];
  });
  const build = (depth: number): Line[] => {
    const lines: Line[] = [];
    while (flat[0] && flat[0].depth >= depth) {
      const head = flat.shift();
      if (!head) break;
      lines.push({ number: head.number, text: head.text, below: build(head.depth + 1) });
    }
    return lines;
  };
  return build(0);
}

function splitAt(lines: readonly Line[], isHead: (line: Line) => boolean): Line[][] {
  const parts: Line[][] = [[]];
  for (const line of lines) {
    if (isHead(line)) parts.push([]);
    parts.at(-1)?.push(line);
  }
  return parts;
}
