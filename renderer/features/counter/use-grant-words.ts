import { useTranslation } from 'react-i18next';
import { usePrograms } from '#renderer/data/usual-data.tsx';
import { useFormat } from '#renderer/i18n/format-context.tsx';
import { useProgramWords } from '#renderer/i18n/program-words.ts';
import { findProgram, type ProgramDefinition } from '#shared/domain/program.ts';
import type { Grant } from '#shared/ledger/event.ts';

export interface GrantWords {
  /** `1 stamp and 45 points` */
  sum(grants: readonly Grant[]): string;
  /** `+1 stamp · +45 points: amount 40, Gold 5`: rules where there is more to say than that somebody came. */
  rules(grants: readonly Grant[]): string;
  /** Whether the rules say more than the sum. */
  hasRules(grants: readonly Grant[]): boolean;
}

interface ProgramGrants {
  readonly definition: ProgramDefinition | undefined;
  readonly units: number;
  readonly grants: readonly Grant[];
}

/** What was or would be given, in words; programs apart, because their units are. */
export function useGrantWords(): GrantWords {
  const { t } = useTranslation('counter');
  const words = useProgramWords();
  const format = useFormat();
  const programs = usePrograms();

  function groupsOf(grants: readonly Grant[]): ProgramGrants[] {
    const ids = [...new Set(grants.map(({ program }) => program))];
    return ids.map((id) => {
      const own = grants.filter(({ program }) => program === id);
      const version = own[0]?.version ?? 0;
      return {
        definition: programs && findProgram(programs, id, version),
        units: own.reduce((sum, { units }) => sum + units, 0),
        grants: own,
      };
    });
  }

  /** Two cards count stamps: which of them is meant has to be said. */
  const nameOf = (group: ProgramGrants, all: readonly ProgramGrants[]) =>
    all.filter((other) => unitKey(other) === unitKey(group)).length > 1 ? group.definition?.name : undefined;

  const ruleText = (group: ProgramGrants, all: readonly ProgramGrants[]) => {
    const { definition, grants, units } = group;
    const name = nameOf(group, all);
    const plain = t('earn.plain', { units: words.units(definition, units) });
    const sum = name === undefined ? plain : t('earn.named', { sum: plain, program: name });
    if (!isTold(group)) return sum;
    const rules = grants.map((grant) =>
      grants.length === 1
        ? words.rule(definition, grant.rule)
        : t('earn.rule', { rule: words.rule(definition, grant.rule), units: format.number(grant.units) }),
    );
    return t('earn.detailed', { sum, rules: rules.join(', ') });
  };

  /** Stamps of two cards are two stamps in the customer's eyes. */
  const sumText = (groups: readonly ProgramGrants[]) => {
    const sums = new Map<string, ProgramGrants>();
    for (const group of groups) {
      const known = sums.get(unitKey(group));
      sums.set(unitKey(group), { ...group, units: group.units + (known?.units ?? 0) });
    }
    return format.list([...sums.values()].map(({ definition, units }) => words.units(definition, units)));
  };

  return {
    sum: (grants) => sumText(groupsOf(grants)),
    rules: (grants) => {
      const groups = groupsOf(grants);
      return groups.map((group) => ruleText(group, groups)).join(' · ');
    },
    hasRules: (grants) => groupsOf(grants).some(isTold),
  };
}

/** Programs whose units are called the same. */
const unitKey = ({ definition }: ProgramGrants): string =>
  definition?.unit.word?.other ?? definition?.unit.kind ?? 'stamps';

/** A visit that earned its stamp explains itself; several rules, or a promotion alone, do not. */
function isTold({ definition, grants }: ProgramGrants): boolean {
  const [only] = grants;
  if (grants.length !== 1 || !only) return true;
  return !definition?.earn.some(({ id, kind }) => id === only.rule && kind !== 'referral');
}

/** Units per program. */
export function unitsByProgram(grants: readonly Grant[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { program, units } of grants) sums.set(program, (sums.get(program) ?? 0) + units);
  return sums;
}
