/** Counters in the text format of Prometheus. Labels are ours (routes, statuses, verdicts), never what somebody sent. */

const HELP = {
  tenpunch_requests_total: 'Answers by route and status.',
  tenpunch_request_seconds_total: 'Time spent on answers, by route.',
  tenpunch_events_total: 'Events by verdict.',
  tenpunch_profiles_total: 'Profile documents by verdict.',
  tenpunch_limited_total: 'Requests turned away by a rate limit.',
  tenpunch_live_connections: 'Tills that hold a live feed open.',
} as const;
type Name = keyof typeof HELP;

export interface Metrics {
  add(name: Name, labels: Readonly<Record<string, string>>, by?: number): void;
  render(): string;
}

export function createMetrics(): Metrics {
  const values = new Map<Name, Map<string, number>>();
  return {
    add(name, labels, by = 1) {
      const series = values.get(name) ?? new Map<string, number>();
      const key = Object.entries(labels)
        .map(([label, value]) => `${label}="${value}"`)
        .join(',');
      series.set(key, (series.get(key) ?? 0) + by);
      values.set(name, series);
    },
    render() {
      const lines: string[] = [];
      for (const name of Object.keys(HELP) as Name[]) {
        lines.push(`# HELP ${name} ${HELP[name]}`);
        lines.push(`# TYPE ${name} ${name.endsWith('_total') ? 'counter' : 'gauge'}`);
        for (const [labels, value] of values.get(name) ?? [])
          lines.push(`${name}${labels === '' ? '' : `{${labels}}`} ${value}`);
      }
      return `${lines.join('\n')}\n`;
    },
  };
}
