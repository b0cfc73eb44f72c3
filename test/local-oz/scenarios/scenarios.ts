import type { Oz } from '../operations/operation';
import { demo } from './demo';
import { empty } from './empty';
import { huge } from './huge';
import { scale } from './scale';

/** Fills a new service. All times are relative to its clock. */
export type Scenario = (oz: Oz) => void;

export const scenarios = { empty, demo, scale, huge } satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof scenarios;

export const scenarioNames = Object.keys(scenarios) as ScenarioName[];
