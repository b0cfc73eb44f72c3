import { ApiProblem } from '../../../src/oz/problems';
import type { Schedule } from '../../../src/oz/types';
import { settle } from '../fakeClock';
import { Panel, Window } from './fakeSchedulePage';

export const report = { name: 'Report', cron: '0 9 * * *', prompt: 'Sum up' };
const lost = new ApiProblem({ kind: 'outcomeUnknown', message: '' });

export type Target = NonNullable<ConstructorParameters<typeof Panel>[1]>;
export const fresh: Target = { draft: {}, from: 'run 1' };
export const drafted: Target = { draft: report, from: 'run 1' };
export const known: Target = { scheduleId: 'a' };

export const open = (window: Window, target: Target): Promise<Panel> => new Panel(window, target).open();

/** As the window is after a reload, with what the one before kept. */
export const reloaded = ({ service, memento }: Window): Window => new Window(service.schedules, memento);

export function makeGate(): { opened: Promise<void>; open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return {
    opened,
    open: () => {
      open();
    },
  };
}

/** Holds what is sent until it is let go. */
export function hold(window: Window, name: 'createSchedule' | 'updateSchedule'): () => Promise<void> {
  const gate = makeGate();
  const { service } = window;
  const send = service[name].bind(service) as (...given: unknown[]) => Promise<Schedule>;
  Object.assign(service, {
    [name]: async (...given: unknown[]): Promise<Schedule> => {
      const answer = send(...given);
      await gate.opened;
      return answer;
    },
  });
  return async () => {
    gate.open();
    await settle();
  };
}

/** Creates the schedule in a way that its answer is lost and the list shows it late. */
export async function createInDoubt(window: Window, panel: Panel): Promise<void> {
  const { service, clock } = window;
  const list = service.listSchedules.bind(service);
  service.listSchedules = async () => {
    await list();
    return [];
  };
  service.changeFailures = [{ problem: lost, after: true }];
  panel.send({ type: 'act', name: 'save' });
  await clock.advance(10_000);
  service.listSchedules = list;
}

export const namesOf = ({ service }: Window): string[] => service.schedules.map(({ name }) => name);
