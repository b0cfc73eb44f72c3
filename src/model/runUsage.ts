import { asList, asNumber, asRecord, firstText, type JsonRecord } from '../oz/json';
import type { Run } from '../oz/types';

/** What one thing cost. */
export interface UsageCost {
  /** The member's name without its unit: `inference_cost`. */
  name: string;
  credits?: number;
  /** US dollars. */
  dollars?: number;
}

/** A number that the service tells of a run's usage, under the names that lead to it. */
export interface UsageFigure {
  path: readonly string[];
  value: number;
  unit: 'dollars' | 'none';
}

export interface RunUsage {
  /** Inference, compute and platform together, where they are told in US dollars. */
  dollars?: number;
  /** Of all models together. */
  tokens?: number;
  costs: UsageCost[];
  /** Whatever else there is: its form changes with the service. */
  others: UsageFigure[];
  models: { name: string; figures: UsageFigure[] }[];
}

const parts = ['inference_cost', 'compute_cost', 'platform_cost'] as const;

/** Figures and models that are read at most, and how deep. */
const mostFigures = 60;
const mostModels = 30;
const deepest = 3;

/** What a run used, as far as the service tells and in whatever form it does. Costs below 0 and what is no number are left out. */
export function usageOf(run: Run): RunUsage {
  const usage: JsonRecord = asRecord(run.request_usage) ?? {};
  const costs = parts.flatMap((name): UsageCost[] => {
    const credits = amount(usage[name]);
    const dollars = dollarsIn(usage, name);
    return credits === undefined && dollars === undefined ? [] : [{ name, credits, dollars }];
  });
  const inDollars = costs.flatMap(({ dollars }) => dollars ?? []);
  const known = new Set<string>([
    'total_tokens',
    ...parts.flatMap((name) => [name, `${name}_usd`, `${name}_in_cents`]),
  ]);
  const rest = Object.fromEntries(Object.entries(usage).filter(([name]) => !known.has(name)));
  return {
    ...(inDollars.length > 0 && { dollars: inDollars.reduce((sum, part) => sum + part, 0) }),
    tokens: amount(usage.total_tokens),
    costs,
    others: figuresIn(rest).slice(0, mostFigures),
    models: asList(run.model_token_usage)
      .slice(0, mostModels)
      .map((item) => {
        const model = asRecord(item) ?? {};
        return {
          name: firstText(model, 'display_name', 'model_name', 'model_id', 'model', 'name') ?? '',
          figures: figuresIn(model).slice(0, mostFigures),
        };
      }),
  };
}

function dollarsIn(usage: JsonRecord, name: string): number | undefined {
  const cents = amount(usage[`${name}_in_cents`]);
  return amount(usage[`${name}_usd`]) ?? (cents === undefined ? undefined : cents / 100);
}

function figuresIn(value: JsonRecord, path: readonly string[] = []): UsageFigure[] {
  return Object.entries(value)
    .slice(0, mostFigures)
    .flatMap(([name, member]): UsageFigure[] => {
      const figure = asNumber(member);
      if (figure !== undefined) {
        const [, short = name, unit] = /^(.+?)_(usd|in_cents)$/.exec(name) ?? [];
        const inDollars = unit !== undefined || path.some((above) => above.endsWith('_usd'));
        return [
          {
            path: [...path, short],
            value: unit === 'in_cents' ? figure / 100 : figure,
            unit: inDollars ? 'dollars' : 'none',
          },
        ];
      }
      const inner = asRecord(member);
      return inner && path.length < deepest ? figuresIn(inner, [...path, name]) : [];
    });
}

function amount(value: unknown): number | undefined {
  const figure = asNumber(value);
  return figure === undefined || figure < 0 ? undefined : figure;
}
